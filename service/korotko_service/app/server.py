"""The server: builds every part once, in order, and closes them in reverse."""

import asyncio
import errno
import signal
from collections.abc import Callable, Collection
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import structlog

from korotko_service import __version__
from korotko_service.admission import Admission
from korotko_service.app import parts
from korotko_service.app.health_watch import HealthWatch
from korotko_service.app.reloading import Reloading
from korotko_service.catalog import Catalog
from korotko_service.config import Settings
from korotko_service.editions.succession import Makings, Succession
from korotko_service.engines import loading, manifest as manifests_of
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import AddressTaken, ConfigInvalid
from korotko_service.pipeline.detect import Detect
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.rendering import Renderer
from korotko_service.pipeline.repairing import Repairer
from korotko_service.pipeline.summarize import Summarize
from korotko_service.pipeline.translate import Translate
from korotko_service.pipeline.writing import Writer
from korotko_service.rpc.callers import Callers
from korotko_service.rpc.calls import CallDesk
from korotko_service.rpc.directory import Directory
from korotko_service.rpc.legible import LegibleInterceptor
from korotko_service.rpc.server import GrpcServer
from korotko_service.rpc.servicer import Servicer, UseCases
from korotko_service.rpc.tokens import TokenInterceptor
from korotko_service.scheduling.caching import CachingScheduler
from korotko_service.scheduling.fleet import Fleet, Models
from korotko_service.scheduling.loadable import Loadable
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.languages import language

log = structlog.get_logger(__name__)
Loader = Callable[[Manifest], Engine]
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
RELOAD_SIGNAL = signal.SIGHUP
# Segmentation and ranking hold the interpreter's lock; two threads keep one long article from delaying every short one.
_READERS = 2
_LAST_WORDS_SECONDS = 1.0
# What has reached gRPC by then is answered, or refused with its reason; what comes after that gRPC itself turns away.
_LAST_ARRIVALS_SECONDS = 0.1


class App:
    """A server from its settings. `async with` starts it: it listens at once, and serves when its models are warm."""

    def __init__(self, settings: Settings, *, manifests: Collection[Manifest] | None = None, loader: Loader | None = None) -> None:
        """`manifests` and `loader` stand in for the model folders; tests give engines of their own. A reload looks at both again."""
        self._settings = settings
        self._loader = loader or (lambda manifest: parts.load(manifest, settings))
        self._admission = Admission(parts.limits(settings))
        self.metrics = parts.metrics()
        self._cache = parts.cache(settings, self.metrics)
        self._readers = WorkerPool(size=_READERS, name="korotko-reader")
        self._loaders = WorkerPool(size=1, name="korotko-loader")
        memory = parts.memory(settings)
        self._fleet = Fleet(budget_bytes=memory.budget_bytes if memory.lazy else 0)
        self._succession = Succession(
            makings=self._makings(manifests), memory=memory, fleet=self._fleet, loaders=self._loaders, metrics=self.metrics
        )
        self._callers = Callers(parts.access(settings))
        self._server = self._build_server()
        self._health_watch = HealthWatch(look=self._able, serve=self._server.serve, decline=self._server.drain, metrics=self.metrics)
        self._reloading = Reloading(
            settings=settings,
            callers=self._callers,
            server=self._server,
            succession=self._succession,
            loaders=self._loaders,
            metrics=self.metrics,
        )
        self._stack = AsyncExitStack()
        self.metrics_port: int | None = None

    @property
    def use_cases(self) -> UseCases:
        """What newcomers get: the pipeline over the models that serve now."""
        return self._succession.editions.current.cases

    @property
    def port(self) -> int:
        """The port it listens on; the system's choice where the settings say 0."""
        return self._server.port

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await self._server.start()
            stack.push_async_callback(self._stop)
            self._expose_metrics(stack)
            await stack.enter_async_context(self._readers)
            await self._readers.run(language.warm_up)
            await stack.enter_async_context(self._loaders)
            await stack.enter_async_context(self._fleet)
            await self._succession.start()
            self._admission.open()
            await stack.enter_async_context(self._reloading.going_on())
            await self._health_watch.begin()
            self._stack = stack.pop_all()
        ports = {"port": self.port} | ({"metrics_port": self.metrics_port} if self.metrics_port else {})
        log.info("serving", version=__version__, **ports, models=[manifest.name for manifest in self._catalog().models])
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._health_watch.end()
        await self._drain()
        await self._stop()
        await self._stack.__aexit__(kind, error, trace)
        log.info("stopped")

    async def run_until_stopped(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        stopped = asyncio.Event()
        for number in STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        await stopped.wait()

    def request_reload(self) -> None:
        """Read tokens file, certificate and model folders again: what SIGHUP asks for."""
        self._reloading.request()

    async def _drain(self) -> None:
        """NOT_SERVING first, then time for load balancers to notice, then send newcomers elsewhere and finish what is inside."""
        log.info("draining", seconds=self._settings.drain_seconds)
        await self._server.drain()
        await asyncio.sleep(self._settings.drain_delay_seconds)
        self._admission.drain()
        await asyncio.sleep(_LAST_ARRIVALS_SECONDS)
        self._server.leave(grace_seconds=self._settings.drain_seconds + _LAST_WORDS_SECONDS)
        try:
            async with asyncio.timeout(self._settings.drain_seconds):
                await self._admission.emptied()
        except TimeoutError:
            log.warning("drain_incomplete", seconds=self._settings.drain_seconds)

    async def _stop(self) -> None:
        """End the server; replies and streams on their way out have a moment more."""
        await self._server.stop(grace_seconds=_LAST_WORDS_SECONDS)

    def _makings(self, given: Collection[Manifest] | None) -> Makings[UseCases]:
        folders = parts.model_folders(self._settings)
        return Makings(
            find=(lambda: parts.models(folders)) if given is None else (lambda: given),
            verify=manifests_of.verify,
            loadable=self._loadable,
            cases=self._use_cases,
            accept_noncommercial=self._settings.accept_noncommercial,
            where=", ".join(map(str, folders)),
        )

    def _loadable(self, manifest: Manifest, label: str) -> Loadable:
        self.metrics.expect_model(label)
        return Loadable(
            name=label,
            weight_bytes=loading.weight_bytes(manifest),
            load=lambda: self._loader(manifest),
            schedule=lambda engine: self._scheduler(manifest, label, engine),
            loaders=self._loaders,
        )

    def _scheduler(self, manifest: Manifest, label: str, engine: Engine) -> Scheduler:
        log.info("model_ready", model=manifest.name, version=manifest.version, replicas=engine.replicas)
        settings = self._settings
        return CachingScheduler(
            cache=self._cache,
            identity=manifest.identity,
            name=label,
            engine=engine,
            policy=parts.batch_policy(settings, manifest),
            max_queued_sequences=settings.max_queued_sequences,
            metrics=self.metrics,
        )

    def _able(self) -> dict[str, bool]:
        """Which models there are, and whether each is not out of order; one that is not in memory may yet be."""
        return {model.name: not model.out_of_order for model in self._succession.editions.current.members.values()}

    def _ready(self, manifest: Manifest) -> bool:
        return self._succession.editions.current.ready(manifest)

    def _catalog(self) -> Catalog:
        return self._succession.editions.current.catalog

    def _build_server(self) -> GrpcServer:
        settings = self._settings
        desk = CallDesk(metrics=self.metrics, max_call_seconds=settings.max_call_seconds, callers=self._callers)
        servicer = Servicer(
            editions=self._succession.editions,
            directory=Directory(
                catalog=self._catalog,
                limits=parts.published(settings),
                max_call_seconds=settings.max_call_seconds,
                ready=self._ready,
                features=parts.features(settings),
            ),
            desk=desk,
            max_stream_in_flight=settings.max_stream_in_flight,
            check_door=self._admission.check_open,
            draining=self._admission.draining,
        )
        guards = [*([TokenInterceptor(self._callers, desk)] if settings.tokens_file else []), LegibleInterceptor(desk)]
        return GrpcServer(servicer=servicer, binding=parts.binding(settings), interceptors=guards, metrics=self.metrics)

    def _use_cases(self, catalog: Catalog, models: Models) -> UseCases:
        """The pipeline over one edition's models."""
        renderer = Renderer(catalog=catalog, models=models, readers=self._readers)
        judge = Judge(metrics=self.metrics, readers=self._readers)
        repairer = Repairer(
            catalog=catalog,
            renderer=renderer,
            judge=judge,
            metrics=self.metrics,
            readers=self._readers,
            enabled=self._settings.repair,
        )
        writer = Writer(
            catalog=catalog,
            models=models,
            renderer=renderer,
            readers=self._readers,
            repairer=repairer,
            prefers_abstractive=self._settings.brief_method == "abstractive",
        )
        admission, readers = self._admission, self._readers
        interpreter = Interpreter(renderer=renderer, judge=judge, repairer=repairer, readers=readers)
        return UseCases(
            summarize=Summarize(admission=admission, writer=writer, interpreter=interpreter, judge=judge, readers=readers),
            translate=Translate(admission=admission, catalog=catalog, interpreter=interpreter, judge=judge, readers=readers),
            detect=Detect(admission=admission, readers=readers),
        )

    def _expose_metrics(self, stack: AsyncExitStack) -> None:
        settings = self._settings
        if settings.metrics_port is not None:
            try:
                self.metrics_port = stack.enter_context(self.metrics.exposed(host=settings.host, port=settings.metrics_port))
            except OSError as error:
                refusal = AddressTaken if error.errno == errno.EADDRINUSE else ConfigInvalid
                raise refusal(f"metrics_port = {settings.metrics_port}: {error.strerror}") from error
