"""Turn a failed gRPC call, or a google.rpc.Status inside a reply, into the SDK's own errors."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast

import grpc
from google.protobuf.any_pb2 import Any
from google.protobuf.message import DecodeError, Message
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

from korotko import _errors as errors, _unreachable

M = TypeVar("M", bound=Message)
T = TypeVar("T")

DOMAIN = "korotko"

_CLASS_OF_REASON: Mapping[str, type[errors.KorotkoError]] = {
    "FIELD_INVALID": errors.FieldInvalid,
    "TEXT_TOO_LONG": errors.TextTooLong,
    "TOO_MANY_ITEMS": errors.TooManyItems,
    "LANGUAGE_PAIR_UNSUPPORTED": errors.UnsupportedLanguage,
    "LANGUAGE_UNDETERMINED": errors.UnsupportedLanguage,
    "MODEL_NOT_FOUND": errors.ModelNotFound,
    "LICENCE_NOT_ACCEPTED": errors.LicenceNotAccepted,
    "QUALITY_REJECTED": errors.QualityRejected,
    "MODEL_LOADING": errors.Overloaded,
    "DRAINING": errors.Overloaded,
    "QUEUE_FULL": errors.Overloaded,
    "QUOTA_EXCEEDED": errors.QuotaExceeded,
    "DEADLINE_TOO_SHORT": errors.DeadlineExceeded,
    "EXPIRED_IN_QUEUE": errors.DeadlineExceeded,
    "WORKER_CRASHED": errors.ServerError,
    "TOKEN_MISSING": errors.AuthenticationFailed,
    "TOKEN_INVALID": errors.AuthenticationFailed,
    "ROLE_MISSING": errors.PermissionDenied,
}

# For reasons that a newer server may know and this SDK does not, and for errors that are not Korotko's own.
_CLASS_OF_CODE: Mapping[str, type[errors.KorotkoError]] = {
    "INVALID_ARGUMENT": errors.InvalidRequest,
    "OUT_OF_RANGE": errors.InvalidRequest,
    "NOT_FOUND": errors.InvalidRequest,
    "FAILED_PRECONDITION": errors.KorotkoError,  # Only its reason says whether the caller, the operator or nobody can change that.
    "UNAVAILABLE": errors.Overloaded,
    "RESOURCE_EXHAUSTED": errors.QuotaExceeded,
    "DEADLINE_EXCEEDED": errors.DeadlineExceeded,
    "UNAUTHENTICATED": errors.AuthenticationFailed,
    "PERMISSION_DENIED": errors.PermissionDenied,
    "CANCELLED": errors.ServerUnreachable,  # A caller who cancels a call gets none of our errors.
}

_DETAIL_OF_NAME: Mapping[str, type[Message]] = {
    kind.DESCRIPTOR.full_name: kind
    for kind in (error_details_pb2.ErrorInfo, error_details_pb2.RetryInfo, error_details_pb2.BadRequest, error_details_pb2.RequestInfo)
}

# What asyncio's gRPC says if a stream ends while it is writing. The status that the server sent is lost.
_TORN_WRITE = "Internal error from Core"

# How gRPC refuses a message for its size, on either side.
_OVER_THE_LIMIT = "larger than max"
_FIGURES = re.compile(r"\((\d+) vs\.? (\d+)\)")

_KEYWORD_OF_WORD: Mapping[str, str] = {
    "TRUNCATION_POLICY_TRUNCATE": "truncate=True",
    "FAIL_ON_NOTHING": "fail_on_severe=False",
    "BRIEF_METHOD_EXTRACTIVE": 'method="extractive"',
    "PRIORITY_BULK": 'priority="bulk"',
    "send the metadata 'authorization: Bearer <token>'": "give the client a token",
}

_RETRYABLE_CODES = frozenset({"UNAVAILABLE", "RESOURCE_EXHAUSTED", "CANCELLED"})
_RETRYABLE_REASONS = frozenset({"EXPIRED_IN_QUEUE"})


@dataclass(slots=True)
class _Details:
    """The standard google.rpc details of a status."""

    reason: str = ""
    domain: str = ""
    metadata: Mapping[str, str] | None = None
    retry_after: float | None = None
    field: str | None = None
    request_id: str | None = None


@contextmanager
def rpc_errors(*, target: str, is_closed: Callable[[], bool] = lambda: False, not_found: str = "") -> Iterator[None]:
    """Let no gRPC error out of the block. It is a plain context manager: the block may contain an `await` too.

    A client closed during a call gets an error that says so. asyncio's gRPC raises CancelledError then, although nobody has cancelled
    the task, which would end silently. `not_found` is the message for a NOT_FOUND that has none.
    """
    try:
        yield
    except grpc.RpcError as failure:
        if is_closed() and failure.code() is grpc.StatusCode.CANCELLED:
            raise _closed() from None
        raise error_of_call(failure, target=target, not_found=not_found) from None
    except asyncio.CancelledError:
        if is_closed() and not _is_task_cancelled():
            raise _closed() from None
        raise


def received(answer: T | None) -> T:
    """The answer. If its bytes cannot be parsed, asyncio's gRPC returns None; synchronous gRPC raises by itself."""
    if answer is None:
        raise errors.ServerError("the server answered with what is no message of this contract", code="INTERNAL")
    return answer


def _closed() -> errors.KorotkoError:
    return errors.KorotkoError("the client was closed while the call was under way", code="CANCELLED")


def _is_task_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def error_of_call(failure: grpc.RpcError, *, target: str, not_found: str = "") -> errors.KorotkoError:
    """The error of a call that failed, synchronous or asyncio."""
    # asyncio's metadata is a mapping that dict() cannot copy; iterating over either kind gives pairs.
    pairs = cast("Iterable[tuple[str, str | bytes]]", failure.trailing_metadata() or ())
    trailing = dict(iter(pairs))
    status = _parse(Status, trailing.get("grpc-status-details-bin", b""))
    details = _read(status.details if status is not None else ())
    if details.retry_after is None:
        details.retry_after = _pushback_seconds(trailing.get("grpc-retry-pushback-ms"))
    code, message = failure.code().name, failure.details() or ""
    if message == _TORN_WRITE:
        code, message = "UNAVAILABLE", "the server ended the stream while requests were still being sent"
    if not details.reason:
        message = _without_reason(code, message, target)
    return _error(code, message or (not_found if code == "NOT_FOUND" else ""), details)


def error_of_status(status: Status) -> errors.KorotkoError:
    """The error of one language, text or article inside a reply."""
    known = code_pb2.Code.DESCRIPTOR.values_by_number.get(status.code)
    return _error(known.name if known else "UNKNOWN", status.message, _read(status.details))


def _error(code: str, message: str, details: _Details) -> errors.KorotkoError:
    too_large = _is_message_size(code, message, details.reason)
    if too_large:
        message, details.metadata = _too_large(message)
    if details.field:
        # The error itself adds the field, perhaps by another name; older servers leave it out of the message.
        message = message.removeprefix(f"{details.field}: ")
    return _class_of(code, details, too_large)(
        _in_keywords(message) or f"the call failed with {code}",
        code=code,
        reason=details.reason,
        retryable=details.reason in _RETRYABLE_REASONS or (code in _RETRYABLE_CODES and not too_large),
        retry_after=details.retry_after,
        metadata=details.metadata,
        field=details.field,
        request_id=details.request_id,
    )


def _without_reason(code: str, message: str, target: str) -> str:
    """gRPC's own message for a call, with what it means."""
    if code == "DEADLINE_EXCEEDED":
        return "no answer within the time that the call had; give it more (timeout) or less work, or see whether the server can be reached"
    if code == "UNIMPLEMENTED":
        return f"{message}; what answers there serves no such call: is it a Korotko server, and as new as this SDK?"
    return _unreachable.told(message, target) if code == "UNAVAILABLE" else message


def _in_keywords(message: str) -> str:
    """The message in the SDK's terms: the server's messages use the contract's names."""
    for word, keyword in _KEYWORD_OF_WORD.items():
        message = message.replace(word, keyword)
    return message


def _class_of(code: str, details: _Details, too_large: bool) -> type[errors.KorotkoError]:
    if details.domain == DOMAIN and details.reason in _CLASS_OF_REASON:
        return _CLASS_OF_REASON[details.reason]
    if code == "UNAVAILABLE" and not details.reason:
        return errors.ServerUnreachable  # from the network or a proxy: a Korotko server always gives a reason
    if too_large:
        return errors.MessageTooLarge
    return _CLASS_OF_CODE.get(code, errors.ServerError)


def _is_message_size(code: str, message: str, reason: str) -> bool:
    """Whether gRPC itself refused a message over its size limit, which it does with the code of a used-up quota."""
    return code == "RESOURCE_EXHAUSTED" and not reason and _OVER_THE_LIMIT in message


def _too_large(message: str) -> tuple[str, Mapping[str, str]]:
    """What gRPC's "SERVER: Received message larger than max (5000012 vs. 4194304)" means for the caller, and its two figures."""
    figures = _FIGURES.search(message)
    if figures is None:
        return message, {}
    actual, limit = figures.groups()
    whose = "the server takes" if "eceived" in message else "this client sends (max_message_bytes)"
    told = f"the request has {actual} bytes, more than {whose}, {limit}; send fewer or shorter texts in one call"
    return told, {"actual": actual, "limit": limit}


def message_too_large(size: int, limit: int) -> errors.KorotkoError:
    """What gRPC itself would say of a message over this client's own limit."""
    return _error("RESOURCE_EXHAUSTED", f"CLIENT: Sent message {_OVER_THE_LIMIT} ({size} vs. {limit})", _Details())


def _read(details: Iterable[Any]) -> _Details:
    """Gather the known details; others are skipped."""
    found = _Details()
    for detail in details:
        match _unpack(detail):
            case error_details_pb2.ErrorInfo() as info:
                found.reason, found.domain, found.metadata = info.reason, info.domain, dict(info.metadata)
                found.request_id = found.request_id or info.metadata.get("request_id")
            case error_details_pb2.RetryInfo() as retry:
                found.retry_after = retry.retry_delay.ToNanoseconds() / 1e9
            case error_details_pb2.BadRequest() as bad:
                found.field = next((violation.field for violation in bad.field_violations), None)
            case error_details_pb2.RequestInfo() as request:
                found.request_id = request.request_id or found.request_id
    return found


def _unpack(detail: Any) -> Message | None:
    kind = _DETAIL_OF_NAME.get(detail.TypeName())
    return _parse(kind, detail.value) if kind else None


def _parse(kind: type[M], wire: str | bytes | None) -> M | None:
    """The message, or None if it is missing or damaged: what is known without it must still reach the caller."""
    if not isinstance(wire, bytes) or not wire:
        return None
    try:
        return kind.FromString(wire)
    except DecodeError:
        return None


def _pushback_seconds(pushback: str | bytes | None) -> float | None:
    """How long gRPC itself was told to wait; a negative number tells it not to retry."""
    try:
        milliseconds = int(pushback or "")
    except ValueError:
        return None
    return milliseconds / 1000 if milliseconds >= 0 else None
