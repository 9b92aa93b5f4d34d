"""Which sequences form the next batch, and when: by example, and over thousands of simulated arrivals."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions
from korotko_service.scheduling.batching import BatchPolicy, Priority

PLAIN, BEAM, ALONE = DecodingOptions(), DecodingOptions(beam_size=4), DecodingOptions(reproducible=True)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A waiting sequence as the policy sees it."""

    length: int = 10
    options: DecodingOptions = PLAIN
    priority: Priority = Priority.INTERACTIVE
    deadline: Deadline = field(default_factory=Deadline)
    arrived: float = 0.0


def chosen(policy: BatchPolicy, waiting: list[Arrival], *, open_sequences: int = 0, workers: int = 1, now: float = 0.0) -> list[int]:
    return policy.next_batch(waiting, open_sequences=open_sequences, workers=workers, now=now)


def test_nothing_waits_so_nothing_runs() -> None:
    assert chosen(BatchPolicy(), []) == []


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_a_lone_caller_never_waits_for_company(workers: int) -> None:
    assert chosen(BatchPolicy(max_wait_seconds=60), [Arrival()], open_sequences=1, workers=workers) == [0]


def test_a_batch_waits_for_its_share_of_a_busy_server() -> None:
    assert chosen(BatchPolicy(max_wait_seconds=1), [Arrival(), Arrival()], open_sequences=12, workers=2, now=0.999) == []


def test_a_batch_starts_when_its_oldest_sequence_has_waited_long_enough() -> None:
    waiting = [Arrival(arrived=5.0), Arrival(arrived=4.0)]
    policy = BatchPolicy(max_wait_seconds=1)
    assert policy.due(waiting) == 5.0
    assert sorted(chosen(policy, waiting, open_sequences=100, now=5.0)) == [0, 1]


def test_each_worker_takes_its_share() -> None:
    assert len(chosen(BatchPolicy(), [Arrival()] * 10, open_sequences=10, workers=4)) == 3


def test_the_most_urgent_sequence_leads() -> None:
    waiting = [
        Arrival(priority=Priority.BULK, deadline=Deadline(1.0)),
        Arrival(deadline=Deadline(9.0)),
        Arrival(deadline=Deadline(5.0), arrived=0.2),
        Arrival(deadline=Deadline(5.0), arrived=0.1),
    ]
    assert chosen(BatchPolicy(max_batch_sequences=1), waiting) == [3]


def test_bulk_work_that_waited_long_enough_counts_as_interactive() -> None:
    policy = BatchPolicy(max_batch_sequences=1, bulk_patience_seconds=5)
    waiting = [Arrival(arrived=1.0), Arrival(priority=Priority.BULK, arrived=0.0)]
    assert chosen(policy, waiting, now=4.9) == [0]
    assert chosen(policy, waiting, now=5.0) == [1]


def test_company_is_of_like_length() -> None:
    waiting = [Arrival(length=10), Arrival(length=90), Arrival(length=12), Arrival(length=95)]
    assert chosen(BatchPolicy(max_batch_sequences=2), waiting) == [0, 2]


def test_padded_tokens_stay_within_the_budget() -> None:
    assert chosen(BatchPolicy(max_batch_tokens=29), [Arrival(length=10)] * 3) == [0, 1]


def test_a_sequence_over_the_budget_runs_alone() -> None:
    assert chosen(BatchPolicy(max_batch_tokens=50), [Arrival(length=99), Arrival(length=1)]) == [0]


def test_sequences_with_other_options_stay_out() -> None:
    assert chosen(BatchPolicy(), [Arrival(), Arrival(options=BEAM), Arrival()]) == [0, 2]


def test_reproducible_sequences_run_alone() -> None:
    assert chosen(BatchPolicy(), [Arrival(options=ALONE), Arrival(options=ALONE)]) == [0]


arrivals = st.builds(
    Arrival,
    length=st.integers(1, 300),
    options=st.sampled_from([PLAIN, BEAM, ALONE]),
    priority=st.sampled_from(Priority),
    deadline=st.builds(Deadline, st.floats(0, 100)),
    arrived=st.floats(0, 50),
)
policies = st.builds(
    BatchPolicy,
    max_batch_tokens=st.integers(1, 1000),
    max_batch_sequences=st.integers(1, 20),
    max_wait_seconds=st.floats(0, 1),
)


def urgency(policy: BatchPolicy, arrival: Arrival, now: float) -> tuple[bool, float]:
    patient = arrival.priority is Priority.BULK and now - arrival.arrived < policy.bulk_patience_seconds
    return patient, arrival.deadline.at


@settings(max_examples=300, deadline=None)
@given(policies, st.lists(arrivals, min_size=1, max_size=60), st.integers(0, 200), st.integers(1, 8), st.floats(50, 60))
def test_every_batch_keeps_the_rules(policy: BatchPolicy, waiting: list[Arrival], open_sequences: int, workers: int, now: float) -> None:
    batch = chosen(policy, waiting, open_sequences=open_sequences, workers=workers, now=now)
    taken = [waiting[index] for index in batch]
    if not batch:
        assert now < policy.due(waiting)
        return
    assert len(set(batch)) == len(batch) <= policy.max_batch_sequences
    assert len(batch) == 1 or max(each.length for each in taken) * len(batch) <= policy.max_batch_tokens
    assert len({each.options for each in taken}) == 1
    assert len(batch) == 1 or not taken[0].options.reproducible
    assert urgency(policy, taken[0], now) == min(urgency(policy, each, now) for each in waiting)


@dataclass(kw_only=True)
class Simulation:
    """Workers over a policy in made-up time: each batch takes as many milliseconds as it has padded tokens."""

    policy: BatchPolicy
    arrivals: list[Arrival]
    workers: int = 2
    waits: dict[int, float] = field(default_factory=dict)
    batches: list[list[int]] = field(default_factory=list)

    def run(self) -> "Simulation":
        coming = sorted(range(len(self.arrivals)), key=lambda index: self.arrivals[index].arrived)
        waiting: list[int] = []
        busy: list[tuple[float, int]] = []
        now = 0.0
        while coming or waiting:
            while coming and self.arrivals[coming[0]].arrived <= now:
                waiting.append(coming.pop(0))
            while busy and busy[0][0] <= now:
                heapq.heappop(busy)
            running = sum(size for _, size in busy)
            batch = self._next(waiting, running, now) if len(busy) < self.workers else []
            if batch:
                heapq.heappush(busy, (now + self._cost(batch), len(batch)))
                waiting = [index for index in waiting if index not in batch]
            else:
                now = min(self._instants(coming, waiting, busy, now))
        return self

    def _next(self, waiting: list[int], running: int, now: float) -> list[int]:
        entries = [self.arrivals[index] for index in waiting]
        batch = [
            waiting[place] for place in chosen(self.policy, entries, open_sequences=running + len(waiting), workers=self.workers, now=now)
        ]
        self.waits |= {index: now - self.arrivals[index].arrived for index in batch}
        self.batches += [batch] if batch else []
        return batch

    def _cost(self, batch: list[int]) -> float:
        return max(self.arrivals[index].length for index in batch) * len(batch) / 1000

    def _instants(self, coming: list[int], waiting: list[int], busy: list[tuple[float, int]], now: float) -> Iterator[float]:
        """Instants after `now` at which something may change."""
        if coming:
            yield self.arrivals[coming[0]].arrived
        if busy:
            yield busy[0][0]
        if waiting and len(busy) < self.workers:
            due = self.policy.due([self.arrivals[index] for index in waiting])
            assert due > now, "a free worker left due work waiting"
            yield due


def crowd(count: int, *, seconds: float, seed: int, bulk_share: float = 0.3) -> list[Arrival]:
    chance = random.Random(seed)
    return [
        Arrival(
            length=chance.randint(3, 80),
            options=chance.choices([PLAIN, BEAM, ALONE], [90, 8, 2])[0],
            priority=Priority.BULK if chance.random() < bulk_share else Priority.INTERACTIVE,
            arrived=chance.uniform(0, seconds),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize(("seed", "seconds"), [(1, 20), (2, 120), (3, 600)])
def test_of_thousands_of_arrivals_none_is_lost_and_none_runs_twice(seed: int, seconds: float) -> None:
    simulation = Simulation(policy=BatchPolicy(), arrivals=crowd(4000, seconds=seconds, seed=seed)).run()
    assert sorted(index for batch in simulation.batches for index in batch) == list(range(4000))


def test_bulk_work_is_not_starved_by_a_stream_of_interactive_work() -> None:
    steady = [Arrival(length=100, arrived=second / 20) for second in range(2000)]
    bulk = [Arrival(length=100, priority=Priority.BULK, arrived=1.0)]
    policy = BatchPolicy(max_batch_sequences=2, max_batch_tokens=200, bulk_patience_seconds=5)
    simulation = Simulation(policy=policy, arrivals=steady + bulk, workers=1).run()
    assert 5.0 <= simulation.waits[len(steady)] <= 6.0


def test_interactive_work_overtakes_a_backfill() -> None:
    backfill = [Arrival(length=50, priority=Priority.BULK) for _ in range(1000)]
    policy = BatchPolicy(max_batch_sequences=8, bulk_patience_seconds=3600)
    person = Arrival(length=50, arrived=3.0)
    simulation = Simulation(policy=policy, arrivals=[*backfill, person], workers=1).run()
    assert simulation.waits[1000] <= 8 * 50 / 1000
    assert max(simulation.waits.values()) > 40


def test_callers_far_apart_never_wait_for_each_other() -> None:
    sparse = [replace(each, arrived=index * 10.0) for index, each in enumerate(crowd(300, seconds=1, seed=4))]
    simulation = Simulation(policy=BatchPolicy(max_wait_seconds=5), arrivals=sparse).run()
    assert set(simulation.waits.values()) == {0.0}


def test_no_batch_waits_longer_for_company_than_it_may() -> None:
    busy = crowd(2000, seconds=400, seed=5, bulk_share=0.0)
    simulation = Simulation(policy=BatchPolicy(max_wait_seconds=0.05), arrivals=busy, workers=64).run()
    assert max(simulation.waits.values()) <= 0.05 + 1e-9
