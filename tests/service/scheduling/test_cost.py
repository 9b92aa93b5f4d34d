"""How long work will take, and how many callers are usually there."""

import random

import pytest

from korotko_service.deadline import Deadline
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.load import RecentLoad
from tests.service.scheduling.simulation import Arrival, Simulation, as_the_starter, size


def model(*batches: tuple[int, float], workers: int = 1, batch_tokens: int = 100, steps: float = 0.0) -> CostModel:
    """What it knows after these batches of one sequence each."""
    cost = CostModel(workers=workers, batch_tokens=batch_tokens, steps=steps)
    for tokens, seconds in batches:
        cost.learn(tokens=tokens, longest=tokens, seconds=seconds)
    return cost


def test_nobody_is_refused_on_a_guess() -> None:
    cost = model()
    assert cost.queue_seconds(1_000_000) == cost.own_seconds(tokens=1_000_000, longest=1000) == cost.batch_seconds(1000, 100) == 0.0


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


def side_by_side(cost: CostModel, *counts: int) -> CostModel:
    """After batches of so many sequences, whose time is about the starter's."""
    chance = random.Random(1)
    for count in counts:
        batch = [Arrival(length=chance.randint(10, 60)) for _ in range(count)]
        tokens, longest = size(batch)
        cost.learn(tokens=tokens, longest=longest, seconds=as_the_starter(batch) * chance.lognormvariate(0, 0.1))
    return cost


def test_what_the_longest_sequence_takes_is_told_from_what_all_take() -> None:
    cost = side_by_side(model(batch_tokens=2048), *random.Random(2).choices(range(1, 31), k=400))
    assert cost.batch_seconds(40, 40) == pytest.approx(0.076, rel=0.2)
    assert cost.batch_seconds(1000, 50) == pytest.approx(0.57, rel=0.2)
    assert 16 <= cost.worthwhile_sequences < 50


def test_after_a_lone_caller_a_crowd_is_not_expected_to_take_as_long_for_each() -> None:
    cost = side_by_side(CostModel(workers=2, batch_tokens=2048), *[1] * 100)
    assert 0.57 < cost.batch_seconds(1000, 50) < 2 * 0.57
    assert 0.6 < cost.queue_seconds(64 * 35) < 1.3 < 64 * cost.batch_seconds(35, 35) / 2


def test_after_a_lone_caller_a_crowd_is_let_in_that_can_be_answered_in_time() -> None:
    chance = random.Random(1)

    def sentence(arrived: float, caller: str) -> Arrival:
        return Arrival(length=chance.randint(10, 60), arrived=arrived, caller=caller, deadline=Deadline(arrived + 2.0))

    lone, crowd = [sentence(second / 4, "one") for second in range(80)], [sentence(20.0, "crowd") for _ in range(48)]
    run = Simulation(policy=BatchPolicy(), arrivals=[*lone, *crowd], limit=2048, seconds=as_the_starter).run()
    assert not run.refused
    assert all(run.done[each] <= each.deadline.at for each in crowd)


def test_what_a_step_takes_is_not_forgotten_while_all_batches_are_alike() -> None:
    crowded = side_by_side(CostModel(workers=2, batch_tokens=2048, steps=0.0), *[1] * 20, *[16] * 20, *[16] * 1000)
    assert crowded.batch_seconds(40, 40) == pytest.approx(0.076, rel=0.3)


def test_batches_grow_no_further_where_time_grows_with_the_tokens_alone() -> None:
    assert model(*[(tokens, tokens / 1000) for tokens in (10, 100, 1000)]).worthwhile_sequences == 16


def test_a_beam_costs_what_that_beam_has_cost() -> None:
    cost = model((100, 1.0))
    cost.learn(tokens=100, longest=100, seconds=4.0, beam_size=4)
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
