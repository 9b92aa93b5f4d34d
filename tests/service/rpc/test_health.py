"""Health as probes ask for it: the status, each change sent to those who watch, and no client that can hold it up."""

import asyncio
from typing import Any, cast

import pytest
from grpc_health.v1 import health_pb2

from korotko_service.rpc.health import Health
from korotko_service.telemetry import Metrics

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
NAME = "korotko.v1.KorotkoService"


class Ended(Exception):
    """The call was ended with a status."""


class Watcher:
    """A caller's end: reads what is written, or with `reads` false leaves the writer waiting for ever."""

    def __init__(self, *, reads: bool = True) -> None:
        self.heard: asyncio.Queue[int] = asyncio.Queue()
        self.writing = asyncio.Event()
        self._reads = reads

    async def write(self, reply: Any) -> None:
        self.writing.set()
        if not self._reads:
            await asyncio.Event().wait()
        self.heard.put_nowait(reply.status)

    async def abort(self, code: Any, message: str) -> None:
        raise Ended(code.name, message)


def watching(health: Health, watcher: Watcher, service: str = "") -> "asyncio.Task[None]":
    return asyncio.create_task(health.Watch(health_pb2.HealthCheckRequest(service=service), cast("Any", watcher)))


async def test_whoever_watches_hears_what_holds_and_then_each_change() -> None:
    health, watcher = Health(("", NAME), Metrics()), Watcher()
    task = watching(health, watcher)
    assert await watcher.heard.get() == NOT_SERVING
    health.set(SERVING)
    assert await watcher.heard.get() == SERVING
    health.set(SERVING)
    health.set(NOT_SERVING)
    assert await watcher.heard.get() == NOT_SERVING
    assert watcher.heard.empty()
    task.cancel()


async def test_a_watcher_who_reads_nothing_holds_up_neither_the_server_nor_another_watcher() -> None:
    health, deaf, watcher = Health(("", NAME), Metrics()), Watcher(reads=False), Watcher()
    tasks = [watching(health, deaf), watching(health, watcher)]
    await deaf.writing.wait()
    assert await watcher.heard.get() == NOT_SERVING
    health.set(SERVING)
    assert await watcher.heard.get() == SERVING
    for task in tasks:
        task.cancel()


async def test_who_watches_a_service_that_is_not_here_is_told_so_and_waits() -> None:
    health, watcher = Health(("", NAME), Metrics()), Watcher()
    task = watching(health, watcher, "nobody")
    assert await watcher.heard.get() == UNKNOWN
    assert not task.done()
    task.cancel()


async def test_a_check_says_what_holds_and_of_an_unknown_service_what_to_ask_for() -> None:
    health, watcher = Health(("", NAME), Metrics()), cast("Any", Watcher())
    health.set(SERVING)
    for service in ("", NAME):
        assert (await health.Check(health_pb2.HealthCheckRequest(service=service), watcher)).status == SERVING
    with pytest.raises(Ended, match=r"NOT_FOUND.*''.*korotko\.v1\.KorotkoService"):
        await health.Check(health_pb2.HealthCheckRequest(service="nobody"), watcher)


async def test_the_list_has_every_service() -> None:
    health = Health(("", NAME), Metrics())
    reply = await health.List(health_pb2.HealthListRequest(), cast("Any", Watcher()))
    assert {name: each.status for name, each in reply.statuses.items()} == {"": NOT_SERVING, NAME: NOT_SERVING}


def test_the_metrics_say_what_health_says() -> None:
    metrics = Metrics()
    health, told = Health(("", NAME), metrics), list[float | None]()
    for status in (None, SERVING, NOT_SERVING):
        if status is not None:
            health.set(status)
        told.append(metrics.registry.get_sample_value("korotko_serving"))
    assert told == [0, 1, 0]
