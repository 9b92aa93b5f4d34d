"""Full and read-only disks: the start says what it lacks, and a running server needs no disk."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import grpc
import pytest

from tests.integration.process import ROOT, SERVE, ServerProcess, children, environment
from tests.integration.wire import PATIENCE_SECONDS, stub_of, summarize, translate

# No file of the process may grow beyond this, which to the process looks like a full disk.
_ROOM_BYTES = 1024 * 1024
_CONFINED = f"""
import resource, sys
from korotko_service.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({_ROOM_BYTES}, {_ROOM_BYTES}))
sys.exit(main(sys.argv[1:]))
"""


def test_a_temporary_folder_without_room_stops_the_start_and_is_named() -> None:
    with ServerProcess(("-c", _CONFINED, *SERVE[2:])) as process:
        assert process.finished() == 78
        assert "no temporary folder with 70 MB of room (TMPDIR)" in process.log
        assert "Traceback" not in process.log


@pytest.mark.parametrize("arguments", [["check-config"], ["models", "list"], ["models", "verify"]])
def test_a_command_whose_output_goes_to_a_full_disk_fails_in_one_line(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "korotko_service", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"korotko-service: [Errno 28] No space left on device\n")


def test_a_server_that_runs_writes_no_file_and_starts_workers_without(articles: dict[str, str]) -> None:
    with ServerProcess() as process, grpc.insecure_channel(process.address) as channel:
        (worker,) = children(process.pid)
        for pid in (process.pid, worker):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
        summary = stub_of(channel).Summarize(summarize(articles["en"]), timeout=PATIENCE_SECONDS)
        assert [result.WhichOneof("outcome") for result in summary.results] == ["brief"] * 3
        subprocess.run(["/bin/kill", "-9", str(worker)], check=True)
        reply = stub_of(channel).Translate(translate("The talks will go on."), timeout=PATIENCE_SECONDS)
        assert reply.results[0].translation.text
        process.terminate()
        assert process.finished() == 0


def test_a_log_that_cannot_be_written_fails_no_call(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    command = [sys.executable, *SERVE, "--port-file", str(port_file)]
    with (
        Path("/dev/full").open("w", encoding="utf-8") as full,
        subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=full) as process,
    ):
        try:
            with grpc.insecure_channel(f"127.0.0.1:{_port(port_file)}") as channel:
                for _ in range(50):
                    reply = stub_of(channel).Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
                    assert reply.results[0].translation.text
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()


def _port(file: Path) -> int:
    end = time.monotonic() + PATIENCE_SECONDS
    while not (file.exists() and file.read_text(encoding="ascii").endswith("\n")):
        assert time.monotonic() < end, "the server was not ready in time"
        time.sleep(0.01)
    return int(file.read_text(encoding="ascii"))
