"""Interactive callers beside a bulk stream: how much a backfill of articles slows them down. `make bench-bulk`

Windows without and with the stream alternate. Interactive calls are Translate with one sentence, with Poisson arrivals at the rate of a few
people; the stream is one StreamSummaries that never runs out of articles. The goal is a p95 of at most 1.5 times that without it.
"""

import argparse
import asyncio
import itertools
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

import grpc

from benchmarks.material import ROOT
from benchmarks.questions import OK, article_shape
from benchmarks.serving import OURS, Running, serve
from korotko.v1 import service_pb2_grpc, summarize_pb2

_DEADLINE_SECONDS = 10.0
_HEAD_START_SECONDS = 2.0


class Backfill:
    """An endless stream of articles, and how many came back complete."""

    def __init__(self, address: str) -> None:
        self._address, self.articles, self.failed = address, 0, 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with grpc.aio.insecure_channel(self._address) as channel:
            call = service_pb2_grpc.KorotkoServiceStub(channel).StreamSummaries(self._requests())
            reader = asyncio.create_task(self._read(call))
            await asyncio.sleep(_HEAD_START_SECONDS)
            yield
            call.cancel()
            await asyncio.wait([reader])

    async def _requests(self) -> AsyncIterator[summarize_pb2.StreamSummariesRequest]:
        articles = [summarize_pb2.SummarizeRequest.FromString(body) for body in article_shape().bodies]
        for index, request in enumerate(itertools.cycle(articles)):
            yield summarize_pb2.StreamSummariesRequest(index=index, request=request)

    async def _read(self, call: Any) -> None:
        async for reply in call:
            whole = all(result.brief.text for result in reply.response.results) and reply.response.results
            self.articles += bool(whole)
            self.failed += not whole


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="windows of each kind (default 3)")
    parser.add_argument("--seconds", type=float, default=6.0, help="length of a window (default 6)")
    parser.add_argument("--rate", type=float, default=20.0, help="interactive calls a second (default 20)")
    options = parser.parse_args()
    with serve(OURS) as running:
        backfill, windows = Backfill(running.address), {"alone": [], "beside the stream": []}
        for number in range(options.rounds):
            windows["alone"].append(await _interactive(running, number, options))
            async with backfill.running():
                windows["beside the stream"].append(await _interactive(running, number, options))
    _print(windows, backfill)


async def _interactive(running: Running, seed: int, options: argparse.Namespace) -> dict[str, Any]:
    opened = {"phases": [(options.rate, options.seconds)], "deadline_seconds": _DEADLINE_SECONDS}
    plan = {"wire": "grpc", "address": running.address, "shape": "sentence", "pid": running.pid, "seed": seed, "opened": opened}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.load", cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate(json.dumps(plan).encode())
    report: dict[str, Any] = json.loads(output)[0]
    return report


def _print(windows: dict[str, list[dict[str, Any]]], backfill: Backfill) -> None:
    p95 = {name: median(each["p95_ms"] for each in list_) for name, list_ in windows.items()}
    print(f"{'interactive calls':20}{'p50 ms':>9}{'p95 ms':>9}{'least':>9}{'most':>9}{'not OK':>8}")
    for name, list_ in windows.items():
        rows = sorted(each["p95_ms"] for each in list_)
        failed = sum(count for each in list_ for outcome, count in each["outcomes"].items() if outcome != OK)
        print(f"{name:20}{median(each['p50_ms'] for each in list_):9.1f}{p95[name]:9.1f}{rows[0]:9.1f}{rows[-1]:9.1f}{failed:8}")
    print(f"p95 beside the stream is {p95['beside the stream'] / p95['alone']:.2f} times that alone")
    print(f"the stream meanwhile: {backfill.articles} articles in three languages, {backfill.failed} failed")


if __name__ == "__main__":
    asyncio.run(main())
