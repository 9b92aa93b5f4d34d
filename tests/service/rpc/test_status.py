"""The table from reasons to gRPC."""

import inspect
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details, status_pb2

from korotko_service import errors
from korotko_service.errors import KorotkoError
from korotko_service.rpc import status

Code = grpc.StatusCode
KINDS = (
    details.ErrorInfo,
    details.BadRequest,
    details.ResourceInfo,
    details.PreconditionFailure,
    details.QuotaFailure,
    details.RetryInfo,
)

# (error, code, details beside ErrorInfo): the table of docs/architecture.md.
TABLE = [
    (errors.FieldInvalid("m", field="texts[1]"), Code.INVALID_ARGUMENT, {"BadRequest"}),
    (errors.TextTooLong("m", field="article.body", limit=1, actual=2), Code.INVALID_ARGUMENT, {"BadRequest"}),
    (errors.TooManyItems("m", field="texts", limit=1, actual=2), Code.INVALID_ARGUMENT, {"BadRequest"}),
    (errors.LanguagePairUnsupported("m", source="a", target="b"), Code.INVALID_ARGUMENT, set()),
    (errors.LanguageUndetermined("m", field="texts[0]"), Code.INVALID_ARGUMENT, {"BadRequest"}),
    (errors.ModelNotFound("m", model="x"), Code.NOT_FOUND, {"ResourceInfo"}),
    (errors.LicenceNotAccepted("m", model="x"), Code.FAILED_PRECONDITION, {"PreconditionFailure"}),
    (errors.QualityRejected("m", reasons="ECHO"), Code.FAILED_PRECONDITION, {"PreconditionFailure"}),
    (errors.ModelLoading("m", retry_after_seconds=2), Code.UNAVAILABLE, {"RetryInfo"}),
    (errors.Draining("m", retry_after_seconds=0.5), Code.UNAVAILABLE, {"RetryInfo"}),
    (errors.QueueFull("m", retry_after_seconds=0.25), Code.UNAVAILABLE, {"RetryInfo"}),
    (errors.QuotaExceeded("m", subject="s", retry_after_seconds=1), Code.RESOURCE_EXHAUSTED, {"QuotaFailure", "RetryInfo"}),
    (errors.DeadlineTooShort("m", predicted_ms=7), Code.DEADLINE_EXCEEDED, set()),
    (errors.DeadlineTooShort("m", predicted_ms=7, retry_after_seconds=0.5), Code.DEADLINE_EXCEEDED, {"RetryInfo"}),
    (errors.ExpiredInQueue("m"), Code.DEADLINE_EXCEEDED, set()),
    (errors.ExpiredInQueue("m", retry_after_seconds=0.5), Code.DEADLINE_EXCEEDED, {"RetryInfo"}),
    (errors.WorkerCrashed("m"), Code.INTERNAL, set()),
    (errors.TokenMissing("m"), Code.UNAUTHENTICATED, set()),
    (errors.TokenInvalid("m"), Code.UNAUTHENTICATED, set()),
    (errors.RoleMissing("m"), Code.PERMISSION_DENIED, set()),
]


def unpacked(given: status_pb2.Status) -> dict[str, Any]:
    found: dict[str, Message] = {}
    for packed in given.details:
        kind = next(each for each in KINDS if packed.Is(each.DESCRIPTOR))
        assert kind.__name__ not in found, "each detail at most once"
        found[kind.__name__] = kind()
        packed.Unpack(found[kind.__name__])
    return found


def test_the_table_names_every_reason() -> None:
    concrete = {
        kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, KorotkoError) and "reason" in vars(kind)
    }
    assert {type(error) for error, _, _ in TABLE} == concrete - {KorotkoError}


@pytest.mark.parametrize(("error", "code", "others"), TABLE, ids=lambda value: getattr(value, "reason", ""))
def test_each_reason_has_its_code_and_details(error: KorotkoError, code: grpc.StatusCode, others: set[str]) -> None:
    wire = status.to_status(error, request_id="r-1")
    found = unpacked(wire)
    field = getattr(error, "field", "")
    assert (wire.code, wire.message) == (code.value[0], f"{field}: m" if field else "m")
    assert set(found) == {"ErrorInfo"} | others
    info = found["ErrorInfo"]
    assert (info.reason, info.domain) == (error.reason, "korotko")
    assert dict(info.metadata) == {**error.metadata, "request_id": "r-1"}


@pytest.mark.parametrize("error", [error for error, _, _ in TABLE], ids=lambda error: error.reason)
def test_only_the_unavailable_are_told_when_to_come_back(error: KorotkoError) -> None:
    metadata = dict(status.refusal(status.to_status(error, request_id=""), error).metadata)
    expected = str(round(error.retry_after_seconds * 1000)) if isinstance(error, errors.Unavailable) else None
    assert metadata.get("grpc-retry-pushback-ms") == expected


def test_the_details_travel_in_the_trailing_metadata() -> None:
    wire = status.to_status(errors.FieldInvalid("no", field="texts"), request_id="r")
    refusal = status.refusal(wire)
    assert (refusal.code, refusal.message) == (Code.INVALID_ARGUMENT, "texts: no")
    assert status_pb2.Status.FromString(bytes(dict(refusal.metadata)["grpc-status-details-bin"])) == wire


def test_a_bad_field_is_named_by_its_path_in_the_message_and_in_the_detail() -> None:
    wire = status.to_status(errors.FieldInvalid("no", field="a[1].b"), request_id="")
    (violation,) = unpacked(wire)["BadRequest"].field_violations
    assert (violation.field, violation.description) == ("a[1].b", "no")
    assert wire.message == "a[1].b: no"


def test_a_message_stays_short_enough_for_a_header_and_keeps_its_head() -> None:
    served = ", ".join(["aa-bb"] * 10_000)
    message = status.to_status(errors.LanguagePairUnsupported(f"not served; served: {served}"), request_id="").message
    assert len(message) == status.MAX_MESSAGE_CHARACTERS
    assert message.startswith("not served; served: aa-bb, ")
    assert message.endswith("…")
    whole = "x" * (status.MAX_MESSAGE_CHARACTERS - len("texts: "))
    assert status.to_status(errors.TextTooLong(whole, field="texts"), request_id="").message == f"texts: {whole}"


def test_a_missing_model_is_named_as_a_resource() -> None:
    resource = unpacked(status.to_status(errors.ModelNotFound("no", model="opus"), request_id=""))["ResourceInfo"]
    assert (resource.resource_type, resource.resource_name) == ("model", "opus")


def test_the_time_to_come_back_is_exact_to_the_millisecond() -> None:
    retry = unpacked(status.to_status(errors.QueueFull("no", retry_after_seconds=1.2345), request_id=""))["RetryInfo"]
    assert retry.retry_delay.ToMilliseconds() == 1234


def test_a_new_reason_of_an_old_family_has_its_familys_code() -> None:
    class Newcomer(errors.Unavailable):
        reason = "NEWCOMER"

    assert status.code_of(Newcomer("m", retry_after_seconds=1)) is Code.UNAVAILABLE


def test_an_error_without_a_family_is_internal() -> None:
    assert status.code_of(KorotkoError("m")) is Code.INTERNAL


def test_an_unforeseen_error_says_nothing_but_its_call() -> None:
    wire = status.internal_status(request_id="r-9")
    info = unpacked(wire)["ErrorInfo"]
    assert (info.reason, dict(info.metadata)) == ("INTERNAL", {"request_id": "r-9"})
    assert "report it with the request id 'r-9'" in wire.message
