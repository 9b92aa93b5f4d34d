"""A server, or a command, started without its standard streams, as some supervisors do."""

import os
import subprocess
import sys
from pathlib import Path

import grpc
import pytest

from tests.integration.process import ROOT, SERVE, children, environment, happens
from tests.integration.wire import PATIENCE_SECONDS, stub_of, translate

WITHOUT = ("/bin/sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh")


def test_a_server_without_standard_streams_serves_and_no_connection_takes_their_place(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    command = [*WITHOUT, sys.executable, *SERVE, "--port-file", str(port_file)]
    with subprocess.Popen(command, cwd=ROOT, env=environment()) as process:
        try:
            assert happens(lambda: process.poll() is not None or (port_file.exists() and port_file.read_text(encoding="ascii") != ""))
            assert process.poll() is None
            with grpc.insecure_channel(f"127.0.0.1:{port_file.read_text(encoding='ascii').strip()}") as channel:
                assert stub_of(channel).Translate(translate("Good morning."), timeout=PATIENCE_SECONDS).results[0].translation.text
            for pid in (process.pid, *children(process.pid)):
                assert {str(Path(f"/proc/{pid}/fd/{number}").readlink()) for number in range(3)} == {os.devnull}
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()


@pytest.mark.parametrize(("arguments", "status"), [(["check-config"], 0), (["models", "list"], 0), (["models", "remove", "starter"], 1)])
def test_a_command_without_standard_streams_has_its_own_exit_status(arguments: list[str], status: int) -> None:
    command = [*WITHOUT, sys.executable, "-m", "korotko_service", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == status
