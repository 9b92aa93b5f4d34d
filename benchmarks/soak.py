"""A server under everything at once for a long time: no wrong code, nothing lost, and no memory that grows. `make soak SECONDS=1800`

Memory is that of the server and its child processes, read every second after the first fifth of the time; its slope is the median
of the slopes between all pairs of readings (Theil and Sen), which a single collection or burst does not distort.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

import grpc

from benchmarks.processes import memory_bytes
from benchmarks.serving import OURS, serve
from benchmarks.soak_load import ALLOWED, Load

_MEGABYTE = 1_000_000
_MOST_READINGS = 400
# Loose on purpose: a minute is too short to tell growth from filling caches; docs/performance.md has what half an hour shows.
_MAX_BYTES = 1_000_000_000
_LIMITS = {"KOROTKO_MAX_CONCURRENT_CALLS": "96"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a soak found. Memory as (seconds, bytes) after the warm-up."""

    outcomes: Counter[tuple[str, str]]
    lost_streams: int
    memory: Sequence[tuple[float, int]]

    @property
    def wrong(self) -> dict[tuple[str, str], int]:
        """Outcomes that are not in the table of what may happen to that caller."""
        return {key: count for key, count in self.outcomes.items() if key[1] not in ALLOWED[key[0]]}

    @property
    def megabytes_per_minute(self) -> float:
        thinned = self.memory[:: max(1, len(self.memory) // _MOST_READINGS)]
        slopes = [(after - before) / (later - sooner) for (sooner, before), (later, after) in combinations(thinned, 2)]
        return median(slopes) * 60 / _MEGABYTE if slopes else 0.0


async def soak(address: str, pid: int, *, seconds: float) -> Report:
    """Load a running server for that long."""
    memory: list[tuple[float, int]] = []
    async with grpc.aio.insecure_channel(address, options=[("grpc.enable_retries", 0)]) as channel:
        load = Load(address, channel)
        reader = asyncio.create_task(_read_memory(pid, memory, warm_up_seconds=seconds / 5))
        await load.run(seconds)
        reader.cancel()
    return Report(outcomes=load.outcomes, lost_streams=load.lost_items, memory=memory)


async def _read_memory(pid: int, memory: list[tuple[float, int]], *, warm_up_seconds: float) -> None:
    await asyncio.sleep(warm_up_seconds)
    while True:
        memory.append((time.monotonic(), memory_bytes(pid)))
        await asyncio.sleep(1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=1800, help="default 1800")
    seconds = parser.parse_args().seconds
    with serve(OURS, **_LIMITS) as running:
        report = asyncio.run(soak(running.address, running.pid, seconds=seconds))
    _print(report, seconds)
    most = max((each for _, each in report.memory), default=0)
    if report.wrong or report.lost_streams or most > _MAX_BYTES:
        sys.exit("the soak failed: a wrong outcome, a stream with items lost, or too much memory")


def _print(report: Report, seconds: float) -> None:
    for (caller, outcome), count in sorted(report.outcomes.items()):
        mark = "  WRONG" if (caller, outcome) in report.wrong else ""
        print(f"{caller:15}{outcome:45}{count:8}{mark}")
    sizes = [size for _, size in report.memory]
    total, wrong = sum(report.outcomes.values()), sum(report.wrong.values())
    print(f"{seconds:.0f} s, {total} outcomes, {wrong} wrong, {report.lost_streams} streams lost items")
    if sizes:
        growth = f"slope {report.megabytes_per_minute:+.2f} MB a minute over {len(sizes)} readings"
        print(f"memory after warm-up {sizes[0] / _MEGABYTE:.0f} MB, at the end {sizes[-1] / _MEGABYTE:.0f} MB, {growth}")


if __name__ == "__main__":
    main()
