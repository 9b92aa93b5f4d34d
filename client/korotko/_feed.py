"""The two ends of a bulk stream: its source and the server's answers, read beside each other so that neither waits for the other."""

import asyncio
import queue
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from threading import Thread
from typing import Generic, TypeVar

from korotko._status import received

T = TypeVar("T")
Item = TypeVar("Item")
Answer = TypeVar("Answer")
Sent = TypeVar("Sent")

Source = Iterable[T]
AsyncSource = Iterable[T] | AsyncIterable[T]


@dataclass(frozen=True, slots=True)
class Taken(Generic[Item]):
    """The source gave an item."""

    item: Item


@dataclass(frozen=True, slots=True)
class SourceOver:
    """The source has no more to give, or broke with an error of its own."""

    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """The server gave an answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswersOver:
    """The server has no more to say, or the call broke."""

    error: BaseException | None = None


Event = Taken[Item] | SourceOver | Answered[Answer] | AnswersOver


class Feed(Generic[Item, Answer]):
    """Reads a source and the answers to it in two threads, and hands what comes to the caller's own thread, as it comes.

    A source that gives its next item only after it has seen an answer would else wait for ever. It is asked for one item at a time and
    only on request. A thread that is still inside the source when the stream ends is left to itself: nothing can wake a source. What it
    gives then is dropped, and the thread ends.
    """

    def __init__(self, *, source: Iterator[Item], answers: Iterator[Answer]) -> None:
        self._source = source
        self._answers = answers
        self._events: queue.SimpleQueue[Event[Item, Answer]] = queue.SimpleQueue()
        self._wishes: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._started = False
        self._asked = False

    def next(self, *, more: bool) -> Event[Item, Answer]:
        """What comes next from either end; `more` asks the source for an item, where that is not done yet."""
        if not self._started:
            self._start()
        if more and not self._asked:
            self._asked = True
            self._wishes.put(True)
        event = self._events.get()
        if isinstance(event, Taken | SourceOver):
            self._asked = False
        return event

    def left(self) -> list[Item]:
        """Items that the source has given and nobody has seen yet: what a stream that breaks must not lose."""
        left = []
        with suppress(queue.Empty):
            while True:
                event = self._events.get_nowait()
                if isinstance(event, Taken):
                    left.append(event.item)
        return left

    def end(self) -> None:
        """Let the threads end; the one that reads answers does when the call is over."""
        self._wishes.put(False)

    def _start(self) -> None:
        """Daemons, because a source may never give another item, and a program must be able to end all the same."""
        self._started = True
        # A source sees the context variables of the code that reads its outcomes.
        Thread(target=copy_context().run, args=(self._read_source,), name="korotko-source", daemon=True).start()
        Thread(target=self._read_answers, name="korotko-answers", daemon=True).start()

    def _read_source(self) -> None:
        try:
            while self._wishes.get():
                self._events.put(Taken(next(self._source)))
        except StopIteration:
            self._events.put(SourceOver())
        except BaseException as error:
            self._events.put(SourceOver(error))

    def _read_answers(self) -> None:
        try:
            for answer in self._answers:
                self._events.put(Answered(answer))
            self._events.put(AnswersOver())
        except BaseException as error:
            self._events.put(AnswersOver(error))


class AsyncFeed(Generic[Item, Answer]):
    """The same for asyncio, in two tasks. A source that is waiting when the stream ends is cancelled, as every task's work is."""

    def __init__(self, *, source: AsyncIterator[Item], answers: AsyncIterable[Answer]) -> None:
        self._source = source
        self._answers = aiter(answers)
        self._taking: asyncio.Task[Event[Item, Answer]] | None = None
        self._reading: asyncio.Task[Event[Item, Answer]] | None = None

    async def next(self, *, more: bool) -> Event[Item, Answer]:
        """What comes next from either end; `more` asks the source for an item, where that is not done yet."""
        if more and self._taking is None:
            self._taking = asyncio.create_task(self._take(), name="korotko-source")
        if self._reading is None:
            self._reading = asyncio.create_task(self._read(), name="korotko-answers")
        await asyncio.wait([task for task in (self._reading, self._taking) if task], return_when=asyncio.FIRST_COMPLETED)
        if self._reading.done():
            done, self._reading = self._reading, None
        else:
            assert self._taking
            done, self._taking = self._taking, None
        return done.result()

    def left(self) -> list[Item]:
        """An item that the source has given and nobody has seen yet: what a stream that breaks must not lose."""
        if self._taking is None or not self._taking.done() or self._taking.cancelled():
            return []
        event = self._taking.result()
        return [event.item] if isinstance(event, Taken) else []

    async def end(self) -> None:
        """End both tasks, and wait until they are."""
        tasks = [task for task in (self._reading, self._taking) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self) -> Event[Item, Answer]:
        try:
            return Taken(await anext(self._source))
        except StopAsyncIteration:
            return SourceOver()
        except Exception as error:
            return SourceOver(error)

    async def _read(self) -> Event[Item, Answer]:
        try:
            return Answered(received(await anext(self._answers)))
        except StopAsyncIteration:
            return AnswersOver()
        except Exception as error:
            return AnswersOver(error)


class Outbox(Generic[Sent]):
    """Hands requests to gRPC, which reads them in a thread of its own."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()

    def put(self, request: Sent) -> None:
        self._queue.put(request)

    def close(self) -> None:
        """No more requests; may be said twice."""
        self._queue.put(None)

    def requests(self) -> Iterator[Sent]:
        return iter(self._queue.get, None)


class AsyncOutbox(Generic[Sent]):
    """The same for asyncio, where gRPC reads in a task of its own."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Sent | None] = asyncio.Queue()

    def put(self, request: Sent) -> None:
        self._queue.put_nowait(request)

    def close(self) -> None:
        """No more requests; may be said twice."""
        self._queue.put_nowait(None)

    async def requests(self) -> AsyncIterator[Sent]:
        while (request := await self._queue.get()) is not None:
            yield request


def each(source: Source[T]) -> Iterator[T]:
    """The source, one by one; a string alone would be a source of its letters."""
    _check_source(source, "an iterable")
    return iter(source)


def async_each(source: AsyncSource[T]) -> AsyncIterator[T]:
    """The same for asyncio, which takes asynchronous sources too."""
    if isinstance(source, AsyncIterable):
        return aiter(source)
    _check_source(source, "an iterable, asynchronous or not,")
    return _as_async(iter(source))


def _check_source(source: object, wanted: str) -> None:
    if isinstance(source, str | bytes):
        raise TypeError("a stream takes many texts, not one string")
    if not isinstance(source, Iterable):
        raise TypeError(f"a stream takes {wanted} of texts, not {type(source).__name__}")


async def _as_async(source: Iterator[T]) -> AsyncIterator[T]:
    for one in source:
        yield one
