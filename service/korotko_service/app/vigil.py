"""Keep health true while the server serves: NOT_SERVING while no model has a worker or hope of one, SERVING again when one has."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)
_LOOK_SECONDS = 0.5


class Vigil:
    """Looks at the models from `begin` to `end`; between them it alone decides what health says."""

    def __init__(self, *, able: Callable[[], bool], serve: Callable[[], Awaitable[None]], decline: Callable[[], Awaitable[None]]) -> None:
        """`able` tells whether some model can serve; `serve` and `decline` tell health."""
        self._able = able
        self._serve = serve
        self._decline = decline
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Health says SERVING from here on."""
        await self._serve()
        self._task = asyncio.create_task(self._watch(), name="vigil")

    async def end(self) -> None:
        """Health stays as it is; nothing where the vigil had not begun."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
            self._task = None

    async def _watch(self) -> None:
        serving = True
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._able() is not serving:
                serving = not serving
                log.info("able_again") if serving else log.error("no_model_able")
                await (self._serve() if serving else self._decline())
