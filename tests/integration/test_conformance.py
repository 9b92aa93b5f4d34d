"""What any gRPC client may rely on, by the names of gRPC's own interop tests where one fits, over raw channels against the real server.

Others are tested elsewhere: empty_stream, unimplemented_method, client_compressed_unary and the size limit of a message in
test_streams and test_bad_input, reflection and health while loading in test_health. No method is client-streaming only.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import grpc
import pytest
from google.rpc import status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from korotko.v1 import language_pb2, options_pb2, server_pb2, translate_pb2
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, SERVICE, refused_call, stub_of, translate

pytestmark = pytest.mark.usefixtures("lives_on")

SENTENCE = "The ministers agreed on the list on Monday."
Code = grpc.StatusCode


class Conversation:
    """The requests of a stream, each sent when `say` is called; iteration ends after `close`."""

    def __init__(self) -> None:
        self._waiting: list[Any] = []
        self._news = threading.Condition()
        self._closed = False

    def say(self, request: Any) -> None:
        with self._news:
            self._waiting.append(request)
            self._news.notify()

    def close(self) -> None:
        with self._news:
            self._closed = True
            self._news.notify()

    def __iter__(self) -> Iterator[Any]:
        while True:
            with self._news:
                assert self._news.wait_for(lambda: self._waiting or self._closed, PATIENCE_SECONDS)
                if not self._waiting:
                    return
                request = self._waiting.pop(0)
            yield request


def entry(index: int, text: str = SENTENCE) -> translate_pb2.StreamTranslationsRequest:
    return translate_pb2.StreamTranslationsRequest(index=index, request=translate(text))


def raw(
    channel: grpc.Channel, path: str, *, requests: Sequence[bytes] = (b"",), seconds: float = PATIENCE_SECONDS
) -> tuple[grpc.StatusCode, list[bytes]]:
    """Send bytes to any path, as many messages as given, whatever the method expects; returns the code and the replies."""
    call, replies = channel.stream_stream(path)(iter(requests), timeout=seconds), list[bytes]()
    with suppress(grpc.RpcError):
        replies += call
    return call.code(), replies


def failure(call: Callable[[], Any]) -> Any:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    return caught.value


def test_empty_unary(channel: grpc.Channel) -> None:
    reply = channel.unary_unary(f"/{SERVICE}/GetServerInfo")(b"", timeout=PATIENCE_SECONDS)
    assert server_pb2.GetServerInfoResponse.FromString(reply).api_versions == ["korotko.v1"]


def test_large_unary(stub: Any) -> None:
    request = language_pb2.DetectLanguageRequest(texts=[f"{SENTENCE} " * 25] * 250, include_sentences=True)
    assert request.ByteSize() > 271_828
    reply = stub.DetectLanguage(request, timeout=PATIENCE_SECONDS)
    assert reply.ByteSize() > 100_000
    assert [result.detection.language.language_code for result in reply.results] == ["en"] * 250


def test_ping_pong(stub: Any) -> None:
    conversation = Conversation()
    replies = stub.StreamTranslations(iter(conversation), timeout=PATIENCE_SECONDS)
    for index in (7, 3, 5, -1):
        conversation.say(entry(index))
        assert next(replies).index == index
    conversation.close()
    assert list(replies) == []
    assert replies.code() is Code.OK


def test_server_streaming_of_requests_that_are_all_sent_before_the_first_reply_is_read(stub: Any) -> None:
    replies = stub.StreamTranslations(iter([entry(index) for index in range(30)]), timeout=PATIENCE_SECONDS)
    assert sorted(reply.index for reply in replies) == list(range(30))


def test_cancel_after_begin(stub: Any) -> None:
    conversation = Conversation()
    replies = stub.StreamTranslations(iter(conversation), timeout=PATIENCE_SECONDS)
    replies.cancel()
    conversation.close()
    assert replies.code() is Code.CANCELLED


def test_cancel_after_first_response(stub: Any) -> None:
    conversation = Conversation()
    replies = stub.StreamTranslations(iter(conversation), timeout=PATIENCE_SECONDS)
    conversation.say(entry(1))
    assert next(replies).index == 1
    replies.cancel()
    conversation.close()
    assert replies.code() is Code.CANCELLED


def test_cancel_of_a_unary_call(stub: Any) -> None:
    texts = ["".join(f"{SENTENCE[:-1]} for the {text * 20 + number}th time. " for number in range(20)) for text in range(40)]
    call = stub.Translate.future(translate(*texts), timeout=PATIENCE_SECONDS)
    call.cancel()
    assert call.cancelled()


def test_timeout_on_sleeping_server(stub: Any) -> None:
    conversation = Conversation()
    error = failure(lambda: next(stub.StreamTranslations(iter(conversation), timeout=0.2)))
    conversation.close()
    assert error.code() is Code.DEADLINE_EXCEEDED


def test_custom_metadata(stub: Any) -> None:
    metadata = (("x-grpc-test-echo-initial", "test_initial_metadata_value"), ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"))
    reply = stub.Translate(translate(SENTENCE), metadata=metadata, timeout=PATIENCE_SECONDS)
    assert reply.results[0].translation.text


def test_metadata_over_the_limit_of_grpc_is_refused_by_grpc(stub: Any) -> None:
    error = failure(lambda: stub.Translate(translate(SENTENCE), metadata=(("x-big", "x" * 60_000),), timeout=PATIENCE_SECONDS))
    assert error.code() is Code.RESOURCE_EXHAUSTED


def test_status_code_and_message_of_a_unary_call(stub: Any) -> None:
    refusal = refused_call(failure(lambda: stub.Translate(translate(), timeout=PATIENCE_SECONDS)))
    assert (refusal.code, refusal.reason) == ("INVALID_ARGUMENT", "FIELD_INVALID")
    assert refusal.message


def test_status_code_and_message_of_a_streams_item(stub: Any) -> None:
    replies = list(stub.StreamTranslations(iter([translate_pb2.StreamTranslationsRequest(index=1)]), timeout=PATIENCE_SECONDS))
    assert [reply.error.code for reply in replies] == [Code.INVALID_ARGUMENT.value[0]]
    assert replies[0].error.message


@pytest.mark.parametrize("name", ["\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n", "модель", "%41%", '"'])
def test_special_status_message(stub: Any, name: str) -> None:
    request = translate(SENTENCE)
    request.options.MergeFrom(options_pb2.RequestOptions(model=name))
    error = failure(lambda: stub.Translate(request, timeout=PATIENCE_SECONDS))
    assert error.code() in (Code.NOT_FOUND, Code.INVALID_ARGUMENT)
    wire = dict(error.trailing_metadata())["grpc-status-details-bin"]
    assert error.details() == status_pb2.Status.FromString(wire).message


@pytest.mark.parametrize("path", ["/grpc.testing.UnimplementedService/UnimplementedCall", "/", "/korotko.v1.KorotkoService", "/a/b/c"])
def test_unimplemented_service(channel: grpc.Channel, path: str) -> None:
    assert raw(channel, path) == (Code.UNIMPLEMENTED, [])


@pytest.mark.parametrize("path", ["/korotko.v1.korotkoservice/GetServerInfo", f"/{SERVICE}/getserverinfo", f"/{SERVICE}/GetServerInfo/"])
def test_names_of_methods_are_exact(channel: grpc.Channel, path: str) -> None:
    assert raw(channel, path)[0] is Code.UNIMPLEMENTED


@pytest.mark.parametrize("compression", [grpc.Compression.Gzip, grpc.Compression.Deflate], ids=["gzip", "deflate"])
def test_client_compressed_streaming(stub: Any, compression: grpc.Compression) -> None:
    replies = stub.StreamTranslations(iter([entry(index) for index in range(3)]), compression=compression, timeout=PATIENCE_SECONDS)
    assert sorted(reply.index for reply in replies) == [0, 1, 2]


def test_a_unary_call_whose_message_never_comes_ends_with_its_deadline(channel: grpc.Channel) -> None:
    assert raw(channel, f"/{SERVICE}/Translate", requests=(), seconds=0.2) == (Code.DEADLINE_EXCEEDED, [])


def test_a_unary_call_answers_its_first_message_and_no_other(channel: grpc.Channel) -> None:
    request = translate(SENTENCE).SerializeToString()
    code, replies = raw(channel, f"/{SERVICE}/Translate", requests=(request, request))
    assert (code, len(replies)) == (Code.OK, 1)


def test_wait_for_ready_reaches_a_server_that_is_there(stub: Any) -> None:
    assert stub.GetServerInfo(server_pb2.GetServerInfoRequest(), wait_for_ready=True, timeout=PATIENCE_SECONDS).version


def test_rpc_soak(stub: Any) -> None:
    numbers = range(100)
    calls = [stub.Translate.future(translate(f"{number}"), timeout=PATIENCE_SECONDS) for number in numbers]
    assert [call.result().results[0].translation.text for call in calls] == [str(number) for number in numbers]


def test_channel_soak(starter: ServerProcess) -> None:
    def ask(_: int) -> bytes:
        with grpc.insecure_channel(starter.address, options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
            return bytes(channel.unary_unary(f"/{SERVICE}/GetServerInfo")(b"", timeout=PATIENCE_SECONDS))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(40)))


def test_health_watch_says_at_once_what_holds(channel: grpc.Channel) -> None:
    watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=SERVICE), timeout=PATIENCE_SECONDS)
    assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
    watch.cancel()


def test_health_watch_of_an_unknown_service_stays_open_and_says_so(channel: grpc.Channel) -> None:
    watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service="nobody"), timeout=PATIENCE_SECONDS)
    assert next(watch).status == health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
    assert watch.is_active()
    watch.cancel()


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
def test_reflection_answers_under_both_of_its_names(channel: grpc.Channel, version: str) -> None:
    ask: Callable[..., Any] = channel.stream_stream(f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo")
    request = reflection_pb2.ServerReflectionRequest(list_services="").SerializeToString()
    (wire,) = ask(iter([request]), timeout=PATIENCE_SECONDS)
    reply = reflection_pb2.ServerReflectionResponse.FromString(wire)
    assert SERVICE in {service.name for service in reply.list_services_response.service}


def test_reflection_of_an_unknown_symbol_is_not_found_and_the_stream_goes_on(channel: grpc.Channel) -> None:
    requests = [
        reflection_pb2.ServerReflectionRequest(file_containing_symbol="korotko.v9.Nobody"),
        reflection_pb2.ServerReflectionRequest(list_services=""),
    ]
    unknown, known = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(iter(requests), timeout=PATIENCE_SECONDS)
    assert unknown.error_response.error_code == Code.NOT_FOUND.value[0]
    assert SERVICE in {service.name for service in known.list_services_response.service}


@pytest.mark.parametrize(
    "bytes_",
    [
        b"GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64,
    ],
)
def test_a_connection_that_does_not_speak_grpc_is_closed(starter: ServerProcess, bytes_: bytes) -> None:
    host, _, port = starter.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(bytes_)
        with suppress(ConnectionResetError):
            while connection.recv(4096):
                pass


def test_a_client_that_vanishes_in_the_middle_of_a_call_takes_nobody_along(starter: ServerProcess, stub: Any) -> None:
    conversation = Conversation()
    with grpc.insecure_channel(starter.address, options=[("grpc.use_local_subchannel_pool", 1)]) as vanishing:
        gone = stub_of(vanishing).StreamTranslations(iter(conversation), timeout=PATIENCE_SECONDS)
        conversation.say(entry(1))
        assert next(gone).index == 1
        conversation.say(entry(2))
    conversation.close()
    assert gone.code() is Code.CANCELLED
    assert stub.Translate(translate(SENTENCE), timeout=PATIENCE_SECONDS).results[0].translation.text
