"""One scheduler per model: takes sequences of many callers, runs them in shared batches, gives each caller its own back.

All state lives on the event loop, so there are no locks: a runner task per engine replica asks the policy for a batch, runs it on a
thread of the pool, and resolves the futures that the callers await.
"""

import asyncio
import math
import time
from collections.abc import Callable, Sequence as SequenceOf
from types import TracebackType
from typing import Self

from korotko_service.engines.engine import Engine, Generation, Sequence
from korotko_service.errors import DeadlineTooShort, ExpiredInQueue, QueueFull
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.load import RecentLoad
from korotko_service.scheduling.order import Entry, Order, Outcome
from korotko_service.scheduling.running import BatchRunner
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

_SHORTEST_RETRY_SECONDS = 0.1


class Scheduler:
    """Queue and runners of one model. Life is `async with`; leaving it finishes what was accepted."""

    def __init__(
        self,
        *,
        name: str,
        engine: Engine,
        policy: BatchPolicy,
        max_queued_sequences: int,
        metrics: Metrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._engine = engine
        self._policy = policy
        self._limit = max_queued_sequences
        self._metrics = metrics
        self._clock = clock
        self._pool = WorkerPool(size=engine.replicas, name=f"korotko-{name}")
        self._runner = BatchRunner(name=name, engine=engine, pool=self._pool)
        self._cost = CostModel(workers=engine.replicas)
        self._load = RecentLoad()
        self._waiting: list[Entry] = []
        self._running_tokens = 0
        self._open = 0
        self._changed = asyncio.Event()
        self._closing = False
        self._runners: list[asyncio.Task[None]] = []

    async def run(self, sequences: SequenceOf[Sequence], order: Order) -> list[Outcome]:
        """Outcomes in the order of `sequences`; all of them or the first error. Cancelling the caller withdraws what still waits."""
        if not sequences:
            return []
        self._admit(sequences, order)
        entries = self._enqueue(sequences, order)
        left = order.deadline.remaining(self._clock())
        try:
            async with asyncio.timeout(left if math.isfinite(left) else None):
                return list(await asyncio.gather(*(entry.future for entry in entries)))
        except TimeoutError:
            raise ExpiredInQueue("the deadline passed before the answer was ready; allow more time") from None
        finally:
            for entry in entries:
                entry.future.cancel()
            self._changed.set()

    def count(self, text: str) -> int:
        """Length of `text` in the model's tokens."""
        return self._engine.count(text)

    def predicted_seconds(self, tokens: int) -> float:
        """Time until `tokens` more would be answered, if they were queued now; 0 while nothing ran yet."""
        waiting = sum(entry.length for entry in self._waiting)
        return self._cost.seconds(waiting + self._running_tokens + tokens)

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        self._runners = [asyncio.create_task(self._work(), name=f"{self._name}-{number}") for number in range(self._engine.replicas)]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing = True
        self._changed.set()
        await asyncio.gather(*self._runners)
        await self._pool.__aexit__(kind, error, trace)

    def _admit(self, sequences: SequenceOf[Sequence], order: Order) -> None:
        """Refuse at once what cannot be served: a full queue, or a deadline that the work ahead already uses up."""
        if len(self._waiting) >= self._limit:
            self._drop_late_and_cancelled(self._clock())
        if len(self._waiting) >= self._limit:
            wait = max(_SHORTEST_RETRY_SECONDS, self.predicted_seconds(0))
            raise QueueFull(
                f"{len(self._waiting)} sentences are waiting for {self._name}, the limit is {self._limit}; try again in {wait:.1f} s",
                retry_after_seconds=wait,
                model=self._name,
                limit=self._limit,
            )
        predicted = self.predicted_seconds(max(sequence.length for sequence in sequences))
        if predicted > order.deadline.remaining(self._clock()):
            raise DeadlineTooShort(
                f"the work ahead takes about {predicted * 1000:.0f} ms, more than the deadline leaves; allow more time",
                predicted_ms=round(predicted * 1000),
            )

    def _enqueue(self, sequences: SequenceOf[Sequence], order: Order) -> list[Entry]:
        loop, now = asyncio.get_running_loop(), self._clock()
        entries = [Entry(sequence=sequence, order=order, arrived=now, future=loop.create_future()) for sequence in sequences]
        self._waiting += entries
        self._opened(len(entries))
        self._changed.set()
        return entries

    async def _work(self) -> None:
        """One runner: batch after batch until the scheduler closes and nothing is left."""
        while batch := await self._next_batch():
            await self._run_batch(batch)

    async def _next_batch(self) -> list[Entry]:
        """The next batch; empty means that the scheduler closed and all work is done."""
        while True:
            now = self._clock()
            self._drop_late_and_cancelled(now)
            chosen = self._policy.next_batch(
                self._waiting, open_sequences=self._load.smoothed(self._open, now=now), workers=self._engine.replicas, now=now
            )
            if chosen:
                return self._take(chosen)
            if self._closing and not self._waiting:
                return []
            await self._wait_for_change(self._policy.due(self._waiting) - now if self._waiting else None)

    async def _wait_for_change(self, seconds: float | None) -> None:
        self._changed.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _take(self, chosen: list[int]) -> list[Entry]:
        picked = set(chosen)
        batch = [self._waiting[index] for index in chosen]
        self._waiting = [entry for index, entry in enumerate(self._waiting) if index not in picked]
        self._metrics.queued_sequences.labels(self._name).set(len(self._waiting))
        return batch

    def _drop_late_and_cancelled(self, now: float) -> None:
        """Nothing that nobody waits for, or that is too late, reaches the engine."""
        kept = []
        for entry in self._waiting:
            if entry.deadline.passed(now):
                waited = f"{now - entry.arrived:.2f} s"
                entry.deliver(ExpiredInQueue(f"the deadline passed after {waited} in the queue", waited_seconds=waited))
                self._dropped("expired")
            elif entry.future.done():
                self._dropped("cancelled")
            else:
                kept.append(entry)
        self._waiting = kept

    def _dropped(self, cause: str) -> None:
        self._opened(-1)
        self._metrics.dropped_sequences.labels(self._name, cause).inc()

    def _opened(self, count: int) -> None:
        self._open += count
        self._metrics.queued_sequences.labels(self._name).set(len(self._waiting))

    async def _run_batch(self, batch: list[Entry]) -> None:
        tokens = sum(entry.length for entry in batch)
        self._running_tokens += tokens
        started = self._clock()
        try:
            answers = await self._runner.answers(batch)
        finally:
            self._running_tokens -= tokens
            self._opened(-len(batch))
        seconds = self._clock() - started
        self._cost.learn(tokens=tokens, seconds=seconds)
        self._observe(batch, started, seconds)
        for entry, answer in zip(batch, answers, strict=True):
            if isinstance(answer, Generation):
                self._metrics.tokens.labels(self._name, "out").inc(answer.length)
                entry.deliver(Outcome(generation=answer, queue_seconds=started - entry.arrived, engine_seconds=seconds))
            else:
                entry.deliver(answer)

    def _observe(self, batch: list[Entry], started: float, seconds: float) -> None:
        self._metrics.batch_sequences.labels(self._name).observe(len(batch))
        self._metrics.engine_seconds.labels(self._name).observe(seconds)
        for entry in batch:
            self._metrics.tokens.labels(self._name, "in").inc(entry.length)
            self._metrics.queue_seconds.labels(self._name).observe(started - entry.arrived)
