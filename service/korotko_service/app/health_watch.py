"""Keep health true while the server serves: NOT_SERVING while no model has a worker or hope of one, SERVING again when one has."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)
_LOOK_SECONDS = 0.5


class HealthWatch:
    """Looks at the models from `begin` to `end`; meanwhile it alone decides what health says, and it sets the metric of each model."""

    def __init__(
        self,
        *,
        look: Callable[[], Mapping[str, bool]],
        serve: Callable[[], Awaitable[None]],
        decline: Callable[[], Awaitable[None]],
        metrics: Metrics,
    ) -> None:
        """`look` tells which models there are, and whether each can serve; `serve` and `decline` tell health."""
        self._look = look
        self._serve = serve
        self._decline = decline
        self._metrics = metrics
        self._shown: Mapping[str, bool] = {}
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Health says SERVING from here on."""
        self._show(self._look())
        await self._serve()
        self._task = asyncio.create_task(self._watch(), name="health-watch")

    async def end(self) -> None:
        """Health stays as it is; nothing where the watch had not begun."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
            self._task = None

    async def _watch(self) -> None:
        serving = True
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            seen = self._look()
            self._show(seen)
            if any(seen.values()) is not serving:
                serving = not serving
                log.info("able_again") if serving else log.error("no_model_able")
                await (self._serve() if serving else self._decline())

    def _show(self, seen: Mapping[str, bool]) -> None:
        """Models that a reload took away are no longer there, rather than unable for ever."""
        for name in self._shown.keys() - seen.keys():
            self._metrics.model_able.remove(name)
        for name, able in seen.items():
            self._metrics.model_able.labels(name).set(able)
        self._shown = seen
