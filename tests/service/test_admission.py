"""Who may enter, and how much they may bring."""

import asyncio
from collections import Counter

import pytest

from korotko_service.admission import Admission, Bound, Limits, has_room
from korotko_service.errors import Draining, FieldInvalid, KorotkoError, ModelLoading, QueueFull, TextTooLong, TooManyItems
from tests.integration.wire import PATIENCE_SECONDS


@pytest.fixture
def admission() -> Admission:
    door = Admission(Limits(max_text_characters=10, max_concurrent_calls=2))
    door.open()
    return door


def refusal(admission: Admission) -> type[KorotkoError] | None:
    try:
        with admission.permit():
            return None
    except KorotkoError as error:
        return type(error)


def test_the_door_is_closed_while_models_load(admission: Admission) -> None:
    loading = Admission(admission.limits)
    assert refusal(loading) is ModelLoading
    loading.open()
    assert refusal(loading) is None


def test_the_door_is_closed_while_the_server_drains(admission: Admission) -> None:
    with admission.permit():
        admission.drain()
        assert refusal(admission) is Draining


def test_a_server_that_drains_before_it_loaded_says_that_it_drains(admission: Admission) -> None:
    loading = Admission(admission.limits)
    loading.drain()
    assert refusal(loading) is Draining


def test_a_full_house_refuses_until_somebody_leaves(admission: Admission) -> None:
    with admission.permit():
        with admission.permit():
            assert refusal(admission) is QueueFull
        assert refusal(admission) is None


def test_a_caller_who_fills_the_house_keeps_no_other_out(admission: Admission) -> None:
    with admission.permit("a"), admission.permit("a"):
        with pytest.raises(QueueFull), admission.permit("a"):
            pass
        with admission.permit("b"):
            with pytest.raises(QueueFull), admission.permit("b"):
                pass
            with admission.permit("c"):
                pass


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_there_are_never_twice_as_many_inside_as_the_limit(limit: int) -> None:
    held = Counter[str]()
    for number in range(20 * limit):
        caller = f"caller {number % (limit + 3)}"
        if has_room(held=held[caller], inside=held.total(), callers=len(held | {caller: 1}), limit=limit):
            held[caller] += 1
    assert limit <= held.total() <= 2 * limit + len(held)


def test_a_refusal_takes_no_place(admission: Admission) -> None:
    with admission.permit(), admission.permit():
        for _ in range(5):
            assert refusal(admission) is QueueFull
    assert refusal(admission) is None


def test_a_call_that_fails_gives_its_place_back(admission: Admission) -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), admission.permit():
            _ = 1 / 0
    assert refusal(admission) is None


async def test_it_is_empty_when_the_last_call_has_left(admission: Admission) -> None:
    await asyncio.wait_for(admission.emptied(), PATIENCE_SECONDS)
    with admission.permit():
        with admission.permit():
            waiting = asyncio.ensure_future(admission.emptied())
        await asyncio.sleep(0)
        assert not waiting.done()
    await asyncio.wait_for(waiting, PATIENCE_SECONDS)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0"])
def test_a_text_without_words_is_refused_by_its_field(admission: Admission, text: str) -> None:
    with pytest.raises(FieldInvalid) as caught:
        admission.check_text(text, field="texts[3]", truncates=True)
    assert caught.value.field == "texts[3]"


def test_a_text_at_the_limit_is_taken(admission: Admission) -> None:
    admission.check_text("ї" * 10, field="body")


def test_a_text_over_the_limit_is_refused_with_both_figures(admission: Admission) -> None:
    with pytest.raises(TextTooLong) as caught:
        admission.check_text("ї" * 11, field="body")
    assert (caught.value.field, caught.value.metadata) == ("body", {"limit": "10", "actual": "11"})


def test_a_text_over_the_limit_is_taken_where_the_caller_accepts_a_cut(admission: Admission) -> None:
    admission.check_text("ї" * 11, field="body", truncates=True)


def test_none_of_what_is_required_are_refused_by_their_field() -> None:
    with pytest.raises(FieldInvalid, match="no texts; send at least one") as caught:
        Bound(most=3, noun="texts", required=True).check(0, field="texts")
    assert caught.value.field == "texts"
    Bound(most=3, noun="texts").check(0)


def test_too_many_are_refused_with_both_figures_and_what_to_do() -> None:
    bound = Bound(most=3, noun="texts", remedy="send them in several calls")
    bound.check(3, field="texts")
    with pytest.raises(TooManyItems, match=r"^4 texts, the limit is 3; send them in several calls$") as caught:
        bound.check(4, field="texts")
    assert (caught.value.field, caught.value.metadata) == ("texts", {"limit": "3", "actual": "4"})
