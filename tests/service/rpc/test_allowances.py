"""What a caller may do: roles of task and priority, and quotas that are given back for what was refused."""

from contextlib import nullcontext, suppress
from typing import Any

import pytest

from korotko_service.access import Holder, Role
from korotko_service.errors import (
    FieldInvalid,
    KorotkoError,
    QualityRejected,
    QueueFull,
    QuotaExceeded,
    RoleMissing,
    TextTooLong,
    WorkerCrashed,
)
from korotko_service.pipeline.results import Item
from korotko_service.rpc.allowances import Allowances, fruitless, unworked
from korotko_service.scheduling.waiting import Priority

FRUGAL = Holder(name="newsroom", characters_per_minute=600)


def ask(
    allowances: Allowances, holder: Holder, *, characters: int = 0, now: float = 0.0, error: KorotkoError | None = None, **changes: Any
) -> None:
    """One call, which ends well or with that error."""
    given: dict[str, Any] = {"role": Role.TRANSLATE, "priority": Priority.INTERACTIVE, **changes}
    with nullcontext() if error is None else suppress(type(error)), allowances.allowed(holder, characters=characters, now=now, **given):
        if error:
            raise error


@pytest.mark.parametrize(
    ("priority", "roles"),
    [(Priority.INTERACTIVE, (Role.DETECT, Role.INTERACTIVE)), (Priority.BULK, (Role.DETECT, Role.BULK)), (None, (Role.DETECT,))],
)
def test_a_call_needs_the_role_of_its_task_and_that_of_its_priority(priority: Priority | None, roles: tuple[Role, ...]) -> None:
    ask(Allowances(), Holder(name="n", roles=frozenset(roles)), role=Role.DETECT, priority=priority)
    for missing in roles:
        with pytest.raises(RoleMissing, match=f"needs the role '{missing}'") as caught:
            ask(Allowances(), Holder(name="n", roles=frozenset(Role) - {missing}), role=Role.DETECT, priority=priority)
        assert caught.value.metadata["role"] == missing


def test_who_lacks_the_role_of_a_priority_is_told_of_the_other_one() -> None:
    with pytest.raises(RoleMissing, match=r"this token has translate, bulk; .*or send the call with PRIORITY_BULK"):
        ask(Allowances(), Holder(name="n", roles=frozenset((Role.TRANSLATE, Role.BULK))))


def test_over_the_quota_the_wait_is_exact_to_the_millisecond_and_enough() -> None:
    allowances = Allowances()
    ask(allowances, FRUGAL, characters=600)
    with pytest.raises(QuotaExceeded, match=r"600 characters a minute is used up; send these 37 again in 3\.7 s, or ask") as caught:
        ask(allowances, FRUGAL, characters=37)
    assert (caught.value.subject, caught.value.metadata["limit"], caught.value.metadata["actual"]) == ("caller:newsroom", "600", "37")
    ask(allowances, FRUGAL, characters=37, now=caught.value.retry_after_seconds)


def test_callers_have_their_own_quotas_and_those_without_one_have_none() -> None:
    allowances = Allowances()
    ask(allowances, FRUGAL, characters=600)
    ask(allowances, Holder(name="archive", characters_per_minute=600), characters=600)
    for _ in range(3):
        ask(allowances, Holder(name="free"), characters=10**9)
    with pytest.raises(QuotaExceeded):
        ask(allowances, FRUGAL, characters=1)


def test_what_is_refused_for_a_missing_role_costs_nothing() -> None:
    allowances, poor = Allowances(), Holder(name="newsroom", characters_per_minute=600, roles=frozenset((Role.TRANSLATE, Role.INTERACTIVE)))
    with pytest.raises(RoleMissing):
        ask(allowances, poor, characters=600, priority=Priority.BULK)
    ask(allowances, poor, characters=600)


@pytest.mark.parametrize("error", [QueueFull("full", retry_after_seconds=1.0), FieldInvalid("no")])
def test_work_that_was_not_done_costs_nothing(error: KorotkoError) -> None:
    allowances = Allowances()
    for _ in range(3):
        ask(allowances, FRUGAL, characters=600, error=error)
    ask(allowances, FRUGAL, characters=600)
    with pytest.raises(QuotaExceeded):
        ask(allowances, FRUGAL, characters=1)


@pytest.mark.parametrize("error", [QualityRejected("doubtful"), WorkerCrashed("twice")])
def test_work_that_came_to_nothing_is_paid_for(error: KorotkoError) -> None:
    allowances = Allowances()
    ask(allowances, FRUGAL, characters=600, error=error)
    with pytest.raises(QuotaExceeded):
        ask(allowances, FRUGAL, characters=1)


def test_a_part_may_be_given_back_for_texts_that_no_model_worked_on() -> None:
    texts = ("a" * 100, "b" * 200, "c" * 300, "d")
    items = (Item(error=TextTooLong("long")), Item(value=1), Item(error=WorkerCrashed("twice")), Item(error=FieldInvalid("empty")))
    assert unworked(texts, items) == 101
    assert unworked(texts, ()) == 0
    allowances = Allowances()
    given = {"role": Role.TRANSLATE, "priority": Priority.INTERACTIVE, "now": 0.0}
    with allowances.allowed(FRUGAL, characters=600, **given) as give_back:
        give_back(100)
    ask(allowances, FRUGAL, characters=100)
    with pytest.raises(QuotaExceeded):
        ask(allowances, FRUGAL, characters=1)
    with allowances.allowed(Holder(), characters=600, **given) as give_back:
        give_back(100)


def test_a_call_whose_every_item_was_refused_before_any_work_was_fruitless() -> None:
    refused, crashed = Item(error=TextTooLong("long")), Item(error=WorkerCrashed("twice"))
    assert fruitless((refused, refused))
    assert not any(map(fruitless, ((), (refused, crashed), (refused, Item(value=1)))))


def test_a_quota_that_is_changed_begins_anew_and_one_that_is_not_goes_on() -> None:
    allowances = Allowances()
    ask(allowances, FRUGAL, characters=600)
    fewer_roles = Holder(name="newsroom", characters_per_minute=600, roles=frozenset((Role.TRANSLATE, Role.INTERACTIVE)))
    with pytest.raises(QuotaExceeded):
        ask(allowances, fewer_roles, characters=1)
    ask(allowances, Holder(name="newsroom", characters_per_minute=900), characters=900)
