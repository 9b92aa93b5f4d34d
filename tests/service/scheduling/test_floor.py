"""Batches share the floor, or one has it alone."""

import asyncio
from contextlib import AbstractAsyncContextManager

from korotko_service.scheduling.floor import Floor
from tests.service.scheduling.desk import turns


class Guest:
    """Is on the floor from when it is admitted until it is told to leave."""

    def __init__(self, way: AbstractAsyncContextManager[None]) -> None:
        self._way = way
        self.inside = False
        self._leave = asyncio.Event()
        self.task = asyncio.create_task(self._stay())

    async def leave(self) -> None:
        self._leave.set()
        await self.task
        await turns()

    async def _stay(self) -> None:
        async with self._way:
            self.inside = True
            await self._leave.wait()
        self.inside = False


async def test_many_share_it() -> None:
    floor = Floor()
    guests = [Guest(floor.shared()) for _ in range(3)]
    await turns()
    assert all(guest.inside for guest in guests)
    for guest in guests:
        await guest.leave()


async def test_who_wants_it_alone_waits_for_the_others_and_goes_before_newcomers() -> None:
    floor = Floor()
    first = Guest(floor.shared())
    await turns()
    lone = Guest(floor.alone())
    await turns()
    newcomer = Guest(floor.shared())
    await turns()
    assert (first.inside, lone.inside, newcomer.inside) == (True, False, False)
    await first.leave()
    assert (lone.inside, newcomer.inside) == (True, False)
    await lone.leave()
    assert newcomer.inside
    await newcomer.leave()


async def test_two_who_want_it_alone_take_turns() -> None:
    floor = Floor()
    one, other = Guest(floor.alone()), Guest(floor.alone())
    await turns()
    assert (one.inside, other.inside) == (True, False)
    await one.leave()
    assert other.inside
    await other.leave()


async def test_who_gives_up_waiting_blocks_nobody() -> None:
    floor = Floor()
    first = Guest(floor.shared())
    await turns()
    lone = Guest(floor.alone())
    await turns()
    newcomer = Guest(floor.shared())
    await turns()
    lone.task.cancel()
    await asyncio.wait((lone.task,))
    await turns()
    assert newcomer.inside
    await first.leave()
    await newcomer.leave()
