"""The unit for systemd: true to the server that it runs, and understood by systemd where there is one."""

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from korotko_service.cli import REFUSED, parser as commands
from korotko_service.config import Settings
from tests.deploy.manifests import DEPLOY

UNIT = DEPLOY / "systemd/korotko.service"
ANALYZE = shutil.which("systemd-analyze")


@pytest.fixture
def service() -> dict[str, str]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT, encoding="utf-8")
    return dict(parser["Service"])


def test_it_runs_a_command_that_the_server_has(service: dict[str, str]) -> None:
    program, *arguments = service["ExecStart"].split()
    assert Path(program).name == "korotko-service"
    assert callable(commands().parse_args(arguments).run)


def test_it_gives_the_server_time_to_drain(service: dict[str, str]) -> None:
    assert int(service["TimeoutStopSec"]) > Settings().drain_delay_seconds + Settings().drain_seconds + 3
    assert service["KillMode"] == "mixed"


def test_what_has_to_be_mended_first_is_not_started_again_and_all_else_is(service: dict[str, str]) -> None:
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(REFUSED)


def test_a_worker_that_the_kernel_ends_does_not_end_the_server(service: dict[str, str]) -> None:
    assert service["OOMPolicy"] == "continue"


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze comes with systemd, which this machine does not have")
def test_systemd_itself_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/korotko/bin/korotko-service", sys.executable), encoding="utf-8")
    done = subprocess.run([str(ANALYZE), "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert (done.returncode, said) == (0, [])
