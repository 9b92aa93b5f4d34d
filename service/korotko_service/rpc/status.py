"""The one table from reasons to gRPC: code, google.rpc details, and when to come back."""

from collections.abc import Mapping
from dataclasses import dataclass

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from korotko_service import errors
from korotko_service.errors import KorotkoError

DOMAIN = "korotko"
DETAILS_KEY = "grpc-status-details-bin"
PUSHBACK_KEY = "grpc-retry-pushback-ms"

_Code = grpc.StatusCode
# Looked up along the error's ancestors, so a new reason in an old family has its family's code.
CODES: Mapping[type[KorotkoError], grpc.StatusCode] = {
    errors.InvalidRequest: _Code.INVALID_ARGUMENT,
    errors.ModelNotFound: _Code.NOT_FOUND,
    errors.LicenceNotAccepted: _Code.FAILED_PRECONDITION,
    errors.QualityRejected: _Code.FAILED_PRECONDITION,
    errors.Unavailable: _Code.UNAVAILABLE,
    errors.QuotaExceeded: _Code.RESOURCE_EXHAUSTED,
    errors.OutOfTime: _Code.DEADLINE_EXCEEDED,
    errors.WorkerCrashed: _Code.INTERNAL,
    errors.RoleMissing: _Code.PERMISSION_DENIED,
    errors.Unauthorized: _Code.UNAUTHENTICATED,
}
# A message is sent as a header, and headers are limited to a few kilobytes; the details have its variable parts in full.
MAX_MESSAGE_CHARACTERS = 1000
_OF_NUMBER: Mapping[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An error as the wire wants it: code, message, and trailing metadata with the details and the pushback."""

    code: grpc.StatusCode
    message: str
    metadata: tuple[tuple[str, str | bytes], ...]


def code_of(error: KorotkoError) -> grpc.StatusCode:
    """The gRPC code of an error; INTERNAL for a family that the table does not know."""
    return next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), _Code.INTERNAL)


def to_status(error: KorotkoError, *, request_id: str) -> status_pb2.Status:
    """google.rpc.Status with exactly one ErrorInfo and the detail that helps, each detail type at most once."""
    status = status_pb2.Status(code=code_of(error).value[0], message=_told(error))
    info = error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata={**error.metadata, "request_id": request_id})
    for detail in (info, *_details(error)):
        status.details.add().Pack(detail)
    return status


def internal_status(*, request_id: str) -> status_pb2.Status:
    """What an unforeseen error becomes: none of its text leaves the server, and the request id leads to it in the log."""
    error = KorotkoError(f"internal error; report it with the request id {request_id!r}, under which the server's log has the details")
    return to_status(error, request_id=request_id)


def refusal(status: status_pb2.Status, error: KorotkoError | None = None) -> Refusal:
    """A status for `context.abort`. Clients with retries wait as long as the pushback says; a negative one forbids the retry."""
    metadata: list[tuple[str, str | bytes]] = [(DETAILS_KEY, status.SerializeToString())]
    if isinstance(error, errors.Unavailable):
        metadata.append((PUSHBACK_KEY, str(round(error.retry_after_seconds * 1000))))
    return Refusal(code=_OF_NUMBER[status.code], message=status.message, metadata=tuple(metadata))


def _told(error: KorotkoError) -> str:
    """The error in one line, with the field that it is about in front: many clients and logs show nothing else of a status."""
    field = error.field if isinstance(error, errors.InvalidRequest) else ""
    return _bounded(f"{field}: {error.message}" if field else error.message)


def _bounded(words: str) -> str:
    return words if len(words) <= MAX_MESSAGE_CHARACTERS else f"{words[: MAX_MESSAGE_CHARACTERS - 1]}…"


def _details(error: KorotkoError) -> list[Message]:
    match error:
        case errors.InvalidRequest(field=field) if field:
            violation = error_details_pb2.BadRequest.FieldViolation(field=field, description=_bounded(error.message))
            return [error_details_pb2.BadRequest(field_violations=[violation])]
        case errors.ModelNotFound():
            resource = error_details_pb2.ResourceInfo(resource_type="model", resource_name=error.model, description=_bounded(error.message))
            return [resource]
        case errors.LicenceNotAccepted() | errors.QualityRejected():
            violation_ = error_details_pb2.PreconditionFailure.Violation(type=error.reason, description=_bounded(error.message))
            return [error_details_pb2.PreconditionFailure(violations=[violation_])]
        case errors.QuotaExceeded():
            quota = error_details_pb2.QuotaFailure.Violation(subject=error.subject, description=_bounded(error.message))
            return [error_details_pb2.QuotaFailure(violations=[quota]), _retry_info(error.retry_after_seconds)]
        case errors.Unavailable():
            return [_retry_info(error.retry_after_seconds)]
        case errors.OutOfTime(retry_after_seconds=float(seconds)):
            return [_retry_info(seconds)]
    return []


def _retry_info(seconds: float) -> error_details_pb2.RetryInfo:
    delay = Duration()
    delay.FromMilliseconds(round(seconds * 1000))
    return error_details_pb2.RetryInfo(retry_delay=delay)
