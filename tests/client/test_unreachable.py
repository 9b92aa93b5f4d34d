"""Where no connection comes about: what gRPC says of it, in words that help, and a stream that waits for nobody."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from korotko import ServerUnreachable
from korotko._unreachable import no_connection, told
from tests.client.conftest import Caller
from tests.service.text.growth import is_linear

STARTS = ("errors resolving ", "DNS resolution failed for ", "no connection to ", "connections to all backends failing")
REFUSED = "connections to all backends failing; last error: UNKNOWN: {}: Failed to connect to remote host: Connection refused"


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address of this machine where no server is: the port is bound, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("message", "target", "expected"),
    [
        (REFUSED.format("ipv4:10.0.0.1:50051"), "10.0.0.1:50051", "10.0.0.1:50051: Connection refused"),
        (REFUSED.format("ipv6:%5Bfe80::1%5D:1"), "korotko.internal:1", "korotko.internal:1: [fe80::1]:1: Connection refused"),
        (
            "errors resolving no.invalid:1: [field:hostname lookup error:address lookup failed for no.invalid:1: Domain name not found]",
            "no.invalid:1",
            "no.invalid:1: address lookup failed: Domain name not found",
        ),
        (
            "DNS resolution failed for no.invalid:1: C-ares status is not ARES_SUCCESS qtype=A name=no.invalid: Domain name not found",
            "no.invalid:1",
            "no.invalid:1: address lookup failed: Domain name not found",
        ),
        ("DNS resolution failed for korotko:1", "korotko:1", "korotko:1: address lookup failed: korotko:1"),
        ("failed to connect to all addresses; last error: INTERNAL: odd", "a:1", "a:1: odd"),
        ("failed to connect to all addresses", "a:1", "a:1: failed to connect to all addresses"),
    ],
)
def test_a_connection_that_fails_is_told_by_the_target_and_the_cause(message: str, target: str, expected: str) -> None:
    assert no_connection(message)
    assert told(message, target) == f"no connection to {expected}"


@pytest.mark.parametrize("message", ["Socket closed", "GOAWAY received", "Connection reset by peer", "the proxy says no", ""])
def test_a_connection_that_broke_had_come_about(message: str) -> None:
    assert not no_connection(message)
    assert told(message, "a:1") == message


@given(message=st.text(), target=st.text())
def test_whatever_grpc_says_is_told_and_nothing_of_another_kind_is_changed(message: str, target: str) -> None:
    assert told(message, target).startswith("no connection to " if no_connection(message) else message)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("piece", [": ", "a:1: ", "[", "address lookup failed for ", "1.1:"])
def test_a_message_without_end_takes_linear_time(start: str, piece: str) -> None:
    assert no_connection(start + piece)
    assert is_linear(lambda text: told(start + text, "a:1"), piece)


@pytest.mark.parametrize(
    ("message", "target", "hint"),
    [
        (REFUSED.format("ipv6:%5B::1%5D:50051"), "localhost:50051", "localhost is 127.0.0.1 too"),
        (REFUSED.format("ipv6:%5B::1%5D:9"), "localhost:50051", "http_proxy, https_proxy or grpc_proxy"),
        (REFUSED.format("ipv4:10.0.0.9:3128"), "korotko.example:443", "no_proxy=HOST"),
        ("connections to all backends failing; last error: UNAVAILABLE: ipv4:10.0.0.1:1: Socket closed", "10.0.0.1:1", "try tls"),
        (REFUSED.format("ipv4:10.0.0.1:1").replace("Connection refused", "WRONG_VERSION_NUMBER"), "10.0.0.1:1", "try without tls"),
    ],
)
def test_a_cause_that_can_be_guessed_is_told_with_its_cure(message: str, target: str, hint: str) -> None:
    assert hint in told(message, target)


@pytest.mark.parametrize("target", ["10.0.0.1:50051", "dns:///korotko.internal:50051", "ipv4:10.0.0.1:50051,10.0.0.2:50052"])
def test_no_proxy_is_blamed_where_the_port_is_the_target_s_own(target: str) -> None:
    assert "proxy" not in told(REFUSED.format("ipv4:10.0.0.1:50051"), target)


async def test_nobody_at_the_address_is_told_with_the_address(nobody: str, kind: type) -> None:
    client = Caller(kind(nobody))
    for call in (client.healthy(), client.info()):
        with pytest.raises(ServerUnreachable, match=rf"^no connection to {nobody}: ") as caught:
            await call
        assert caught.value.retryable
    await client.close()


@pytest.mark.parametrize("target", [None, f"{'x' * 64}:50051"], ids=["nobody listens", "no name of a host"])
async def test_a_stream_to_nobody_ends_at_once_whatever_its_patience(nobody: str, kind: type, target: str | None) -> None:
    client = Caller(kind(target or nobody))
    with pytest.raises(ServerUnreachable, match=r"^no connection to "):
        await client.translate_stream(["a"], target="uk", patience=600, timeout=300)
    await client.close()
