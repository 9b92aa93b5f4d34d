"""The command line as a shell sees it: output, complaints and exit codes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from google.rpc.status_pb2 import Status

from korotko._exits import Exit
from korotko._reading import UnreadableText, read_text
from tests.client.conftest import Run
from tests.client.fake_server import FakeServer, Refuse, Silence, status
from tests.integration.wire import PATIENCE_SECONDS


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in {"a.txt": "First. Rest.", "b.txt": "!TEXT_TOO_LONG", "c.txt": "Third. Rest."}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return ["a.txt", "b.txt", "c.txt"]


def test_a_glossary_is_read_from_a_file_of_tabs(korotko: Run, server: FakeServer, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("# our terms\nKyiv\tКиїв\tuk\n\nNATO\n\\#1\n", "utf-8")
    assert (
        korotko("translate", "--to", "uk", "--html", "--glossary", "terms.tsv", "--keep", "F-16", "--keep", "EU", text="a").returncode == 0
    )
    assert server.calls[0].request.mime_type == "text/html"
    sent = server.calls[0].request.translate_options
    entries = [(entry.source_term, entry.target_term, entry.target_language_code) for entry in sent.glossary]
    assert (entries, list(sent.preserved_terms)) == ([("Kyiv", "Київ", "uk"), ("NATO", "", ""), ("#1", "", "")], ["F-16", "EU"])
    assert korotko("summarize", "--html", "--glossary", "terms.tsv", text="A. B.").returncode == 0
    assert server.calls[1].request.article.mime_type == "text/html"
    assert len(server.calls[1].request.translate_options.glossary) == 3


def test_a_glossary_with_a_bad_line_is_refused_by_its_number(korotko: Run, server: FakeServer, tmp_path: Path) -> None:
    (tmp_path / "terms.tsv").write_text("Kyiv\tКиїв\tuk\tmore\n", "utf-8")
    done = korotko("translate", "--to", "uk", "--glossary", "terms.tsv", text="a")
    assert (done.returncode, server.calls) == (2, [])
    assert done.stderr.startswith("korotko: terms.tsv, line 1: expected a term")


def test_standard_input_is_summarized_in_every_language_with_its_sources(korotko: Run, server: FakeServer) -> None:
    done = korotko("summarize", "--to", "en,uk", "--sentences", "2", "--bullets", "--sources", text="Міст. Решта.")
    assert done.stdout == "[en]\nen:Міст.\n    body 0-5: Міст.\n\n[uk]\nuk:Міст.\n    body 0-5: Міст.\n"
    assert (done.returncode, done.stderr) == (0, "")
    sent = server.calls[0]
    assert (sent.request.brief_options.max_sentences, sent.request.brief_options.format) == (2, 2)
    assert sent.metadata["authorization"] == "Bearer secret"


def test_a_language_that_fails_is_a_complaint_beside_the_others(korotko: Run) -> None:
    done = korotko("summarize", "--to", "en,xx", "--json", text="A bridge.")
    assert done.returncode == 5
    result = json.loads(done.stdout)["result"]
    assert result["briefs"]["en"]["text"] == "en:A bridge."
    assert result["errors"]["xx"]["reason"] == "LANGUAGE_PAIR_UNSUPPORTED"
    assert done.stderr == "korotko: standard input: [xx] refused: LANGUAGE_PAIR_UNSUPPORTED\n"


def test_several_files_go_over_one_stream(korotko: Run, server: FakeServer, files: list[str]) -> None:
    done = korotko("summarize", *files, "missing.txt", "--to", "en", "--progress")
    assert done.stdout == "== a.txt ==\nen:First.\n\n== c.txt ==\nen:Third.\n\n"
    assert "korotko: b.txt: refused: TEXT_TOO_LONG; shorten it, or pass --truncate" in done.stderr
    assert "korotko: cannot read missing.txt: No such file or directory" in done.stderr
    assert "4/4 done, 2 failed" in done.stderr
    assert done.returncode == 5
    assert [call.method for call in server.calls] == ["StreamSummaries"]


def test_every_file_is_one_line_of_json(korotko: Run, files: list[str]) -> None:
    done = korotko("translate", *files, "--to", "uk", "--json")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["file"], first["result"]["text"], third["result"]["target_language"]) == ("a.txt", "uk:First. Rest.", "uk")
    assert second == {
        "file": "b.txt",
        "error": {
            "reason": "TEXT_TOO_LONG",
            "code": "INVALID_ARGUMENT",
            "message": "refused: TEXT_TOO_LONG",
            "retryable": False,
            "retry_after": None,
            "field": None,
            "metadata": {},
            "request_id": None,
        },
    }


def test_one_file_that_fails_is_a_line_of_json_too(korotko: Run, files: list[str]) -> None:
    refused = korotko("translate", files[1], "--to", "uk", "--json")
    assert (json.loads(refused.stdout)["error"]["reason"], refused.returncode) == ("TEXT_TOO_LONG", 2)
    missing = korotko("translate", "missing.txt", "--to", "uk", "--json")
    assert (json.loads(missing.stdout)["error"]["reason"], missing.returncode) == ("UNREADABLE", 2)
    assert list(json.loads(missing.stdout)["error"]) == list(json.loads(refused.stdout)["error"])
    assert "cannot read missing.txt" in missing.stderr


def test_a_run_over_files_outlives_a_server_that_restarts(korotko: Run, server: FakeServer, files: list[str]) -> None:
    server.will("StreamTranslations", Refuse(status("DRAINING"), after=2))
    done = korotko("translate", "--to", "uk", "--json", files[0], files[2], files[0])
    texts = [json.loads(line)["result"]["text"] for line in done.stdout.splitlines()]
    assert texts == ["uk:First. Rest.", "uk:Third. Rest.", "uk:First. Rest."]
    assert (done.returncode, done.stderr) == (0, "korotko: a stream waits for its server (DRAINING), at most 60 s\n")


def test_a_broken_stream_names_the_files_that_are_not_done(korotko: Run, server: FakeServer, files: list[str]) -> None:
    server.will("StreamTranslations", Refuse(status("QUOTA_EXCEEDED"), after=1))
    done = korotko("translate", "--to", "uk", *files)
    assert done.stdout.startswith("== a.txt ==")
    assert "not done: 2 (b.txt, c.txt)" in done.stderr
    assert done.returncode == 3


def test_translation_shows_its_warnings_and_repairs_on_standard_error(korotko: Run) -> None:
    done = korotko("translate", "--to", "uk", text="40 bridges")
    assert (done.stdout, done.returncode) == ("uk:40 bridges\n", 0)
    assert done.stderr.splitlines() == [
        "korotko: standard input: severe: NUMBER_MISSING expected '40'",
        "korotko: standard input: repaired: REPETITION (decoded again)",
    ]


def test_detect_models_and_health_answer_in_a_line(korotko: Run, server: FakeServer, files: list[str]) -> None:
    assert korotko("detect", text="Це міст і річка").stdout == "uk  0.75\n"
    assert korotko("models").stdout.splitlines()[1] == "model-a  1        translate  ready           en-uk"
    assert korotko("health").stdout == "serving\n"
    server.serving = False
    refused = korotko("health", "--json")
    assert (json.loads(refused.stdout), refused.returncode) == ({"serving": False}, 3)


def test_what_commands_share_may_stand_before_the_command(korotko: Run, server: FakeServer) -> None:
    before = korotko("--server", server.address, "--json", "--timeout", "90", "health", "--server", server.address)
    assert (json.loads(before.stdout), before.returncode) == ({"serving": True}, 0)
    assert 30 < server.calls[0].seconds_left < 91
    assert korotko("--server", "localhost:1", "health", "--server", server.address).stdout == "serving\n"
    assert korotko("--server", "http://localhost", "health").returncode == 2


@pytest.mark.parametrize("text", ["One line.", "One line.\n", "Two\n\nlines.\n\n"])
def test_a_translation_ends_as_its_source_does(korotko: Run, tmp_path: Path, text: str) -> None:
    translated = f"uk:{text}".removesuffix("\n")
    assert korotko("translate", "--to", "uk", text=text).stdout == f"{translated}\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, "utf-8")
    expected = "".join(f"== {name} ==\n{translated}\n\n" for name in ("a.txt", "b.txt"))
    assert korotko("translate", "--to", "uk", "a.txt", "b.txt").stdout == expected


def test_a_translation_is_into_one_language(korotko: Run, server: FakeServer) -> None:
    done = korotko("translate", "--to", "uk,ru", text="a")
    assert (done.returncode, server.calls) == (2, [])
    assert "argument --to: 'uk,ru': a translation is into one language" in done.stderr


def test_a_service_that_is_not_known_and_a_certificate_that_is_not_there_are_named(korotko: Run, server: FakeServer) -> None:
    server.will("Check", Refuse(Status(code=5)))
    done = korotko("health", "--service", "nope")
    assert (done.returncode, done.stderr) == (2, "korotko: the server's health check knows no service 'nope'\n")
    done = korotko("health", "--ca", "nofile")
    assert (done.returncode, done.stderr) == (2, "korotko: cannot read nofile: No such file or directory\n")


def test_help_shows_the_commands_and_how_to_begin(korotko: Run) -> None:
    done = korotko("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for shown in ("commands:", "summarize", "examples:\n  korotko summarize article.txt", "KOROTKO_TOKEN", "exit codes:\n  0  all done"):
        assert shown in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 82


def test_wrong_usage_never_calls_the_server(korotko: Run, server: FakeServer) -> None:
    assert korotko("summarize", "--length", "short", "--sentences", "2", text="a").returncode == 2
    assert korotko("health", "--server", "http://localhost").returncode == 2
    assert not server.calls


def test_a_refusal_and_a_deadline_are_told_apart_by_the_exit_code(korotko: Run, server: FakeServer) -> None:
    server.will("Summarize", Refuse(status("FIELD_INVALID", message="article.body is empty")), Silence())
    refused = korotko("summarize")
    assert (refused.returncode, refused.stderr) == (2, "korotko: article.body is empty\n")
    late = korotko("summarize", "--timeout", "0.2", text="a")
    assert late.returncode == 4
    assert "--timeout" in late.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_without_a_traceback(server: FakeServer) -> None:
    server.will("Summarize", Silence())
    command = [sys.executable, "-m", "korotko", "summarize", "--server", server.address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write(b"a")
        process.stdin.close()
        assert server.arrival.wait(timeout=PATIENCE_SECONDS)
        process.send_signal(signal.SIGINT)
        assert (process.wait(timeout=PATIENCE_SECONDS), process.stderr.read()) == (130, b"")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_reader_that_leaves_early_is_no_error(server: FakeServer) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "korotko", "models", "--server", server.address]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes, and a device that is full")
def test_a_file_whose_name_is_no_utf_8_is_done_like_the_others(korotko: Run, tmp_path: Path) -> None:
    for name in (b"bad\xff.txt", b"good.txt"):
        (tmp_path / os.fsdecode(name)).write_text("A.", "utf-8")
    done = korotko("translate", "--to", "uk", "--json", *sorted(path.name for path in tmp_path.iterdir()))
    assert done.returncode == 0
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["bad\udcff.txt", "good.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes, and a device that is full")
def test_a_disk_that_is_full_is_no_wrong_request(server: FakeServer) -> None:
    command = [sys.executable, "-m", "korotko", "models", "--server", server.address]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False)
    assert (done.returncode, done.stderr) == (Exit.OTHER, b"korotko: cannot write: No space left on device\n")


def test_what_is_known_of_an_article_goes_with_it(korotko: Run, server: FakeServer) -> None:
    done = korotko("summarize", "--title", "Bridge", "--published", "2026-03-05T14:30+02:00", "--priority", "bulk", text="A bridge.")
    assert (done.returncode, done.stderr) == (0, "")
    sent = server.calls[0].request
    assert (sent.article.title, sent.article.publish_time.ToJsonString(), sent.options.priority) == ("Bridge", "2026-03-05T12:30:00Z", 2)


def test_a_title_is_that_of_one_article(korotko: Run, files: list[str], server: FakeServer) -> None:
    done = korotko("summarize", "--title", "Bridge", *files)
    assert (done.returncode, server.calls) == (2, [])
    assert done.stderr == "korotko: --title and --published are about one article: give one file\n"


def test_a_wrong_time_is_told_with_a_right_one(korotko: Run) -> None:
    assert "'yesterday' is no time such as 2026-03-05" in korotko("summarize", "--published", "yesterday", text="A.").stderr


def test_the_server_says_what_it_is(korotko: Run) -> None:
    lines = dict(line.split(None, 1) for line in korotko("info").stdout.splitlines() if len(line.split()) > 1)
    assert (lines["version"], lines["features"]) == ("9.9", "glossary")
    assert json.loads(korotko("info", "--json").stdout)["version"] == "9.9"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfA")
    assert read_text(str(tmp_path / "a.txt")) == "A"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"abc\xff", r"a\.txt is not UTF-8: byte 0xff at offset 3;"),
        (b"\xef\xbb\xbfabc\xff", r"a\.txt is not UTF-8: byte 0xff at offset 6;"),
        ("міст".encode("utf-16"), r"offset 0 \(it looks like UTF-16\)"),
        ("Міст відкрито.".encode("utf-16-le"), r"a\.txt is no text: byte 0x00 at offset 9; if it is UTF-16, convert"),
        (b"GIF89a\x01\x00", r"a\.txt is no text: byte 0x00 at offset 7"),
    ],
)
def test_a_file_in_another_encoding_is_named_with_the_place(tmp_path: Path, raw: bytes, message: str) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    with pytest.raises(UnreadableText, match=message):
        read_text(str(tmp_path / "a.txt"))


def test_detect_gives_no_advice_that_it_cannot_take(korotko: Run, server: FakeServer) -> None:
    assert korotko("detect", text="!LANGUAGE_UNDETERMINED").stderr == "korotko: refused: LANGUAGE_UNDETERMINED\n"
    assert korotko("detect", text="!TEXT_TOO_LONG").stderr == "korotko: refused: TEXT_TOO_LONG\n"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_while_the_command_is_still_being_loaded_is_silent(tmp_path: Path) -> None:
    interruption = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: pass"
    (tmp_path / "grpc.py").write_text(interruption, "utf-8")  # the first thing that takes long to load
    command = [sys.executable, "-c", "import sys; from korotko_command import main; sys.exit(main())"]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (Exit.INTERRUPTED, b"", b"")
