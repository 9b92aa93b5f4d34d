"""The models that share this machine's memory: lent to callers, loaded when first needed, unloaded to make room for others.

All state lives on the event loop, and one model is loaded at a time. A caller holds one model at a time, so nobody who waits for a model
keeps others waiting for another.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import structlog

from korotko_service.deadline import Deadline
from korotko_service.errors import ModelLoading
from korotko_service.scheduling.loadable import Loadable
from korotko_service.scheduling.scheduler import Scheduler

log = structlog.get_logger(__name__)
_RETRY_SECONDS = 2.0


class Fleet:
    """Every model in memory, whichever edition it belongs to. Life is `async with`; leaving it closes them all."""

    def __init__(self, *, budget_bytes: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        """`budget_bytes` bounds the sum of the models' weights; 0 means no bound."""
        self._budget = budget_bytes
        self._clock = clock
        self._loaded: list[Loadable] = []
        self._loading: dict[Loadable, asyncio.Task[Exception | None]] = {}
        self._unloading: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def lent(self, model: Loadable, deadline: Deadline) -> AsyncIterator[Scheduler]:
        """The model's scheduler for the length of the block; the model is loaded first if it is not in memory.

        ModelLoading if it does not become available before the deadline.
        """
        if model.making_room:
            async with self._in_time(model, deadline):
                await self._until(lambda: not model.making_room)
        model.users += 1
        try:
            yield await self._available(model, deadline)
        finally:
            model.users -= 1
            model.last_used = self._clock()
            self._changed.set()

    async def load(self, model: Loadable) -> None:
        """Load and warm it up if necessary; raises what the engine raised. It stays until its room is needed."""
        if model.scheduler is None and (error := await asyncio.shield(self._task(model))):
            raise error

    async def retire(self, model: Loadable) -> None:
        """Close a model that no edition names any more, once its last caller has left."""
        if task := self._loading.get(model):
            await asyncio.wait((task,))
        await self._until(lambda: not model.users)
        await self._unload(model)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        loading = tuple(self._loading.values())
        for task in loading:
            task.cancel()
        await asyncio.gather(*loading, *self._unloading, return_exceptions=True)
        async with AsyncExitStack() as stack:
            for model in self._loaded:
                stack.push_async_callback(model.unload)

    async def _available(self, model: Loadable, deadline: Deadline) -> Scheduler:
        """The scheduler for a caller who is already counted among the model's users, so that the model stays."""
        if model.scheduler is None:
            async with self._in_time(model, deadline):
                if error := await asyncio.shield(self._task(model)):
                    raise ModelLoading(
                        f"model {model.name!r} cannot be loaded now; try again soon, the server's log says why",
                        retry_after_seconds=_RETRY_SECONDS,
                        model=model.name,
                    ) from error
        assert model.scheduler  # For the type checker: it was loaded just now, and a model with users stays.
        return model.scheduler

    @asynccontextmanager
    async def _in_time(self, model: Loadable, deadline: Deadline) -> AsyncIterator[None]:
        left = deadline.remaining(self._clock())
        try:
            async with asyncio.timeout(left if math.isfinite(left) else None):
                yield
        except TimeoutError:
            raise ModelLoading(
                f"model {model.name!r} was not loaded before the deadline; try again shortly",
                retry_after_seconds=_RETRY_SECONDS,
                model=model.name,
            ) from None

    def _task(self, model: Loadable) -> "asyncio.Task[Exception | None]":
        """The one task that loads the model, for which all who need it wait; it goes on when they leave."""
        if model not in self._loading:
            self._loading[model] = asyncio.create_task(self._load(model), name=f"load-{model.name}")
            self._loading[model].add_done_callback(lambda _: self._loading.pop(model))
        return self._loading[model]

    async def _load(self, model: Loadable) -> Exception | None:
        """Load it when its turn comes. An error is returned, not raised: there may be nobody left to retrieve it."""
        async with self._turn:
            try:
                await self._make_room(model.weight_bytes)
                await model.load()
            except Exception as error:
                log.error("model_load_failed", model=model.name, error=type(error).__name__, message=str(error))
                return error
            self._loaded.append(model)
            return None

    async def _make_room(self, needed: int) -> None:
        """Unload what was used longest ago, idle models first. A busy one's callers finish; new ones wait until they can load it again."""
        while self._budget and sum(model.weight_bytes for model in self._loaded) + needed > self._budget:
            replaceable = [model for model in self._loaded if not model.irreplaceable]
            if not replaceable:
                return
            victim = min(replaceable, key=lambda model: (model.users > 0, model.last_used))
            victim.making_room = True
            try:
                await self._until(lambda: not victim.users)  # noqa: B023  # Awaited before the next turn of the loop.
                await self._unload(victim)
            finally:
                victim.making_room = False
                self._changed.set()

    async def _unload(self, model: Loadable) -> None:
        """Unload it if it is loaded; once begun this is finished, even if the task that asked for it is cancelled."""
        if model in self._loaded:
            self._loaded.remove(model)
            task = asyncio.create_task(model.unload(), name=f"unload-{model.name}")
            self._unloading.add(task)
            task.add_done_callback(self._unloading.discard)
            await asyncio.shield(task)

    async def _until(self, true: Callable[[], bool]) -> None:
        while not true():
            self._changed.clear()
            await self._changed.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of one edition, by the names that its catalog gives them."""

    fleet: Fleet
    members: Mapping[str, Loadable]

    def lent(self, name: str, deadline: Deadline) -> AbstractAsyncContextManager[Scheduler]:
        """That model's scheduler for the length of the block."""
        return self.fleet.lent(self.members[name], deadline)
