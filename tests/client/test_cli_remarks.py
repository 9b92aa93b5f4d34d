"""What the command line has to say beside its results: wrong files, servers that are not there, pages taken for text."""

import json
from pathlib import Path

from tests.client.conftest import Run


def test_a_file_of_roots_without_a_certificate_is_wrong_usage(korotko: Run, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("-----BEGIN PRIVATE KEY-----", "utf-8")
    done = korotko("health", "--ca", "key.pem")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "korotko: root certificates (tls=…, --ca) are certificates in PEM, and there is none in these: found a key"
    )
    assert len(done.stderr.splitlines()) == 1


def test_health_for_programs_is_a_line_of_json_for_a_server_that_is_not_there_too(korotko: Run) -> None:
    done = korotko("health", "--json", "--server", "localhost:1")
    told = json.loads(done.stdout)
    assert (done.returncode, told["serving"], told["error"]["code"]) == (3, False, "UNAVAILABLE")


def test_a_page_that_is_taken_for_plain_text_is_remarked_on(korotko: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>First.</p>", "utf-8")
    assert korotko("translate", "--to", "uk", "page.html").stderr == "korotko: page.html is taken for plain text; --html reads HTML\n"
    assert korotko("translate", "--to", "uk", "--html", "page.html").stderr == ""
    assert "--html" not in korotko("detect", "page.html").stderr
