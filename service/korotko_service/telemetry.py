"""Logs and metrics: what the service tells its operators, and never a user's words."""

import json
import logging
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar, TextIO, cast
from wsgiref.simple_server import WSGIRequestHandler

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, start_http_server
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, ExcInfo, WrappedLogger

# Seconds; from a cached brief to the longest call that the default settings allow.
_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_BATCH_BUCKETS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
# Reasons that are the server's own fault, and the methods that are streams.
_FAULTS = ("INTERNAL", "WORKER_CRASHED")
_STREAMS = ("StreamSummaries", "StreamTranslations")
# Scrapes at once, and how long one may keep silent: whoever opens connections and says nothing takes no more than so many threads.
_MAX_SCRAPES, _SILENT_SECONDS = 16, 10


class _WithoutWords(ExceptionDictTransformer):
    """Where it failed and with what kind of error: messages and variables are left out, because they may quote a user's text."""

    def __call__(self, exc_info: ExcInfo) -> list[dict[str, Any]]:
        return [_without_words(stack) for stack in super().__call__(exc_info)]


def _without_words(stack: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in stack.items() if key not in ("exc_value", "exc_notes", "syntax_error")}
    inner = [[_without_words(each) for each in group] for group in stack.get("exceptions", ())]
    return {**kept, "exceptions": inner} if inner else kept


def _lines_without_words(exc_info: ExcInfo) -> str:
    """The same for people: a line for each kind of error, and under it a line for each place, the innermost last."""
    lines = []
    for stack in _WithoutWords(show_locals=False)(exc_info):
        lines.append(stack["exc_type"])
        lines += [f"  {frame['filename']}:{frame['lineno']} in {frame['name']}" for frame in stack["frames"]]
    return "\n".join(lines)


class _Lossy:
    """A stream that loses what cannot be written: a full disk under the log must fail no call."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


# Made once: json.dumps makes a new encoder for every line that is not in its defaults.
_encode = json.JSONEncoder(ensure_ascii=False, default=repr).encode


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return _encode(event)


def configure_logging(*, level: str, human: bool, stream: TextIO | None = None) -> None:
    """One JSON object a line on standard error, or where `human` lines for people, coloured on a terminal."""
    stream = stream or sys.stderr
    renderer = structlog.dev.ConsoleRenderer(colors=stream.isatty()) if human else _as_json
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_lines_without_words if human else _WithoutWords(show_locals=False)),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _Lossy(stream))),
        cache_logger_on_first_use=True,
    )


@dataclass(frozen=True, slots=True)
class Metrics:
    """The service's Prometheus metrics. Labels are method names, codes, reasons and model names: never a caller or a text."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    calls: Counter = field(init=False)
    call_seconds: Histogram = field(init=False)
    stream_items: Counter = field(init=False)
    calls_inside: Gauge = field(init=False)
    refusals: Counter = field(init=False)
    caller_reloads: Counter = field(init=False)
    certificate_reloads: Counter = field(init=False)
    queued_sequences: Gauge = field(init=False)
    queue_seconds: Histogram = field(init=False)
    batch_sequences: Histogram = field(init=False)
    engine_seconds: Histogram = field(init=False)
    tokens: Counter = field(init=False)
    dropped_sequences: Counter = field(init=False)
    cache_lookups: Counter = field(init=False)
    cache_bytes: Gauge = field(init=False)
    cache_entries: Gauge = field(init=False)
    quality_warnings: Counter = field(init=False)
    repairs: Counter = field(init=False)
    reloads: Counter = field(init=False)
    worker_restarts: Counter = field(init=False)
    quarantined_texts: Counter = field(init=False)

    def __post_init__(self) -> None:
        for name, metric in (_of_calls(self.registry) | _of_models(self.registry)).items():
            object.__setattr__(self, name, metric)
        # There from the start at 0: a series that appears with its first failure has not increased for whoever watches increases.
        for counter in (self.reloads, self.caller_reloads, self.certificate_reloads):
            for result in ("done", "failed"):
                counter.labels(result)
        for reason in _FAULTS:
            self.refusals.labels(reason)
        for method in _STREAMS:  # Sums of the two are asked for, and a sum with what is not there is nothing.
            self.calls.labels(method, "OK")
            self.stream_items.labels(method, "OK")

    @contextmanager
    def exposed(self, *, host: str, port: int) -> Iterator[int]:
        """Serve /metrics over HTTP for the length of the block; gives the port (useful when asked for 0)."""
        # A time for each counter and label would double the page, and nothing here asks for it.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        server, thread = start_http_server(port, addr=host, registry=self.registry)
        server.RequestHandlerClass = _Scrape
        try:
            yield int(server.server_port)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Scrape(WSGIRequestHandler):
    """A few at once, on threads of their own; who comes beyond them is hung up on. Nobody who breaks off is worth a word in the log."""

    timeout = _SILENT_SECONDS
    places: ClassVar = deque(range(_MAX_SCRAPES))

    def handle(self) -> None:
        try:
            place = self.places.pop()
        except IndexError:
            return
        try:
            with suppress(OSError):
                super().handle()
        finally:
            self.places.append(place)

    def log_message(self, format: str, *args: Any) -> None:
        """The log has no line for a scrape."""


def _of_calls(registry: CollectorRegistry) -> dict[str, Counter | Gauge | Histogram]:
    """What callers see."""
    return {
        "calls": Counter("korotko_calls", "Finished calls.", ("method", "code"), registry=registry),
        "call_seconds": Histogram(
            "korotko_call_seconds", "Time from arrival to reply.", ("method",), buckets=_LATENCY_BUCKETS, registry=registry
        ),
        "stream_items": Counter("korotko_stream_items", "Finished items of streams.", ("method", "code"), registry=registry),
        "calls_inside": Gauge("korotko_calls_inside", "Calls being worked on.", registry=registry),
        "refusals": Counter("korotko_refusals", "Errors by reason, items of calls included.", ("reason",), registry=registry),
        "caller_reloads": Counter("korotko_caller_reloads", "Reloads of the tokens file, done or failed.", ("result",), registry=registry),
        "certificate_reloads": Counter(
            "korotko_certificate_reloads", "Reloads of the TLS certificate, done or failed.", ("result",), registry=registry
        ),
        "quality_warnings": Counter("korotko_quality_warnings", "Warnings of the output checks.", ("reason",), registry=registry),
        "repairs": Counter(
            "korotko_repairs",
            "Second tries of sentences that the checks found fault with: clean, better, no_better, same (as before) or late.",
            ("rung", "outcome"),
            registry=registry,
        ),
    }


def _of_models(registry: CollectorRegistry) -> dict[str, Counter | Gauge | Histogram]:
    """What happens behind them."""
    return {
        "queued_sequences": Gauge("korotko_queued_sequences", "Sequences waiting.", ("model",), registry=registry),
        "queue_seconds": Histogram(
            "korotko_queue_seconds", "Wait of a sequence for a worker.", ("model",), buckets=_LATENCY_BUCKETS, registry=registry
        ),
        "batch_sequences": Histogram(
            "korotko_batch_sequences", "Sequences run together.", ("model",), buckets=_BATCH_BUCKETS, registry=registry
        ),
        "engine_seconds": Histogram(
            "korotko_engine_seconds", "Time of one engine run.", ("model",), buckets=_LATENCY_BUCKETS, registry=registry
        ),
        "tokens": Counter("korotko_tokens", "Tokens read (in) and written (out).", ("model", "way"), registry=registry),
        "dropped_sequences": Counter(
            "korotko_dropped_sequences", "Sequences dropped before the engine.", ("model", "cause"), registry=registry
        ),
        "cache_lookups": Counter(
            "korotko_cache_lookups",
            "Sequences looked up: hit, miss, or joined one that was being computed.",
            ("model", "result"),
            registry=registry,
        ),
        "cache_bytes": Gauge("korotko_cache_bytes", "Size of the result cache.", registry=registry),
        "cache_entries": Gauge("korotko_cache_entries", "Sequences in the result cache.", registry=registry),
        "reloads": Counter("korotko_reloads", "Reloads of the models, done or failed.", ("result",), registry=registry),
        "worker_restarts": Counter("korotko_worker_restarts", "Lost workers brought back.", ("model",), registry=registry),
        "quarantined_texts": Counter("korotko_quarantined_texts", "Texts found to kill workers.", ("model",), registry=registry),
    }
