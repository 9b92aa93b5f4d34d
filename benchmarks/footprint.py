"""Cold start and memory of a server: from launch to the first answer, and its memory when idle, warmed and busy. `make footprint`

Memory is the proportional set size of the server and its child processes: pages that several of them share count once.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.material import ROOT
from benchmarks.processes import memory_bytes, tree
from benchmarks.serving import OURS, PEERS, Arm, Running, serve

_MEGABYTE = 1_000_000
_BUSY_SECONDS = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=3, help="how often each is started (default 3)")
    parser.add_argument("--peers", default="", help=f"none by default; of {','.join(PEERS)}")
    options = parser.parse_args()
    print(f"{'':16}{'first answer s':>16}{'idle MB':>10}{'after load MB':>15}{'processes':>11}")
    for arm in (OURS, *(PEERS[name] for name in options.peers.split(",") if name and PEERS[name].installed)):
        _print(arm.name, [_measured(arm) for _ in range(options.starts)])


def _measured(arm: Arm) -> tuple[float, int, int, int]:
    with serve(arm) as running:
        idle = memory_bytes(running.pid)
        _keep_busy(arm, running)
        return running.ready_seconds, idle, memory_bytes(running.pid), len(tree(running.pid))


def _keep_busy(arm: Arm, running: Running) -> None:
    plan: dict[str, Any] = {"wire": "http" if arm.path else "grpc", "address": running.address, "path": arm.path, "shape": "sentence"}
    plan |= {"pid": running.pid, "seed": 0, "closed": {"callers": 64, "seconds": _BUSY_SECONDS}}
    command = [sys.executable, "-m", "benchmarks.load"]
    subprocess.run(command, input=json.dumps(plan), stdout=subprocess.DEVNULL, text=True, check=True, cwd=ROOT)  # noqa: S603


def _print(name: str, starts: Sequence[tuple[float, int, int, int]]) -> None:
    seconds, idle, busy, processes = (statistics.median(each) for each in zip(*starts, strict=True))
    print(f"{name:16}{seconds:16.2f}{idle / _MEGABYTE:10.0f}{busy / _MEGABYTE:15.0f}{processes:11.0f}")


if __name__ == "__main__":
    main()
