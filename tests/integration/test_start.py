"""Starts that are refused: exit status 78 and one clear line, so that a supervisor stops and an operator knows what to fix.

An address in use is status 75: the next start may find it free, so the supervisor goes on trying.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from korotko_service import cli
from korotko_service.errors import AddressTaken
from tests import zoo
from tests.integration.process import SERVE, STARTER, ServerProcess, children, environment
from tests.integration.wire import PATIENCE_SECONDS


def line_of_refusal(*arguments: str, status: int = 78, before: Sequence[str] = (), **variables: str) -> str:
    """The line on standard error of a server that does not start; `before` is a command that runs another."""
    process = subprocess.run(
        [*before, sys.executable, *SERVE, *arguments],
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert process.returncode == status, process.stderr
    assert process.stdout == ""
    assert "Traceback" not in process.stderr
    (line,) = [line for line in process.stderr.splitlines() if not _is_log(line)]
    assert line.startswith("korotko-service: ")
    return line


def _is_log(line: str) -> bool:
    return line.startswith("{") and "event" in json.loads(line)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the starter model that a test may spoil."""
    return Path(shutil.copytree(STARTER, tmp_path / "model"))


def test_a_corrupted_model_file_stops_the_start_and_is_named(model: Path) -> None:
    file = model / "model.bin"
    spoiled = bytearray(file.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    file.write_bytes(spoiled)
    line = line_of_refusal(KOROTKO_MODELS=str(model))
    assert "'model.bin' is corrupted" in line
    assert str(model) in line


def test_a_missing_model_folder_stops_the_start_and_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in line_of_refusal(KOROTKO_MODELS=str(tmp_path / "nowhere"))


@pytest.fixture(scope="module")
def heeding() -> list[str]:
    """A command that runs another one subject to file permissions, which root is not."""
    if os.geteuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if shutil.which("setpriv") is None or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root heeds no permissions, and setpriv cannot change that here")
    return command


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (".", "may not be read by this user"),
        ("model.bin", "file 'model.bin' cannot be read: Permission denied"),
        ("model.toml", "model.toml: [Errno 13] Permission denied"),
    ],
)
def test_a_model_that_may_not_be_read_stops_the_start_and_is_named(model: Path, heeding: list[str], kept: str, told: str) -> None:
    (model / kept).chmod(0)
    line = line_of_refusal(KOROTKO_MODELS=str(model), before=heeding)
    assert told in line
    assert str(model) in line


def test_a_key_that_may_not_be_read_stops_the_start_and_is_named(tmp_path: Path, heeding: list[str]) -> None:
    certificate, key = (tmp_path / name for name in ("certificate.pem", "key.pem"))
    certificate.write_bytes(b"-----BEGIN CERTIFICATE-----\n")
    key.touch(mode=0)
    line = line_of_refusal(before=heeding, KOROTKO_TLS_CERTIFICATE=str(certificate), KOROTKO_TLS_KEY=str(key))
    assert f"tls_key = {str(key)!r}: Permission denied" in line


def test_too_few_open_files_stop_the_start_before_a_library_gives_up() -> None:
    line = line_of_refusal(before=["sh", "-c", 'ulimit -n 24; exec "$0" "$@"'])
    assert line == "korotko-service: the system grants 24 open files, and a start needs 64: raise the limit (ulimit -n)"


def test_more_files_than_the_system_grants_stop_the_start_and_are_named() -> None:
    line = line_of_refusal(before=["sh", "-c", 'ulimit -n 100; exec "$0" "$@"'], KOROTKO_REPLICAS="200")
    assert "the system does not grant what these settings take: Too many open files: raise the limits" in line


def test_an_occupied_port_stops_the_start_and_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        assert f"127.0.0.1:{port}: Address already in use" in line_of_refusal("--port", str(port), status=75)


async def test_an_occupied_metrics_port_stops_the_start_and_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"metrics_port = {port}"):
            async with zoo.running(metrics_port=port):
                pass


def test_an_unknown_key_of_the_configuration_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "korotko.toml"
    file.write_text('max_text_charakters = 1000\nlog_level = "INFO"\n', encoding="utf-8")
    line = line_of_refusal(KOROTKO_CONFIG=str(file))
    assert "'max_text_charakters'" in line
    assert str(file) in line


def test_a_bad_value_in_the_environment_is_named() -> None:
    assert "KOROTKO_MAX_TEXTS='many'" in line_of_refusal(KOROTKO_MAX_TEXTS="many")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('tls_certificate = "certificate.pem"', "tls_certificate and tls_key go together"),
        ("port = 99999", "port = 99999"),
        ('max_texts = "many"', "max_texts = 'many'"),
        ("max_texts =", "korotko.toml"),
        ('models = ["/nowhere"]', "/nowhere"),
    ],
)
def test_other_mistakes_of_an_operator_are_named_too(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str) -> None:
    file = tmp_path / "korotko.toml"
    file.write_text(text, encoding="utf-8")
    assert cli.main(["--config", str(file), "models", "verify"]) == 78
    written = capsys.readouterr()
    assert written.out == ""
    (line,) = written.err.splitlines()
    assert named in line


def test_the_port_is_written_to_a_file_when_the_server_is_ready(tmp_path: Path) -> None:
    file = tmp_path / "port"
    with ServerProcess([*SERVE, "--port-file", str(file)]) as process:
        address = process.address
        process.terminate()
        assert process.finished() == 0
    assert address == f"127.0.0.1:{int(file.read_text(encoding='ascii'))}"


def test_a_port_file_that_cannot_be_written_stops_the_start_and_is_named(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "port"
    assert f"--port-file {file}: No such file or directory" in line_of_refusal("--port-file", str(file))


def test_the_server_opens_as_many_files_as_the_system_grants(starter: ServerProcess) -> None:
    (line,) = [line for line in Path(f"/proc/{starter.pid}/limits").read_text(encoding="utf-8").splitlines() if "open files" in line]
    soft, hard = line.split()[3:5]
    assert soft == hard


def test_a_reload_that_is_asked_for_before_there_is_an_app_follows_the_start() -> None:
    script = (
        "import asyncio, os, signal\nfrom korotko_service import telemetry\n"
        "from korotko_service.cli import serving\nfrom tests import zoo\n"
        "def make():\n os.kill(os.getpid(), signal.SIGHUP)\n return zoo.app()\n"
        "telemetry.configure_logging(level='INFO', human=False)\nasyncio.run(serving.run(make))\n"
    )
    with ServerProcess(("-c", script)) as process:
        process.event("reloaded")
        process.terminate()
        assert process.finished() == 0


def test_a_reload_that_is_asked_for_before_a_start_is_refused_is_no_fault_of_the_server() -> None:
    script = (
        "import os, signal, sys\nfrom korotko_service import app\nfrom korotko_service.cli import main, serving\n"
        "from korotko_service.errors import ConfigInvalid\n"
        "class Refusing(app.App):\n"
        " def __init__(self, settings):\n  os.kill(os.getpid(), signal.SIGHUP)\n  raise ConfigInvalid('not so')\n"
        "serving.App = Refusing\nsys.exit(main(['serve', '--port', '0']))\n"
    )
    with ServerProcess(("-c", script)) as process:
        assert process.finished() == 78
    assert process.log.splitlines() == ["korotko-service: not so"]


def test_what_a_library_says_is_a_line_of_the_log_of_a_real_server() -> None:
    script = (
        "import asyncio, logging, sys, warnings\nfrom korotko_service import app\nfrom korotko_service.cli import main, serving\n"
        "class Talking(app.App):\n"
        " async def run_until_stopped(self):\n"
        "  logging.getLogger('grpc').error('it is %s', 'secret')\n  warnings.warn('secret')\n"
        "  asyncio.get_running_loop().call_soon(int, 'secret')\n  await asyncio.sleep(0)\n"
        "serving.App = Talking\nsys.exit(main(['serve', '--port', '0']))\n"
    )
    with ServerProcess(("-c", script)) as process:
        assert process.finished() == 0
    said = [json.loads(line) for line in process.lines]
    assert [line["level"] for line in said if line["event"] in ("library_said", "library_warned", "task_failed")] == [
        "error",
        "warning",
        "error",
    ]
    assert "secret" not in process.log


def test_server_and_worker_load_nothing_that_they_do_not_need(starter: ServerProcess) -> None:
    (worker,) = children(starter.pid)
    server_maps, worker_maps = (Path(f"/proc/{pid}/maps").read_text(encoding="utf-8") for pid in (starter.pid, worker))
    assert "/ctranslate2" in worker_maps
    assert "/ctranslate2" not in server_maps
    assert "/grpc" in server_maps
    assert not [library for library in ("grpc", "google", "numpy") if f"/{library}" in worker_maps]
    for maps in (server_maps, worker_maps):
        assert not [library for library in ("torch", "transformers", "tokenizers", "tensorflow") if f"/{library}" in maps]
