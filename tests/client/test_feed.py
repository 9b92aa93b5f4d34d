"""The two ends of a stream: what comes from either is handed on as it comes, and nothing that was taken is lost."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from threading import Event

import pytest

from korotko._feed import Answered, AnswersOver, AsyncFeed, Feed, SourceOver, Taken

PATIENCE_SECONDS = 20


def test_answers_come_while_the_source_waits() -> None:
    go_on = Event()

    def source() -> Iterator[str]:
        go_on.wait(PATIENCE_SECONDS)
        yield "a"

    feed: Feed[str, int] = Feed(source=source(), answers=iter([1, 2]))
    assert [feed.next(more=True) for _ in range(3)] == [Answered(1), Answered(2), AnswersOver()]
    go_on.set()
    assert feed.next(more=True) == Taken("a")
    feed.end()


def test_a_source_is_asked_for_nothing_that_is_not_wanted() -> None:
    taken: list[int] = []

    def source() -> Iterator[int]:
        for number in range(5):
            taken.append(number)
            yield number

    feed: Feed[int, int] = Feed(source=source(), answers=iter([7]))
    assert {type(feed.next(more=False)), type(feed.next(more=False))} == {Answered, AnswersOver}
    assert taken == []
    assert (feed.next(more=True), taken) == (Taken(0), [0])
    feed.end()


@pytest.mark.parametrize("error", [LookupError("feed"), SystemExit(3)])
def test_whatever_a_source_breaks_with_is_told(error: BaseException) -> None:
    def source() -> Iterator[str]:
        raise error
        yield ""

    feed: Feed[str, int] = Feed(source=source(), answers=iter(()))
    assert {feed.next(more=True), feed.next(more=True)} == {AnswersOver(), SourceOver(error)}


def test_an_item_that_comes_while_the_call_breaks_is_not_lost() -> None:
    broken = Event()

    def source() -> Iterator[str]:
        broken.wait(PATIENCE_SECONDS)
        yield "a"

    def answers() -> Iterator[int]:
        raise ConnectionError
        yield 0

    feed: Feed[str, int] = Feed(source=source(), answers=answers())
    assert isinstance(feed.next(more=True), AnswersOver)
    assert feed.left() == []
    broken.set()
    feed.end()
    for thread in threading.enumerate():
        if thread.name == "korotko-source":
            thread.join(PATIENCE_SECONDS)
    assert feed.left() == ["a"]


async def test_an_item_that_comes_while_the_call_of_asyncio_breaks_is_not_lost() -> None:
    broken = asyncio.Event()
    given = asyncio.Event()

    async def source() -> AsyncIterator[str]:
        await broken.wait()
        given.set()
        yield "a"

    async def answers() -> AsyncIterator[int]:
        raise ConnectionError
        yield 0

    feed: AsyncFeed[str, int] = AsyncFeed(source=source(), answers=answers())
    assert isinstance(await feed.next(more=True), AnswersOver)
    assert feed.left() == []
    broken.set()
    await given.wait()
    assert feed.left() == ["a"]
    await feed.end()
