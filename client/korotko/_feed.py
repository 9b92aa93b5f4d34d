"""The two ends of a bulk stream: its source and the server's answers, read concurrently so that neither waits for the other."""

import asyncio
import queue
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from threading import Thread, current_thread
from typing import Generic, Protocol, TypeVar

from korotko._outbox import AsyncOutbox, Outbox
from korotko._source import close
from korotko._status import received

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
Sent = TypeVar("Sent")


class _Call(Protocol[Answer_co]):
    """The part of gRPC's call that is used here: its answers, and a way to end it."""

    def __iter__(self) -> Iterator[Answer_co]: ...
    def cancel(self) -> object: ...


class _AsyncCall(Protocol[Answer_co]):
    """The same for asyncio."""

    def __aiter__(self) -> AsyncIterator[Answer_co]: ...
    def cancel(self) -> object: ...


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
    """The server has no more answers, or the call broke."""

    error: BaseException | None = None


Event = Taken[Item] | SourceOver | Answered[Answer] | AnswersOver


class Feed(Generic[Item, Sent, Answer]):
    """Reads a source and the answers to it in two threads, and passes both to the caller's own thread as they come.

    Otherwise a source that gives its next item only after it has seen an answer would wait for ever. It is asked for one item at a time,
    and only on request. Calls may break and be replaced; one thread reads the source throughout. When the stream ends, a source that is
    a generator is closed in its own thread, since it may hold what only that thread may use. If that thread is still inside the source
    then, it is left alone, since nothing can wake a source: its next item is dropped, and the thread ends.
    """

    def __init__(self, *, source: Iterator[Item], call: Callable[[Iterator[Sent]], _Call[Answer]]) -> None:
        self._source = source
        self._make_call = call
        self._call: _Call[Answer] | None = None
        self.outbox: Outbox[Sent] = Outbox()
        self._events: queue.SimpleQueue[Event[Item, Answer]] = queue.SimpleQueue()
        self._wishes: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._reader: Thread | None = None
        self._asked = False

    def connect(self, unanswered: Iterable[Sent]) -> None:
        """Begin a call, the first or one in place of a broken one, with what the broken one left unanswered."""
        self._hang_up()
        self.outbox = Outbox(unanswered)
        self._call = self._make_call(self.outbox.requests())
        Thread(target=self._read_answers, args=(self._call,), name="korotko-answers", daemon=True).start()
        if self._reader is None:
            self._reader = self._started()

    def rest(self, seconds: float) -> None:
        """Let a server come back."""
        time.sleep(seconds)

    def next(self, *, more: bool) -> Event[Item, Answer]:
        """What comes next from either end; `more` asks the source for an item, unless it has been asked already."""
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
                    self._asked = False
                    left.append(event.item)
        return left

    def end(self) -> None:
        """End the call and let the threads end. If no thread is inside the source, it is closed when this returns."""
        self._hang_up()
        self._wishes.put(False)
        self.left()
        # A dropped generator may be closed by any thread, even the reader, and at the interpreter's exit, when no other thread runs.
        if self._reader and self._reader is not current_thread() and not self._asked and not sys.is_finalizing():
            self._reader.join()

    def _hang_up(self) -> None:
        self.outbox.close()
        if self._call is not None:
            self._call.cancel()

    def _started(self) -> Thread:
        """A daemon, because a source may never give another item, and the program must be able to exit regardless."""
        # A source sees the context variables of the code that reads its outcomes.
        thread = Thread(target=copy_context().run, args=(self._read_source,), name="korotko-source", daemon=True)
        thread.start()
        return thread

    def _read_source(self) -> None:
        try:
            while self._wishes.get():
                self._events.put(Taken(next(self._source)))
            close(self._source)
        except StopIteration:
            self._events.put(SourceOver())
        except BaseException as error:
            self._events.put(SourceOver(error))

    def _read_answers(self, call: _Call[Answer]) -> None:
        try:
            for answer in call:
                self._events.put(Answered(answer))
            self._events.put(AnswersOver())
        except BaseException as error:
            self._events.put(AnswersOver(error))


class AsyncFeed(Generic[Item, Sent, Answer]):
    """The same for asyncio, in two tasks. One task reads the whole source, so that a timeout, task group or context variable that spans
    several items works. If the source is not exhausted when the stream ends, it is cancelled, like the work of any task."""

    def __init__(self, *, source: AsyncIterator[Item], call: Callable[[AsyncIterator[Sent]], _AsyncCall[Answer]]) -> None:
        self._source = source
        self._make_call = call
        self._call: _AsyncCall[Answer] | None = None
        self.outbox: AsyncOutbox[Sent] = AsyncOutbox()
        self._events: asyncio.Queue[Event[Item, Answer]] = asyncio.Queue()
        self._wishes = asyncio.Semaphore(0)
        self._asked = False
        self._ended = False
        self._taking: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[None] | None = None

    def connect(self, unanswered: Iterable[Sent]) -> None:
        """Begin a call, the first or one in place of a broken one, with what the broken one left unanswered."""
        self._hang_up()
        self.outbox = AsyncOutbox(unanswered)
        self._call = self._make_call(self.outbox.requests())
        self._reading = asyncio.create_task(self._read_answers(self._call), name="korotko-answers")
        if self._taking is None:
            self._taking = asyncio.create_task(self._read_source(), name="korotko-source")

    async def rest(self, seconds: float) -> None:
        """Let a server come back."""
        await asyncio.sleep(seconds)

    async def next(self, *, more: bool) -> Event[Item, Answer]:
        """What comes next from either end; `more` asks the source for an item, unless it has been asked already."""
        if more and not self._asked:
            self._asked = True
            self._wishes.release()
        event = await self._events.get()
        if isinstance(event, Taken | SourceOver):
            self._asked = False
        return event

    def left(self) -> list[Item]:
        """Items that the source has given and nobody has seen yet: what a stream that breaks must not lose."""
        left = []
        while not self._events.empty():
            event = self._events.get_nowait()
            if isinstance(event, Taken):
                left.append(event.item)
        return left

    async def end(self) -> None:
        """End the call and both tasks, and wait for them."""
        self._hang_up()
        self._ended = True
        tasks = [task for task in (self._reading, self._taking) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _hang_up(self) -> None:
        self.outbox.close()
        if self._call is not None:
            self._call.cancel()

    async def _read_source(self) -> None:
        try:
            while not self._ended:
                self._events.put_nowait(Taken(await self._item()))
            # The cancellation was swallowed, as asyncio.wait_for of Python 3.11 does if its result is just there.
            if isinstance(self._source, AsyncGenerator):
                await self._source.aclose()
        except StopAsyncIteration:
            self._events.put_nowait(SourceOver())
        except (Exception, asyncio.CancelledError) as error:
            self._events.put_nowait(SourceOver(error))

    async def _item(self) -> Item:
        """The next item, once it is wanted. A cancellation while waiting is passed to the source: it is the end of its stream, or a
        timeout of its own, after which it may go on."""
        try:
            await self._wishes.acquire()
        except asyncio.CancelledError as cancelled:
            if isinstance(self._source, AsyncGenerator):
                item: Item = await self._source.athrow(cancelled)
                return item
            raise
        return await anext(self._source)

    async def _read_answers(self, call: _AsyncCall[Answer]) -> None:
        try:
            async for answer in call:
                self._events.put_nowait(Answered(received(answer)))
            self._events.put_nowait(AnswersOver())
        except (Exception, asyncio.CancelledError) as error:
            self._events.put_nowait(AnswersOver(error))
