"""One scheduler per model: takes sequences of many callers, runs them in shared batches, gives each caller its own back.

All state lives on the event loop, so there are no locks: a runner task per engine replica asks the policy for a batch, runs it on a
thread of the pool, and resolves the futures that the callers await.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence as SequenceOf
from contextlib import asynccontextmanager
from types import TracebackType
from typing import NotRequired, Self, TypedDict

from korotko_service.engines.engine import Engine, Generation, Sequence
from korotko_service.errors import ExpiredInQueue
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.gate import Gate
from korotko_service.scheduling.load import RecentLoad
from korotko_service.scheduling.order import Entry, Order, Outcome
from korotko_service.scheduling.running import BatchRunner
from korotko_service.scheduling.waiting import Priority
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

_ANYBODY = Order()
_LOOK_AGAIN_SECONDS = 0.1


class Parts(TypedDict):
    """What a scheduler is made from, by keyword."""

    name: str
    engine: Engine
    policy: BatchPolicy
    max_queued_sequences: int
    metrics: Metrics
    clock: NotRequired[Callable[[], float]]


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
        self._metrics = metrics
        self._clock = clock
        self._gauge = metrics.queued_sequences.labels(name)
        self._tokens_in, self._tokens_out = (metrics.tokens.labels(name, way).inc for way in ("in", "out"))
        self._queue_seconds = metrics.queue_seconds.labels(name).observe
        self._pool = WorkerPool(size=engine.replicas, name=f"korotko-{name}")
        self._runner = BatchRunner(name=name, engine=engine, pool=self._pool, metrics=metrics, clock=clock)
        self._cost = CostModel(workers=engine.replicas, batch_tokens=policy.max_batch_tokens)
        self._queue: FairQueue[Entry] = FairQueue()
        self._gate = Gate(name=name, limit=max_queued_sequences, queue=self._queue, cost=self._cost, policy=policy)
        self._open = dict.fromkeys(Priority, 0)
        self._load = {priority: RecentLoad() for priority in Priority}
        self._running: dict[int, tuple[int, int, float, Priority]] = {}
        self._changed = asyncio.Event()
        self._closing = False
        self._runners: list[asyncio.Task[None]] = []

    async def run(self, sequences: SequenceOf[Sequence], order: Order) -> list[Outcome]:
        """Outcomes in the order of `sequences`; all of them or the first error. Cancelling the caller withdraws what still waits."""
        if not sequences:
            return []
        entries = self.accept(sequences, order)
        try:
            async with self.until(order):
                return [await entries[0].future] if len(entries) == 1 else list(await asyncio.gather(*(entry.future for entry in entries)))
        finally:
            self.withdraw(entries)

    def accept(self, sequences: SequenceOf[Sequence], order: Order) -> list[Entry]:
        """Queue them, each with a future of its own, or refuse what cannot be served. Whatever calls this must also withdraw them."""
        self._runner.refuse_convicts(sequences)
        loop, now = asyncio.get_running_loop(), self._clock()
        self._drop_late(now)
        self._gate.check(sequences, order, running_seconds=self._running_seconds(now), now=now)
        entries = [Entry(sequence=sequence, order=order, arrived=now, future=loop.create_future()) for sequence in sequences]
        for entry in entries:
            self._queue.add(entry)
        self._opened(order.priority, len(entries))
        self._changed.set()
        return entries

    def withdraw(self, entries: Iterable[Entry]) -> None:
        """Nobody waits for them any more: those still in the queue leave it, answers of the others are not delivered."""
        now = self._clock()
        for entry in entries:
            entry.future.cancel()
            if self._queue.discard(entry):
                self._dropped(entry, "expired" if entry.deadline.passed(now) else "cancelled")
                self._changed.set()

    @asynccontextmanager
    async def until(self, order: Order) -> AsyncIterator[None]:
        """Ends the block with ExpiredInQueue once the order's deadline has passed."""
        left = order.deadline.remaining(self._clock())
        try:
            async with asyncio.timeout(left if math.isfinite(left) else None):
                yield
        except TimeoutError:
            wait = self._gate.retry_seconds(left)
            raise ExpiredInQueue("the deadline passed before the answer was ready; allow more time", retry_after_seconds=wait) from None

    @property
    def out_of_order(self) -> bool:
        """Whether the engine's process is lost and several tries to bring it back have failed."""
        return self._runner.out_of_order

    def count(self, text: str) -> int:
        """Length of `text` in the model's tokens."""
        return self._engine.count(text)

    def predicted_seconds(self, tokens: int, longest: int, order: Order = _ANYBODY) -> float:
        """Time until `tokens` more, `longest` of them in one sequence, would be answered if they came now; 0 before the first batch."""
        now = self._clock()
        return self._gate.predicted_seconds(order, tokens=tokens, longest=longest, running_seconds=self._running_seconds(now), now=now)

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        self._runners = [asyncio.create_task(self._work(), name=f"{self._name}-{number}") for number in range(self._engine.replicas)]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing = True
        self._changed.set()
        async with self._runner.ending():
            await asyncio.gather(*self._runners)
        await self._pool.__aexit__(kind, error, trace)

    async def _work(self) -> None:
        """One runner: batch after batch until the scheduler closes and nothing is left."""
        while batch := await self._next_batch():
            await self._run_batch(batch)

    async def _next_batch(self) -> list[Entry]:
        """The next batch; empty means that the scheduler closed and all work is done."""
        while True:
            now = self._clock()
            self._drop_late(now)
            batch = self._policy.next_batch(
                self._queue,
                open_sequences={priority: load.smoothed(self._open[priority], now=now) for priority, load in self._load.items()},
                workers=self._engine.replicas,
                idle=self._engine.replicas - len(self._running),
                bulk_batches=sum(priority is Priority.BULK for *_, priority in self._running.values()),
                cost=self._cost,
                now=now,
            )
            if batch:
                self._queue.take(batch)
                self._gauge.set(len(self._queue))
                return batch
            if self._closing and not self._queue:
                return []
            due = self._policy.due(self._queue, now=now)
            # Bulk that is due but held back goes on when the interactive callers have left, which nothing signals.
            await self._wait_for_change((due - now if due > now else _LOOK_AGAIN_SECONDS) if math.isfinite(due) else None)

    async def _wait_for_change(self, seconds: float | None) -> None:
        self._changed.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _drop_late(self, now: float) -> None:
        """Drop what is too late, so that it never reaches the engine."""
        for entry in self._queue.late(now):
            waited = f"{now - entry.arrived:.2f} s"
            wait = self._gate.retry_seconds(entry.deadline.at - entry.arrived)
            entry.deliver(
                ExpiredInQueue(
                    f"the deadline passed after {waited} in the queue; allow more time", retry_after_seconds=wait, waited_seconds=waited
                )
            )
            self._dropped(entry, "expired")

    def _dropped(self, entry: Entry, cause: str) -> None:
        self._opened(entry.priority, -1)
        self._metrics.dropped_sequences.labels(self._name, cause).inc()

    def _opened(self, priority: Priority, count: int) -> None:
        self._open[priority] += count
        self._gauge.set(len(self._queue))

    def _running_seconds(self, now: float) -> float:
        """Time that all workers together still need until they are free."""
        return sum(
            max(0.0, self._cost.batch_seconds(tokens, longest) - (now - started)) for tokens, longest, started, _ in self._running.values()
        )

    async def _run_batch(self, batch: list[Entry]) -> None:
        tokens, longest = sum(entry.length for entry in batch), max(entry.length for entry in batch)
        started = self._clock()
        self._running[id(batch)] = tokens, longest, started, batch[0].priority
        try:
            smooth = await self._runner.run(batch, lambda entry, answer: self._deliver(entry, answer, started))
        finally:
            del self._running[id(batch)]
            for entry in batch:
                self._open[entry.priority] -= 1
        now = self._clock()
        seconds = now - started
        if smooth:
            self._cost.learn(tokens=tokens, longest=longest, seconds=seconds, beam_size=batch[0].options.beam_size, now=now)
        self._observe(batch, started, seconds)

    def _deliver(self, entry: Entry, answer: Generation | Exception, started: float) -> None:
        if isinstance(answer, Generation):
            self._tokens_out(answer.length)
            seconds = self._clock() - started
            entry.deliver(Outcome(generation=answer, queue_seconds=started - entry.arrived, engine_seconds=seconds))
        else:
            entry.deliver(answer)

    def _observe(self, batch: list[Entry], started: float, seconds: float) -> None:
        self._metrics.batch_sequences.labels(self._name).observe(len(batch))
        self._metrics.engine_seconds.labels(self._name).observe(seconds)
        self._tokens_in(sum(entry.length for entry in batch))
        for entry in batch:
            self._queue_seconds(started - entry.arrived)
