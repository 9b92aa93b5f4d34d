"""Sentences per second through the server at 1, 16 and 64 callers against the same engine called directly with its best batch.

Windows alternate (engine, 1, 16, 64, engine, ...) within one run and the medians are compared, so that a machine whose speed drifts
slows both sides. The load comes from this process over loopback, on the same cores as the server: the server's figures include the
cost of its client, the engine's do not. `python -m benchmarks.throughput --help` lists the options.
"""

import argparse
import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

import grpc

from benchmarks.material import ROOT, Work, sentences, server
from benchmarks.raw_engine import RawEngine
from korotko.v1 import service_pb2_grpc, translate_pb2

_CALLERS = (1, 16, 64)
_BATCHES = (8, 16, 32, 64, 128)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What one window of one configuration gave. Latencies in milliseconds; for the engine they are those of a whole batch."""

    sentences_per_second: float
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Medians over the windows of one configuration, and the ratio to the engine's median."""

    name: str
    sentences_per_second: float
    slowest: float
    fastest: float
    p50_ms: float
    p95_ms: float
    ratio: float


async def main() -> None:
    options = _options()
    work = sentences()
    engine = RawEngine(ROOT / "seeds/models/starter")
    best = max(_BATCHES, key=lambda batch: engine.window(work, batch, options.probe_seconds))
    windows: dict[str, list[Window]] = {}
    async with server() as target:
        for _ in range(options.windows):
            windows.setdefault(f"engine, batch {best}", []).append(_engine_window(engine, work, best, options.seconds))
            for callers in _CALLERS:
                windows.setdefault(f"server, {callers} callers", []).append(await _server_window(target, work, callers, options.seconds))
    rows = _rows(windows)
    _print(rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=5, help="windows of each configuration (default 5)")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of a window (default 5)")
    parser.add_argument("--probe-seconds", type=float, default=2.0, help="time for each batch size when looking for the best (default 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as JSON")
    return parser.parse_args()


def _engine_window(engine: RawEngine, work: Sequence[Work], batch: int, seconds: float) -> Window:
    rate = engine.window(work, batch, seconds)
    return Window(sentences_per_second=rate, p50_ms=1000 * batch / rate, p95_ms=1000 * batch / rate)


async def _server_window(target: str, work: Sequence[Work], callers: int, seconds: float) -> Window:
    """Closed loop: each caller sends its next sentence when its last one is answered."""
    requests = itertools.cycle(_requests(work))
    latencies: list[float] = []
    async with grpc.aio.insecure_channel(target) as channel:
        translate = service_pb2_grpc.KorotkoServiceStub(channel).Translate
        started = time.perf_counter()
        until = started + seconds

        async def call_in_a_loop() -> None:
            while (begun := time.perf_counter()) < until:
                await translate(next(requests), timeout=60)
                latencies.append(time.perf_counter() - begun)

        await asyncio.gather(*(call_in_a_loop() for _ in range(callers)))
        elapsed = time.perf_counter() - started
    cuts = quantiles(latencies, n=20)
    return Window(sentences_per_second=len(latencies) / elapsed, p50_ms=1000 * median(latencies), p95_ms=1000 * cuts[-1])


def _requests(work: Sequence[Work]) -> list[translate_pb2.TranslateRequest]:
    return [
        translate_pb2.TranslateRequest(texts=[each.text], source_language_code=each.source, target_language_code=each.target)
        for each in work
    ]


def _rows(windows: dict[str, list[Window]]) -> list[Row]:
    medians = {name: median(window.sentences_per_second for window in list_) for name, list_ in windows.items()}
    engine = next(iter(medians.values()))
    return [
        Row(
            name=name,
            sentences_per_second=medians[name],
            slowest=min(window.sentences_per_second for window in list_),
            fastest=max(window.sentences_per_second for window in list_),
            p50_ms=median(window.p50_ms for window in list_),
            p95_ms=median(window.p95_ms for window in list_),
            ratio=medians[name] / engine,
        )
        for name, list_ in windows.items()
    ]


def _print(rows: Sequence[Row]) -> None:
    print(f"{'':22}{'sentences/s':>12}{'slowest':>10}{'fastest':>10}{'p50 ms':>9}{'p95 ms':>9}{'of engine':>11}")
    for row in rows:
        print(
            f"{row.name:22}{row.sentences_per_second:12.1f}{row.slowest:10.1f}{row.fastest:10.1f}"
            f"{row.p50_ms:9.1f}{row.p95_ms:9.1f}{row.ratio:11.2f}"
        )


if __name__ == "__main__":
    asyncio.run(main())
