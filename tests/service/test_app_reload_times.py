"""Reloads that come while something else is under way, and versions that serve side by side."""

import asyncio
import threading
from typing import Any, cast

import grpc
import pytest

from korotko.v1 import server_pb2
from korotko_service.app.reloading import Reloading
from korotko_service.rpc.callers import Callers
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.integration.wire import sample, until
from tests.service.caller import channel, listed, said
from tests.service.shelf import GatedMark, Marked, Shelf, happened, reloaded, version


async def test_reloads_that_are_asked_for_while_one_runs_are_one() -> None:
    old, new = Marked("v1"), Marked("v2")
    shelf = Shelf((version("1"), old))
    gate = shelf.hold(version("2"))
    async with shelf.app() as app:
        shelf.replace(version("2"), new)
        app.request_reload()
        await until(lambda: "zoo@2" in shelf.loads)
        shelf.replace(version("3"), Marked("v3"))
        for _ in range(7):
            app.request_reload()
        gate.set()
        await happened(new.gone)
        assert sample(app, "reloads_total", result="done") == 2
        assert shelf.loads == ["zoo@1", "zoo@2", "zoo@3"]


async def test_a_reload_that_is_asked_for_during_the_start_follows_it() -> None:
    shelf = Shelf((version("1"), Marked("v1")))
    gate = shelf.hold(version("1"))
    app = shelf.app()
    starting = asyncio.ensure_future(app.__aenter__())
    await happened(shelf.entered)
    shelf.put(version("2"), Marked("v2"))
    app.request_reload()
    gate.set()
    await starting
    try:
        await until(lambda: sample(app, "reloads_total", result="done") == 1)
    finally:
        await app.__aexit__(None, None, None)


@pytest.mark.parametrize("mark", ["v1", "v2"])
async def test_two_versions_serve_side_by_side_and_a_caller_may_pin_one(mark: str) -> None:
    shelf = Shelf((version("1"), Marked("v1")), (version("2"), Marked("v2")))
    async with shelf.app() as app, channel(app) as wire:
        assert (await said(wire)).text == (await said(wire, options={"model": "zoo"})).text == "v2 Hello there."
        reply = await said(wire, options={"model": f"zoo@{mark[1:]}"})
        assert (reply.text, reply.models[0].name, reply.models[0].version) == (f"{mark} Hello there.", "zoo", mark[1:])
        assert await listed(app) == [("zoo", "1", server_pb2.MODEL_STATE_READY), ("zoo", "2", server_pb2.MODEL_STATE_READY)]
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await said(wire, options={"model": "zoo@3"})
        assert "this server has: zoo@2, zoo@1" in (caught.value.details() or "")


async def test_stopping_during_a_reload_loses_no_call_and_closes_everything() -> None:
    old, new = GatedMark("v1"), Marked("v2")
    shelf = Shelf((version("1"), old))
    gate = shelf.hold(version("2"))
    app = await shelf.app().__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(said(wire))
        await happened(old.entered)
        shelf.replace(version("2"), new)
        app.request_reload()
        await until(lambda: "zoo@2" in shelf.loads)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        await until(app._admission.draining.is_set)
        old.go.set()
        assert (await inside).text == "v1 Hello there."
        gate.set()
        await leaving
    assert (old.closed, new.closed) == (1, 1)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("korotko")] == []


async def test_stopping_while_old_models_drain_closes_everything() -> None:
    old, new = GatedMark("v1"), Marked("v2")
    shelf = Shelf((version("1"), old))
    app = await shelf.app().__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(said(wire))
        await happened(old.entered)
        shelf.replace(version("2"), new)
        await reloaded(app)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        await until(app._admission.draining.is_set)
        old.go.set()
        assert (await inside).text == "v1 Hello there."
        await leaving
    assert (old.closed, new.closed) == (1, 1)


class Failing:
    """Fails each time in a way that nobody foresaw."""

    async def reload(self) -> None:
        raise RuntimeError


async def test_a_reload_that_fails_as_nobody_foresaw_is_not_the_last() -> None:
    metrics, unused = Metrics(), cast("Any", None)
    async with WorkerPool(size=1, name="loader") as loaders:
        reloading = Reloading(
            settings=zoo.settings(),
            callers=Callers(),
            server=unused,
            succession=cast("Any", Failing()),
            loaders=loaders,
            metrics=metrics,
        )
        async with reloading.going_on():
            for count in (1, 2):
                reloading.request()
                await until(lambda count=count: metrics.registry.get_sample_value("korotko_reloads_total", {"result": "failed"}) == count)
