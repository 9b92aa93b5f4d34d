"""How long work will take, and how many callers are usually there."""

import random

import pytest

from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.load import RecentLoad


def model(*batches: tuple[int, float], workers: int = 1, batch_tokens: int = 100) -> CostModel:
    cost = CostModel(workers=workers, batch_tokens=batch_tokens)
    for tokens, seconds in batches:
        cost.learn(tokens=tokens, seconds=seconds)
    return cost


def test_nobody_is_refused_on_a_guess() -> None:
    cost = model()
    assert cost.queue_seconds(1_000_000) == cost.own_seconds(tokens=1_000_000, longest=1000) == cost.batch_seconds(1000) == 0.0


def test_the_first_batch_sets_the_rate() -> None:
    assert model((100, 2.0)).queue_seconds(50) == pytest.approx(1.0)


def test_work_is_spread_over_all_workers_but_one_sequence_is_not() -> None:
    cost = model((100, 2.0), workers=4)
    assert cost.queue_seconds(200) == pytest.approx(1.0)
    assert cost.own_seconds(tokens=400, longest=100) == pytest.approx(2.0)
    assert cost.own_seconds(tokens=800, longest=100) == pytest.approx(4.0)


def test_the_rate_follows_a_machine_that_slows_down() -> None:
    assert model((100, 1.0), *[(100, 3.0)] * 50).queue_seconds(100) == pytest.approx(3.0, rel=0.1)


def test_a_few_batches_tell_that_a_machine_has_slowed_down() -> None:
    assert model((100, 1.0), *[(100, 2.0)] * 3).queue_seconds(100) > 1.75


def test_that_it_is_fast_again_is_believed_later() -> None:
    assert model((100, 1.0), *[(100, 0.5)] * 3).queue_seconds(100) > 0.6


def test_one_odd_batch_is_soon_forgotten() -> None:
    assert model((100, 1.0), (100, 2.0)).queue_seconds(100) < 1.5
    assert model((100, 1.0), (100, 2.0), *[(100, 1.0)] * 20).queue_seconds(100) == pytest.approx(1.0, rel=0.05)


def test_a_batch_that_was_stopped_for_a_while_is_no_slow_machine() -> None:
    usual = [(100, 1.0)] * 20
    assert model(*usual, (100, 60.0)).queue_seconds(100) == model(*usual, (100, 2.0)).queue_seconds(100) < 1.6


def test_a_machine_that_has_become_ten_times_as_slow_is_known_after_ten_batches() -> None:
    assert model(*[(100, 1.0)] * 20, *[(100, 10.0)] * 10).queue_seconds(100) > 8.0


def test_what_every_batch_takes_is_told_from_what_a_token_takes() -> None:
    chance = random.Random(1)
    batches = [(tokens := chance.randint(10, 1000), (0.1 + tokens / 1000) * chance.lognormvariate(0, 0.1)) for _ in range(400)]
    cost = model(*batches, batch_tokens=1000)
    assert cost.batch_seconds(0) == pytest.approx(0.1, rel=0.25)
    assert cost.batch_seconds(1000) == pytest.approx(1.1, rel=0.15)
    assert 2000 < cost.worthwhile_tokens < 5000


def test_batches_grow_no_further_where_time_grows_with_the_tokens_alone() -> None:
    assert model(*[(tokens, tokens / 1000) for tokens in (10, 100, 1000)]).worthwhile_tokens == 512


def test_a_beam_costs_what_that_beam_has_cost() -> None:
    cost = model((100, 1.0))
    cost.learn(tokens=100, seconds=4.0, beam_size=4)
    assert cost.own_seconds(tokens=100, longest=100, beam_size=4) == pytest.approx(4.0)
    assert cost.own_seconds(tokens=100, longest=100) == pytest.approx(1.0)
    assert cost.own_seconds(tokens=100, longest=100, beam_size=2) == 0.0


def test_a_rising_load_is_seen_at_once() -> None:
    load = RecentLoad()
    assert [load.smoothed(count, now=0.0) for count in (1, 5, 40)] == [1, 5, 40]


def test_a_fallen_load_fades() -> None:
    load = RecentLoad()
    load.smoothed(64, now=0.0)
    assert load.smoothed(0, now=0.25) == 32
    assert load.smoothed(1, now=60.0) == 1


def test_a_lone_caller_is_forgotten_after_two_seconds() -> None:
    load = RecentLoad()
    load.smoothed(1, now=0.0)
    assert [load.smoothed(0, now=now) for now in (1.9, 2.0)] == [1, 0]


def test_a_load_is_never_below_what_is_there() -> None:
    load = RecentLoad()
    load.smoothed(10, now=0.0)
    assert load.smoothed(9, now=9.0) == 9
