"""A caller's tools: the API without the SDK, parsed refusals, and the parts that every reply must have."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import grpc
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

from korotko import AsyncClient
from korotko.v1 import report_pb2, service_pb2_grpc, summarize_pb2, translate_pb2
from korotko_service.app import App
from korotko_service.rpc.status import MAX_MESSAGE_CHARACTERS

SERVICE = "korotko.v1.KorotkoService"
LANGUAGES = ("en", "uk", "ru")
PATIENCE_SECONDS = 60.0  # A stalling disk makes an answer slow, not wrong.

_DETAILS = {
    kind.DESCRIPTOR.full_name: kind
    for kind in (
        error_details_pb2.ErrorInfo,
        error_details_pb2.BadRequest,
        error_details_pb2.RetryInfo,
        error_details_pb2.ResourceInfo,
        error_details_pb2.PreconditionFailure,
        error_details_pb2.QuotaFailure,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An error as the contract promises it: one ErrorInfo of this service, and at most one detail of each other kind."""

    code: str
    message: str
    reason: str
    metadata: Mapping[str, str]
    details: Mapping[str, Any]
    pushback_milliseconds: int | None = None

    @property
    def fields(self) -> list[str]:
        """Paths of the fields that a BadRequest names."""
        bad = self.details.get("BadRequest")
        return [violation.field for violation in bad.field_violations] if bad else []

    @property
    def retry_seconds(self) -> float | None:
        """How long its RetryInfo asks to wait."""
        retry = self.details.get("RetryInfo")
        return retry.retry_delay.ToNanoseconds() / 1e9 if retry else None


def refused(status: Status) -> Refusal:
    """Parse a status of a reply; fails if it breaks the contract."""
    details = [_unpacked(detail) for detail in status.details]
    named = {type(detail).__name__: detail for detail in details}
    assert len(named) == len(details), f"a kind of detail comes twice: {status}"
    info = named.pop("ErrorInfo")
    assert info.domain == "korotko"
    assert "request_id" in info.metadata
    assert len(status.message) <= MAX_MESSAGE_CHARACTERS
    assert "\n" not in status.message
    if bad := named.get("BadRequest"):
        assert [f"{violation.field}: {violation.description}" for violation in bad.field_violations] == [status.message]
    return Refusal(
        code=code_pb2.Code.Name(status.code), message=status.message, reason=info.reason, metadata=dict(info.metadata), details=named
    )


def refused_call(error: grpc.RpcError | grpc.aio.AioRpcError) -> Refusal:
    """Parse a failed call; its code and message must be the same as in its details."""
    call = cast("grpc.Call", error)
    pairs = cast("Iterable[tuple[str, str | bytes]]", call.trailing_metadata() or ())
    trailing = dict(iter(pairs))
    wire = trailing.get("grpc-status-details-bin")
    assert isinstance(wire, bytes), f"no details: {call.code()} {call.details()}"
    refusal = refused(Status.FromString(wire))
    assert (refusal.code, refusal.message) == (call.code().name, call.details())
    pushback = trailing.get("grpc-retry-pushback-ms")
    return refusal if pushback is None else _with_pushback(refusal, int(pushback))


def _with_pushback(refusal: Refusal, milliseconds: int) -> Refusal:
    values = {name: getattr(refusal, name) for name in ("code", "message", "reason", "metadata", "details")}
    return Refusal(**values, pushback_milliseconds=milliseconds)


def _unpacked(detail: Any) -> Message:
    kind = _DETAILS[detail.TypeName()]
    return kind.FromString(detail.value)


def channel_to(app: App, **options: int) -> grpc.aio.Channel:
    """A channel whose calls are tried once; options by their names in gRPC, without "grpc."."""
    given = [(f"grpc.{name}", value) for name, value in {"enable_retries": 0, **options}.items()]
    return grpc.aio.insecure_channel(f"127.0.0.1:{app.port}", options=given)


def client_of(app: App) -> AsyncClient:
    """The SDK's client of a server."""
    return AsyncClient(f"127.0.0.1:{app.port}", timeout=PATIENCE_SECONDS)


def sample(app: App, name: str, **labels: str) -> float:
    """A metric as Prometheus would read it."""
    return app.metrics.registry.get_sample_value(f"korotko_{name}", labels) or 0.0


def stub_of(channel: grpc.Channel | grpc.aio.Channel) -> Any:
    """The generated methods; sync or asyncio as the channel is."""
    return service_pb2_grpc.KorotkoServiceStub(channel)  # type: ignore[arg-type]


def translate(*texts: str, target: str = "uk", source: str = "en") -> translate_pb2.TranslateRequest:
    """A good request."""
    return translate_pb2.TranslateRequest(texts=texts, target_language_code=target, source_language_code=source)


def summarize(body: str, *targets: str, **brief_options: Any) -> summarize_pb2.SummarizeRequest:
    """Another good request, by default for all languages."""
    return summarize_pb2.SummarizeRequest(
        article=summarize_pb2.Article(body=body),
        target_language_codes=targets or LANGUAGES,
        brief_options=summarize_pb2.BriefOptions(**brief_options),
    )


def cut(text: str, span: report_pb2.TextSpan) -> str:
    """What a span points at, which is never empty and never reaches beyond its text."""
    assert 0 <= span.start < span.end <= len(text)
    return text[span.start : span.end]


def cyrillic_share(text: str) -> float:
    """Share of Cyrillic letters among the letters of a text."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum("\u0400" <= letter <= "\u04ff" for letter in letters) / max(1, len(letters))


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop run until the condition holds, which something already under way makes true.

    A loop without a pause would keep the interpreter's lock from the very threads that it waits for.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110  The server has no event for what only its metrics show.
            await asyncio.sleep(0.002)
