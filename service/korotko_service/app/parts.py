"""What the settings say for each part, in the part's own words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from korotko_service.access import Access, AccessInvalid, read as callers_of
from korotko_service.admission import Limits
from korotko_service.app import certificates
from korotko_service.cache import Cache
from korotko_service.config import Settings
from korotko_service.editions.succession import Memory
from korotko_service.engines import loading
from korotko_service.engines.engine import Engine, Generation
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ConfigInvalid, KorotkoError
from korotko_service.rpc import directory
from korotko_service.rpc.server import METHODS, STREAMS, Binding
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)


def model_folders(settings: Settings) -> tuple[Path, ...]:
    """Where models are: the settings' folders, else the starter that came with the package or stands in the repository."""
    if settings.models:
        return tuple(map(Path, settings.models))
    here = Path(__file__).resolve().parents[1]
    embedded = here / "seeds/models"
    return (embedded if embedded.is_dir() else here.parents[1] / "seeds/models",)


def models(folders: Sequence[Path]) -> Sequence[Manifest]:
    """The models of these folders; what looks like one and is passed over is logged."""
    for folder, reason in loading.ignored(folders).items():
        log.warning("folder_ignored", folder=str(folder), reason=reason)
    return loading.find(folders)


def memory(settings: Settings) -> Memory:
    """How models come into memory, and how much of it they may take."""
    return Memory(lazy=settings.loading == "lazy", budget_bytes=settings.memory_budget_bytes)


def load(manifest: Manifest, settings: Settings) -> Engine:
    """The model on the settings' devices; blocks."""
    return loading.load(
        manifest,
        device=settings.device,
        device_indices=settings.device_index,
        compute_type=settings.compute_type,
        replicas=settings.replicas,
        threads_per_replica=settings.threads_per_replica,
        isolated=settings.isolation == "process",
        max_batch_seconds=settings.max_batch_seconds,
        worker_memory_bytes=settings.worker_memory_bytes,
    )


def batch_policy(settings: Settings, manifest: Manifest) -> BatchPolicy:
    """How batches of a model are filled."""
    return BatchPolicy(
        max_batch_tokens=settings.max_batch_tokens,
        one_target=manifest.decoding.use_vmap,
        max_batch_sequences=settings.max_batch_sequences,
        max_wait_seconds=settings.max_wait_seconds,
    )


def metrics() -> Metrics:
    """The metrics, with what will be counted of calls."""
    made = Metrics()
    made.expect_calls(methods=METHODS, streams=STREAMS, reasons=_reasons(KorotkoError))
    return made


def _reasons(kind: type[KorotkoError]) -> Iterator[str]:
    yield kind.reason
    for each in kind.__subclasses__():
        yield from _reasons(each)


def cache(settings: Settings, metrics: Metrics) -> Cache[Generation] | None:
    """The cache of results; None where there is to be none."""
    return Cache(max_bytes=settings.cache_bytes, metrics=metrics) if settings.cache_bytes else None


def features(settings: Settings) -> tuple[str, ...]:
    """What is served only where the settings want it, by its name in the contract."""
    return (directory.CACHE,) if settings.cache_bytes else ()


def limits(settings: Settings) -> Limits:
    """How much one call may bring."""
    return Limits(
        max_text_characters=settings.max_text_characters,
        max_concurrent_calls=settings.max_concurrent_calls,
    )


def published(settings: Settings) -> dict[str, int]:
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


def binding(settings: Settings) -> Binding:
    """Where to listen, with the certificate read and tried; ConfigInvalid where that cannot be done."""
    certificate, key = _read("tls_certificate", settings.tls_certificate), _read("tls_key", settings.tls_key)
    if settings.tls_certificate:
        certificates.check(settings.tls_certificate, settings.tls_key, contents=(certificate, key))
    return Binding(host=settings.host, port=settings.port, certificate=certificate, key=key, max_message_bytes=settings.max_message_bytes)


def access(settings: Settings) -> Access | None:
    """Whom the tokens file lets in; None where everybody may call. ConfigInvalid names the file and never a token."""
    if not settings.tokens_file:
        return None
    where = f"tokens_file = {settings.tokens_file!r}"
    try:
        return callers_of(_read("tokens_file", settings.tokens_file).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigInvalid(f"{where}: not a text file in UTF-8") from error
    except AccessInvalid as error:
        raise ConfigInvalid(f"{where}: {error}") from error


def _read(setting: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes() if path else b""
    except OSError as error:
        raise ConfigInvalid(f"{setting} = {path!r}: {error.strerror}") from error
    except ValueError as error:  # A path with a null in it.
        raise ConfigInvalid(f"{setting} = {path!r}: {error}") from error
