"""Run one batch on an engine so that a text which breaks the engine harms nobody but its own caller."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

import structlog

from korotko_service.engines.engine import Engine, Generation
from korotko_service.errors import KorotkoError, WorkerCrashed
from korotko_service.scheduling.order import Entry
from korotko_service.scheduling.workers import WorkerPool

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRunner:
    """One model's engine and the threads it runs on. `name` is the model's, for the log and for messages."""

    name: str
    engine: Engine
    pool: WorkerPool

    async def answers(self, batch: SequenceOf[Entry]) -> list[Generation | Exception]:
        """One answer for each entry, in order; after a failure of the batch each sequence once more and alone."""
        try:
            return list(await self.pool.run(lambda: self._generated(batch)))
        except Exception:
            log.exception("engine_failed", model=self.name, sequences=len(batch))
        return [await self._alone(entry) for entry in batch]

    async def _alone(self, entry: Entry) -> Generation | Exception:
        if entry.future.done():
            return WorkerCrashed("nobody waits for this text any more")
        try:
            (generation,) = await self.pool.run(lambda: self._generated([entry]))
            return generation
        except KorotkoError as refusal:
            return refusal
        except Exception as error:
            log.error("sequence_failed", model=self.name, length=entry.length, error=type(error).__name__)
            return WorkerCrashed(f"{self.name} failed twice on this text; do not send it again")

    def _generated(self, batch: SequenceOf[Entry]) -> list[Generation]:
        """On a worker thread: the engine's generations, as many as there are entries."""
        generations = self.engine.generate([entry.sequence for entry in batch], batch[0].options)
        if len(generations) != len(batch):
            raise RuntimeError(f"engine of {self.name} gave {len(generations)} generations for {len(batch)} sequences")
        return generations
