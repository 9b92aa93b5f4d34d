"""A scheduler with everything around it, and a clock that stands still until a test moves it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence as SequenceOf
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from korotko_service.cache import Cache
from korotko_service.engines.engine import DecodingOptions, Engine, Generation, Sequence
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.caching import CachingScheduler
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import E, FairQueue
from korotko_service.scheduling.order import Order, Outcome
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.waiting import Priority
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.service.shelf import happened

NOW = Order()


@dataclass
class Clock:
    """Stands still until `now` is changed."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, kw_only=True)
class WatchedPolicy(BatchPolicy):
    """Notes how many sequences the scheduler considers open."""

    seen: list[int] = field(default_factory=list)

    def next_batch(
        self,
        queue: FairQueue[E],
        *,
        open_sequences: Mapping[Priority, int],
        workers: int,
        idle: int = 1,
        bulk_batches: int = 0,
        cost: CostModel,
        now: float,
    ) -> list[E]:
        self.seen.append(sum(open_sequences.values()))
        return super().next_batch(
            queue, open_sequences=open_sequences, workers=workers, idle=idle, bulk_batches=bulk_batches, cost=cost, now=now
        )


class Slow(zoo.Upper):
    """Takes a second of the test's own time for every token."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self._clock.now += sum(sequence.length for sequence in sequences)
        return super().generate(sequences, options)


@dataclass
class Desk:
    """A scheduler and the parts around it."""

    scheduler: Scheduler
    clock: Clock
    policy: WatchedPolicy
    metrics: Metrics

    async def say(self, *texts: str, order: Order = NOW) -> list[str]:
        return [outcome.generation.text for outcome in await self.outcomes(*texts, order=order)]

    async def outcomes(self, *texts: str, order: Order = NOW) -> list[Outcome]:
        return await self.scheduler.run([sequence(text) for text in texts], order)

    def send(self, *texts: str, order: Order = NOW) -> "asyncio.Task[list[str]]":
        return asyncio.ensure_future(self.say(*texts, order=order))

    def gauge(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"korotko_{name}", {"model": "zoo", **labels}) or 0.0


def sequence(text: str) -> Sequence:
    return Sequence(text=text, source_language="en", target_language="uk", length=len(text.split()) + 1)


@asynccontextmanager
async def desk(
    engine: Engine, *, limit: int = 1000, clock: Clock | None = None, sequences: int = 64, cache_bytes: int = 0, identity: object = "zoo 1"
) -> AsyncIterator[Desk]:
    clock, metrics = clock or Clock(), Metrics()
    policy = WatchedPolicy(max_wait_seconds=0.0, max_batch_sequences=sequences)
    parts = {"name": "zoo", "engine": engine, "policy": policy, "max_queued_sequences": limit, "metrics": metrics, "clock": clock}
    cache: Cache[Generation] | None = Cache(max_bytes=cache_bytes, metrics=metrics) if cache_bytes else None
    scheduler = CachingScheduler(cache=cache, identity=identity, **parts)
    async with scheduler:
        yield Desk(scheduler=scheduler, clock=clock, policy=policy, metrics=metrics)


@asynccontextmanager
async def busy_desk(engine: zoo.Gated | None = None, **parts: object) -> AsyncIterator[tuple[Desk, zoo.Gated]]:
    """A desk whose one worker is held by a first caller, so that what comes next stays in the queue until `release()`."""
    engine = engine or zoo.Gated()
    async with desk(engine, **parts) as place:  # type: ignore[arg-type]
        first = place.send("first")
        await happened(engine.entered)
        try:
            yield place, engine
        finally:
            engine.release()
            await first


async def turns(count: int = 5) -> None:
    """Let everything that is ready on the loop run."""
    for _ in range(count):
        await asyncio.sleep(0)
