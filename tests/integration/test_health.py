"""What probes and load balancers see, and what tools learn about the API from the server alone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from korotko import AsyncClient, Client, Outcome, Translation
from korotko.v1 import translate_pb2
from korotko_service.app import App
from tests import zoo
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, SERVICE, channel_to, refused_call, sample, stub_of, translate, until

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


@pytest.mark.parametrize("service", ["", SERVICE])
def test_a_ready_server_serves_as_a_whole_and_as_a_service(channel: grpc.Channel, client: Client, service: str) -> None:
    reply = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE_SECONDS)
    assert reply.status == SERVING
    assert client.healthy(service)


def test_health_of_an_unknown_service_is_not_found(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service="korotko.v9.Nobody"), timeout=PATIENCE_SECONDS)
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND  # type: ignore[attr-defined]


async def test_while_models_load_the_server_is_reachable_and_not_serving() -> None:
    async with loading() as (app, gate), channel_to(app) as channel:
        overall, service = watch(channel, ""), watch(channel, SERVICE)
        assert (await anext(overall), await anext(service)) == (NOT_SERVING, NOT_SERVING)
        assert app.metrics.registry.get_sample_value("korotko_serving") == 0
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub_of(channel).Translate(translate("Too early."), timeout=PATIENCE_SECONDS)
        assert_loading(caught.value)
        async with AsyncClient(f"127.0.0.1:{app.port}") as client:
            assert [model.state for model in await client.models()] == ["loading"]
            assert not await client.healthy()
            gate.set()
            assert (await anext(overall), await anext(service)) == (SERVING, SERVING)
            assert app.metrics.registry.get_sample_value("korotko_serving") == 1
            assert [model.state for model in await client.models()] == ["ready"]
            assert (await client.translate("On time.", target="uk", source="en")).text == "ON TIME."


async def test_while_models_load_a_stream_ends_as_a_whole_before_it_has_given_an_item_away() -> None:
    async def nothing_yet() -> AsyncIterator[translate_pb2.StreamTranslationsRequest]:
        await asyncio.Event().wait()
        yield translate_pb2.StreamTranslationsRequest()

    async with loading() as (app, _), channel_to(app) as channel:
        stream = stub_of(channel).StreamTranslations(nothing_yet(), timeout=PATIENCE_SECONDS)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await anext(aiter(stream))
        assert_loading(caught.value)
        assert sample(app, "calls_total", method="StreamTranslations", code="UNAVAILABLE") == 1


async def waited_for(app: App) -> list[Outcome[Translation]]:
    """Forty texts through the SDK's blocking client."""

    def translated() -> list[Outcome[Translation]]:
        with Client(f"127.0.0.1:{app.port}") as client:
            return list(client.translate_stream(map("Number {}.".format, range(40)), target="uk", source="en", ordered=True))

    return await asyncio.to_thread(translated)


async def awaited(app: App) -> list[Outcome[Translation]]:
    """The same through its asyncio client."""
    async with AsyncClient(f"127.0.0.1:{app.port}") as client:
        stream = client.translate_stream(map("Number {}.".format, range(40)), target="uk", source="en", ordered=True)
        return [outcome async for outcome in stream]


@pytest.mark.parametrize("through", [waited_for, awaited])
async def test_a_stream_of_the_sdk_that_comes_while_models_load_waits_and_loses_nothing(
    through: Callable[[App], Coroutine[Any, Any, list[Outcome[Translation]]]],
) -> None:
    async with loading() as (app, gate):
        stream = asyncio.create_task(through(app))
        await until(lambda: sample(app, "refusals_total", reason="MODEL_LOADING"))
        gate.set()
        assert [outcome.unwrap().text for outcome in await stream] == [f"NUMBER {number}." for number in range(40)]
        assert sample(app, "stream_items_total", method="StreamTranslations", code="OK") == 40


def assert_loading(error: grpc.aio.AioRpcError) -> None:
    refusal = refused_call(error)
    assert (refusal.code, refusal.reason) == ("UNAVAILABLE", "MODEL_LOADING")
    assert refusal.retry_seconds
    assert refusal.pushback_milliseconds == refusal.retry_seconds * 1000


@asynccontextmanager
async def loading() -> AsyncIterator[tuple[App, threading.Event]]:
    """A listening server whose model is loaded once the gate opens; the end of the block opens it."""
    gate = threading.Event()

    def load(_: object) -> zoo.Upper:
        assert gate.wait(PATIENCE_SECONDS)
        return zoo.Upper()

    app = App(zoo.settings(), manifests=[zoo.manifest()], loader=load)
    start = asyncio.create_task(app.__aenter__())
    try:
        await until(lambda: app.port)
        yield app, gate
    finally:
        gate.set()
        await (await start).__aexit__(None, None, None)


def watch(channel: grpc.aio.Channel, service: str) -> AsyncIterator[Any]:
    """The health status, as it changes."""
    replies = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE_SECONDS)

    async def statuses() -> AsyncIterator[Any]:
        async for reply in replies:
            yield reply.status

    return statuses()


class Reflected:
    """A client that knows nothing about the API until it asks the server, like grpcurl."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._channel = channel
        self._reflection = reflection_pb2_grpc.ServerReflectionStub(channel)
        self._pool = DescriptorPool()
        self._known: set[str] = set()

    def services(self) -> set[str]:
        (reply,) = self._ask(reflection_pb2.ServerReflectionRequest(list_services=""))
        return {service.name for service in reply.list_services_response.service}

    def learn(self, symbol: str) -> Any:
        """The descriptor of a service, after those of all files that it depends on."""
        (reply,) = self._ask(reflection_pb2.ServerReflectionRequest(file_containing_symbol=symbol))
        self._add(reply)
        return self._pool.FindServiceByName(symbol)

    def call(self, service: Any, method: str, **fields: Any) -> Any:
        kind = service.methods_by_name[method]
        request, response = GetMessageClass(kind.input_type), GetMessageClass(kind.output_type)
        send = self._channel.unary_unary(
            f"/{service.full_name}/{method}", request_serializer=request.SerializeToString, response_deserializer=response.FromString
        )
        return send(request(**fields), timeout=PATIENCE_SECONDS)

    def _add(self, reply: Any) -> None:
        for wire in reply.file_descriptor_response.file_descriptor_proto:
            file = FileDescriptorProto.FromString(wire)
            if file.name in self._known:
                continue
            self._known.add(file.name)
            for name in file.dependency:
                (needed,) = self._ask(reflection_pb2.ServerReflectionRequest(file_by_filename=name))
                self._add(needed)
            self._pool.Add(file)

    def _ask(self, request: Any) -> Iterator[Any]:
        return self._reflection.ServerReflectionInfo(iter([request]), timeout=PATIENCE_SECONDS)


def test_a_client_without_any_stubs_learns_the_api_and_calls_it(starter: ServerProcess, channel: grpc.Channel) -> None:
    reflected = Reflected(channel)
    assert {SERVICE, "grpc.health.v1.Health"} <= reflected.services()
    service = reflected.learn(SERVICE)
    methods = {"Summarize", "Translate", "StreamSummaries", "StreamTranslations", "DetectLanguage", "ListModels", "GetServerInfo"}
    assert set(service.methods_by_name) == methods
    assert reflected.call(service, "GetServerInfo").api_versions == ["korotko.v1"]
    article = {"body": "The ministers agreed on the list on Monday. The ban begins in January."}
    reply = reflected.call(service, "Summarize", article=article, target_language_codes=["en", "uk"])
    assert [result.language_code for result in reply.results] == ["en", "uk"]
    assert reply.results[0].brief.text in article["body"]
    assert starter.pid
