"""Jobs are valid from birth, and work done together ends together."""

import asyncio

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions
from korotko_service.errors import FieldInvalid
from korotko_service.pipeline.jobs import BriefShape, Choices
from korotko_service.pipeline.rendering import together
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority


@pytest.mark.parametrize("count", [0, -1, 51])
def test_a_brief_of_an_odd_number_of_sentences_is_never_born(count: int) -> None:
    with pytest.raises(FieldInvalid, match=f"{count}: expected 1 to 50"):
        BriefShape(max_sentences=count)


@pytest.mark.parametrize("count", [0, 19, -5])
def test_a_brief_of_too_few_characters_is_never_born(count: int) -> None:
    with pytest.raises(FieldInvalid, match=f"{count}: expected at least 20"):
        BriefShape(max_characters=count)


def test_choices_become_an_order() -> None:
    options = DecodingOptions(beam_size=2)
    choices = Choices(options=options, priority=Priority.BULK, deadline=Deadline(3.0))
    assert choices.order == Order(options=options, priority=Priority.BULK, deadline=Deadline(3.0))


async def test_work_done_together_comes_back_in_order() -> None:
    gate = asyncio.Event()

    async def slow() -> str:
        await gate.wait()
        return "slow"

    async def quick() -> str:
        gate.set()
        return "quick"

    assert await together(slow(), quick()) == ["slow", "quick"]


async def test_the_first_error_withdraws_the_rest() -> None:
    withdrawn: list[bool] = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            withdrawn.append(True)

    async def fail() -> None:
        await asyncio.sleep(0)
        raise FieldInvalid("no")

    with pytest.raises(FieldInvalid):
        await together(endless(), fail(), endless())
    await asyncio.sleep(0)
    assert withdrawn == [True, True]
