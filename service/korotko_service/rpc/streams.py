"""Bulk streams: many requests of one caller worked on together, with bounded memory for a client that reads slowly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from korotko_service.errors import Draining, KorotkoError

Q = TypeVar("Q")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """No request follows: the caller sent its last, or there is an error that the stream ends with."""

    error: KorotkoError | None = None


class _CallerGone(Exception):
    """An answer could not be written."""


async def answer_all(
    requests: AsyncIterator[Q],
    answer: Callable[[Q], Awaitable[R]],
    write: Callable[[R], Awaitable[None]],
    *,
    in_flight: int,
    draining: asyncio.Event,
) -> int:
    """Answer every request, writing answers as they finish; returns the number answered.

    At most `in_flight` requests are held at a time: the next one is read only after an earlier one's answer has been written, so a
    slow reader slows the reading of its own requests and nothing else. When `draining` is set, what is being worked on is answered and
    the stream ends with Draining; a request that cannot be read (KorotkoError) ends it in the same way.
    """
    places, writing, answered, late = asyncio.Semaphore(in_flight), asyncio.Lock(), 0, False

    async def serve(request: Q) -> None:
        nonlocal answered, late
        try:
            if draining.is_set():  # No longer let in: the stream's error sends it elsewhere, with those not read yet.
                late = True
                return
            result = await answer(request)
            async with writing:
                await _written(write, result)
            answered += 1
        finally:
            places.release()

    with _leaving_is_cancelling():
        async with asyncio.TaskGroup() as group:
            await places.acquire()
            while not isinstance(request := await _next(requests, draining), _Last):
                group.create_task(serve(request))
                await places.acquire()
    if late or request.error is not None:
        raise request.error or _drained()
    return answered


@contextmanager
def _leaving_is_cancelling() -> Iterator[None]:
    try:
        yield
    except BaseExceptionGroup as errors:
        if errors.subgroup(_CallerGone) is None:
            raise
        raise asyncio.CancelledError("the caller has left") from errors


async def _written(write: Callable[[R], Awaitable[None]], result: R) -> None:
    """Write an answer. That a caller has left meanwhile sometimes shows only in gRPC failing to write."""
    try:
        await write(result)
    except Exception as error:
        raise _CallerGone from error


async def _next(requests: AsyncIterator[Q], draining: asyncio.Event) -> Q | _Last:
    """The next request, or why there is none."""
    reading = asyncio.ensure_future(anext(requests, _Last()))
    drained = asyncio.ensure_future(draining.wait())
    try:
        await asyncio.wait((reading, drained), return_when=asyncio.FIRST_COMPLETED)
        return reading.result() if reading.done() else _Last(error=_drained())
    except KorotkoError as error:
        return _Last(error=error)
    finally:
        reading.cancel()
        drained.cancel()


def _drained() -> Draining:
    return Draining("this server is shutting down; send the unanswered items to another replica", retry_after_seconds=0.5)
