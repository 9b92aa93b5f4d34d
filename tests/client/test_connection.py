"""Addresses, retries, deadlines and what rides on every call."""

import asyncio
import json
import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.rpc.status_pb2 import Status

from korotko import AsyncClient, Client, DeadlineExceeded, InvalidRequest, KorotkoError, Overloaded, __version__
from korotko._channel import address, channel_options, service_config, stub
from korotko.v1 import translate_pb2
from tests.client.conftest import Caller
from tests.client.fake_server import FakeServer, Refuse, Silence, status
from tests.integration.wire import PATIENCE_SECONDS


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("localhost:50051", "dns:///localhost:50051"),
        ("[::1]:50051", "dns:///[::1]:50051"),
        ("dns:///korotko.internal:443", "dns:///korotko.internal:443"),
        ("unix:/run/korotko.sock", "unix:/run/korotko.sock"),
        ("ipv4:10.0.0.1:50051,10.0.0.2:50051", "ipv4:10.0.0.1:50051,10.0.0.2:50051"),
    ],
)
def test_a_target_gets_the_resolver_that_follows_every_address(target: str, expected: str) -> None:
    assert address(target) == expected


@pytest.mark.parametrize("target", ["http://localhost:50051", "https://korotko.example", "localhost", "", "a:1/path", "::1:50051"])
def test_a_wrong_target_is_refused_with_a_right_example(target: str) -> None:
    with pytest.raises(ValueError, match="host:port"):
        Client(target)


@pytest.mark.parametrize("target", ["localhost:99999", "localhost:0", "dns:///localhost:65536", "ipv4:10.0.0.1:50051,10.0.0.2:70000"])
def test_a_port_that_cannot_be_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="a number from 1 to 65535"):
        Client(target)


@pytest.mark.parametrize("target", ["localhost:65535", "localhost:1", "unix:/run/korotko:99999"])
def test_the_first_and_the_last_port_can_be(target: str) -> None:
    assert address(target).endswith(target)


def test_a_target_is_a_string() -> None:
    with pytest.raises(TypeError, match=r'a target is a str such as "localhost:50051", not NoneType'):
        Client(None)  # type: ignore[arg-type]


def test_the_channel_is_polite_and_sized() -> None:
    options = dict(channel_options(12_345))
    assert options["grpc.primary_user_agent"] == f"korotko-python/{__version__}"
    assert (options["grpc.max_send_message_length"], options["grpc.max_receive_message_length"]) == (12_345, -1)
    assert int(options["grpc.keepalive_time_ms"]) >= 300_000


def test_a_call_that_waits_is_pinged_for_as_long_as_it_waits(server: FakeServer) -> None:
    """Told by a server that sends those away who ping too often: gRPC by itself would fall silent before that."""
    options = {**dict(channel_options(12_345)), "grpc.keepalive_time_ms": 20, "grpc.enable_retries": 0}
    server.will("Translate", Silence())
    with grpc.insecure_channel(server.address, list(options.items())) as channel, pytest.raises(grpc.RpcError) as caught:
        stub(channel).Translate(translate_pb2.TranslateRequest(), timeout=PATIENCE_SECONDS)
    assert isinstance(caught.value, grpc.Call)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    assert "Too many pings" in caught.value.details()


def test_a_server_that_comes_back_is_found_within_seconds() -> None:
    assert 1000 <= int(dict(channel_options(12_345))["grpc.max_reconnect_backoff_ms"]) <= 5000


def test_only_what_may_pass_is_retried_and_never_hedged() -> None:
    config = json.loads(service_config())
    (method,) = config["methodConfig"]
    assert method["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE", "CANCELLED"]
    assert method["retryPolicy"]["maxAttempts"] == 4
    assert not {"StreamSummaries", "StreamTranslations", None} & {name.get("method") for name in method["name"]}
    assert "hedgingPolicy" not in method
    assert "retryThrottling" in config
    assert config["loadBalancingConfig"] == [{"round_robin": {}}]


async def test_a_refusal_that_passes_is_never_seen(client: Caller, server: FakeServer) -> None:
    server.will("Translate", *[Refuse(status("QUEUE_FULL"), pushback="1")] * 3)
    assert str(await client.translate("a", target="uk")) == "uk:a"
    assert len(server.calls) == 4


async def test_after_four_refusals_the_caller_is_told(client: Caller, server: FakeServer) -> None:
    server.will("Translate", *[Refuse(status("DRAINING"), pushback="1")] * 4)
    with pytest.raises(Overloaded):
        await client.translate("a", target="uk")
    assert len(server.calls) == 4


async def test_the_server_says_when_to_come_back(client: Caller, server: FakeServer) -> None:
    server.will("Translate", Refuse(status("QUEUE_FULL"), pushback="600"))
    await client.translate("a", target="uk")
    first, second = server.calls
    assert second.arrived - first.arrived >= 0.55  # the SDK's own first back-off is at most 0.24 s


async def test_the_server_can_forbid_to_come_back(client: Caller, server: FakeServer) -> None:
    server.will("Translate", Refuse(status("DRAINING"), pushback="-1"))
    with pytest.raises(Overloaded):
        await client.translate("a", target="uk")
    assert len(server.calls) == 1


@pytest.mark.parametrize("reason", ["FIELD_INVALID", "QUOTA_EXCEEDED", "WORKER_CRASHED", "EXPIRED_IN_QUEUE"])
async def test_other_refusals_are_not_retried(client: Caller, server: FakeServer, reason: str) -> None:
    server.will("Translate", Refuse(status(reason), pushback="1"))
    with pytest.raises(KorotkoError):
        await client.translate("a", target="uk")
    assert len(server.calls) == 1


async def test_every_call_has_an_end(client: Caller, server: FakeServer) -> None:
    await client.summarize("a")
    await client.translate("a", target="uk")
    await client.translate_many(["a"], target="uk")
    await client.detect("a")
    await client.models()
    await client.info()
    await client.healthy()
    assert all(0 < call.seconds_left < 31 for call in server.calls)
    await client.summarize_stream(["a"])
    await client.translate_stream(["a"], target="uk")
    assert all(31 < call.seconds_left < 3660 for call in server.calls[-2:])


async def test_a_silent_server_is_left_after_the_timeout(client: Caller, server: FakeServer) -> None:
    server.will("Summarize", Silence())
    with pytest.raises(DeadlineExceeded) as caught:
        await client.summarize("a", timeout=0.1)
    assert caught.value.code == "DEADLINE_EXCEEDED"
    server.will("StreamSummaries", Silence())
    with pytest.raises(DeadlineExceeded) as caught:
        await client.summarize_stream(["a", "b"], timeout=1.0)
    assert caught.value.unfinished == (0, 1)


async def test_the_token_and_the_name_of_the_sdk_ride_on_every_call(server: FakeServer, kind: type) -> None:
    client = Caller(kind(server.address, token="secret", timeout=7))
    await client.info()
    await client.healthy()
    await client.translate_stream(["a"], target="uk")
    assert all(call.metadata["authorization"] == "Bearer secret" for call in server.calls)
    assert all(call.metadata["user-agent"].startswith(f"korotko-python/{__version__} ") for call in server.calls)
    assert server.calls[0].seconds_left < 8
    await client.close()


@pytest.mark.parametrize("token", ["", "two words", "ключ", "line\nbreak"])
def test_a_token_that_no_header_can_carry_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Client(token=token)


async def test_a_timeout_beyond_every_clock_is_a_long_one(client: Caller, server: FakeServer) -> None:
    assert str(await client.translate("a", target="uk", timeout=1e12)) == "uk:a"
    assert [outcome.index for outcome in await client.translate_stream(["a"], target="uk", timeout=10**30)] == [0]
    assert all(call.seconds_left > 300 * 24 * 3600 for call in server.calls)


def test_a_timeout_that_is_no_number_is_of_the_wrong_type() -> None:
    words: Any = "30"
    with pytest.raises(TypeError, match="a timeout is a number of seconds, not str"):
        Client(timeout=words)
    with pytest.raises(TypeError, match="a timeout is a number of seconds, not bool: True"):
        Client(timeout=True)


@pytest.mark.parametrize("timeout", [0, -1, math.inf, math.nan])
def test_a_client_without_an_end_is_refused(timeout: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Client(timeout=timeout)


@pytest.mark.parametrize("stream", [False, True])
def test_an_async_client_on_another_loop_says_whose_it_is(server: FakeServer, stream: bool) -> None:
    async def make() -> AsyncClient:
        return AsyncClient(server.address)

    async def use(client: AsyncClient) -> None:
        call = Caller(client)
        await (call.translate_stream(["a"], target="uk") if stream else call.translate("a", target="uk"))

    with pytest.raises(RuntimeError, match="belongs to the event loop that ran when it was made"):
        asyncio.run(use(asyncio.run(make())))


async def test_a_service_that_the_health_check_does_not_know_is_the_request_s_fault(client: Caller, server: FakeServer) -> None:
    server.will("Check", Refuse(Status(code=5)))  # NOT_FOUND without a word, as the stock servicer says it
    with pytest.raises(InvalidRequest, match=r"knows no service 'some\.Service'"):
        await client.healthy("some.Service")


@pytest.mark.parametrize("method", ["Translate", "StreamSummaries"])
async def test_closing_a_client_under_a_call_is_said_to_the_task_that_waits(server: FakeServer, method: str) -> None:
    server.will(method, Silence())
    client = AsyncClient(server.address)
    if method == "Translate":
        call = asyncio.ensure_future(client.translate("a", target="uk", timeout=PATIENCE_SECONDS))
    else:
        call = asyncio.ensure_future(Caller(client).summarize_stream(["a", "b"], timeout=PATIENCE_SECONDS))
    await asyncio.to_thread(server.arrival.wait, PATIENCE_SECONDS)
    await client.close()
    with pytest.raises(KorotkoError, match="the client was closed while the call was under way") as caught:
        await call
    assert (caught.value.code, caught.value.unfinished) == ("CANCELLED", () if method == "Translate" else (0, 1))


def test_closing_a_client_under_its_calls_is_said_in_other_threads(server: FakeServer) -> None:
    server.will("Translate", Silence())
    client = Client(server.address)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.translate, "a", target="uk", timeout=PATIENCE_SECONDS)
        server.arrival.wait(timeout=PATIENCE_SECONDS)
        client.close()
        with pytest.raises(KorotkoError, match="the client was closed while") as caught:
            call.result(timeout=PATIENCE_SECONDS)
    assert caught.value.code == "CANCELLED"


async def test_a_task_that_is_cancelled_stays_cancelled(server: FakeServer) -> None:
    server.will("Translate", Silence())
    async with AsyncClient(server.address) as client:
        task = asyncio.ensure_future(client.translate("a", target="uk", timeout=PATIENCE_SECONDS))
        await asyncio.to_thread(server.arrival.wait, PATIENCE_SECONDS)
        task.cancel()
        await client.close()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_closed_client_says_so(client: Caller) -> None:
    await client.close()
    await client.close()
    with pytest.raises(RuntimeError, match="closed"):
        await client.info()


def test_a_client_is_no_parcel_for_another_process() -> None:
    with Client() as client, pytest.raises(TypeError, match="Client cannot be copied or pickled: make one in each process"):
        pickle.dumps(client)


@pytest.mark.parametrize(("limit", "wrong"), [("4MB", TypeError), (0, ValueError), (-1, ValueError), (2**31, ValueError)])
def test_a_limit_of_messages_is_a_number_of_bytes(limit: Any, wrong: type[Exception]) -> None:
    with pytest.raises(wrong, match="max_message_bytes"):
        Client(max_message_bytes=limit)


def test_a_path_is_no_certificate() -> None:
    with pytest.raises(TypeError, match=r"tls must be True, False, or root certificates in PEM as bytes .*, not a str"):
        Client("localhost:50051", tls="ca.pem")


def test_an_async_client_needs_a_running_loop() -> None:
    with pytest.raises(RuntimeError, match="event loop"):
        AsyncClient()


def test_leaving_the_block_closes_the_client(server: FakeServer) -> None:
    with Client(server.address) as client:
        client.info()
    with pytest.raises(RuntimeError, match="closed"):
        client.info()


async def test_leaving_the_async_block_closes_the_client(server: FakeServer) -> None:
    async with AsyncClient(server.address) as client:
        await client.info()
    with pytest.raises(RuntimeError, match="closed"):
        await client.info()
