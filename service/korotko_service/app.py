"""The composition root: builds every part once, in order, and closes them in reverse; the only room that sees every floor."""

import asyncio
import signal
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from korotko_service import __version__
from korotko_service.admission import Admission, Limits
from korotko_service.catalog import Catalog
from korotko_service.config import Settings
from korotko_service.engines import loading
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ConfigInvalid, ModelInvalid
from korotko_service.pipeline.detect import Detect
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.rendering import Renderer
from korotko_service.pipeline.summarize import Summarize
from korotko_service.pipeline.translate import Translate
from korotko_service.pipeline.writing import Writer
from korotko_service.rpc.calls import CallDesk
from korotko_service.rpc.directory import Directory
from korotko_service.rpc.legible import LegibleInterceptor
from korotko_service.rpc.server import Binding, GrpcServer
from korotko_service.rpc.servicer import Servicer, UseCases
from korotko_service.rpc.tokens import TokenInterceptor
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from korotko_service.text import language

log = structlog.get_logger(__name__)
Loader = Callable[[Manifest], Engine]
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
# Segmentation and ranking hold the interpreter's lock; two threads keep one long article from delaying every short one.
_READERS = 2
_LAST_WORDS_SECONDS = 1.0


class App:
    """A server from its settings. `async with` starts it: it listens at once, and serves when its models are warm."""

    def __init__(self, settings: Settings, *, manifests: Iterable[Manifest] | None = None, loader: Loader | None = None) -> None:
        """`manifests` and `loader` stand in for the model folders; tests give engines of their own."""
        self._settings = settings
        found = loading.find(model_folders(settings)) if manifests is None else manifests
        self._catalog = Catalog(found, accept_noncommercial=settings.accept_noncommercial)
        if not self._catalog.models:
            raise ModelInvalid(f"no usable model in {', '.join(map(str, model_folders(settings)))}; see `korotko-service models list`")
        self._loader = loader or self._load
        self._admission = Admission(_limits(settings))
        self.metrics = Metrics()
        self._schedulers: dict[str, Scheduler] = {}
        self._readers = WorkerPool(size=_READERS, name="korotko-reader")
        self._server = self._build_server()
        self._stack = AsyncExitStack()
        self.metrics_port: int | None = None

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
            for manifest in self._catalog.models:
                self._schedulers[manifest.name] = await stack.enter_async_context(await self._scheduler(manifest, stack))
            self._admission.open()
            await self._server.serve()
            self._stack = stack.pop_all()
        log.info("serving", version=__version__, port=self.port, models=[manifest.name for manifest in self._catalog.models])
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
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

    async def _drain(self) -> None:
        """NOT_SERVING first, then time for load balancers to notice, then refuse newcomers and finish what is inside."""
        log.info("draining", seconds=self._settings.drain_seconds)
        await self._server.drain()
        await asyncio.sleep(self._settings.drain_delay_seconds)
        self._admission.drain()
        try:
            async with asyncio.timeout(self._settings.drain_seconds):
                await self._admission.emptied()
        except TimeoutError:
            log.warning("drain_incomplete", seconds=self._settings.drain_seconds)

    async def _stop(self) -> None:
        """End the server; replies and streams on their way out have a moment more."""
        await self._server.stop(grace_seconds=_LAST_WORDS_SECONDS)

    async def _scheduler(self, manifest: Manifest, stack: AsyncExitStack) -> Scheduler:
        """Load and warm one model off the event loop, so that health and refusals are answered meanwhile."""
        engine = await self._readers.run(lambda: self._loader(manifest))
        stack.callback(engine.close)
        await self._readers.run(engine.warm_up)
        log.info("model_ready", model=manifest.name, version=manifest.version, replicas=engine.replicas)
        settings = self._settings
        policy = BatchPolicy(
            max_batch_tokens=settings.max_batch_tokens,
            max_batch_sequences=settings.max_batch_sequences,
            max_wait_seconds=settings.max_wait_seconds,
        )
        return Scheduler(
            name=manifest.name, engine=engine, policy=policy, max_queued_sequences=settings.max_queued_sequences, metrics=self.metrics
        )

    def _load(self, manifest: Manifest) -> Engine:
        settings = self._settings
        return loading.load(
            manifest,
            device=settings.device,
            compute_type=settings.compute_type,
            replicas=settings.replicas,
            threads_per_replica=settings.threads_per_replica,
        )

    def _build_server(self) -> GrpcServer:
        settings = self._settings
        desk = CallDesk(metrics=self.metrics, max_call_seconds=settings.max_call_seconds)
        servicer = Servicer(
            use_cases=self._use_cases(),
            directory=Directory(
                catalog=self._catalog,
                limits=_published(settings),
                max_call_seconds=settings.max_call_seconds,
                ready=lambda: len(self._schedulers) == len(self._catalog.models),
            ),
            desk=desk,
            max_stream_in_flight=settings.max_stream_in_flight,
            draining=self._admission.draining,
        )
        tokens = _tokens(settings)
        guards = [*([TokenInterceptor(tokens)] if tokens else []), LegibleInterceptor(desk)]
        return GrpcServer(servicer=servicer, binding=_binding(settings), interceptors=guards)

    def _use_cases(self) -> UseCases:
        renderer = Renderer(catalog=self._catalog, schedulers=self._schedulers)
        judge = Judge(metrics=self.metrics, readers=self._readers)
        writer = Writer(
            catalog=self._catalog,
            schedulers=self._schedulers,
            renderer=renderer,
            readers=self._readers,
            prefers_abstractive=self._settings.brief_method == "abstractive",
        )
        parts = {"admission": self._admission, "readers": self._readers}
        return UseCases(
            summarize=Summarize(**parts, writer=writer, renderer=renderer, judge=judge),  # type: ignore[arg-type]
            translate=Translate(**parts, catalog=self._catalog, renderer=renderer, judge=judge),  # type: ignore[arg-type]
            detect=Detect(**parts),  # type: ignore[arg-type]
        )

    def _expose_metrics(self, stack: AsyncExitStack) -> None:
        settings = self._settings
        if settings.metrics_port is not None:
            try:
                self.metrics_port = stack.enter_context(self.metrics.exposed(host=settings.host, port=settings.metrics_port))
            except OSError as error:
                raise ConfigInvalid(f"metrics_port = {settings.metrics_port}: {error.strerror}") from error


def model_folders(settings: Settings) -> tuple[Path, ...]:
    """Where models are: the settings' folders, else the starter that came with the package or stands in the repository."""
    if settings.models:
        return tuple(map(Path, settings.models))
    here = Path(__file__).resolve().parent
    embedded = here / "seeds/models"
    return (embedded if embedded.is_dir() else here.parents[1] / "seeds/models",)


def _limits(settings: Settings) -> Limits:
    return Limits(
        max_text_characters=settings.max_text_characters,
        max_texts=settings.max_texts,
        max_targets=settings.max_targets,
        max_concurrent_calls=settings.max_concurrent_calls,
    )


def _published(settings: Settings) -> dict[str, int]:
    """The limits that callers may ask for, by their names in the contract."""
    return {
        "max_text_characters": settings.max_text_characters,
        "max_texts": settings.max_texts,
        "max_targets": settings.max_targets,
        "max_message_bytes": settings.max_message_bytes,
        "max_stream_in_flight": settings.max_stream_in_flight,
        "max_queued_sequences": settings.max_queued_sequences,
        "max_concurrent_calls": settings.max_concurrent_calls,
    }


def _binding(settings: Settings) -> Binding:
    return Binding(
        host=settings.host,
        port=settings.port,
        certificate=_read("tls_certificate", settings.tls_certificate),
        key=_read("tls_key", settings.tls_key),
        max_message_bytes=settings.max_message_bytes,
    )


def _tokens(settings: Settings) -> tuple[str, ...]:
    try:
        lines = _read("tokens_file", settings.tokens_file).decode().splitlines()
    except UnicodeDecodeError as error:
        raise ConfigInvalid(f"tokens_file = {settings.tokens_file!r}: not a text file in UTF-8") from error
    tokens = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if settings.tokens_file and not tokens:
        raise ConfigInvalid(f"tokens_file = {settings.tokens_file!r}: the file holds no token, so nobody could call")
    return tokens


def _read(setting: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes() if path else b""
    except (OSError, ValueError) as error:
        raise ConfigInvalid(f"{setting} = {path!r}: {error}") from error
