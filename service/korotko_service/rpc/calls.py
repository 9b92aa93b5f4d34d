"""One call on the wire: its name, its log line, its metrics, and the errors that leave it as statuses."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
import structlog
from google.rpc import status_pb2

from korotko_service.access import Role
from korotko_service.deadline import Deadline
from korotko_service.errors import KorotkoError
from korotko_service.pipeline.results import Item
from korotko_service.rpc import decode, status
from korotko_service.rpc.allowances import Allowances, GiveBack
from korotko_service.rpc.callers import Caller, Callers, Context
from korotko_service.scheduling.waiting import Priority
from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)
__all__ = ["Call", "CallDesk", "Context"]


@dataclass(slots=True, kw_only=True)
class Call:
    """A call or an item of a stream in progress. `facts` go into its log line: counts and languages, never words. An item has no caller."""

    method: str
    request_id: str
    caller: Caller | None = None
    started: float = field(default_factory=time.perf_counter)
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.started


class CallDesk:
    """Opens calls and closes them: what every method of the service does before and after its own work."""

    def __init__(self, *, metrics: Metrics, max_call_seconds: float, callers: Callers | None = None) -> None:
        self._metrics = metrics
        self._callers = callers or Callers()
        self._allowances = Allowances()
        self._max_call_seconds = max_call_seconds

    def arrival(self, context: Context, *, priority: Priority, caller: Caller | None = None) -> decode.Arrival:
        """What the call brings, its deadline at most the server's own. Items of a stream pass no caller, so that each is looked up anew."""
        caller = caller or self._callers.caller(context)
        remaining = context.time_remaining()
        allowed = self._max_call_seconds if remaining is None else min(remaining, self._max_call_seconds)
        return decode.Arrival(
            deadline=Deadline.after(allowed, now=time.monotonic()),
            priority=priority,
            caller=caller.name,
            holder=caller.holder,
        )

    def allowed(
        self, arrival: decode.Arrival, role: Role, *, characters: int, priority: Priority | None = None
    ) -> AbstractContextManager[GiveBack]:
        """RoleMissing or QuotaExceeded if the caller may not do that, or not so much now; refused work is given back."""
        return self._allowances.allowed(arrival.holder, role, priority=priority, characters=characters, now=time.monotonic())

    @asynccontextmanager
    async def call(self, context: Context, method: str, *, request_id: str = "", field: str = "options.request_id") -> AsyncIterator[Call]:
        """The life of one call; `field` is where its request id was given. An error inside ends it with the status from rpc/status.py."""
        call = Call(method=method, request_id="", caller=self._callers.caller(context))
        code = grpc.StatusCode.OK
        self._metrics.calls_inside.inc()
        try:
            if call.caller and call.caller.holder.name:
                call.facts["caller"] = call.caller.holder.name
            call.request_id = decode.request_id(request_id, field=field)
            yield call
        except KorotkoError as error:
            call.request_id = call.request_id or decode.request_id("")  # It was the caller's own that was refused.
            refusal = status.refusal(self.status_of(error, call), error)
            code = refusal.code
            await context.abort(refusal.code, refusal.message, refusal.metadata)
        except grpc.aio.AbortError:
            raise
        except Exception:
            code = grpc.StatusCode.INTERNAL
            log.exception("call_failed", method=method, request_id=call.request_id)
            refusal = status.refusal(self._unforeseen(call))
            await context.abort(refusal.code, refusal.message, refusal.metadata)
        except BaseException:
            code = _given_up(context)
            raise
        finally:
            self._close(call, code)

    @contextmanager
    def item(self, call: Call) -> Iterator[list[status_pb2.Status]]:
        """One item of a stream: its error is put into the list that is yielded, and the stream goes on. It has its own line in the log,
        the only one with its request id and its labels."""
        errors: list[status_pb2.Status] = []
        code = grpc.StatusCode.CANCELLED
        try:
            yield errors
            code = grpc.StatusCode.OK
        except KorotkoError as error:
            code = status.code_of(error)
            errors.append(self.status_of(error, call))
        except Exception:
            code = grpc.StatusCode.INTERNAL
            log.exception("item_failed", method=call.method, request_id=call.request_id)
            errors.append(self._unforeseen(call))
        finally:
            self._metrics.stream_items.labels(call.method, code.name).inc()
            _tell("item", call, code)

    def status_of(self, error: KorotkoError, call: Call) -> status_pb2.Status:
        self._metrics.refusals.labels(error.reason).inc()
        call.facts["reason"] = error.reason
        return status.to_status(error, request_id=call.request_id)

    def _unforeseen(self, call: Call) -> status_pb2.Status:
        """The status of an error that nobody meant to raise; it is counted like any other."""
        self._metrics.refusals.labels(KorotkoError.reason).inc()
        call.facts["reason"] = KorotkoError.reason
        return status.internal_status(request_id=call.request_id)

    def count_items(self, items: tuple[Item[Any], ...], call: Call) -> None:
        """Count the errors among a reply's results; the call's log line says how many there are of each reason."""
        failed = Counter(item.error.reason for item in items if item.error is not None)
        for reason, number in failed.items():
            self._metrics.refusals.labels(reason).inc(number)
        if failed:
            call.facts["failed"] = dict(failed)

    def _close(self, call: Call, code: grpc.StatusCode) -> None:
        self._metrics.calls_inside.dec()
        self._metrics.calls.labels(call.method, code.name).inc()
        self._metrics.call_seconds.labels(call.method).observe(call.seconds)
        _tell("call", call, code)


def _tell(event: str, call: Call, code: grpc.StatusCode) -> None:
    log.info(event, method=call.method, request_id=call.request_id, code=code.name, seconds=round(call.seconds, 4), **call.facts)


def _given_up(context: Context) -> grpc.StatusCode:
    """How a call ended whose caller no longer waits: by its deadline, or by an earlier cancellation."""
    remaining = context.time_remaining()
    return grpc.StatusCode.CANCELLED if remaining is None or remaining > 0 else grpc.StatusCode.DEADLINE_EXCEEDED
