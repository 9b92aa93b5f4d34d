"""Interceptors in front of the service: guards of its own calls, which let health and reflection pass unless they say otherwise."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any

import grpc

_OURS = "/korotko.v1."
Handler = Any  # grpc.RpcMethodHandler, which is generic in its stubs and not at run time


class Guard(grpc.aio.ServerInterceptor):
    """An interceptor of the calls of korotko.v1."""

    @abstractmethod
    def guarded(self, handler: Handler, method: str, details: grpc.HandlerCallDetails) -> Handler:
        """The handler that answers instead of `handler`, possibly `handler` itself; `method` is the name without the service."""

    def passing(self, handler: Handler) -> Handler:
        """The handler of a call to health or reflection: unguarded, unless a guard overrides this."""
        return handler

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        handler = await continuation(handler_call_details)
        if handler is None:
            return None
        if not handler_call_details.method.startswith(_OURS):
            return self.passing(handler)
        return self.guarded(handler, handler_call_details.method.rpartition("/")[2], handler_call_details)
