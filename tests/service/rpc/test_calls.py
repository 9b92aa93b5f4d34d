"""What every call has before and after its own work: a deadline, a name, a count, and one way to fail."""

import asyncio
import time
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2
from structlog.testing import capture_logs

from korotko_service.errors import FieldInvalid, QueueFull
from korotko_service.pipeline.results import Item
from korotko_service.rpc.calls import Call, CallDesk
from korotko_service.scheduling.waiting import Priority
from korotko_service.telemetry import Metrics


class Context:
    """The gRPC context of a call: how much time its caller leaves, and how it ended."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds
        self.ended: tuple[grpc.StatusCode, str, dict[str, Any]] | None = None

    def time_remaining(self) -> float | None:
        return self._seconds

    def peer(self) -> str:
        return "ipv4:127.0.0.1:50000"

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return ()

    async def abort(self, code: grpc.StatusCode, message: str, metadata: tuple[tuple[str, Any], ...]) -> None:
        self.ended = (code, message, dict(metadata))
        raise grpc.aio.AbortError


@pytest.fixture
def desk() -> CallDesk:
    return CallDesk(metrics=Metrics(), max_call_seconds=60.0)


def count(desk: CallDesk, name: str, **labels: str) -> float | None:
    return desk._metrics.registry.get_sample_value(f"korotko_{name}", labels)


async def failed(desk: CallDesk, error: BaseException, *, request_id: str = "r-1", seconds: float | None = None) -> Context:
    context = Context(seconds)
    with pytest.raises((grpc.aio.AbortError, asyncio.CancelledError)):
        async with desk.call(context, "Translate", request_id=request_id):
            raise error
    return context


def info(context: Context) -> error_details_pb2.ErrorInfo:
    assert context.ended
    wire = status_pb2.Status.FromString(context.ended[2]["grpc-status-details-bin"])
    found = error_details_pb2.ErrorInfo()
    assert wire.details[0].Unpack(found)
    return found


@pytest.mark.parametrize(("left", "allowed"), [(None, 60.0), (5.0, 5.0), (3600.0, 60.0), (-1.0, 0.0)])
def test_a_call_ends_when_its_caller_says_and_at_most_at_the_servers_limit(desk: CallDesk, left: float | None, allowed: float) -> None:
    before = time.monotonic()
    arrival = desk.arrival(Context(left), priority=Priority.BULK)
    assert before + allowed <= arrival.deadline.at <= time.monotonic() + allowed
    assert arrival.priority is Priority.BULK


async def test_a_finished_call_is_counted_and_logged(desk: CallDesk) -> None:
    with capture_logs() as logs:
        async with desk.call(Context(), "Translate", request_id="r-1") as call:
            assert count(desk, "calls_inside") == 1
            call.facts["texts"] = 3
    assert count(desk, "calls_inside") == 0
    assert count(desk, "calls_total", method="Translate", code="OK") == 1
    (line,) = logs
    assert (line["method"], line["request_id"], line["code"], line["texts"]) == ("Translate", "r-1", "OK", 3)


async def test_a_call_without_a_name_gets_one(desk: CallDesk) -> None:
    async with desk.call(Context(), "ListModels") as call:
        assert call.request_id


async def test_a_bad_name_is_refused_and_never_logged(desk: CallDesk) -> None:
    with capture_logs() as logs:
        context = Context()
        with pytest.raises(grpc.aio.AbortError):
            async with desk.call(context, "Translate", request_id="слово"):
                raise AssertionError("not reached")
    assert context.ended
    assert context.ended[0] is grpc.StatusCode.INVALID_ARGUMENT
    assert "слово" not in str(logs)
    assert info(context).metadata["request_id"] == logs[0]["request_id"] != ""


async def test_a_refusal_leaves_with_its_status_and_is_counted_by_its_reason(desk: CallDesk) -> None:
    context = await failed(desk, QueueFull("full", retry_after_seconds=0.7))
    assert context.ended
    code, message, metadata = context.ended
    assert (code, message, metadata["grpc-retry-pushback-ms"]) == (grpc.StatusCode.UNAVAILABLE, "full", "700")
    assert (info(context).reason, info(context).metadata["request_id"]) == ("QUEUE_FULL", "r-1")
    assert count(desk, "refusals_total", reason="QUEUE_FULL") == 1
    assert count(desk, "calls_total", method="Translate", code="UNAVAILABLE") == 1


async def test_an_unforeseen_error_says_nothing_of_itself(desk: CallDesk) -> None:
    context = await failed(desk, ZeroDivisionError("a user's words"))
    assert context.ended
    assert context.ended[0] is grpc.StatusCode.INTERNAL
    assert "words" not in str(context.ended)
    assert info(context).reason == "INTERNAL"
    assert count(desk, "calls_total", method="Translate", code="INTERNAL") == 1


async def test_a_cancelled_call_is_counted_as_one(desk: CallDesk) -> None:
    context = await failed(desk, asyncio.CancelledError())
    assert context.ended is None
    assert count(desk, "calls_total", method="Translate", code="CANCELLED") == 1
    assert count(desk, "calls_inside") == 0


async def test_a_call_whose_deadline_passed_is_not_counted_as_cancelled(desk: CallDesk) -> None:
    await failed(desk, asyncio.CancelledError(), seconds=0.0)
    assert count(desk, "calls_total", method="Translate", code="DEADLINE_EXCEEDED") == 1
    await failed(desk, asyncio.CancelledError(), seconds=0.5)
    assert count(desk, "calls_total", method="Translate", code="CANCELLED") == 1


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (FieldInvalid("no"), grpc.StatusCode.INVALID_ARGUMENT, "no"),
        (FieldInvalid("no", field="texts[1]"), grpc.StatusCode.INVALID_ARGUMENT, "texts[1]: no"),
        (ZeroDivisionError("words"), grpc.StatusCode.INTERNAL, "internal error"),
    ],
)
def test_an_item_of_a_stream_fails_for_itself(desk: CallDesk, error: Exception, code: grpc.StatusCode, message: str) -> None:
    with desk.item(Call(method="StreamTranslations", request_id="r")) as errors:
        raise error
    (status,) = errors
    assert status.code == code.value[0]
    assert status.message.startswith(message)


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (None, "OK", None),
        (FieldInvalid("words"), "INVALID_ARGUMENT", "FIELD_INVALID"),
        (ZeroDivisionError("words"), "INTERNAL", "INTERNAL"),
    ],
)
def test_an_item_of_a_stream_has_a_line_of_its_own_in_the_log(
    desk: CallDesk, error: Exception | None, code: str, reason: str | None
) -> None:
    with capture_logs() as logs, desk.item(Call(method="StreamTranslations", request_id="r", facts={"labels": {"desk": "sport"}})):
        if error:
            raise error
    line = logs[-1]
    assert (line["event"], line["method"], line["request_id"], line["log_level"]) == ("item", "StreamTranslations", "r", "info")
    assert (line["code"], line.get("reason"), line["labels"]) == (code, reason, {"desk": "sport"})
    assert count(desk, "stream_items_total", method="StreamTranslations", code=code) == 1
    assert "words" not in str(line)


def test_an_item_whose_caller_has_left_is_logged_as_cancelled(desk: CallDesk) -> None:
    with capture_logs() as logs, pytest.raises(asyncio.CancelledError), desk.item(Call(method="StreamTranslations", request_id="r")):
        raise asyncio.CancelledError
    assert [line["code"] for line in logs] == ["CANCELLED"]


async def test_an_unforeseen_error_is_counted_among_the_refusals(desk: CallDesk) -> None:
    await failed(desk, ZeroDivisionError())
    with desk.item(Call(method="StreamTranslations", request_id="r")):
        raise ZeroDivisionError
    assert count(desk, "refusals_total", reason="INTERNAL") == 2


def test_errors_beside_results_are_counted_and_stand_in_the_log(desk: CallDesk) -> None:
    call = Call(method="Translate", request_id="r")
    desk.count_items((Item(value=1), Item(error=FieldInvalid("no")), Item(error=FieldInvalid("no"))), call)
    assert call.facts == {"failed": {"FIELD_INVALID": 2}}
    assert count(desk, "refusals_total", reason="FIELD_INVALID") == 2
