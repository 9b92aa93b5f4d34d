"""Bulk streams: order, back-pressure, and what is said when they break."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import ContextVar
from threading import Event
from typing import Any

import pytest

from korotko import AsyncClient, Client, FieldInvalid, Overloaded, ServerError, ServerUnreachable, TextTooLong
from tests.client.conftest import Caller, outcomes
from tests.client.fake_server import FakeServer, Refuse, Silence, status
from tests.integration.wire import PATIENCE_SECONDS


def source_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name in ("korotko-source", "korotko-answers")]


async def test_outcomes_come_as_they_finish(client: Caller, server: FakeServer) -> None:
    server.held_back, server.held_until = {0, 2}, 3
    got = await client.summarize_stream(["a.", "b.", "c.", "d."], targets=["uk"])
    assert [outcome.index for outcome in got] == [1, 3, 0, 2]
    assert got[0].unwrap()["uk"].text == "uk:b."


def test_a_source_that_waits_for_the_answer_to_its_last_item_goes_on(server: FakeServer) -> None:
    answered: queue.Queue[str] = queue.Queue()

    def feed() -> Iterator[str]:
        yield "a"
        for _ in range(3):
            yield answered.get(timeout=PATIENCE_SECONDS) + "b"

    with Client(server.address) as client:
        got = []
        for outcome in client.translate_stream(feed(), target="uk", timeout=PATIENCE_SECONDS):
            got.append(outcome.unwrap().text)
            answered.put(got[-1])
    assert got == ["uk:a", "uk:uk:ab", "uk:uk:uk:abb", "uk:uk:uk:uk:abbb"]


async def test_an_asynchronous_source_that_waits_for_the_answer_to_its_last_item_goes_on(server: FakeServer) -> None:
    answered: asyncio.Queue[str] = asyncio.Queue()

    async def feed() -> AsyncIterator[str]:
        yield "a"
        for _ in range(3):
            yield await answered.get() + "b"

    async with AsyncClient(server.address) as client:
        got = []
        async for outcome in client.translate_stream(feed(), target="uk", ordered=True, timeout=PATIENCE_SECONDS):
            got.append(outcome.unwrap().text)
            await answered.put(got[-1])
    assert got == ["uk:a", "uk:uk:ab", "uk:uk:uk:abb", "uk:uk:uk:uk:abbb"]


def test_an_item_that_cannot_be_sent_is_told_while_the_source_waits(server: FakeServer) -> None:
    answered: queue.Queue[str] = queue.Queue()

    def feed() -> Iterator[Any]:
        yield None
        yield answered.get(timeout=PATIENCE_SECONDS)

    with Client(server.address) as client:
        stream = client.translate_stream(feed(), target="uk", timeout=PATIENCE_SECONDS)
        first = next(stream)
        assert (first.index, type(first.error)) == (0, FieldInvalid)
        answered.put("b")
        assert next(stream).unwrap().text == "uk:b"


async def test_outcomes_can_be_had_in_the_order_of_the_source(client: Caller, server: FakeServer) -> None:
    server.held_back, server.held_until = {0, 2}, 3
    got = await client.translate_stream(["a", "b", "c", "d"], target="uk", ordered=True)
    assert [outcome.unwrap().text for outcome in got] == ["uk:a", "uk:b", "uk:c", "uk:d"]


async def test_a_bad_item_does_not_end_the_stream(client: Caller) -> None:
    articles = await client.summarize_stream(["a", "!TEXT_TOO_LONG", "c"], ordered=True)
    texts = await client.translate_stream(["a", "!TEXT_TOO_LONG", "c"], target="uk", ordered=True)
    for got in (articles, texts):
        assert [outcome.error is None for outcome in got] == [True, False, True]
        with pytest.raises(TextTooLong):
            got[1].unwrap()


@pytest.mark.parametrize("bad", [None, b"abc", 7, "half \ud83d"])
@pytest.mark.parametrize("ordered", [True, False])
async def test_an_item_that_cannot_be_sent_is_an_outcome_too(client: Caller, server: FakeServer, bad: Any, ordered: bool) -> None:
    articles = await client.summarize_stream([bad, "a", bad, bad, "b", bad], in_flight=2, ordered=ordered)
    texts = await client.translate_stream([bad, "a", bad, bad, "b", bad], target="uk", in_flight=2, ordered=ordered)
    for got, field in ((articles, "article"), (texts, "texts[0]: ")):
        if ordered:
            assert [outcome.index for outcome in got] == list(range(6))
        errors = {outcome.index: outcome.error for outcome in got}
        assert [index for index in range(6) if errors[index] is None] == [1, 4]
        assert isinstance(errors[0], FieldInvalid)
        assert str(errors[0]).startswith(field)
        assert str(errors[5]).startswith(field.replace("0", "5"))
        assert str(errors[0]).count(field.removesuffix(": ")) == 1


async def test_a_source_of_nothing_that_can_be_sent_ends_too(client: Caller) -> None:
    got = await client.translate_stream([None] * 40, target="uk", in_flight=3)
    assert [outcome.index for outcome in got] == list(range(40))


async def test_an_empty_source_is_an_empty_stream(client: Caller) -> None:
    assert await client.translate_stream([], target="uk") == []


def test_the_source_is_never_more_than_in_flight_ahead(server: FakeServer) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield str(number)

    with Client(server.address) as client:
        for handed_on, _ in enumerate(client.translate_stream(texts(), target="uk", in_flight=3)):
            assert taken - handed_on <= 3
    assert taken == 40


async def test_an_asynchronous_source_is_never_more_than_in_flight_ahead(server: FakeServer) -> None:
    taken = 0

    async def articles() -> AsyncIterator[str]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield str(number)

    async with AsyncClient(server.address) as client:
        handed_on = 0
        async for _ in client.summarize_stream(articles(), in_flight=3, ordered=True):
            assert taken - handed_on <= 3
            handed_on += 1
    assert handed_on == 40


async def test_a_broken_stream_says_what_is_unfinished_and_keeps_what_is_done(client: Caller, server: FakeServer) -> None:
    server.held_back = {0}
    server.will("StreamTranslations", Refuse(status("DRAINING"), after=3))
    stream = outcomes(client.client.translate_stream(map(str, range(9)), target="uk", in_flight=4, ordered=True, patience=0))
    done = [(await anext(stream)).index, (await anext(stream)).index]
    with pytest.raises(Overloaded) as caught:
        await anext(stream)
    assert done == [1, 2]  # answered before the break, though 0 never came
    assert caught.value.unfinished == (0, 3)
    assert caught.value.reason == "DRAINING"


async def test_a_server_that_dies_under_a_stream_is_noticed(client: Caller, server: FakeServer) -> None:
    server.will("StreamTranslations", Silence())
    all_taken = Event()

    def texts() -> Iterator[str]:
        yield "a"
        yield "b"
        all_taken.set()

    with ThreadPoolExecutor(1) as pool, pytest.raises(ServerUnreachable) as caught:  # noqa: PT012 - the server dies meanwhile
        dying = pool.submit(lambda: server.arrival.wait(PATIENCE_SECONDS) and all_taken.wait(PATIENCE_SECONDS) and server.stop())
        await client.translate_stream(texts(), target="uk", patience=0)
    assert dying.done()
    assert caught.value.unfinished == (0, 1)


async def test_an_answer_to_nothing_is_the_server_s_error(client: Caller, server: FakeServer) -> None:
    server.stray_index = 99
    with pytest.raises(ServerError, match="99") as caught:
        await client.translate_stream(["a"], target="uk")
    assert caught.value.unfinished == (0,)


async def test_an_error_of_the_source_reaches_the_caller_as_it_is(client: Caller) -> None:
    def texts() -> Iterator[str]:
        yield "a"
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        await client.translate_stream(texts(), target="uk")


async def test_wrong_arguments_are_named_at_once(client: Caller) -> None:
    with pytest.raises(ValueError, match="in_flight"):
        await client.translate_stream(["a"], target="uk", in_flight=0)
    with pytest.raises(TypeError, match="not one string"):
        await client.translate_stream("a text", target="uk")


def test_a_stream_left_early_leaves_the_client_usable(server: FakeServer) -> None:
    with Client(server.address) as client:
        for _ in client.translate_stream(map(str, range(1000)), target="uk", in_flight=2):
            break
        assert client.translate("a", target="uk").text == "uk:a"


def test_the_threads_of_a_stream_end_with_it(server: FakeServer) -> None:
    with Client(server.address) as client:
        assert len(list(client.translate_stream(["a", "b", "c"], target="uk"))) == 3
        stream = client.translate_stream(map(str, range(1000)), target="uk", in_flight=2)
        next(stream)
        stream.close()
        for thread in source_threads():
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()


def test_a_stream_can_be_left_while_its_source_waits(server: FakeServer) -> None:
    go_on = Event()

    def feed() -> Iterator[str]:
        yield "a"
        go_on.wait(PATIENCE_SECONDS)
        yield "b"

    with Client(server.address) as client:
        for outcome in client.translate_stream(feed(), target="uk"):
            assert outcome.unwrap().text == "uk:a"
            break
        waiting = source_threads()
        go_on.set()
        for thread in waiting:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()
        assert client.translate("c", target="uk").text == "uk:c"


async def test_an_asynchronous_source_that_waits_is_cancelled_with_its_stream(server: FakeServer) -> None:
    ended = asyncio.Event()

    async def feed() -> AsyncIterator[str]:
        yield "a"
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with AsyncClient(server.address) as client:
        async with aclosing(client.translate_stream(feed(), target="uk")) as stream:  # type: ignore[type-var]
            async for outcome in stream:
                assert outcome.unwrap().text == "uk:a"
                break
        assert ended.is_set()
        assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("korotko-")]


async def test_an_error_of_a_source_that_is_slow_comes_after_the_outcomes_before_it(server: FakeServer) -> None:
    answered = asyncio.Event()

    async def feed() -> AsyncIterator[str]:
        yield "a"
        await answered.wait()
        raise LookupError("feed")

    async with AsyncClient(server.address) as client:
        stream = client.translate_stream(feed(), target="uk")
        assert (await anext(stream)).unwrap().text == "uk:a"
        answered.set()
        with pytest.raises(LookupError, match="feed"):
            await anext(stream)


def test_a_source_sees_the_context_of_the_code_that_reads_the_outcomes(server: FakeServer) -> None:
    desk: ContextVar[str] = ContextVar("desk", default="none")
    desk.set("sport")
    with Client(server.address) as client:
        texts = (desk.get() for _ in range(2))
        assert [outcome.unwrap().text for outcome in client.translate_stream(texts, target="uk")] == ["uk:sport"] * 2


async def test_a_source_that_is_none_is_told_by_name(client: Caller) -> None:
    none: Any = None
    with pytest.raises(TypeError, match="iterable"):
        await client.translate_stream(none, target="uk")
    with pytest.raises(TypeError, match="in_flight must be an int"):
        await client.translate_stream(["a"], target="uk", in_flight="3")
