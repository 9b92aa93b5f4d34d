"""Read again what SIGHUP asks for: the tokens file, then the certificate, then the model folders."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog

from korotko_service.app import parts
from korotko_service.config import Settings
from korotko_service.editions.succession import Succession
from korotko_service.errors import ConfigInvalid
from korotko_service.rpc.callers import Callers
from korotko_service.rpc.server import GrpcServer
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)


class Reloading:
    """Reloads each of the three by itself: what cannot be used leaves its predecessor in force and does not hinder the others."""

    def __init__(
        self,
        *,
        settings: Settings,
        callers: Callers,
        server: GrpcServer,
        succession: Succession[Any],
        loaders: WorkerPool,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._callers = callers
        self._server = server
        self._succession = succession
        self._loaders = loaders
        self._metrics = metrics
        self._wanted = asyncio.Event()

    def request(self) -> None:
        """Reload as soon as the reload under way has ended.

        Requests that come meanwhile count as one: the reload that follows sees all that they wanted seen.
        """
        self._wanted.set()

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """Reload whenever it is asked for. Leaving gives up a reload under way, before its models serve anybody."""
        task = asyncio.create_task(self._reload_when_wanted(), name="reload")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _reload_when_wanted(self) -> None:
        while await self._wanted.wait():
            self._wanted.clear()
            for reload in (self._reload_callers, self._reload_certificate, self._succession.reload):
                try:
                    await reload()
                except Exception:  # Whatever it was, the next reload has to be possible.
                    log.exception("reload_failed")
                    self._metrics.reloads.labels("failed").inc()

    async def _reload_callers(self) -> None:
        try:
            access = await self._loaders.run(lambda: parts.access(self._settings))
        except ConfigInvalid as error:
            log.error("callers_reload_failed", error=str(error))
            self._metrics.caller_reloads.labels("failed").inc()
            return
        if access is not None:
            self._callers.admit(access)
            log.info("callers_reloaded", callers=str(access).splitlines())
            self._metrics.caller_reloads.labels("done").inc()

    async def _reload_certificate(self) -> None:
        if not self._settings.tls_certificate:
            return
        try:
            binding = await self._loaders.run(lambda: parts.binding(self._settings))
        except ConfigInvalid as error:
            log.error("certificate_reload_failed", error=str(error))
            self._metrics.certificate_reloads.labels("failed").inc()
            return
        self._server.present(certificate=binding.certificate, key=binding.key)
        log.info("certificate_reloaded")
        self._metrics.certificate_reloads.labels("done").inc()
