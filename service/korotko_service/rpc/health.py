"""grpc.health.v1: what probes and load balancers see; no client that watches can hold it up.

The servicer of grpcio-health-checking 1.85 writes to its watchers under the lock that every change needs: one client that opens no
flow-control window for the answer would keep a server from ever serving, and from draining.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from korotko_service.telemetry import Metrics

Context = grpc.aio.ServicerContext[Any, Any]


class Health(health_pb2_grpc.HealthServicer):  # type: ignore[misc]  # It comes without types.
    """One status for all the services named; NOT_SERVING at first."""

    def __init__(self, services: Iterable[str], metrics: Metrics) -> None:
        self._services = tuple(services)
        self._metrics = metrics
        self._status: health_pb2.HealthCheckResponse.ServingStatus.ValueType = health_pb2.HealthCheckResponse.NOT_SERVING
        self._changed = asyncio.Event()

    def set(self, status: health_pb2.HealthCheckResponse.ServingStatus.ValueType) -> None:
        """Change the status, and wake all who watch it."""
        self._status = status
        self._metrics.serving.set(status == health_pb2.HealthCheckResponse.SERVING)
        self._changed.set()
        self._changed = asyncio.Event()

    async def Check(  # noqa: N802  # The contract's names.
        self, request: health_pb2.HealthCheckRequest, context: Context
    ) -> health_pb2.HealthCheckResponse:
        if request.service not in self._services:
            known = ", ".join(map(repr, self._services))
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no service of that name; ask for one of {known}")
        return self._reply(request.service)

    async def List(self, request: health_pb2.HealthListRequest, context: Context) -> health_pb2.HealthListResponse:  # noqa: N802
        return health_pb2.HealthListResponse(statuses={service: self._reply(service) for service in self._services})

    async def Watch(self, request: health_pb2.HealthCheckRequest, context: Context) -> None:  # noqa: N802
        told: int | None = None
        while True:
            # Taken before the status is read, so that no change is missed while the answer is on its way.
            changed, reply = self._changed, self._reply(request.service)
            if reply.status != told:
                await context.write(reply)
                told = reply.status
            await changed.wait()

    def _reply(self, service: str) -> health_pb2.HealthCheckResponse:
        known = service in self._services
        return health_pb2.HealthCheckResponse(status=self._status if known else health_pb2.HealthCheckResponse.SERVICE_UNKNOWN)
