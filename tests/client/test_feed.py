"""The two ends of a stream: what comes from either is handed on as it comes, and nothing that was taken is lost."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from korotko._feed import Answered, AnswersOver, AsyncFeed, Feed, SourceOver, Taken
from tests.integration.wire import PATIENCE_SECONDS


@dataclass
class Call:
    """A call that answers by script."""

    answers: Any
    cancelled: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[int]:
        return iter(self.answers)

    def __aiter__(self) -> AsyncIterator[int]:
        return aiter(self.answers)

    def cancel(self) -> None:
        self.cancelled = True


def connected(source: Iterator[Any], *answers: Iterable[int]) -> Feed[Any, str, int]:
    """A feed over its first call; each call answers as given."""
    calls = iter(answers)
    feed: Feed[Any, str, int] = Feed(source=source, call=lambda _: Call(next(calls)))
    feed.connect(())
    return feed


def test_answers_come_while_the_source_waits() -> None:
    go_on = Event()

    def source() -> Iterator[str]:
        go_on.wait(PATIENCE_SECONDS)
        yield "a"

    feed = connected(source(), iter([1, 2]))
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

    feed = connected(source(), iter([7]))
    assert {type(feed.next(more=False)), type(feed.next(more=False))} == {Answered, AnswersOver}
    assert taken == []
    assert (feed.next(more=True), taken) == (Taken(0), [0])
    feed.end()


def test_the_source_is_read_on_beside_the_next_call() -> None:
    feed = connected(iter("ab"), [1], [2, 3])
    assert {type(feed.next(more=False)) for _ in range(2)} == {Answered, AnswersOver}
    feed.connect(("left",))
    assert next(feed.outbox.requests()) == "left"
    assert [feed.next(more=False) for _ in range(3)] == [Answered(2), Answered(3), AnswersOver()]
    assert [feed.next(more=True) for _ in range(3)] == [Taken("a"), Taken("b"), SourceOver()]


def test_a_call_that_another_one_follows_is_ended() -> None:
    made = [Call([]), Call([])]
    calls = iter(made)
    feed: Feed[str, str, int] = Feed(source=iter(()), call=lambda _: next(calls))
    feed.connect(())
    assert [call.cancelled for call in made] == [False, False]
    feed.connect(())
    assert [call.cancelled for call in made] == [True, False]
    feed.end()
    assert [call.cancelled for call in made] == [True, True]


@pytest.mark.parametrize("error", [LookupError("feed"), SystemExit(3)])
def test_whatever_a_source_breaks_with_is_told(error: BaseException) -> None:
    def source() -> Iterator[str]:
        raise error
        yield ""

    feed = connected(source(), iter(()))
    assert {feed.next(more=True), feed.next(more=True)} == {AnswersOver(), SourceOver(error)}


def test_an_item_that_comes_while_the_call_breaks_is_not_lost() -> None:
    broken = Event()

    def source() -> Iterator[str]:
        broken.wait(PATIENCE_SECONDS)
        yield "a"

    def answers() -> Iterator[int]:
        raise ConnectionError
        yield 0

    feed = connected(source(), answers())
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

    feed: AsyncFeed[str, str, int] = AsyncFeed(source=source(), call=lambda _: Call(answers()))
    feed.connect(())
    assert isinstance(await feed.next(more=True), AnswersOver)
    assert feed.left() == []
    broken.set()
    await given.wait()
    assert feed.left() == ["a"]
    await feed.end()
