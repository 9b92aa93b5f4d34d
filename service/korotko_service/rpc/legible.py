"""Messages that are not valid protobuf, or have a string that is not UTF-8: refused as the caller's fault, not as a server error."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc
from google.protobuf.message import DecodeError

from korotko_service.errors import FieldInvalid
from korotko_service.rpc.calls import CallDesk, Context
from korotko_service.rpc.guard import Guard, Handler

_UNREADABLE = "the message cannot be read: it is no protobuf of this method, or a string in it is no UTF-8; encode it as the contract says"


class LegibleInterceptor(Guard):
    """Lets only messages that can be read reach the service, health and reflection."""

    def __init__(self, desk: CallDesk) -> None:
        self._desk = desk
        self._guarded: dict[Handler, Handler] = {}

    def guarded(self, handler: Handler, method: str, details: grpc.HandlerCallDetails) -> Handler:
        if handler not in self._guarded:  # One for each method of the service.
            self._guarded[handler] = self._stream(handler) if handler.request_streaming else self._unary(handler, method)
        return self._guarded[handler]

    def passing(self, handler: Handler) -> Handler:
        if handler not in self._guarded:
            self._guarded[handler] = _conversing(handler) if handler.request_streaming else _asked(handler)
        return self._guarded[handler]

    def _unary(self, handler: Handler, method: str) -> Handler:
        async def answer(request: Any, context: Context) -> Any:
            if request is None:
                async with self._desk.call(context, method):
                    raise _unreadable()
            return await handler.unary_unary(request, context)

        return grpc.unary_unary_rpc_method_handler(answer, _reading(handler), handler.response_serializer)

    def _stream(self, handler: Handler) -> Handler:
        async def answer(requests: AsyncIterator[Any], context: Context) -> None:
            await handler.stream_stream(_legible(requests), context)

        return grpc.stream_stream_rpc_method_handler(answer, _reading(handler), handler.response_serializer)


def _asked(handler: Handler) -> Handler:
    """A method of health: one message in."""

    async def answer(request: Any, context: Context) -> Any:
        if request is None:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, _UNREADABLE)
        return await (handler.unary_stream or handler.unary_unary)(request, context)

    make = grpc.unary_stream_rpc_method_handler if handler.response_streaming else grpc.unary_unary_rpc_method_handler
    return make(answer, _reading(handler), handler.response_serializer)


def _conversing(handler: Handler) -> Handler:
    """Reflection's method: messages in, messages out."""

    async def answer(requests: AsyncIterator[Any], context: Context) -> AsyncIterator[Any]:
        try:
            async for reply in handler.stream_stream(_legible(requests), context):
                yield reply
        except FieldInvalid as error:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, error.message)

    return grpc.stream_stream_rpc_method_handler(answer, _reading(handler), handler.response_serializer)


async def _legible(requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The requests of a stream up to the first that cannot be read; those before it are still answered."""
    async for request in requests:
        if request is None:
            raise _unreadable()
        yield request


def _unreadable() -> FieldInvalid:
    return FieldInvalid(_UNREADABLE)


def _reading(handler: Handler) -> Callable[[bytes], Any]:
    """The handler's own deserializer, which here returns None for a message that cannot be read."""

    def read(wire: bytes) -> Any:
        try:
            return handler.request_deserializer(wire)
        except DecodeError:
            return None

    return read
