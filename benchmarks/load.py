"""The load generator, a process of its own so that its cost is known: a plan as JSON on standard input, results on standard output.

Closed loop: each caller sends its next request when its last one is answered. Open loop: requests arrive as a seeded Poisson process
regardless of earlier ones, and latencies count from the moment of arrival. Every reply is parsed and judged (questions.py).
"""

import asyncio
import itertools
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.processes import cpu_seconds, own_cpu_seconds
from benchmarks.questions import OK, SHAPES, Answer, http_bodies
from benchmarks.wires import TIMED_OUT, GrpcWire, HttpWire, Wire

_WARM_UP_SECONDS, _MAX_WARM_UP_SECONDS = 0.5, 15.0
_PATIENCE_SECONDS = 60.0
_BIN_SECONDS = 0.5
_NORMAL = 1.5  # The p50 is back to normal below this multiple of what it was before.


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One request: when it was due and when its outcome came (seconds of one clock)."""

    begun: float
    ended: float
    answer: Answer

    @property
    def seconds(self) -> float:
        return self.ended - self.begun


@dataclass(frozen=True, slots=True)
class Meter:
    """Processor time since its creation: of all processes of the server, of the one that was started (front), and of this one (client)."""

    pid: int
    started: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.started.update(self._seconds())

    def read(self) -> dict[str, float]:
        return {name: seconds - self.started[name] for name, seconds in self._seconds().items()}

    def _seconds(self) -> dict[str, float]:
        front, server = own_cpu_seconds(self.pid), cpu_seconds(self.pid)
        return {"server_cpu_seconds": server, "front_cpu_seconds": front, "client_cpu_seconds": time.process_time()}


async def closed(wire: Wire, bodies: Iterator[bytes], *, callers: int, seconds: float, pid: int) -> dict[str, Any]:
    """Answers that come within a window, which opens after as many answers as there are callers."""
    records: list[Record] = []
    over = asyncio.Event()

    async def call_in_a_loop() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            answer = await wire.ask(next(bodies), _PATIENCE_SECONDS)
            records.append(Record(begun=begun, ended=time.perf_counter(), answer=answer))

    async with asyncio.TaskGroup() as tasks:
        for _ in range(callers):
            tasks.create_task(call_in_a_loop())
        await _warm(records, callers)
        meter, started = Meter(pid), time.perf_counter()
        await asyncio.sleep(seconds)
        spent, until = meter.read(), time.perf_counter()
        over.set()
    inside = [each for each in records if started <= each.ended <= until]
    return {"callers": callers, **_report(inside, until - started), **spent}


async def _warm(records: Sequence[Record], callers: int) -> None:
    until = time.perf_counter() + _MAX_WARM_UP_SECONDS
    await asyncio.sleep(_WARM_UP_SECONDS)
    while len(records) < callers and time.perf_counter() < until:  # noqa: ASYNC110  The records have no event, and must stay cheap.
        await asyncio.sleep(0.05)


async def opened(
    wire: Wire, bodies: Iterator[bytes], *, phases: Sequence[tuple[float, float]], deadline_seconds: float, seed: int, pid: int
) -> list[dict[str, Any]]:
    """Phases of (requests per second, seconds) one after another without a pause; what arrives in a phase counts there."""
    draw = random.Random(seed)  # noqa: S311  # Arrivals, not secrets.
    arrived: list[list[Record]] = [[] for _ in phases]
    spent, due = [], time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for (rate, seconds), records in zip(phases, arrived, strict=True):
            ends, meter = due + seconds, Meter(pid)
            while (due := due + draw.expovariate(rate)) < ends:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                tasks.create_task(_ask(wire, next(bodies), due, deadline_seconds, records))
            due = ends
            spent.append(meter.read())
    reports = [
        {"offered_per_second": len(records) / seconds, **_report(records, seconds), **cost}
        for (_, seconds), records, cost in zip(phases, arrived, spent, strict=True)
    ]
    reports[-1]["seconds_until_normal"] = seconds_until_normal(arrived[0], arrived[-1])
    return reports


async def _ask(wire: Wire, body: bytes, due: float, deadline_seconds: float, records: list[Record]) -> None:
    """Send one request. If it is sent late it has less time left, since the deadline is the user's, not the connection's."""
    answer = await wire.ask(body, max(0.001, due + deadline_seconds - time.perf_counter()))
    records.append(Record(begun=due, ended=time.perf_counter(), answer=answer))


def _report(records: Sequence[Record], seconds: float) -> dict[str, Any]:
    """Latencies are those of admitted requests: answered, or not answered by their deadline."""
    outcomes = Counter(each.answer.outcome for each in records)
    inside = sorted(1000 * each.seconds for each in records if each.answer.outcome in (OK, TIMED_OUT))
    refused = [each for each in records if each.answer.outcome not in (OK, TIMED_OUT)]
    return {
        "seconds": seconds,
        "answers_per_second": outcomes[OK] / seconds,
        "sentences": (sentences := sum(each.answer.sentences for each in records)),
        "sentences_per_second": sentences / seconds,
        "outcomes": dict(sorted(outcomes.items())),
        "refused_without_retry_info": dict(Counter(each.answer.outcome for each in refused if not each.answer.retry_told)),
        **{f"p{part}_ms": _percentile(inside, part) for part in (50, 95, 99)},
        "refused_p99_ms": _percentile(sorted(1000 * each.seconds for each in refused), 99),
    }


def _percentile(ordered: Sequence[float], part: int) -> float | None:
    return round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)], 2) if ordered else None


def seconds_until_normal(before: Sequence[Record], after: Sequence[Record]) -> float | None:
    """From the end of the overload to the first half second whose arrivals have a p50 near that before it; None if there is none."""
    usual = [each.seconds for each in before if each.answer.outcome == OK]
    if not usual or not after:
        return None
    begin = min(each.begun for each in after)
    bins: dict[int, list[Record]] = {}
    for each in after:
        bins.setdefault(int((each.begun - begin) / _BIN_SECONDS), []).append(each)
    good = (
        number
        for number in sorted(bins)
        if all(each.answer.outcome == OK for each in bins[number])
        and median(each.seconds for each in bins[number]) <= _NORMAL * median(usual)
    )
    first = next(good, None)
    return None if first is None else first * _BIN_SECONDS


def _wire(plan: dict[str, Any]) -> tuple[GrpcWire | HttpWire, list[bytes]]:
    if plan["wire"] == "grpc":
        shape = SHAPES[plan["shape"]]()
        return GrpcWire(plan["address"], shape), list(shape.bodies)
    return HttpWire(plan["address"], plan["path"]), http_bodies()


async def main() -> None:
    plan = json.load(sys.stdin)
    client, bodies = _wire(plan)
    random.Random(plan["seed"]).shuffle(bodies)  # noqa: S311
    async with client as wire:
        if "closed" in plan:
            report: Any = await closed(wire, itertools.cycle(bodies), pid=plan["pid"], **plan["closed"])
        else:
            report = await opened(wire, itertools.cycle(bodies), pid=plan["pid"], seed=plan["seed"], **plan["opened"])
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
