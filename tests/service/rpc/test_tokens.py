"""Who may call."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import grpc
import pytest

from korotko_service.access import read
from korotko_service.rpc.callers import Callers
from korotko_service.rpc.calls import CallDesk
from korotko_service.rpc.tokens import TokenInterceptor
from korotko_service.telemetry import Metrics

OURS = "/korotko.v1.KorotkoService/Translate"


@dataclass(frozen=True)
class Details:
    """What an interceptor learns of a call."""

    method: str
    invocation_metadata: tuple[tuple[str, str | bytes], ...]


class Context:
    """Notes how a call was ended."""

    def __init__(self) -> None:
        self.code: grpc.StatusCode | None = None
        self.message = ""

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return ()

    def peer(self) -> str:
        return "ipv4:127.0.0.1:50000"

    async def abort(self, code: grpc.StatusCode, message: str, _: Any) -> None:
        self.code, self.message = code, message


async def _answer(_: Any, __: Any) -> str:
    return "answer"


async def _one_message() -> AsyncIterator[str]:
    yield "message"


HANDLER = grpc.unary_unary_rpc_method_handler(_answer)
STREAM = grpc.stream_stream_rpc_method_handler(_answer)


async def asked(*metadata: tuple[str, str | bytes], method: str = OURS, handler: Any = HANDLER) -> Any:
    async def continuation(_: Any) -> Any:
        return handler

    desk = CallDesk(metrics=Metrics(), max_call_seconds=60)
    callers = Callers(read("first\nдругий"))
    return await TokenInterceptor(callers, desk).intercept_service(continuation, Details(method, metadata))


async def refusal(*metadata: tuple[str, str | bytes]) -> Context:
    context = Context()
    await (await asked(*metadata)).unary_unary(None, context)
    return context


@pytest.mark.parametrize("given", ["Bearer first", "bearer first", "BEARER  first ", "Bearer другий"])
async def test_a_known_token_enters(given: str) -> None:
    assert await asked(("authorization", given)) is HANDLER


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("Bearer firs", "not known"),
        ("Bearer first2", "not known to this server; ask its operator"),
        ("Bearer ", "not known"),
        ("Basic first", "not of the form"),
        ("first", "not of the form"),
        ("", "not of the form"),
    ],
)
async def test_another_token_is_refused(given: str, message: str) -> None:
    context = await refusal(("authorization", given))
    assert context.code is grpc.StatusCode.UNAUTHENTICATED
    assert message in context.message


async def test_no_token_is_refused_with_the_way_to_send_one() -> None:
    context = await refusal(("user-agent", "x"))
    assert context.code is grpc.StatusCode.UNAUTHENTICATED
    assert "authorization: Bearer <token>" in context.message


async def test_the_first_of_two_tokens_counts() -> None:
    assert (await refusal(("authorization", "Bearer no"), ("authorization", "Bearer first"))).code is grpc.StatusCode.UNAUTHENTICATED


@pytest.mark.parametrize("method", ["/grpc.health.v1.Health/Check", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"])
async def test_probes_need_no_token(method: str) -> None:
    assert await asked(method=method) is HANDLER


async def test_an_unknown_method_stays_unknown() -> None:
    assert await asked(method="/korotko.v1.KorotkoService/Sing", handler=None) is None


async def test_a_stream_is_refused_as_a_stream() -> None:
    handler = await asked(handler=STREAM)
    context = Context()
    await handler.stream_stream(_one_message(), context)
    assert (handler.request_streaming, handler.response_streaming) == (True, True)
    assert context.code is grpc.StatusCode.UNAUTHENTICATED
