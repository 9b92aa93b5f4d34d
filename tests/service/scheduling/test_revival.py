"""Restarts of a lost worker: at once, then with growing pauses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from korotko_service.engines.engine import WorkerLost
from korotko_service.errors import ModelLoading
from korotko_service.scheduling.revival import Revival, pause_seconds
from korotko_service.scheduling.workers import WorkerPool
from tests.integration.wire import PATIENCE_SECONDS, until
from tests.service.scheduling.desk import Clock


class Phoenix:
    """Comes back after `failures` tries; notes when it was tried."""

    def __init__(self, clock: Clock, failures: int = 0) -> None:
        self._clock = clock
        self.failures = failures
        self.tries: list[float] = []
        self.abandoned = False

    def restart(self) -> None:
        self.tries.append(self._clock.now)
        if len(self.tries) <= self.failures:
            raise RuntimeError("not yet")

    def abandon(self) -> None:
        self.abandoned = True


class Bench:
    """A revival whose pauses a test ends, one by one."""

    def __init__(self, engine: object, pool: WorkerPool, clock: Clock) -> None:
        self.clock = clock
        self.restarts = 0
        self.pauses: list[float] = []
        self._go = asyncio.Semaphore(0)
        self.revival = Revival(name="zoo", engine=engine, pool=pool, restarted=self._count, clock=clock, pause=self._pause)

    def lose(self, worker: int = 1) -> None:
        self.revival.lost(WorkerLost("SIGKILL", worker=worker), sequences=1)

    def pass_time(self) -> None:
        """End the pause under way, on the clock too."""
        self.clock.now += self.pauses[-1]
        self._go.release()

    async def until_pause(self, seconds: float) -> None:
        """Let shorter pauses pass until one of that length is under way."""
        while True:
            await until(lambda: self.pauses)
            if self.pauses[-1] == seconds:
                return
            before = len(self.pauses)
            if self.pauses[-1]:
                self.pass_time()
            await until(lambda: len(self.pauses) > before)  # noqa: B023  # Awaited before the next.

    def _count(self) -> None:
        self.restarts += 1

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if seconds:
            await self._go.acquire()


@asynccontextmanager
async def bench(failures: int = 0) -> AsyncIterator[tuple[Bench, Phoenix]]:
    clock = Clock()
    engine = Phoenix(clock, failures)
    async with WorkerPool(size=1, name="x") as pool:
        place = Bench(engine, pool, clock)
        yield place, engine
        await place.revival.close()


def test_the_first_try_is_made_at_once_and_the_pauses_grow_to_half_a_minute() -> None:
    assert [pause_seconds(losses) for losses in range(1, 10)] == [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0]
    assert pause_seconds(10_000) == 30.0


async def test_who_needs_the_worker_waits_until_it_is_back() -> None:
    async with bench() as (place, engine):
        await place.revival.there()
        place.lose()
        await asyncio.wait_for(place.revival.there(), PATIENCE_SECONDS)
        assert (len(engine.tries), place.restarts) == (1, 1)


async def test_several_reports_of_one_loss_are_one() -> None:
    async with bench() as (place, engine):
        place.lose(worker=7)
        place.lose(worker=7)
        await place.revival.there()
        place.lose(worker=7)
        await place.revival.there()
        assert len(engine.tries) == 1


async def test_who_would_wait_long_is_told_when_to_come_back() -> None:
    async with bench(failures=5) as (place, _):
        place.lose()
        await place.until_pause(2.0)
        with pytest.raises(ModelLoading) as caught:
            await place.revival.there()
        assert caught.value.retry_after_seconds == 2.0
        assert place.revival.out_of_order


async def test_it_is_in_order_again_when_the_worker_is_back() -> None:
    async with bench(failures=3) as (place, _):
        place.lose()
        await place.until_pause(1.0)
        assert place.revival.out_of_order
        place.pass_time()
        await until(lambda: place.restarts)
        assert not place.revival.out_of_order
        await place.revival.there()


async def test_losses_in_a_row_have_growing_pauses_until_a_batch_is_answered() -> None:
    async with bench() as (place, _):
        for worker in (1, 2):
            place.lose(worker)
            await place.until_pause(pause_seconds(worker))
            if worker == 2:
                place.pass_time()
            await place.revival.there()
        place.revival.answered()
        place.lose(3)
        await place.revival.there()
        assert place.pauses == [0.0, 0.25, 0.0]


async def test_closing_ends_a_restart_under_way_and_the_worker_with_it() -> None:
    async with bench(failures=1) as (place, engine):
        place.lose()
        await until(lambda: len(place.pauses) == 2)
        await place.revival.close()
        assert engine.abandoned
        with pytest.raises(ModelLoading):
            await place.revival.there()


async def test_the_log_names_model_cause_and_size_of_the_batch() -> None:
    with capture_logs() as logs:
        async with bench() as (place, _):
            place.lose()
            await place.revival.there()
    assert [entry["event"] for entry in logs] == ["worker_lost", "worker_restarted"]
    assert {key: logs[0][key] for key in ("model", "cause", "sequences")} == {"model": "zoo", "cause": "SIGKILL", "sequences": 1}


async def test_an_engine_without_a_process_of_its_own_is_left_alone() -> None:
    async with WorkerPool(size=1, name="x") as pool:
        place = Bench(object(), pool, Clock())
        assert not place.revival.possible
        place.lose()
        await place.revival.there()
        assert place.pauses == []
