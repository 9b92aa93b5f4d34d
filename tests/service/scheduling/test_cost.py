"""How long work will take, and how many callers are usually there."""

import pytest

from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.load import RecentLoad


def test_nobody_is_refused_on_a_guess() -> None:
    assert CostModel(workers=1).seconds(1_000_000) == 0.0


def test_the_first_batch_sets_the_rate() -> None:
    cost = CostModel(workers=1)
    cost.learn(tokens=100, seconds=2.0)
    assert cost.seconds(50) == pytest.approx(1.0)


def test_work_is_spread_over_all_workers() -> None:
    cost = CostModel(workers=4)
    cost.learn(tokens=100, seconds=2.0)
    assert cost.seconds(200) == pytest.approx(1.0)


def test_the_rate_follows_a_machine_that_slows_down() -> None:
    cost = CostModel(workers=1)
    cost.learn(tokens=100, seconds=1.0)
    for _ in range(50):
        cost.learn(tokens=100, seconds=3.0)
    assert cost.seconds(100) == pytest.approx(3.0, rel=0.02)


def test_one_odd_batch_moves_the_rate_only_a_little() -> None:
    cost = CostModel(workers=1)
    cost.learn(tokens=100, seconds=1.0)
    cost.learn(tokens=100, seconds=2.0)
    assert 1.0 < cost.seconds(100) < 1.2


def test_a_rising_load_is_seen_at_once() -> None:
    load = RecentLoad()
    assert [load.smoothed(count, now=0.0) for count in (1, 5, 40)] == [1, 5, 40]


def test_a_fallen_load_fades() -> None:
    load = RecentLoad()
    load.smoothed(64, now=0.0)
    assert load.smoothed(0, now=0.25) == 32
    assert load.smoothed(1, now=60.0) == 1


def test_a_load_is_never_below_what_is_there() -> None:
    load = RecentLoad()
    load.smoothed(10, now=0.0)
    assert load.smoothed(9, now=9.0) == 9
