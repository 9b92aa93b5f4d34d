"""Who may call: bearer tokens checked before a call reaches the service; health and reflection stay open for probes."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import grpc

from korotko_service.errors import TokenInvalid, TokenMissing, Unauthorized
from korotko_service.rpc import status

_OURS = "/korotko.v1."
_SCHEME = "bearer "


Handler = Any  # grpc.RpcMethodHandler, which is generic in its stubs and not at run time


class TokenInterceptor(grpc.aio.ServerInterceptor):
    """Refuses calls of the service that carry none of the operator's tokens."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._tokens = tuple(token.encode() for token in tokens)

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        handler = await continuation(handler_call_details)
        if handler is None or not handler_call_details.method.startswith(_OURS):
            return handler
        error = self._refusal(handler_call_details)
        return handler if error is None else _refusing(handler, error)

    def _refusal(self, details: grpc.HandlerCallDetails) -> Unauthorized | None:
        given = next((str(value) for key, value in details.invocation_metadata or () if key == "authorization"), None)
        if given is None:
            return TokenMissing("no token; send the metadata 'authorization: Bearer <token>'")
        if not given.lower().startswith(_SCHEME):
            return TokenInvalid("the metadata 'authorization' is not of the form 'Bearer <token>'")
        token = given[len(_SCHEME) :].strip().encode()
        # Compared with every token in constant time, so that the answer's delay tells nothing about them.
        known = [hmac.compare_digest(token, each) for each in self._tokens]
        return None if any(known) else TokenInvalid("the token is not known to this server")


def _refusing(handler: Handler, error: Unauthorized) -> Handler:
    async def refuse(_: Any, context: grpc.aio.ServicerContext[Any, Any]) -> None:
        refusal = status.refusal(status.to_status(error, request_id=""))
        await context.abort(refusal.code, refusal.message, refusal.metadata)

    make = grpc.stream_stream_rpc_method_handler if handler.request_streaming else grpc.unary_unary_rpc_method_handler
    return make(refuse, handler.request_deserializer, handler.response_serializer)
