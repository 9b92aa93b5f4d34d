"""Requests waiting for gRPC, which fetches them when it can send them."""

import asyncio
import queue
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

Sent = TypeVar("Sent")


class Outbox(Generic[Sent]):
    """Hands requests to gRPC, which reads them in a thread of its own."""

    def __init__(self, requests: Iterable[Sent] = ()) -> None:
        self._queue: queue.SimpleQueue[tuple[float, Sent] | None] = queue.SimpleQueue()
        for request in requests:
            self.put(request)

    def put(self, request: Sent) -> None:
        self.put_later(0, request)

    def put_later(self, seconds: float, request: Sent) -> None:
        self._queue.put((time.monotonic() + seconds, request))

    def close(self) -> None:
        """No more requests, nor those for later; may be said twice."""
        self._queue.put(None)

    def requests(self) -> Iterator[Sent]:
        """Each as soon as it is due."""
        waiting: list[tuple[float, int, Sent]] = []
        for number in count():
            try:
                entry = self._queue.get(timeout=max(waiting[0][0] - time.monotonic(), 0) if waiting else None)
            except queue.Empty:
                yield heappop(waiting)[-1]
                continue
            if entry is None:
                return
            due, request = entry
            if due <= time.monotonic():
                yield request
            else:
                heappush(waiting, (due, number, request))


class AsyncOutbox(Generic[Sent]):
    """The same for asyncio, where gRPC reads in a task of its own."""

    def __init__(self, requests: Iterable[Sent] = ()) -> None:
        self._queue: asyncio.Queue[Sent | None] = asyncio.Queue()
        self._timers: list[asyncio.TimerHandle] = []
        for request in requests:
            self.put(request)

    def put(self, request: Sent) -> None:
        self._queue.put_nowait(request)

    def put_later(self, seconds: float, request: Sent) -> None:
        loop = asyncio.get_running_loop()
        timer = loop.call_later(seconds, self.put, request)
        self._timers = [timer, *(other for other in self._timers if other.when() > loop.time())]

    def close(self) -> None:
        """No more requests, nor those for later; may be said twice."""
        for timer in self._timers:
            timer.cancel()
        self._queue.put_nowait(None)

    async def requests(self) -> AsyncIterator[Sent]:
        while (request := await self._queue.get()) is not None:
            yield request
