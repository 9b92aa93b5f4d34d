"""The lean client of the load generator: serialized requests in, judged replies out, over gRPC or HTTP/1.1.

Measured against an echo server that answers after 20 ms, 64 calls in flight, processor time of the client: bytes over grpc.aio 98 µs a
call, over grpc with threads 123 µs, over grpc with futures 136 µs, h2load (C) 19 µs. h2load sends one body again and again and does not
read a gRPC status, so it cannot tell an answer from a refusal; 98 µs is 1.5 % of what the starter's engine takes for a sentence.
"""

import asyncio
import re
from types import TracebackType
from typing import Protocol, Self, cast

import grpc

from benchmarks.questions import Answer, Shape, judge_json, judge_status

_DETAILS = "grpc-status-details-bin"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TIMED_OUT = "TIMED_OUT"


class Wire(Protocol):
    """One way to ask a server."""

    async def ask(self, body: bytes, timeout_seconds: float) -> Answer: ...


class GrpcWire:
    """All calls over one connection, as a caller of the SDK has it, without retries."""

    def __init__(self, address: str, shape: Shape) -> None:
        self._channel = grpc.aio.insecure_channel(address, options=[("grpc.enable_retries", 0)])
        self._call = self._channel.unary_unary(shape.method)
        self._judge = shape.judge

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._channel.close()

    async def ask(self, body: bytes, timeout_seconds: float) -> Answer:
        try:
            return self._judge(cast("bytes", await self._call(body, timeout=timeout_seconds)))
        except grpc.aio.AioRpcError as error:
            wire = dict(iter(error.trailing_metadata() or ())).get(_DETAILS)
            return judge_status(wire) if isinstance(wire, bytes) else Answer(outcome=_bare(error))


class HttpWire:
    """Keep-alive connections, one for each request in flight."""

    def __init__(self, address: str, path: str) -> None:
        host, _, port = address.partition(":")
        self._host, self._port, self._path, self._idle = host, int(port), path, list[_Connection]()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for connection in self._idle:
            connection.close()

    async def ask(self, body: bytes, timeout_seconds: float) -> Answer:
        head = f"POST {self._path} HTTP/1.1\r\nhost: {self._host}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        try:
            async with asyncio.timeout(timeout_seconds):
                connection = self._idle.pop() if self._idle else await self._connected()
                try:
                    status, content = await connection.exchange(head.encode() + body)
                except BaseException:
                    connection.close()
                    raise
        except TimeoutError:
            return Answer(outcome=TIMED_OUT)
        except ConnectionError:
            return Answer(outcome="DISCONNECTED")
        self._idle.append(connection)
        return judge_json(content) if status == 200 else Answer(outcome=f"HTTP_{status}")

    async def _connected(self) -> "_Connection":
        _, connection = await asyncio.get_running_loop().create_connection(_Connection, self._host, self._port)
        return connection


class _Connection(asyncio.Protocol):
    """One request at a time; a reply is whole when `content-length` bytes have come, or the last chunk (Ray Serve)."""

    _transport: asyncio.Transport
    _reply: asyncio.Future[tuple[int, bytes]]

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def exchange(self, request: bytes) -> asyncio.Future[tuple[int, bytes]]:
        self._buffer, self._reply = b"", asyncio.get_running_loop().create_future()
        if self._transport.is_closing():
            self._reply.set_exception(ConnectionResetError())
        else:
            self._transport.write(request)
        return self._reply

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, content = self._buffer.partition(b"\r\n\r\n")
        if not end or self._reply.done():
            return
        length = _LENGTH.search(head)
        whole = joined(content) if length is None else content if len(content) >= int(length[1]) else None
        if whole is not None:
            self._reply.set_result((int(head[9:12]), whole))

    def connection_lost(self, error: Exception | None) -> None:
        if hasattr(self, "_reply") and not self._reply.done():
            self._reply.set_exception(error or ConnectionResetError())

    def close(self) -> None:
        self._transport.close()


def joined(chunks: bytes) -> bytes | None:
    """The content of a chunked reply; None while its last chunk, which is empty, has not come."""
    content, rest = b"", chunks
    while (size := rest.partition(b"\r\n"))[1]:
        length, rest = int(size[0], 16), size[2]
        if length == 0:
            return content if rest else None
        content, rest = content + rest[:length], rest[length + 2 :]
    return None


def _bare(error: grpc.aio.AioRpcError) -> str:
    """The verdict on a status without details, which is gRPC's own: DEADLINE_EXCEEDED then is the client's own timeout."""
    return TIMED_OUT if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED else str(error.code().name)
