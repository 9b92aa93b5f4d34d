"""Bulk streams: every request answered once, as it finishes, with bounded memory."""

import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from korotko_service.errors import Draining, FieldInvalid
from korotko_service.rpc.streams import answer_all
from tests.integration.wire import PATIENCE_SECONDS


class Wire:
    """A caller's side of a stream: what it sends, what it got, and how far the server has read."""

    def __init__(self, requests: Iterable[int], *, stays_open: bool = False) -> None:
        self._requests = list(requests)
        self._stays_open = stays_open
        self.read = 0
        self.got: list[int] = []

    async def requests(self) -> AsyncIterator[int]:
        for request in self._requests:
            self.read += 1
            yield request
        if self._stays_open:
            await asyncio.Event().wait()

    async def write(self, answer: int) -> None:
        await asyncio.sleep(0)
        self.got.append(answer)


async def double(request: int) -> int:
    return 2 * request


async def turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_every_request_is_answered_once() -> None:
    wire = Wire(range(100))
    assert await answer_all(wire.requests(), double, wire.write, in_flight=7, draining=asyncio.Event()) == 100
    assert sorted(wire.got) == [2 * number for number in range(100)]


async def test_an_empty_stream_ends() -> None:
    wire = Wire([])
    assert await answer_all(wire.requests(), double, wire.write, in_flight=1, draining=asyncio.Event()) == 0


async def test_answers_come_as_they_finish() -> None:
    gates = [asyncio.Event() for _ in range(3)]

    async def answer(request: int) -> int:
        await gates[request].wait()
        return request

    wire = Wire(range(3))
    stream = asyncio.ensure_future(answer_all(wire.requests(), answer, wire.write, in_flight=3, draining=asyncio.Event()))
    for number in (2, 0, 1):
        gates[number].set()
        await turns()
    assert await stream == 3
    assert wire.got == [2, 0, 1]


async def test_no_more_is_read_than_is_worked_on() -> None:
    gate = asyncio.Event()

    async def answer(request: int) -> int:
        await gate.wait()
        return request

    wire = Wire(range(10))
    stream = asyncio.ensure_future(answer_all(wire.requests(), answer, wire.write, in_flight=4, draining=asyncio.Event()))
    await turns()
    assert wire.read == 4
    gate.set()
    assert await stream == 10


async def test_a_slow_reader_slows_the_reading_of_its_own_requests() -> None:
    wire, gate = Wire(range(10)), asyncio.Event()

    async def write(answer: int) -> None:
        await gate.wait()
        await wire.write(answer)

    stream = asyncio.ensure_future(answer_all(wire.requests(), double, write, in_flight=3, draining=asyncio.Event()))
    await turns()
    assert wire.read == 3
    gate.set()
    assert await stream == 10


async def test_answers_are_written_one_at_a_time() -> None:
    writing, most = 0, 0

    async def write(_: int) -> None:
        nonlocal writing, most
        writing += 1
        most = max(most, writing)
        await asyncio.sleep(0)
        writing -= 1

    await answer_all(Wire(range(20)).requests(), double, write, in_flight=8, draining=asyncio.Event())
    assert most == 1


async def test_a_drain_answers_what_was_read_and_refuses_the_rest() -> None:
    draining, gate = asyncio.Event(), asyncio.Event()

    async def answer(request: int) -> int:
        await gate.wait()
        return request

    wire = Wire(range(3), stays_open=True)
    stream = asyncio.ensure_future(answer_all(wire.requests(), answer, wire.write, in_flight=5, draining=draining))
    await turns()
    draining.set()
    await turns()
    gate.set()
    with pytest.raises(Draining, match="send the unanswered items to another replica"):
        await stream
    assert sorted(wire.got) == [0, 1, 2]


async def test_what_is_read_in_the_moment_of_a_drain_is_left_to_the_next_server_and_not_refused_by_itself() -> None:
    draining, asked = asyncio.Event(), list[int]()

    async def requests() -> AsyncIterator[int]:
        yield 1
        draining.set()
        yield 2

    async def answer(request: int) -> int:
        asked.append(request)
        return request

    wire = Wire([])
    with pytest.raises(Draining, match="send the unanswered items to another replica"):
        await answer_all(requests(), answer, wire.write, in_flight=5, draining=draining)
    assert (asked, wire.got) == ([1], [1])


async def test_a_request_that_cannot_be_read_ends_the_stream_after_the_answers_to_those_before_it() -> None:
    wire, gate = Wire(range(3)), asyncio.Event()

    async def requests() -> AsyncIterator[int]:
        async for request in wire.requests():
            yield request
        raise FieldInvalid("no")

    async def answer(request: int) -> int:
        await gate.wait()
        return request

    stream = asyncio.ensure_future(answer_all(requests(), answer, wire.write, in_flight=5, draining=asyncio.Event()))
    await turns()
    gate.set()
    with pytest.raises(FieldInvalid):
        await stream
    assert sorted(wire.got) == [0, 1, 2]


async def test_a_stream_that_had_ended_is_not_touched_by_a_drain() -> None:
    draining, gate = asyncio.Event(), asyncio.Event()

    async def answer(request: int) -> int:
        await gate.wait()
        return request

    wire = Wire(range(3))
    stream = asyncio.ensure_future(answer_all(wire.requests(), answer, wire.write, in_flight=5, draining=draining))
    await turns()
    draining.set()
    await turns()
    gate.set()
    assert await stream == 3


async def test_a_server_that_drains_reads_nothing_new_of_an_idle_stream() -> None:
    draining = asyncio.Event()
    draining.set()
    wire = Wire([], stays_open=True)
    with pytest.raises(Draining):
        await asyncio.wait_for(answer_all(wire.requests(), double, wire.write, in_flight=5, draining=draining), PATIENCE_SECONDS)


async def test_a_caller_that_leaves_ends_the_work_on_its_requests() -> None:
    cancelled: list[int] = []

    async def answer(request: int) -> int:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.append(request)
        return request

    wire = Wire(range(3), stays_open=True)
    stream = asyncio.ensure_future(answer_all(wire.requests(), answer, wire.write, in_flight=5, draining=asyncio.Event()))
    await turns()
    stream.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stream
    assert sorted(cancelled) == [0, 1, 2]


async def test_a_caller_who_cannot_be_written_to_has_left() -> None:
    async def write(_: int) -> None:
        raise ConnectionError("gone")

    with pytest.raises(asyncio.CancelledError):
        await answer_all(Wire(range(3), stays_open=True).requests(), double, write, in_flight=5, draining=asyncio.Event())


async def test_an_error_of_our_own_is_not_taken_for_a_caller_who_left() -> None:
    async def answer(_: int) -> int:
        raise ZeroDivisionError

    wire = Wire(range(3), stays_open=True)
    with pytest.raises(ExceptionGroup) as caught:
        await answer_all(wire.requests(), answer, wire.write, in_flight=5, draining=asyncio.Event())
    assert caught.group_contains(ZeroDivisionError)
