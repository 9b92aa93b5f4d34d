"""Run one batch on an engine so that a text which breaks the engine, or kills its process, harms nobody but its own caller."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence as SequenceOf
from contextlib import asynccontextmanager

import structlog

from korotko_service.engines.engine import Engine, EngineFailed, Generation, Sequence, WorkerLost
from korotko_service.errors import KorotkoError, WorkerCrashed
from korotko_service.scheduling.floor import Floor
from korotko_service.scheduling.order import Entry
from korotko_service.scheduling.quarantine import Quarantine, Standing
from korotko_service.scheduling.revival import Revival
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)
# While the server ends, what a batch still gets after its last caller has left: a healthy one is over by then.
_LAST_CHANCE_SECONDS = 1.0


Deliver = Callable[[Entry, Generation | Exception], None]


class BatchRunner:
    """One model's engine and the threads it runs on. `name` is the model's, for the log and for messages."""

    def __init__(
        self, *, name: str, engine: Engine, pool: WorkerPool, metrics: Metrics, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._engine = engine
        self._pool = pool
        self._metrics = metrics
        self._clock = clock
        self._quarantine = Quarantine()
        self._floor = Floor()
        self._revival = Revival(name=name, engine=engine, pool=pool, restarted=metrics.worker_restarts.labels(name).inc)
        self._inside: list[SequenceOf[Entry]] = []

    @property
    def out_of_order(self) -> bool:
        """Whether the engine is lost and several restarts in a row have failed."""
        return self._revival.out_of_order

    def refuse_convicts(self, sequences: Iterable[Sequence]) -> None:
        """WorkerCrashed for a text that is known to kill workers."""
        now = self._clock()
        if any(self._quarantine.standing(sequence, now=now) is Standing.CONVICT for sequence in sequences):
            raise self._crashed()

    async def run(self, batch: SequenceOf[Entry], deliver: Deliver) -> bool:
        """Deliver an answer for each entry as soon as there is one; returns whether all went smoothly, so costs can be learned from it.

        After an error of the engine each sequence is run once more by itself. If its process died, each is run once more with nothing else
        in the process, so that no innocent one is blamed.
        """
        self._inside.append(batch)
        try:
            return await self._run(batch, deliver)
        finally:
            self._inside.remove(batch)

    @asynccontextmanager
    async def ending(self) -> AsyncIterator[None]:
        """Used around the wait for the last batches: one that nobody waits for any more does not keep the server from ending."""
        watch = asyncio.create_task(self._abandon_the_forsaken(), name=f"ending-{self._name}")
        try:
            yield
        finally:
            watch.cancel()
            await asyncio.wait((watch,))
            await self._revival.close()

    async def _run(self, batch: SequenceOf[Entry], deliver: Deliver) -> bool:
        now = self._clock()
        clear = [entry for entry in batch if self._quarantine.standing(entry.sequence, now=now) is Standing.CLEAR]
        generations = (await self._together(clear) if clear else None) or []
        answered = dict(zip(clear, generations, strict=False))
        for entry, generation in answered.items():
            deliver(entry, generation)
        left = [entry for entry in batch if entry not in answered]
        for entry in left:
            deliver(entry, await self._by_itself(entry))
        return not left

    async def _together(self, batch: SequenceOf[Entry]) -> list[Generation] | None:
        """The batch's generations; None where each sequence must be tried by itself."""
        while True:
            try:
                await self._revival.there()
                async with self._floor.shared():
                    generations = await self._pool.run(lambda: self._generated(batch))
            except KorotkoError:
                return None
            except WorkerLost as loss:
                self._revival.lost(loss, sequences=len(batch))
                if loss.begun:
                    self._suspect(batch)
                    return None
            except Exception as error:
                log.exception("engine_failed", model=self._name, sequences=len(batch), **_facts(error))
                return None
            else:
                self._revival.answered()
                return generations

    async def _by_itself(self, entry: Entry) -> Generation | Exception:
        """The second try of one sequence; a suspect has the process to itself."""
        standing = self._quarantine.standing(entry.sequence, now=self._clock())
        while standing is not Standing.CONVICT:
            if entry.future.done():
                return WorkerCrashed("nobody waits for this text any more")
            alone = standing is Standing.SUSPECT
            try:
                await self._revival.there()
                async with self._floor.alone() if alone else self._floor.shared():
                    (generation,) = await self._pool.run(lambda: self._generated([entry]))
            except KorotkoError as refusal:
                return refusal
            except WorkerLost as loss:
                self._revival.lost(loss, sequences=1)
                if loss.begun and not self._revival.closed:
                    standing = self._blamed(entry, loss) if alone else self._suspect((entry,))
            except Exception as error:
                log.error("sequence_failed", model=self._name, length=entry.length, error=type(error).__name__)
                return self._crashed()
            else:
                self._revival.answered()
                self._quarantine.clear(entry.sequence)
                return generation
        return self._crashed()

    def _generated(self, batch: SequenceOf[Entry]) -> list[Generation]:
        """On a worker thread: the engine's generations, as many as there are entries."""
        generations = self._engine.generate([entry.sequence for entry in batch], batch[0].options)
        if len(generations) != len(batch):
            raise RuntimeError(f"engine of {self._name} gave {len(generations)} generations for {len(batch)} sequences")
        return generations

    def _suspect(self, batch: SequenceOf[Entry]) -> Standing:
        now = self._clock()
        for entry in batch:
            self._quarantine.suspect(entry.sequence, now=now)
        return Standing.SUSPECT

    def _blamed(self, entry: Entry, loss: WorkerLost) -> Standing:
        standing = self._quarantine.blame(entry.sequence, killed=loss.killed, now=self._clock())
        if standing is Standing.CONVICT:
            self._metrics.quarantined_texts.labels(self._name).inc()
            log.error("text_quarantined", model=self._name, length=entry.length, cause=loss.cause)
        return standing

    def _crashed(self) -> WorkerCrashed:
        return WorkerCrashed(f"{self._name} failed twice on this text; do not send it again")

    async def _abandon_the_forsaken(self) -> None:
        """End the worker if batches go on that nobody waits for: it hangs, because a healthy batch is soon over."""
        while self._revival.possible:
            waited_for = [entry.future for batch in self._inside for entry in batch if not entry.future.done()]
            if waited_for:
                await asyncio.wait(waited_for, timeout=_LAST_CHANCE_SECONDS)
                continue
            await asyncio.sleep(_LAST_CHANCE_SECONDS)
            if self._inside and all(entry.future.done() for batch in self._inside for entry in batch):
                log.error("worker_abandoned", model=self._name, batches=len(self._inside))
                self._revival.abandon()
                return


def _facts(error: Exception) -> dict[str, str]:
    """What the log may quote of an error from another process, whose traceback is not at hand."""
    return {"error": str(error)} if isinstance(error, EngineFailed) else {}
