"""The gRPC server: bind, TLS, health, reflection, and the drain that loses nothing."""

import asyncio
import errno
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2

from korotko.v1 import service_pb2, service_pb2_grpc
from korotko_service.errors import AddressTaken, ConfigInvalid
from korotko_service.rpc.health import Health
from korotko_service.telemetry import Metrics

_SERVICE = service_pb2.DESCRIPTOR.services_by_name["KorotkoService"]
SERVICE_NAME = _SERVICE.full_name
METHODS = tuple(method.name for method in _SERVICE.methods)
STREAMS = tuple(method.name for method in _SERVICE.methods if method.client_streaming)
_HEALTH_NAME = health_pb2.DESCRIPTOR.services_by_name["Health"].full_name
_OVERALL = ""
# Clients may ping this often (milliseconds) without being disconnected: gRPC's own limit of 5 minutes is longer than the idle timeout of
# common load balancers. The docs ask for a minute, as gRPC advises; half of that tolerates pings that the network brings closer together.
_MIN_PING_INTERVAL_MS = 30_000
# A client that vanished without a FIN is detected by an unanswered ping, and its streams end.
_PING_INTERVAL_MS, _PING_TIMEOUT_MS = 60_000, 20_000
# A connection is closed after about this long (milliseconds), once its calls have ended: clients then resolve the name again and find
# servers that were added since.
_CONNECTION_AGE_MS = 600_000
# Calls that may arrive while the event loop is busy; each takes about 25 kB. Beyond its own limit of 1,000 gRPC would cancel calls at
# random, anybody's and without a reason, whereas admission gives one.
_MAX_ARRIVED_CALLS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Where to listen, with what certificate (PEM; none means plain text), and how big a message may be (bytes)."""

    host: str
    port: int
    certificate: bytes = b""
    key: bytes = b""
    max_message_bytes: int


class GrpcServer:
    """A bound server. It answers health as NOT_SERVING until `serve`, and again from `drain` on."""

    def __init__(
        self,
        *,
        servicer: service_pb2_grpc.KorotkoServiceServicer,
        binding: Binding,
        interceptors: Sequence[grpc.aio.ServerInterceptor],
        metrics: Metrics,
    ) -> None:
        self._server = grpc.aio.server(interceptors=list(interceptors), options=_options(binding))
        self._health = Health((_OVERALL, SERVICE_NAME), metrics)
        self._binding = binding
        self._fresh: grpc.ServerCertificateConfiguration | None = None
        self._leaving: asyncio.Task[None] | None = None
        methods = cast("grpc.aio.Server", _Unregistered(self._server))
        service_pb2_grpc.add_KorotkoServiceServicer_to_server(servicer, methods)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, methods)
        methods.add_generic_rpc_handlers(_reflection())
        self.port = 0

    async def start(self) -> None:
        """Bind and listen; health says NOT_SERVING. AddressTaken or ConfigInvalid if the address is not available."""
        self.port = self._bind()
        await self._server.start()

    async def serve(self) -> None:
        """Tell probes and load balancers that calls are welcome."""
        self._health.set(health_pb2.HealthCheckResponse.SERVING)

    async def drain(self) -> None:
        """Tell them to send no more calls."""
        self._health.set(health_pb2.HealthCheckResponse.NOT_SERVING)

    def present(self, *, certificate: bytes, key: bytes) -> None:
        """Use another certificate for new connections; existing ones stay. Only for a server that has one already."""
        self._fresh = _presented(certificate, key)

    def leave(self, *, grace_seconds: float) -> None:
        """Close each connection once its calls have ended: clients take their next calls to another server, if there is one.

        Refusing each call instead would use up the retries of clients with connections to two servers, and fail calls that the other one
        could answer.
        """
        self._leaving = asyncio.create_task(self._server.stop(grace_seconds), name="leaving")

    async def stop(self, *, grace_seconds: float) -> None:
        """Take no more calls, let those in progress finish within the grace, then end."""
        await self._server.stop(grace_seconds)
        if self._leaving:
            await self._leaving

    def _bind(self) -> int:
        binding = self._binding
        address = f"[{binding.host}]:{binding.port}" if ":" in binding.host else f"{binding.host}:{binding.port}"
        try:
            _check_free(binding)
            return self._server.add_secure_port(address, self._credentials()) if binding.key else self._server.add_insecure_port(address)
        except (OSError, RuntimeError, UnicodeError) as error:
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            refusal = AddressTaken if taken else ConfigInvalid
            raise refusal(f"cannot listen on {address}: {_reason(error, binding)}") from error

    def _credentials(self) -> grpc.ServerCredentials:
        """gRPC asks at each new connection whether there is another certificate; None says no, which its type stubs do not allow."""
        first = _presented(self._binding.certificate, self._binding.key)
        return grpc.dynamic_ssl_server_credentials(first, self._take_fresh)  # type: ignore[arg-type]

    def _take_fresh(self) -> grpc.ServerCertificateConfiguration | None:
        fresh, self._fresh = self._fresh, None
        return fresh


def _reflection() -> tuple[grpc.GenericRpcHandler, ...]:
    """Reflection under both of its names: v1alpha, which grpcio-reflection knows, and v1, whose messages are the same on the wire and
    which newer tools ask for first, some for nothing else."""
    servicer = reflection.aio.ReflectionServicer((SERVICE_NAME, _HEALTH_NAME, reflection.SERVICE_NAME))
    info = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    names = (reflection.SERVICE_NAME, "grpc.reflection.v1.ServerReflection")
    return tuple(grpc.method_handlers_generic_handler(name, {"ServerReflectionInfo": info}) for name in names)


class _Unregistered:
    """Stands in for the server when generated code adds its methods, so that they are only found by name when they are called.

    For each method that is also registered grpc.aio 1.85 keeps a task that waits for its next call, and every call goes through all of
    them, which was a tenth of the time of an empty call.
    """

    def __init__(self, server: grpc.aio.Server) -> None:
        self.add_generic_rpc_handlers = server.add_generic_rpc_handlers

    def add_registered_method_handlers(self, service_name: str, method_handlers: Mapping[str, Any]) -> None:
        """Do nothing: the same handlers were added as generic ones."""


def _check_free(binding: Binding) -> None:
    """OSError with the system's own reason if the address is not available; gRPC would first write a line of its own to standard error."""
    family, kind, protocol, _, address = socket.getaddrinfo(binding.host, binding.port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _reason(error: OSError | RuntimeError | UnicodeError, binding: Binding) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, UnicodeError):
        return "not the name of a host"
    if binding.key:
        return "the host is not an address of this machine, or gRPC cannot use tls_certificate and tls_key"
    return "the port is occupied or the host is not an address of this machine"


def _presented(certificate: bytes, key: bytes) -> grpc.ServerCertificateConfiguration:
    return grpc.ssl_server_certificate_configuration([(key, certificate)])


def _options(binding: Binding) -> list[tuple[str, Any]]:
    return [
        # Off, so that a second server on the same port fails instead of taking half the calls.
        ("grpc.so_reuseport", 0),
        ("grpc.max_receive_message_length", binding.max_message_bytes),
        ("grpc.max_send_message_length", -1),
        ("grpc.server.max_pending_requests", _MAX_ARRIVED_CALLS),
        ("grpc.server.max_pending_requests_hard_limit", _MAX_ARRIVED_CALLS),
        ("grpc.http2.min_ping_interval_without_data_ms", _MIN_PING_INTERVAL_MS),
        ("grpc.max_connection_age_ms", _CONNECTION_AGE_MS),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.keepalive_time_ms", _PING_INTERVAL_MS),
        ("grpc.keepalive_timeout_ms", _PING_TIMEOUT_MS),
    ]
