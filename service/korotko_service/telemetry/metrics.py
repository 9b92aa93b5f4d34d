"""The metrics: what Prometheus reads about calls and models. Every series that is known beforehand is there from the start."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, ClassVar, TextIO
from wsgiref.simple_server import WSGIRequestHandler

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, start_http_server

# Seconds; from a cached brief to the longest call that the default settings allow.
_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_BATCH_BUCKETS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
# The codes that alerts select.
_EXPECTED_CODES = ("OK", "DEADLINE_EXCEEDED")
# Scrapes at once, and how long one may be silent: idle connections take no more threads than that.
_MAX_SCRAPES, _SILENT_SECONDS = 16, 10


@dataclass(frozen=True, slots=True)
class Metrics:
    """The service's Prometheus metrics. Labels are method names, codes, reasons and model names: never a caller or a text."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    calls: Counter = field(init=False)
    call_seconds: Histogram = field(init=False)
    stream_items: Counter = field(init=False)
    calls_inside: Gauge = field(init=False)
    serving: Gauge = field(init=False)
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
    model_able: Gauge = field(init=False)
    worker_restarts: Counter = field(init=False)
    quarantined_texts: Counter = field(init=False)

    def __post_init__(self) -> None:
        for name, metric in (_of_calls(self.registry) | _of_models(self.registry)).items():
            object.__setattr__(self, name, metric)
        for counter in (self.reloads, self.caller_reloads, self.certificate_reloads):
            for result in ("done", "failed"):
                counter.labels(result)

    # A series that appears with its first event shows no increase, and a sum or ratio with a missing series is empty. So what is known
    # beforehand is there from the start, at 0.

    def expect_calls(self, *, methods: Iterable[str], streams: Iterable[str], reasons: Iterable[str]) -> None:
        """Start the series of these methods, of those that are streams, and of errors with these reasons."""
        for method in methods:
            for code in _EXPECTED_CODES:
                self.calls.labels(method, code)
        for method in streams:
            for code in _EXPECTED_CODES:
                self.stream_items.labels(method, code)
        for reason in reasons:
            self.refusals.labels(reason)

    def expect_model(self, name: str) -> None:
        """Start the series of this model."""
        for metric in (self.worker_restarts, self.quarantined_texts, self.batch_sequences, self.engine_seconds):
            metric.labels(name)
        for metric, ways in (
            (self.tokens, ("in", "out")),
            (self.dropped_sequences, ("cancelled", "expired")),
            (self.cache_lookups, ("hit", "miss", "joined")),
        ):
            for way in ways:
                metric.labels(name, way)

    @contextmanager
    def exposed(self, *, host: str, port: int) -> Iterator[int]:
        """Serve /metrics over HTTP for the length of the block; gives the port, which the system chooses for 0."""
        # The times at which series were created would double the page, and nothing uses them.
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
    """Serves a few scrapes at once, each on its own thread, and hangs up on any more. One that breaks off is not logged."""

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

    def get_stderr(self) -> TextIO:
        """Nowhere: a traceback there would not be a line of the log. The scraper gets a 500."""
        return StringIO()

    def log_message(self, format: str, *args: Any) -> None:
        """Scrapes are not logged."""


def _of_calls(registry: CollectorRegistry) -> dict[str, Counter | Gauge | Histogram]:
    """What callers see."""
    return {
        "calls": Counter("korotko_calls", "Finished calls.", ("method", "code"), registry=registry),
        "call_seconds": Histogram(
            "korotko_call_seconds", "Time from arrival to reply.", ("method",), buckets=_LATENCY_BUCKETS, registry=registry
        ),
        "stream_items": Counter("korotko_stream_items", "Finished items of streams.", ("method", "code"), registry=registry),
        "calls_inside": Gauge("korotko_calls_inside", "Calls being worked on.", registry=registry),
        "serving": Gauge("korotko_serving", "What health says: SERVING (1) or NOT_SERVING (0).", registry=registry),
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
        "model_able": Gauge(
            "korotko_model_able",
            "Whether a model can be asked (1), or its worker was lost and tries to bring it back have failed (0).",
            ("model",),
            registry=registry,
        ),
        "worker_restarts": Counter("korotko_worker_restarts", "Lost workers brought back.", ("model",), registry=registry),
        "quarantined_texts": Counter("korotko_quarantined_texts", "Texts found to kill workers.", ("model",), registry=registry),
    }
