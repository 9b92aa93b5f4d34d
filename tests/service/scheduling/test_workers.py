"""The pool of threads."""

import asyncio
import threading

import pytest

from korotko_service.scheduling.workers import WorkerPool
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.shelf import happened


async def test_work_runs_on_a_thread_of_the_pool() -> None:
    async with WorkerPool(size=1, name="reader") as pool:
        assert (await pool.run(lambda: threading.current_thread().name)).startswith("reader")


async def test_an_error_comes_back_to_the_caller() -> None:
    async with WorkerPool(size=1, name="x") as pool:
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 / 0)


async def test_as_much_work_runs_side_by_side_as_there_are_threads() -> None:
    meeting = threading.Barrier(3, timeout=PATIENCE_SECONDS)
    async with WorkerPool(size=3, name="x") as pool:
        assert sorted(await asyncio.gather(*(pool.run(meeting.wait) for _ in range(3)))) == [0, 1, 2]


async def test_no_thread_starts_before_there_is_work() -> None:
    before = set(threading.enumerate())
    async with WorkerPool(size=8, name="x"):
        assert set(threading.enumerate()) <= before


async def test_leaving_waits_for_work_that_has_begun() -> None:
    begun, gate, finished = threading.Event(), threading.Event(), []

    def work() -> None:
        begun.set()
        gate.wait(PATIENCE_SECONDS)
        finished.append(True)

    async with WorkerPool(size=1, name="x") as pool:
        running = asyncio.ensure_future(pool.run(work))
        await happened(begun)
        asyncio.get_running_loop().call_soon(gate.set)
    await running
    assert finished == [True]


async def test_a_cancelled_caller_stops_waiting_and_harms_nobody() -> None:
    begun, gate = threading.Event(), threading.Event()
    async with WorkerPool(size=1, name="x") as pool:
        running = asyncio.ensure_future(pool.run(lambda: (begun.set(), gate.wait(PATIENCE_SECONDS))))
        await happened(begun)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        gate.set()
        assert await pool.run(lambda: "next") == "next"


async def test_a_call_of_many_pieces_lets_others_in_between() -> None:
    gate, ran = threading.Event(), list[str]()

    def piece(name: str) -> None:
        gate.wait(PATIENCE_SECONDS)
        ran.append(name)

    async def call(name: str, pieces: int) -> None:
        with pool.taking_turns():
            await asyncio.gather(*(pool.run(lambda: piece(name)) for _ in range(pieces)))

    async with WorkerPool(size=1, name="x") as pool, asyncio.TaskGroup() as calls:
        calls.create_task(call("long", 4))
        calls.create_task(call("short", 1))
        for _ in range(10):  # until both wait in the queue for the thread
            await asyncio.sleep(0)
        gate.set()
    assert ran == ["long", "short", "long", "long", "long"]


async def test_a_call_keeps_its_turns_for_its_own_pool() -> None:
    async with WorkerPool(size=1, name="x") as pool, WorkerPool(size=1, name="y") as other:
        meeting = threading.Barrier(2, timeout=PATIENCE_SECONDS)
        with pool.taking_turns():
            assert sorted(await asyncio.gather(pool.run(meeting.wait), other.run(meeting.wait))) == [0, 1]
