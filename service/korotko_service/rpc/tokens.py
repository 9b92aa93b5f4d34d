"""Who may call: bearer tokens checked before a call reaches the service; health and reflection stay open for probes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import grpc

from korotko_service.errors import TokenInvalid, TokenMissing, Unauthorized
from korotko_service.rpc.callers import Callers, authorization, token_in
from korotko_service.rpc.calls import CallDesk, Context
from korotko_service.rpc.guard import Guard, Handler

_FIRST_MESSAGE_SECONDS = 1.0


class TokenInterceptor(Guard):
    """Refuses calls to the service without a token of a caller known to the operator."""

    def __init__(self, callers: Callers, desk: CallDesk) -> None:
        self._desk = desk
        self._callers = callers

    def guarded(self, handler: Handler, method: str, details: grpc.HandlerCallDetails) -> Handler:
        error = self._refusal(details)
        return handler if error is None else self._refusing(handler, method, error)

    def _refusal(self, details: grpc.HandlerCallDetails) -> Unauthorized | None:
        given = authorization(details.invocation_metadata)
        if given is None:
            return TokenMissing("no token; send the metadata 'authorization: Bearer <token>'")
        token = token_in(given)
        if token is None:
            return TokenInvalid("the metadata 'authorization' is not of the form 'Bearer <token>'")
        return None if self._callers.checked(token) else TokenInvalid("the token is not known to this server; ask its operator for one")

    def _refusing(self, handler: Handler, method: str, error: Unauthorized) -> Handler:
        async def refuse(request: Any, context: Context) -> None:
            if handler.request_streaming:
                await _first_of(request)
            async with self._desk.call(context, method):
                raise error

        make = grpc.stream_stream_rpc_method_handler if handler.request_streaming else grpc.unary_unary_rpc_method_handler
        return make(refuse, handler.request_deserializer, handler.response_serializer)


async def _first_of(requests: AsyncIterator[Any]) -> None:
    """Wait a moment for a stream's first message: grpc.aio clients may lose the reason of a stream that ends before they have sent it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_FIRST_MESSAGE_SECONDS):
            await anext(requests, None)
