"""Call a server of this process, and look at its port."""

import socket
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from korotko.v1 import server_pb2, service_pb2_grpc, translate_pb2
from korotko_service.app import App
from tests.integration.wire import PATIENCE_SECONDS

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def channel(app: App) -> grpc.aio.Channel:
    return grpc.aio.insecure_channel(f"127.0.0.1:{app.port}")


async def health(app: App, service: str = "") -> int:
    async with channel(app) as wire:
        reply = await health_pb2_grpc.HealthStub(wire).Check(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE_SECONDS)
        return reply.status


def translate(wire: grpc.aio.Channel, text: str = "Hello there.", **fields: Any) -> Any:
    request = translate_pb2.TranslateRequest(texts=[text], source_language_code="en", target_language_code="uk", **fields)
    return service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=PATIENCE_SECONDS)


async def said(wire: grpc.aio.Channel, text: str = "Hello there.", **fields: Any) -> Any:
    """The translation of one text."""
    return (await translate(wire, text, **fields)).results[0].translation


async def listed(app: App) -> list[tuple[str, str, int]]:
    """Name, version and state of each model."""
    async with channel(app) as wire:
        reply = await service_pb2_grpc.KorotkoServiceStub(wire).ListModels(server_pb2.ListModelsRequest(), timeout=PATIENCE_SECONDS)
        return [(model.name, model.version, model.state) for model in reply.models]


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
