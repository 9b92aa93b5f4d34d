"""Which sequences form the next batch, and when: by example, and over thousands of simulated arrivals."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import quantiles

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.deadline import Deadline
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.waiting import Priority
from tests.service.scheduling.simulation import ALONE, BEAM, PLAIN, Arrival, Simulation, alike, as_the_starter, chosen, crowd


def due(policy: BatchPolicy, waiting: list[Arrival], *, now: float) -> float:
    queue: FairQueue[Arrival] = FairQueue()
    for arrival in waiting:
        queue.add(arrival)
    return policy.due(queue, now=now)


def test_nothing_waits_so_nothing_runs() -> None:
    assert chosen(BatchPolicy(), []) == []


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_a_lone_caller_never_waits_for_company(workers: int) -> None:
    assert chosen(BatchPolicy(max_wait_seconds=60), [Arrival()], open_sequences=1, workers=workers) == [0]


def test_a_batch_waits_for_its_share_of_a_busy_server() -> None:
    assert chosen(BatchPolicy(max_wait_seconds=1), [Arrival(), Arrival()], open_sequences=12, workers=2, now=0.999) == []


def test_a_batch_starts_when_its_oldest_sequence_has_waited_long_enough() -> None:
    waiting = [Arrival(arrived=4.0), Arrival(arrived=5.0)]
    policy = BatchPolicy(max_wait_seconds=1)
    assert due(policy, waiting, now=4.5) == 5.0
    assert sorted(chosen(policy, waiting, open_sequences=100, now=5.0)) == [0, 1]


def test_each_worker_takes_its_share() -> None:
    assert len(chosen(BatchPolicy(), alike(10), open_sequences=10, workers=4)) == 3


def test_the_most_urgent_sequence_leads() -> None:
    waiting = [
        Arrival(priority=Priority.BULK, deadline=Deadline(1.0)),
        Arrival(deadline=Deadline(9.0)),
        Arrival(deadline=Deadline(5.0), arrived=0.1),
        Arrival(deadline=Deadline(5.0), arrived=0.2),
    ]
    assert chosen(BatchPolicy(max_batch_sequences=1), waiting) == [2]


def test_bulk_work_that_waited_long_enough_counts_as_interactive() -> None:
    policy = BatchPolicy(max_batch_sequences=1, bulk_patience_seconds=5)
    waiting = [Arrival(priority=Priority.BULK, arrived=0.0), Arrival(arrived=1.0)]
    assert chosen(policy, waiting, now=4.9) == [1]
    assert chosen(policy, waiting, now=5.0) == [0]


def test_company_is_of_like_length() -> None:
    waiting = [Arrival(length=10), Arrival(length=90), Arrival(length=12), Arrival(length=95)]
    assert chosen(BatchPolicy(max_batch_sequences=2), waiting) == [0, 2]


def test_target_languages_share_a_batch_unless_the_model_keeps_them_apart() -> None:
    waiting = [Arrival(target_language=target) for target in ("uk", "ru", "uk", "en")]
    mixed, apart = (chosen(BatchPolicy(one_target=one), waiting, open_sequences=4) for one in (False, True))
    assert (sorted(mixed), sorted(apart)) == ([0, 1, 2, 3], [0, 2])


def test_two_targets_that_begin_at_once_are_a_batch_each_where_they_are_kept_apart() -> None:
    waiting = [Arrival(target_language=target, length=length) for length in (58, 45, 10) for target in ("uk", "ru")]
    run = Simulation(policy=BatchPolicy(one_target=True), arrivals=waiting, seconds=as_the_starter).run()
    assert sorted(len(batch) for batch in run.batches) == [3, 3]
    assert all(len({each.target_language for each in batch}) == 1 for batch in run.batches)


def test_what_begins_at_once_is_dealt_out_so_that_the_workers_end_together() -> None:
    article = [Arrival(length=length) for length in (58, 45, 10, 58, 45, 10)]
    run = Simulation(policy=BatchPolicy(), arrivals=article, seconds=as_the_starter).run()
    assert [sorted(each.length for each in batch) for batch in run.batches] == [[10, 45, 58], [10, 45, 58]]


def test_the_longest_of_three_has_a_worker_to_itself() -> None:
    waiting = [Arrival(length=20), Arrival(length=60), Arrival(length=40)]
    cost = a_millisecond_a_token(steps=1.0)
    assert sorted(chosen(BatchPolicy(), waiting, open_sequences=3, workers=2, idle=2, cost=cost)) == [0, 2]


def test_nothing_is_dealt_out_that_one_worker_takes_as_its_share() -> None:
    waiting = [Arrival(length=length) for length in (58, 45, 10)]
    assert sorted(chosen(BatchPolicy(), waiting, open_sequences=6, workers=2, idle=2)) == [0, 1, 2]


def test_sequences_with_other_options_are_not_dealt_out_together() -> None:
    waiting = [Arrival(length=60), Arrival(length=10), Arrival(length=60, options=BEAM), Arrival(length=10, options=BEAM)]
    assert sorted(chosen(BatchPolicy(), waiting, open_sequences=4, workers=2, idle=2)) == [0, 1]


def test_padded_tokens_stay_within_the_budget() -> None:
    assert chosen(BatchPolicy(max_batch_tokens=29), alike(3, length=10)) == [0, 1]


def test_a_sequence_over_the_budget_runs_alone() -> None:
    assert chosen(BatchPolicy(max_batch_tokens=50), [Arrival(length=99), Arrival(length=1)]) == [0]


def test_sequences_with_other_options_stay_out() -> None:
    assert chosen(BatchPolicy(), [Arrival(), Arrival(options=BEAM), Arrival()]) == [0, 2]


def test_reproducible_sequences_run_alone() -> None:
    assert chosen(BatchPolicy(), [Arrival(options=ALONE), Arrival(options=ALONE)]) == [0]


def test_an_interactive_batch_takes_no_patient_bulk_along() -> None:
    waiting = [*alike(2, priority=Priority.BULK), *alike(2)]
    assert chosen(BatchPolicy(), waiting, open_sequences=2, open_bulk=2) == [2, 3]


def test_bulk_fills_its_batches_when_nobody_else_is_about() -> None:
    assert len(chosen(BatchPolicy(), alike(50, priority=Priority.BULK), open_bulk=50, cost=a_millisecond_a_token(steps=10.0))) == 50


def test_bulk_batches_are_short_while_interactive_callers_are_about() -> None:
    policy = BatchPolicy(bulk_batch_seconds=0.03)
    assert len(chosen(policy, alike(50, priority=Priority.BULK), open_sequences=1, open_bulk=50, cost=a_millisecond_a_token())) == 3


def test_bulk_leaves_a_worker_free_while_interactive_callers_are_about() -> None:
    waiting = alike(2, priority=Priority.BULK)
    assert chosen(BatchPolicy(), waiting, open_sequences=1, open_bulk=4, workers=2, bulk_batches=0)
    assert not chosen(BatchPolicy(), waiting, open_sequences=1, open_bulk=4, workers=2, bulk_batches=1)
    assert chosen(BatchPolicy(), waiting, open_sequences=1, open_bulk=4, workers=3, bulk_batches=1)
    assert chosen(BatchPolicy(), waiting, open_sequences=0, open_bulk=4, workers=2, bulk_batches=1)


def test_overdue_bulk_takes_the_last_worker_too() -> None:
    waiting = alike(2, priority=Priority.BULK)
    assert chosen(BatchPolicy(bulk_patience_seconds=5), waiting, open_sequences=1, open_bulk=4, workers=2, bulk_batches=1, now=5.0)


def test_a_worker_alone_is_not_kept_free() -> None:
    assert chosen(BatchPolicy(), alike(2, priority=Priority.BULK), open_sequences=1, open_bulk=2, workers=1)


def test_a_slow_model_still_batches_bulk_as_far_as_that_costs_little_time() -> None:
    cost = CostModel(workers=1, batch_tokens=2048)
    for tokens in (10, 100, 20, 80, 50):
        cost.learn(tokens=tokens, longest=10, seconds=1.0 + tokens / 1000)
    assert len(chosen(BatchPolicy(), alike(50, priority=Priority.BULK), open_sequences=1, open_bulk=50, cost=cost)) == 50


def a_millisecond_a_token(*, steps: float = 0.0) -> CostModel:
    cost = CostModel(workers=1, batch_tokens=2048, steps=steps)
    cost.learn(tokens=1000, longest=1000, seconds=1.0)
    return cost


arrivals = st.builds(
    Arrival,
    length=st.integers(1, 300),
    target_language=st.sampled_from(["en", "uk", "ru"]),
    options=st.sampled_from([PLAIN, BEAM, ALONE]),
    priority=st.sampled_from(Priority),
    deadline=st.builds(Deadline, st.floats(0, 100)),
    arrived=st.floats(0, 50),
    caller=st.sampled_from(["one", "two", "three"]),
    begun=st.booleans(),
)
policies = st.builds(
    BatchPolicy,
    one_target=st.booleans(),
    max_batch_tokens=st.integers(1, 1000),
    max_batch_sequences=st.integers(1, 20),
    max_wait_seconds=st.floats(0, 1),
)


crews = st.tuples(st.integers(1, 8), st.integers(1, 8))


def urgent(policy: BatchPolicy, arrival: Arrival, now: float) -> bool:
    return arrival.priority is Priority.INTERACTIVE or now - arrival.arrived >= policy.bulk_patience_seconds


@settings(max_examples=300, deadline=None)
@given(policies, st.lists(arrivals, min_size=1, max_size=60), st.integers(0, 200), crews, st.floats(50, 60))
def test_every_batch_keeps_the_rules(
    policy: BatchPolicy, waiting: list[Arrival], open_sequences: int, crew: tuple[int, int], now: float
) -> None:
    waiting.sort(key=lambda arrival: arrival.arrived)
    idle, workers = min(crew), max(crew)
    batch = chosen(policy, waiting, open_sequences=open_sequences, open_bulk=open_sequences, workers=workers, idle=idle, now=now)
    taken = [waiting[index] for index in batch]
    if not batch:
        assert now < due(policy, waiting, now=now)
        return
    assert len(set(batch)) == len(batch) <= policy.max_batch_sequences
    assert len(batch) == 1 or max(each.length for each in taken) * len(batch) <= policy.max_batch_tokens
    assert len({each.options for each in taken}) == 1
    assert len({each.target_language for each in taken}) == 1 or not policy.one_target
    assert len(batch) == 1 or not taken[0].options.reproducible
    lead = taken[0]
    rivals = [each for each in waiting if each.caller == lead.caller and each.priority is lead.priority]
    passed = [each for each in rivals if each.deadline < lead.deadline]
    by_arrival = lead.priority is Priority.BULK and lead is rivals[0]
    assert by_arrival or not passed or min(passed, key=lambda each: each.deadline.at).begun
    if not any(urgent(policy, each, now) for each in taken):
        assert not any(urgent(policy, each, now) for each in waiting)


@pytest.mark.parametrize(("seed", "seconds"), [(1, 20), (2, 120), (3, 600)])
def test_of_thousands_of_arrivals_none_is_lost_and_none_runs_twice(seed: int, seconds: float) -> None:
    arrivals = crowd(4000, seconds=seconds, seed=seed, bulk_share=0.3, callers=7)
    simulation = Simulation(policy=BatchPolicy(), arrivals=arrivals).run()
    ran = [each for batch in simulation.batches for each in batch]
    assert len(ran) == 4000
    assert set(ran) == set(arrivals)


def test_bulk_work_is_not_starved_by_a_stream_of_interactive_work() -> None:
    steady = [Arrival(length=100, arrived=second / 20) for second in range(2000)]
    bulk = Arrival(length=100, priority=Priority.BULK, arrived=1.0)
    policy = BatchPolicy(max_batch_sequences=2, max_batch_tokens=200, bulk_patience_seconds=5)
    simulation = Simulation(policy=policy, arrivals=[*steady, bulk], workers=1).run()
    assert 5.0 <= simulation.started[bulk] - bulk.arrived <= 6.0


def test_an_overdue_backfill_takes_turns_with_interactive_callers_and_no_more() -> None:
    steady = [Arrival(length=50, arrived=second / 19) for second in range(4000)]
    backfill = [Arrival(length=50, priority=Priority.BULK, caller="backfill") for _ in range(2000)]
    simulation = Simulation(policy=BatchPolicy(bulk_patience_seconds=2), arrivals=[*backfill, *steady], workers=1).run()
    between = [each for each in simulation.done if 50 <= simulation.done[each] <= 150]
    assert 0.4 < sum(each.priority is Priority.BULK for each in between) / len(between) < 0.6


def test_interactive_work_overtakes_a_backfill() -> None:
    backfill = [Arrival(length=50, priority=Priority.BULK) for _ in range(1000)]
    policy = BatchPolicy(max_batch_sequences=8, bulk_patience_seconds=3600)
    person = Arrival(length=50, arrived=3.0)
    simulation = Simulation(policy=policy, arrivals=[*backfill, person], workers=1).run()
    assert simulation.started[person] - person.arrived <= 8 * 50 / 1000
    assert max(map(simulation.wait, simulation.done)) > 40


def test_interactive_callers_beside_an_endless_backfill_wait_little_longer_than_without_it() -> None:
    chance = random.Random(1)
    moments = list(accumulate(chance.expovariate(20.0) for _ in range(600)))
    people = [Arrival(length=chance.randint(10, 45), arrived=moment, caller="people") for moment in moments]
    backfill = [
        Arrival(length=chance.randint(10, 45), priority=Priority.BULK, caller="backfill", arrived=number / 150) for number in range(4500)
    ]

    def seconds(batch: Sequence[Arrival]) -> float:
        return 0.006 + 0.00028 * max(each.length for each in batch) * len(batch)

    def p95(*arrivals: Arrival) -> tuple[float, Simulation]:
        run = Simulation(policy=BatchPolicy(bulk_patience_seconds=60), arrivals=list(arrivals), seconds=seconds).run()
        return quantiles([run.wait(each) for each in people], n=20)[-1], run

    alone, _ = p95(*people)
    beside, run = p95(*people, *backfill)
    assert beside <= 1.5 * alone
    # One worker does two thirds of the 150 or so that two would do without the people.
    assert sum(run.done[each] < moments[-1] for each in backfill) / moments[-1] > 90


def test_a_backfill_has_all_workers_to_itself_when_the_people_have_left() -> None:
    people = [Arrival(arrived=second / 10, caller="people") for second in range(10)]
    backfill = [Arrival(length=50, priority=Priority.BULK) for _ in range(2000)]
    run = Simulation(policy=BatchPolicy(bulk_patience_seconds=3600), arrivals=[*people, *backfill]).run()
    # Two workers, 50 ms a sequence: 50 s for both, and a little more for the seconds in which one was kept free.
    assert max(run.done.values()) < 53


def test_callers_far_apart_never_wait_for_each_other() -> None:
    sparse = [replace(each, arrived=index * 10.0) for index, each in enumerate(crowd(300, seconds=1, seed=4, bulk_share=0.3))]
    simulation = Simulation(policy=BatchPolicy(max_wait_seconds=5), arrivals=sparse).run()
    assert {simulation.started[each] - each.arrived for each in sparse} == {0.0}


def test_no_batch_waits_longer_for_company_than_it_may() -> None:
    busy = crowd(2000, seconds=400, seed=5)
    simulation = Simulation(policy=BatchPolicy(max_wait_seconds=0.05), arrivals=busy, workers=64).run()
    assert max(simulation.started[each] - each.arrived for each in busy) <= 0.05 + 1e-9
