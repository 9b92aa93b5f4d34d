"""When a queue is a standing one: how long it must have been long, and how much must be coming; and who may wait in it anyway."""

import random

import pytest

from korotko_service.deadline import Deadline
from korotko_service.scheduling.backlog import Backlog
from korotko_service.scheduling.batching import BatchPolicy
from tests.service.scheduling.simulation import Arrival, Simulation


def stands(backlog: Backlog, seconds: float, *, now: float) -> bool:
    """Whether it is a standing queue, when much more comes than goes."""
    return backlog.stands(seconds, coming=9000, taken=0, token_seconds=0.01, now=now)


def test_a_queue_that_was_short_meanwhile_does_not_stand() -> None:
    backlog = Backlog()
    assert not stands(backlog, 1.0, now=0.0)
    assert not stands(backlog, 0.1, now=0.4)
    assert not stands(backlog, 1.0, now=0.8)
    assert not stands(backlog, 1.0, now=1.2)
    assert stands(backlog, 1.0, now=1.3)
    assert not stands(backlog, 0.4, now=1.4)


@pytest.mark.parametrize(
    ("coming", "going", "token_seconds", "expected"),
    [(20, 10, 0.001, True), (12, 10, 0.001, False), (20, 20, 0.001, False), (20, 10, 0.0004, False)],
)
def test_a_long_queue_stands_only_where_much_more_comes_than_goes_and_than_can_be_done(
    coming: int, going: int, token_seconds: float, expected: bool
) -> None:
    backlog = Backlog()
    seen = [
        backlog.stands(1.0, coming=coming, taken=number * going, token_seconds=token_seconds, now=number * 0.01) for number in range(500)
    ]
    assert seen[-1] is expected
    assert any(seen) is expected


def test_callers_who_each_wait_for_their_answer_and_allow_a_minute_are_not_refused_by_a_slow_model() -> None:
    chance = random.Random(1)

    def again(now: float) -> Arrival | None:
        return Arrival(length=chance.randint(5, 60), arrived=now, deadline=Deadline.after(60.0, now=now)) if now < 120 else None

    callers = [arrival for _ in range(64) if (arrival := again(0.0))]
    run = Simulation(
        policy=BatchPolicy(),
        arrivals=callers,
        limit=2048,
        again=again,
        seconds=lambda batch: 0.1 + 0.33 / 60 * max(each.length for each in batch) * len(batch),
    ).run()
    assert 5 < len(run.done) / 120 < 12
    assert max(map(run.wait, run.done)) > 10
    assert not run.refused
    assert all(run.done[each] <= each.deadline.at for each in run.done)
    assert not run.late
