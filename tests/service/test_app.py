"""The server's life: it opens every part once, serves, drains, and closes what it opened."""

import asyncio
import threading
from pathlib import Path

import grpc
import pytest

from korotko.v1 import service_pb2_grpc, translate_pb2
from korotko_service.app import App, model_folders
from korotko_service.app.health_watch import HealthWatch
from korotko_service.config import Settings
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, until
from tests.service.caller import NOT_SERVING, SERVING, channel, free, health, translate
from tests.service.shelf import happened


async def test_it_serves_when_its_models_are_warm() -> None:
    engine = zoo.Upper()
    async with zoo.running(engine) as app:
        assert engine.warmed == 1
        assert await health(app) == await health(app, "korotko.v1.KorotkoService") == SERVING
        async with channel(app) as wire:
            assert (await translate(wire)).results[0].translation.text == "HELLO THERE."


async def test_leaving_closes_the_engines_and_frees_the_port() -> None:
    engines = {"a": zoo.Upper(), "b": zoo.Upper()}
    async with zoo.running(engines) as app:
        port = app.port
        assert not free(port)
    assert [engine.closed for engine in engines.values()] == [1, 1]
    assert free(port)


async def test_leaving_ends_every_thread_that_it_started() -> None:
    async with zoo.running(zoo.Upper(replicas=3), metrics_port=0) as app:
        async with channel(app) as wire:
            await translate(wire)
        assert any(thread.name.startswith("korotko") for thread in threading.enumerate())
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("korotko")] == []


async def test_metrics_are_served_beside_it_and_end_with_it() -> None:
    async with zoo.running(metrics_port=0) as app:
        assert app.metrics_port
        assert not free(app.metrics_port)
    assert free(app.metrics_port)


async def test_what_can_be_counted_is_there_at_0_before_anything_has_happened() -> None:
    async with zoo.running({"a": zoo.Upper(), "b": zoo.Upper()}, loading="lazy") as app:
        lines = [(each.name, each.labels, each.value) for family in app.metrics.registry.collect() for each in family.samples]
    totals = {(name, *labels.values()): value for name, labels, value in lines if name.endswith("_total")}
    for model in ("a", "b"):
        assert totals["korotko_quarantined_texts_total", model] == totals["korotko_worker_restarts_total", model] == 0
        assert totals["korotko_cache_lookups_total", model, "hit"] == totals["korotko_dropped_sequences_total", model, "expired"] == 0
    for reason in ("INTERNAL", "WORKER_CRASHED", "QUEUE_FULL", "MODEL_LOADING", "TOKEN_INVALID", "FIELD_INVALID"):
        assert totals["korotko_refusals_total", reason] == 0
    for method in ("Translate", "StreamSummaries"):
        assert totals["korotko_calls_total", method, "OK"] == totals["korotko_calls_total", method, "DEADLINE_EXCEEDED"] == 0
    assert {method for name, method, *_ in totals if name == "korotko_stream_items_total"} == {"StreamSummaries", "StreamTranslations"}


async def test_the_metrics_show_which_models_can_be_asked_and_forget_those_that_a_reload_took_away() -> None:
    seen, served = {"a": True, "b": True}, list[str]()
    metrics = Metrics()

    async def told(what: str) -> None:
        served.append(what)

    watch = HealthWatch(look=lambda: dict(seen), serve=lambda: told("serve"), decline=lambda: told("decline"), metrics=metrics)
    await watch.begin()
    assert [metrics.registry.get_sample_value("korotko_model_able", {"model": name}) for name in "ab"] == [1, 1]
    seen |= {"a": False}
    del seen["b"]
    await until(lambda: served == ["serve", "decline"])
    assert [metrics.registry.get_sample_value("korotko_model_able", {"model": name}) for name in "ab"] == [0, None]
    seen |= {"a": True}
    await until(lambda: served == ["serve", "decline", "serve"])
    assert metrics.registry.get_sample_value("korotko_model_able", {"model": "a"}) == 1
    await watch.end()


async def test_each_model_has_its_own_engine() -> None:
    engines = {"ukr": zoo.Upper(), "rus": zoo.Tagged()}
    manifests = [zoo.manifest("ukr", pairs=(("en", "uk"),)), zoo.manifest("rus", pairs=(("uk", "ru"),))]
    async with zoo.running(engines, manifests=manifests) as app, channel(app) as wire:
        request = translate_pb2.TranslateRequest(texts=["Hello there."], source_language_code="en", target_language_code="ru")
        reply = await service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=PATIENCE_SECONDS)
    assert reply.results[0].translation.text == "[uk>ru] Hello there."  # what the first wrote, in capitals, is read as a sentence
    assert [use.name for use in reply.results[0].translation.models] == ["ukr", "rus"]


async def test_it_answers_while_it_loads() -> None:
    loading, gate = threading.Event(), threading.Event()

    def load(_: Manifest) -> Engine:
        loading.set()
        gate.wait(PATIENCE_SECONDS)
        return zoo.Upper()

    app = App(zoo.settings(), manifests=[zoo.manifest()], loader=load)
    starting = asyncio.ensure_future(app.__aenter__())
    await happened(loading)
    try:
        assert await health(app) == NOT_SERVING
        async with channel(app) as wire:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await translate(wire)
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
        assert "loading" in (caught.value.details() or "")
    finally:
        gate.set()
        await starting
        await app.__aexit__(None, None, None)


async def test_draining_finishes_what_is_inside_and_admits_no_more() -> None:
    engine = zoo.Gated()
    app = zoo.app(engine)
    await app.__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(translate(wire))
        await happened(engine.entered)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        while await health(app) == SERVING:
            pass
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await translate(wire)
        engine.release()
        assert (await inside).results[0].translation.text == "HELLO THERE."
        await leaving
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    assert "shutting down" in (caught.value.details() or "")
    assert engine.closed == 1


async def test_a_drain_has_an_end() -> None:
    engine = zoo.Gated()
    app = zoo.app(engine, drain_seconds=0.0)
    await app.__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(translate(wire))
        await happened(engine.entered)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        with pytest.raises(grpc.aio.AioRpcError):
            await inside
        engine.release()
        await leaving
    assert engine.closed == 1


async def test_a_noncommercial_model_is_not_even_loaded() -> None:
    engines = {"nc": zoo.Upper(), "zoo": zoo.Upper()}
    async with zoo.running(engines, manifests=[zoo.manifest("nc", commercial_use=False), zoo.manifest()]):
        assert (engines["nc"].warmed, engines["zoo"].warmed) == (0, 1)


async def test_a_noncommercial_model_is_loaded_where_the_operator_accepts_it() -> None:
    engine = zoo.Upper()
    async with zoo.running(engine, manifests=[zoo.manifest(commercial_use=False)], accept_noncommercial=True):
        assert engine.warmed == 1


def test_models_are_looked_for_where_the_settings_say() -> None:
    assert model_folders(Settings(models=("a", "b"))) == (Path("a"), Path("b"))


def test_the_starter_is_found_without_any_settings() -> None:
    (folder,) = model_folders(Settings())
    assert (folder / "starter/model.toml").is_file()
