"""Callers that break off, stop reading or send what no client sends: the server serves the others, and stops when it has to."""

import asyncio
import os
import signal
import socket
import struct
from types import TracebackType
from typing import Self

import grpc
import pytest

from korotko.v1 import server_pb2
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, refused_call, stub_of, summarize, translate

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_DATA, _HEADERS, _SETTINGS = 0, 1, 4
_END_STREAM, _END_HEADERS, _ACK = 1, 4, 1
_INITIAL_WINDOW_SIZE = 4


class DeafCaller:
    """HTTP/2 by hand, from a caller that opens no window: it can ask, but an answer to it waits for ever."""

    def __init__(self, address: str) -> None:
        host, _, port = address.partition(":")
        self._socket = socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
        no_window = struct.pack("!HI", _INITIAL_WINDOW_SIZE, 0)
        self._socket.sendall(_PREFACE + _frame(_SETTINGS, 0, 0, no_window))
        self._stream = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._socket.close()

    def ask(self, path: str, message: bytes) -> None:
        """Send a call and return when the headers of its answer have come, while the answer itself waits."""
        self._stream += 2
        pairs = {
            ":method": "POST",
            ":scheme": "http",
            ":path": path,
            ":authority": "x",
            "te": "trailers",
            "content-type": "application/grpc",
        }
        block = b"".join(_literal(name) + _literal(value) for name, value in ((f"\0{name}", value) for name, value in pairs.items()))
        body = b"\0" + struct.pack("!I", len(message)) + message
        self._socket.sendall(
            _frame(_SETTINGS, _ACK, 0, b"")
            + _frame(_HEADERS, _END_HEADERS, self._stream, block)
            + _frame(_DATA, _END_STREAM, self._stream, body)
        )
        while self._frame_kind() != _HEADERS:
            pass

    def _frame_kind(self) -> int:
        head = self._exactly(9)
        self._exactly(int.from_bytes(head[:3], "big"))
        return head[3]

    def _exactly(self, size: int) -> bytes:
        content = b""
        while len(content) < size:
            part = self._socket.recv(size - len(content))
            assert part, "the server closed the connection"
            content += part
        return content


def _frame(kind: int, flags: int, stream: int, content: bytes) -> bytes:
    return struct.pack("!I", len(content))[1:] + bytes((kind, flags)) + struct.pack("!I", stream) + content


def _literal(text: str) -> bytes:
    """A literal string of HPACK; a zero before it opens a field that is not to be indexed."""
    mark, text = (b"\0", text[1:]) if text.startswith("\0") else (b"", text)
    return mark + bytes((len(text),)) + text.encode("ascii")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/grpc.health.v1.Health/Watch", b""),
        ("/korotko.v1.KorotkoService/StreamTranslations", b"\x08\x07"),
        ("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", b"\x3a\x00"),
    ],
)
def test_a_caller_who_takes_no_answer_keeps_no_server_from_stopping(path: str, message: bytes) -> None:
    with ServerProcess(variables={"KOROTKO_DRAIN_SECONDS": "1"}) as process, DeafCaller(process.address) as caller:
        caller.ask(path, message)
        process.terminate()
        process.event("stopped")
        assert process.finished() == 0


@pytest.mark.parametrize("wire", [b"\xff\xff", b"\x0a\x02\xff\xff"], ids=["no protobuf", "no UTF-8"])
@pytest.mark.parametrize(
    "path",
    [
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ],
)
def test_health_and_reflection_say_of_an_unreadable_message_that_it_is_the_callers_fault(
    channel: grpc.Channel, path: str, wire: bytes
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        list(channel.stream_stream(path)(iter([wire]), timeout=PATIENCE_SECONDS))
    error = caught.value
    assert isinstance(error, grpc.Call)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "cannot be read" in error.details()


def test_what_is_too_much_is_counted_before_any_of_it_is_read(channel: grpc.Channel) -> None:
    """If it was read first, a message of the largest size would hold up everybody for a second or two."""
    stub = stub_of(channel)
    for call, request, field in (
        (stub.Summarize, summarize("The talks go on.", *["!"] * 1000), "target_language_codes"),
        (stub.Translate, translate(*["Good."] * 1000, target="!"), "texts"),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            call(request, timeout=PATIENCE_SECONDS)
        refusal = refused_call(caught.value)
        assert (refusal.reason, refusal.fields, refusal.metadata["actual"]) == ("TOO_MANY_ITEMS", [field], "1000")


async def test_calls_that_come_all_at_once_are_answered_or_refused_with_a_reason(starter: ServerProcess) -> None:
    """Of more than 1,000 that came while the server was busy, gRPC used to cancel some at random, no matter whose."""
    async with grpc.aio.insecure_channel(starter.address, options=[("grpc.enable_retries", 0)]) as channel:
        stub = stub_of(channel)
        await stub.GetServerInfo(server_pb2.GetServerInfoRequest(), timeout=PATIENCE_SECONDS)
        os.kill(starter.pid, signal.SIGSTOP)
        try:
            calls = [stub.GetServerInfo(server_pb2.GetServerInfoRequest(), timeout=PATIENCE_SECONDS) for _ in range(4000)]
            await asyncio.sleep(0)
        finally:
            os.kill(starter.pid, signal.SIGCONT)
        codes = await asyncio.gather(*(call.code() for call in calls))
    assert set(codes) == {grpc.StatusCode.OK}
