"""How the SDK connects: the address, the channel's options including gRPC's own retries, and what every call carries."""

import asyncio
import json
import math
import re
import ssl
from typing import cast

import grpc
from google.protobuf.wrappers_pb2 import Int32Value, StringValue

from korotko._given import count
from korotko._version import __version__
from korotko.v1 import service_pb2_grpc

DEFAULT_TARGET = "localhost:50051"
DEFAULT_TIMEOUT_SECONDS = 30.0
DEFAULT_STREAM_TIMEOUT_SECONDS = 3600.0
_YEAR_SECONDS = 366 * 24 * 3600
# The server's own default of the same name; a test compares them.
DEFAULT_MAX_MESSAGE_BYTES = 4 * 1024 * 1024

# The server allows pings every 30 seconds, but a gRPC proxy in front of it may close connections that ping more often than every 5
# minutes, which is gRPC's default; one more minute is safe. Load balancers see the server's own pings, one a minute.
KEEPALIVE_MILLISECONDS = 6 * 60 * 1000
KEEPALIVE_TIMEOUT_MILLISECONDS = 20 * 1000
# gRPC's own is two minutes: after an outage of one, a server could be back for another before anybody tried.
LONGEST_RECONNECT_MILLISECONDS = 5 * 1000

MAX_ATTEMPTS = 4
# Streams are left out: a stream broken half-way cannot be sent again unseen, and gRPC was seen to hang where its last try of a stream
# found no server. Health checks are left out too: their caller wants to know about the first refusal.
RETRIED_METHODS = ("Summarize", "Translate", "DetectLanguage", "ListModels", "GetServerInfo")

_RESOLVER_SCHEMES = ("dns:", "ipv4:", "ipv6:", "unix:", "unix-abstract:", "xds:")
# gRPC would take a larger port modulo 65536.
_LAST_PORT = 65535
_PORT = re.compile(r":([0-9]+)(?=,|$)")
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.%\w]+\]|[^\s:/@\[\]]+):[0-9]+")

HEALTH_CHECK = "/grpc.health.v1.Health/Check"
SERVING = 1

Options = list[tuple[str, str | int]]
Metadata = tuple[tuple[str, str], ...]


def address(target: str) -> str:
    """The target with a resolver in front: `dns:///` finds every address behind a name, so that calls can take them in turn."""
    if not isinstance(target, str):
        raise TypeError(f'a target is a str such as "localhost:50051", not {type(target).__name__}')
    _check_ports(target)
    if target.startswith(_RESOLVER_SCHEMES):
        return target
    if "://" in target:
        raise ValueError(f'{target!r} is a URL; a gRPC target is "host:port" (with tls=True where the URL would be https)')
    if not _HOST_AND_PORT.fullmatch(target):
        raise ValueError(f'{target!r} is not "host:port", for example "localhost:50051"')
    return f"dns:///{target}"


def _check_ports(target: str) -> None:
    if not target.startswith("unix"):
        for port in map(int, _PORT.findall(target)):
            if not 1 <= port <= _LAST_PORT:
                raise ValueError(f"{target!r}: a port is a number from 1 to {_LAST_PORT}")


def channel_options(max_message_bytes: int) -> Options:
    """Options of the channel. `max_message_bytes` bounds requests, as the server does; replies are not bounded, as the contract says, and
    may well be longer than their requests."""
    return [
        ("grpc.primary_user_agent", f"korotko-python/{__version__}"),
        ("grpc.service_config", service_config()),
        ("grpc.max_send_message_length", _message_bytes(max_message_bytes)),
        ("grpc.max_receive_message_length", -1),
        ("grpc.keepalive_time_ms", KEEPALIVE_MILLISECONDS),
        ("grpc.keepalive_timeout_ms", KEEPALIVE_TIMEOUT_MILLISECONDS),
        ("grpc.http2.max_pings_without_data", 0),  # No limit: gRPC would stop pinging after two, and a stream may wait for hours.
        ("grpc.max_reconnect_backoff_ms", LONGEST_RECONNECT_MILLISECONDS),
    ]


def _message_bytes(limit: int) -> int:
    """The limit, if it is valid: gRPC would treat anything but a number, and any number below 0, as no limit."""
    if (whole := count("max_message_bytes", limit)) < 1:
        raise ValueError(f"max_message_bytes is at least 1, not {limit!r}")
    return whole


def service_config() -> str:
    """gRPC does the retrying: it alone knows the deadline, the server's pushback and whether other calls fail as well."""
    names = [{"service": "korotko.v1.KorotkoService", "method": method} for method in RETRIED_METHODS]
    retry_policy = {
        "maxAttempts": MAX_ATTEMPTS,
        "initialBackoff": "0.2s",
        "maxBackoff": "5s",
        "backoffMultiplier": 2,
        # A server that stops resets what reaches it in its last moment, which gRPC reports as CANCELLED, without a reason.
        "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"],
    }
    return json.dumps(
        {
            "loadBalancingConfig": [{"round_robin": {}}],
            "methodConfig": [{"name": names, "retryPolicy": retry_policy}],
            # After about 100 failures not offset by successes (five for each), calls are no longer retried: that many may be under way to
            # a server that stops.
            "retryThrottling": {"maxTokens": 200, "tokenRatio": 0.2},
        }
    )


def credentials(tls: bool | bytes) -> grpc.ChannelCredentials | None:
    """TLS with the system's root certificates (True) or the given ones (PEM); None for plain text."""
    if not isinstance(tls, bool | bytes):
        found = type(tls).__name__
        raise TypeError(f"tls must be True, False, or root certificates in PEM as bytes (of a file: Path(…).read_bytes()), not a {found}")
    if tls is False:
        return None
    if tls is True:
        return grpc.ssl_channel_credentials()
    _check_roots(tls)
    return grpc.ssl_channel_credentials(tls)


def _check_roots(pem: bytes) -> None:
    """ValueError for certificates that cannot be used; gRPC would only say so at the first call, and as a network error."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem.decode("ascii", "ignore"))
    except (ssl.SSLError, ValueError):
        found = "a key" if b"PRIVATE KEY-----" in pem else f"{len(pem)} bytes"
        raise ValueError(f"root certificates (tls=…, --ca) are certificates in PEM, and there is none in these: found {found}") from None


def metadata(token: str | None) -> Metadata:
    """What every call carries. The token is not sent as call credentials: gRPC refuses those without TLS, even towards a sidecar."""
    if token is None:
        return ()
    if not token or not (token.isascii() and token.isprintable()) or " " in token:
        raise ValueError("a token is one word of printable ASCII characters")
    return (("authorization", f"Bearer {token}"),)


def seconds(timeout: float) -> float:
    """The timeout, if it is valid: without one a call would hang with its server. It is capped at a year, because gRPC treats times
    that overflow its clock as expired."""
    if not isinstance(timeout, int | float) or isinstance(timeout, bool):
        raise TypeError(f"a timeout is a number of seconds, not {type(timeout).__name__}: {timeout!r}")
    if not 0 < timeout < math.inf:
        raise ValueError(f"a timeout is a finite number of seconds above 0, not {timeout!r}")
    return float(min(timeout, _YEAR_SECONDS))


def connect(target: str, tls: bool | bytes, max_message_bytes: int) -> grpc.Channel:
    """A channel. It opens no connection before its first call."""
    secret, options = credentials(tls), channel_options(max_message_bytes)
    if secret is None:
        return grpc.insecure_channel(address(target), options)
    return grpc.secure_channel(address(target), secret, options)


def async_connect(target: str, tls: bool | bytes, max_message_bytes: int) -> grpc.aio.Channel:
    """The same for asyncio; belongs to the running event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise RuntimeError("an AsyncClient is made where an event loop runs: inside a coroutine") from None
    secret, options = credentials(tls), channel_options(max_message_bytes)
    if secret is None:
        return grpc.aio.insecure_channel(address(target), options)
    return grpc.aio.secure_channel(address(target), secret, options)


def check_loop(own: asyncio.AbstractEventLoop) -> None:
    """RuntimeError unless the client's own event loop is running: gRPC's answers arrive in that one alone."""
    try:
        running = asyncio.get_running_loop()
    except RuntimeError:
        return  # a stream may be made before its loop runs on
    if running is not own:
        raise RuntimeError("this AsyncClient belongs to the event loop that ran when it was made: make one in each loop")


def stub(channel: grpc.Channel) -> service_pb2_grpc.KorotkoServiceStub:
    """The generated methods over a channel."""
    return service_pb2_grpc.KorotkoServiceStub(channel)


def async_stub(channel: grpc.aio.Channel) -> "service_pb2_grpc.KorotkoServiceAsyncStub":
    """The same for asyncio. The generated class is the same; only its type stub distinguishes the two."""
    return cast("service_pb2_grpc.KorotkoServiceAsyncStub", service_pb2_grpc.KorotkoServiceStub(channel))


def health_check(channel: grpc.Channel) -> "grpc.UnaryUnaryMultiCallable[StringValue, Int32Value]":
    """The stock health check without the package that holds its messages.

    HealthCheckRequest is `string service = 1` and HealthCheckResponse an enum, `status = 1`. On the wire a message has no name and an
    enum is an int32, so protobuf's own StringValue and Int32Value, with `value = 1` each, are these two messages byte by byte.
    """
    return channel.unary_unary(HEALTH_CHECK, request_serializer=StringValue.SerializeToString, response_deserializer=Int32Value.FromString)


def async_health_check(channel: grpc.aio.Channel) -> "grpc.aio.UnaryUnaryMultiCallable[StringValue, Int32Value]":
    """The same for asyncio."""
    return channel.unary_unary(HEALTH_CHECK, request_serializer=StringValue.SerializeToString, response_deserializer=Int32Value.FromString)
