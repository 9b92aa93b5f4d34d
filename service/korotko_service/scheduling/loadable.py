"""One model that can be in memory: loaded and warmed up on a thread, scheduled while it is there, closed when it goes."""

import asyncio
import math
from collections.abc import Callable
from contextlib import AsyncExitStack

import structlog

from korotko_service.engines.engine import Engine
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool

log = structlog.get_logger(__name__)


class Loadable:
    """A model's place in the fleet; only the fleet changes it. `scheduler` is set while the model is in memory."""

    def __init__(
        self,
        *,
        name: str,
        weight_bytes: int,
        load: Callable[[], Engine],
        schedule: Callable[[Engine], Scheduler],
        loaders: WorkerPool,
    ) -> None:
        """`load` blocks, so it runs on one of the `loaders`; `schedule` makes the scheduler for a warm engine."""
        self.name = name
        self.weight_bytes = weight_bytes
        self.scheduler: Scheduler | None = None
        self.users = 0
        self.last_used = -math.inf
        self.making_room = False
        self.irreplaceable = False
        self._load = load
        self._schedule = schedule
        self._loaders = loaders
        self._stack = AsyncExitStack()

    @property
    def out_of_order(self) -> bool:
        """Whether its process was lost and several tries to bring it back have failed, though it still takes its place in memory."""
        return self.scheduler is not None and self.scheduler.out_of_order

    async def load(self) -> None:
        """Load it and warm it up. Cancelling this waits for the thread, so that what was loaded is closed and not forgotten."""
        warming = asyncio.ensure_future(self._loaders.run(self._warmed))
        try:
            engine = await asyncio.shield(warming)
        except asyncio.CancelledError:
            await self._forsaken(warming)
            raise
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._close, engine)
            self.scheduler = await stack.enter_async_context(self._schedule(engine))
            self._stack = stack.pop_all()

    async def unload(self) -> None:
        """Finish what its scheduler has accepted, then free the weights; does nothing if it is not in memory."""
        if self.scheduler is not None:
            self.scheduler = None
            await self._stack.aclose()
            log.info("model_closed", model=self.name)

    async def _close(self, engine: Engine) -> None:
        """Close the engine. Nothing can be done about one that fails to close, and it must not keep the rest from ending."""
        try:
            await self._loaders.run(engine.close)
        except Exception:
            log.exception("model_close_failed", model=self.name)

    def _warmed(self) -> Engine:
        engine = self._load()
        try:
            engine.warm_up()
        except BaseException:
            engine.close()
            raise
        return engine

    async def _forsaken(self, warming: "asyncio.Future[Engine]") -> None:
        await asyncio.wait((warming,))
        if not warming.cancelled() and warming.exception() is None:
            await self._close(warming.result())
