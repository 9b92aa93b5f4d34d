"""What may stand at the other end of a wrong address: nobody, a web server, another gRPC server, TLS where none was expected."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import grpc
import pytest

from korotko import ServerError, ServerUnreachable
from tests import certificates
from tests.client.conftest import Caller
from tests.client.fake_server import FakeServer


async def test_nobody_there_is_said_plainly(kind: type) -> None:
    with socket.socket() as reserved:  # bound and not listening: nobody else can take the port meanwhile
        reserved.bind(("127.0.0.1", 0))
        client = Caller(kind(f"127.0.0.1:{reserved.getsockname()[1]}"))
        with pytest.raises(ServerUnreachable) as caught:
            await client.healthy()
        assert (caught.value.retryable, caught.value.reason) == (True, "")
        await client.close()


async def test_plain_text_to_a_tls_client_is_unreachable(server: FakeServer, kind: type) -> None:
    client = Caller(kind(server.address, tls=True))
    with pytest.raises(ServerUnreachable):
        await client.healthy()
    await client.close()


async def test_a_proxy_in_between_is_named(kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one for the internet that the environment of a whole office names, and that refuses to connect inside."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as proxy, ThreadPoolExecutor(1) as pool:
        serving = pool.submit(proxy.serve_forever, 0.01)
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
        client = Caller(kind("korotko.invalid:50051"))
        with pytest.raises(ServerUnreachable, match="no_proxy=HOST does without"):
            await client.healthy()
        await client.close()
        proxy.shutdown()
        serving.result(timeout=20)


async def test_a_server_that_is_no_korotko_is_told_as_such(kind: type) -> None:
    with ThreadPoolExecutor(1) as pool:
        other = grpc.server(pool)
        client = Caller(kind(f"127.0.0.1:{other.add_insecure_port('127.0.0.1:0')}"))
        other.start()
        with pytest.raises(ServerError, match="serves no such call: is it a Korotko server, and as new as this SDK\\?"):
            await client.info()
        await client.close()
        other.stop(None).wait()


class Garbler(grpc.GenericRpcHandler):
    """Answers every call with bytes that are no message."""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        if "/Stream" in handler_call_details.method:
            return grpc.stream_stream_rpc_method_handler(lambda requests, context: (b"\xff" for request in requests))
        return grpc.unary_unary_rpc_method_handler(lambda request, context: b"\xff")


async def test_an_answer_that_is_no_message_is_the_server_s_error(kind: type) -> None:
    with ThreadPoolExecutor(2) as pool:
        other = grpc.server(pool, handlers=[Garbler()])
        client = Caller(kind(f"127.0.0.1:{other.add_insecure_port('127.0.0.1:0')}"))
        other.start()
        for call in (client.info, client.healthy, partial(client.translate, "a", target="uk")):
            with pytest.raises(ServerError):
                await call()
        with pytest.raises(ServerError) as caught:
            await client.translate_stream(["a"], target="uk")
        assert caught.value.unfinished == (0,)
        await client.close()
        other.stop(None).wait()


async def test_a_web_server_is_told_as_such(kind: type) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as web:
        threading.Thread(target=web.handle_request).start()
        client = Caller(kind(f"127.0.0.1:{web.server_port}"))
        with pytest.raises(ServerUnreachable, match="a web server answers like this, and no gRPC server"):
            await client.healthy()
        await client.close()


async def test_a_certificate_for_another_name_is_told_as_such(kind: type, tmp_path: Path) -> None:
    files = certificates.made(tmp_path)  # for 127.0.0.1 and localhost
    key, certificate = files["tls_key"].read_bytes(), files["tls_certificate"].read_bytes()
    with ThreadPoolExecutor(1) as pool:
        other = grpc.server(pool)
        port = other.add_secure_port("127.0.0.2:0", grpc.ssl_server_credentials([(key, certificate)]))
        other.start()
        client = Caller(kind(f"127.0.0.2:{port}", tls=certificate))
        with pytest.raises(ServerUnreachable, match="the server's certificate is not for the name in this target"):
            await client.healthy()
        await client.close()
        other.stop(None).wait()
