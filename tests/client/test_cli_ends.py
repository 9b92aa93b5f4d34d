"""The three ends of the command line: standard input, output and error, closed by the shell or opened as on Windows."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from korotko._exits import Exit
from korotko._program import main
from tests.client.fake_server import FakeServer
from tests.integration.wire import PATIENCE_SECONDS


@pytest.mark.skipif(os.name != "posix", reason="descriptors")
@pytest.mark.parametrize(
    ("redirection", "told"),
    [
        ("<&-", (Exit.USAGE, "", "korotko: cannot read standard input: it is closed\n")),
        ("a.txt >&-", (Exit.OTHER, "", "korotko: cannot write: standard output is closed\n")),
        ("b.txt 2>&-", (Exit.USAGE, "", "")),
        ("a.txt 2>&-", (Exit.OK, "uk:First. Rest.\n", "")),
    ],
)
def test_an_end_that_the_shell_has_closed_is_told_or_done_without(
    server: FakeServer, tmp_path: Path, redirection: str, told: tuple[Exit, str, str]
) -> None:
    (tmp_path / "a.txt").write_text("First. Rest.", "utf-8")
    (tmp_path / "b.txt").write_text("!TEXT_TOO_LONG", "utf-8")
    line = f'"{sys.executable}" -m korotko translate --to uk --server {server.address} {redirection}'
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == told


def test_line_ends_are_written_as_they_came(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1251", newline="\r\n"))  # as Windows opens it
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Один.\r\nДва.\r\n".encode())))
    assert main(["translate", "--to", "uk", "--server", server.address]) == Exit.OK
    assert raw.getvalue() == "uk:Один.\r\nДва.\r\n".encode()


def test_grpc_itself_says_nothing_beside_the_complaint(server: FakeServer) -> None:
    installed = "import sys; from korotko_command import main; sys.exit(main())"
    command = [sys.executable, "-c", installed, "health", "--tls", "--server", server.address]
    environment = {name: value for name, value in os.environ.items() if name != "GRPC_VERBOSITY"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=PATIENCE_SECONDS, check=False)
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"korotko: no connection to {server.address}: ")
    assert "; a server without TLS answers like this: try without tls; " in line
