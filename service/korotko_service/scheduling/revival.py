"""Bring a lost worker back: at once the first time, then with growing pauses, until one has answered a batch again.

All state lives on the event loop. Callers who need the worker meanwhile wait for it, or are told when to come back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from korotko_service.engines.engine import Restartable, WorkerLost
from korotko_service.errors import ModelLoading
from korotko_service.scheduling.workers import WorkerPool

log = structlog.get_logger(__name__)
_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 30.0
# A caller who would wait longer than this for the next try is better off with another replica of the service.
_PATIENCE_SECONDS = 1.0
_SHORTEST_RETRY_SECONDS = 0.5
# Tries in a row after which the model counts as out of order.
_OUT_OF_ORDER = 3


def pause_seconds(losses: int) -> float:
    """Time before the next try, after that many losses (at least 1) since a worker last answered."""
    return 0.0 if losses <= 1 else min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(losses - 2, 16))


class Revival:
    """Whether one model's worker is there, and its restarts. `restarted` is called after each one."""

    def __init__(
        self,
        *,
        name: str,
        engine: object,
        pool: WorkerPool,
        restarted: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._name = name
        self._engine = engine
        self._pool = pool
        self._restarted = restarted
        self._clock = clock
        self._pause = pause
        self._losses = 0
        self._buried = 0
        self._task: asyncio.Task[None] | None = None
        self._next_try = 0.0
        self._changed = asyncio.Event()
        self.closed = False

    @property
    def possible(self) -> bool:
        """Whether the engine has a process of its own, which can be ended and brought back."""
        return isinstance(self._engine, Restartable)

    @property
    def out_of_order(self) -> bool:
        """Whether several tries in a row have failed to bring it back, and none has succeeded yet."""
        return self._task is not None and self._losses > _OUT_OF_ORDER

    async def there(self) -> None:
        """Return when the worker is there. ModelLoading if the next try is far off, or the server closes."""
        while self._task is not None or self.closed:
            left = self._next_try - self._clock()
            if self.closed or left > _PATIENCE_SECONDS:
                raise ModelLoading(
                    f"the worker of {self._name} was lost and is being restarted; try again shortly",
                    retry_after_seconds=max(_SHORTEST_RETRY_SECONDS, left),
                    model=self._name,
                )
            await self._changed.wait()

    def lost(self, loss: WorkerLost, *, sequences: int) -> None:
        """A batch found its worker gone. Several batches may report the same one; the first begins the restart."""
        if loss.worker <= self._buried:
            return
        self._buried = loss.worker
        log.error("worker_lost", model=self._name, cause=loss.cause, sequences=sequences, worker=loss.worker)
        if isinstance(self._engine, Restartable) and not self.closed:
            self._announce_next_try()
            self._task = asyncio.create_task(self._bring_back(self._engine), name=f"restart-{self._name}")

    def answered(self) -> None:
        """A worker has answered a batch: the next loss counts as the first."""
        self._losses = 0

    def abandon(self) -> None:
        """Nobody waits for anything any more: end the worker, and bring none back."""
        self.closed = True
        if isinstance(self._engine, Restartable):
            self._engine.abandon()
        self._tell()

    async def close(self) -> None:
        """End a restart under way."""
        self.closed = True
        self._tell()
        if self._task is not None:
            if isinstance(self._engine, Restartable):
                self._engine.abandon()
            self._task.cancel()
            await asyncio.wait((self._task,))

    async def _bring_back(self, engine: Restartable) -> None:
        while not self.closed:
            await self._pause(max(0.0, self._next_try - self._clock()))
            try:
                await self._pool.run(engine.restart)
            except Exception as error:
                # The messages of these errors are about files and signals; they cannot quote a text.
                log.error("worker_restart_failed", model=self._name, error=type(error).__name__, reason=str(error), tries=self._losses)
                self._buried = max(self._buried, getattr(error, "worker", 0))
                self._announce_next_try()
            else:
                self._restarted()
                log.info("worker_restarted", model=self._name, losses=self._losses)
                self._task = None
                self._tell()
                return

    def _announce_next_try(self) -> None:
        self._losses += 1
        self._next_try = self._clock() + pause_seconds(self._losses)
        self._tell()

    def _tell(self) -> None:
        """Wake all who wait, so that they look again."""
        self._changed.set()
        self._changed = asyncio.Event()
