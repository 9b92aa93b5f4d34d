"""The source of a stream is read in one place, from its first item to its end: what it holds over them works, and is given back there."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, closing, suppress
from contextvars import ContextVar

import pytest

from korotko import AsyncClient, Client
from tests.client.fake_server import FakeServer
from tests.integration.wire import PATIENCE_SECONDS

desk: ContextVar[str] = ContextVar("desk", default="none")


def endless(closed: list[bool]) -> Iterator[str]:
    """A source that says when it is closed."""
    try:
        while True:
            yield "a"
    finally:
        closed.append(True)


async def test_an_asynchronous_source_is_read_in_one_task(server: FakeServer) -> None:
    tasks = set()

    async def texts() -> AsyncIterator[str]:
        desk.set("sport")
        for _ in range(3):
            tasks.add(asyncio.current_task())
            yield desk.get()

    async with AsyncClient(server.address) as client:
        got = [outcome.unwrap().text async for outcome in client.translate_stream(texts(), target="uk")]
    assert got == ["uk:sport"] * 3
    assert len(tasks) == 1
    assert desk.get() == "none"


@pytest.mark.parametrize("in_flight", [1, 16])
async def test_a_time_limit_that_a_source_holds_ends_it(server: FakeServer, in_flight: int) -> None:
    limits: list[asyncio.Timeout] = []

    async def texts() -> AsyncIterator[str]:
        async with asyncio.timeout(None) as limit:
            limits.append(limit)
            yield "a"
            await asyncio.Event().wait()

    async with AsyncClient(server.address) as client, asyncio.timeout(PATIENCE_SECONDS):
        stream = client.translate_stream(texts(), target="uk", in_flight=in_flight)
        assert (await anext(stream)).unwrap().text == "uk:a"
        limits[0].reschedule(0)
        with pytest.raises(TimeoutError):
            await anext(stream)
    assert limits[0].expired()


async def test_a_source_goes_on_after_a_time_limit_of_its_own(server: FakeServer) -> None:
    limits: list[asyncio.Timeout] = []
    went_on = asyncio.Event()

    async def texts() -> AsyncIterator[str]:
        try:
            async with asyncio.timeout(None) as limit:
                limits.append(limit)
                yield "a"
        except TimeoutError:
            went_on.set()
        yield "b"
        yield "c"

    async with AsyncClient(server.address) as client, asyncio.timeout(PATIENCE_SECONDS):
        stream = client.translate_stream(texts(), target="uk", in_flight=1)
        assert (await anext(stream)).unwrap().text == "uk:a"
        limits[0].reschedule(0)
        await went_on.wait()
        assert [outcome.unwrap().text async for outcome in stream] == ["uk:b", "uk:c"]


async def test_a_source_that_takes_its_end_for_something_else_is_closed_all_the_same(server: FakeServer) -> None:
    """asyncio.wait_for of Python 3.11 forgets that it was cancelled where its answer has just come."""
    waits, closed = asyncio.Event(), []

    async def texts() -> AsyncIterator[str]:
        try:
            yield "a"
            with suppress(asyncio.CancelledError):
                waits.set()
                await asyncio.Event().wait()
            yield "b"
        finally:
            closed.append(True)

    async with AsyncClient(server.address) as client, asyncio.timeout(PATIENCE_SECONDS):
        async with aclosing(client.translate_stream(texts(), target="uk", in_flight=2)) as stream:
            await anext(stream)
            await waits.wait()
        assert closed


async def test_a_task_that_fails_beside_a_source_ends_it_though_no_item_is_wanted(server: FakeServer) -> None:
    fail, failed = asyncio.Event(), asyncio.Event()

    async def beside() -> None:
        await fail.wait()
        failed.set()
        raise LookupError("feed")

    async def texts() -> AsyncIterator[str]:
        async with asyncio.TaskGroup() as group:
            group.create_task(beside())
            for text in "abc":
                yield text

    async with AsyncClient(server.address) as client, asyncio.timeout(PATIENCE_SECONDS):
        stream = client.translate_stream(texts(), target="uk", in_flight=1)
        assert (await anext(stream)).unwrap().text == "uk:a"
        fail.set()
        await failed.wait()
        with pytest.raises(ExceptionGroup) as caught:
            [outcome async for outcome in stream]
    assert caught.group_contains(LookupError, match="feed")


async def test_an_asynchronous_source_is_ended_in_its_own_task_with_its_stream(server: FakeServer) -> None:
    inside: list[asyncio.Task[None] | None] = []

    async def texts() -> AsyncIterator[str]:
        inside.append(asyncio.current_task())
        try:
            while True:
                yield "a"
        finally:
            inside.append(asyncio.current_task())

    source = texts()
    async with AsyncClient(server.address) as client:
        async with aclosing(client.translate_stream(source, target="uk", in_flight=2)) as stream:
            await anext(stream)
        begun, ended = inside
    assert begun is ended


async def test_an_ordinary_source_of_asyncio_is_closed_with_its_stream(server: FakeServer) -> None:
    closed: list[bool] = []
    source = endless(closed)
    async with AsyncClient(server.address) as client, aclosing(client.translate_stream(source, target="uk", in_flight=2)) as stream:
        await anext(stream)
    assert closed


def test_a_source_is_closed_in_its_own_thread_with_its_stream(server: FakeServer) -> None:
    inside: list[threading.Thread] = []

    def texts() -> Iterator[str]:
        inside.append(threading.current_thread())
        try:
            while True:
                yield "a"
        finally:
            inside.append(threading.current_thread())

    source = texts()
    with Client(server.address) as client:
        with closing(client.translate_stream(source, target="uk", in_flight=2)) as stream:
            next(stream)
        inside[0].join(PATIENCE_SECONDS)  # it may just be giving an item, which nothing waits for
    begun, ended = inside
    assert begun is ended is not threading.current_thread()


def test_a_source_that_is_idle_is_closed_before_its_stream_has_ended(server: FakeServer) -> None:
    closed: list[bool] = []
    source = endless(closed)
    with Client(server.address) as client, closing(client.translate_stream(source, target="uk", in_flight=1)) as stream:
        next(stream)
        assert not closed
    assert closed
