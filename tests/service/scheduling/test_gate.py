"""Who is let into a queue: enough room, enough time, and what was promised to those inside; simulated beyond capacity."""

import random
from statistics import fmean

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.errors import DeadlineTooShort, KorotkoError, QueueFull
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.gate import Gate
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority
from tests.service.scheduling.simulation import Arrival, Simulation


def gate(*waiting: Arrival, limit: int = 100, seconds_per_token: float = 0.0) -> Gate[Arrival]:
    queue: FairQueue[Arrival] = FairQueue()
    for arrival in waiting:
        queue.add(arrival)
    cost = CostModel(workers=1, batch_tokens=100)
    if seconds_per_token:
        cost.learn(tokens=10, seconds=10 * seconds_per_token)
    return Gate(name="zoo", limit=limit, queue=queue, cost=cost, policy=BatchPolicy())


def refusal(door: Gate[Arrival], *lengths: int, running_seconds: float = 0.0, **order: object) -> KorotkoError | None:
    sequences = [Sequence(text="…", source_language="en", target_language="uk", length=length) for length in lengths or (10,)]
    try:
        door.check(sequences, Order(**order), running_seconds=running_seconds, now=0.0)  # type: ignore[arg-type]
    except KorotkoError as error:
        return error
    return None


def promised(count: int, **changes: object) -> list[Arrival]:
    return [Arrival(**{"deadline": Deadline(1.0), **changes}) for _ in range(count)]  # type: ignore[arg-type]


def test_a_lone_caller_may_fill_the_queue() -> None:
    assert refusal(gate(*(Arrival(caller="a") for _ in range(99))), caller="a") is None
    assert isinstance(refusal(gate(*(Arrival(caller="a") for _ in range(100))), caller="a"), QueueFull)


def test_a_queue_that_one_caller_filled_is_open_for_another() -> None:
    door = gate(*(Arrival(caller="a") for _ in range(100)))
    for _ in range(50):
        assert refusal(door, caller="b") is None
        door.queue.add(Arrival(caller="b"))
    assert isinstance(refusal(door, caller="b"), QueueFull)
    assert isinstance(refusal(door, caller="a"), QueueFull)
    assert refusal(door, caller="c") is None


def test_no_number_of_callers_makes_the_queue_twice_as_long_as_its_limit() -> None:
    door = gate(limit=100)
    for number in range(5000):
        caller = f"caller {number % 97}"
        if refusal(door, caller=caller) is None:
            door.queue.add(Arrival(caller=caller))
    assert 100 <= len(door.queue) < 200


def test_a_refusal_for_lack_of_room_says_when_half_of_the_queue_is_done() -> None:
    error = refusal(gate(*(Arrival(length=10) for _ in range(100)), seconds_per_token=0.01))
    assert isinstance(error, QueueFull)
    assert error.retry_after_seconds == pytest.approx(5.0)


def test_a_refusal_for_lack_of_time_says_when_the_same_time_would_do() -> None:
    error = refusal(gate(*promised(50), seconds_per_token=0.01), deadline=Deadline(2.0))
    assert isinstance(error, DeadlineTooShort)
    assert error.metadata["predicted_ms"] == "5100"
    assert error.retry_after_seconds == pytest.approx(0.1 + 5.0 * 1.5 - 2.0)


def test_a_text_that_takes_longer_than_its_deadline_by_itself_is_not_told_to_come_back() -> None:
    error = refusal(gate(seconds_per_token=0.01), 300, deadline=Deadline(2.0))
    assert isinstance(error, DeadlineTooShort)
    assert error.retry_after_seconds is None


def test_what_nobody_has_tried_for_long_is_tried_again_where_nothing_else_is_to_do() -> None:
    door, later = gate(seconds_per_token=10.0), 6.0
    sequences = [Sequence(text="…", source_language="en", target_language="uk", length=10)]
    with pytest.raises(DeadlineTooShort):
        door.check(sequences, Order(deadline=Deadline(5.0)), running_seconds=0.0, now=4.0)
    door.check(sequences, Order(deadline=Deadline(7.0)), running_seconds=0.0, now=later)
    with pytest.raises(DeadlineTooShort):
        door.check(sequences, Order(deadline=Deadline(7.0)), running_seconds=1.0, now=later)


def test_all_sequences_of_a_request_count() -> None:
    door = gate(seconds_per_token=0.01)
    assert refusal(door, *[10] * 9, deadline=Deadline(1.0)) is None
    assert isinstance(refusal(door, *[10] * 11, deadline=Deadline(1.0)), DeadlineTooShort)


def test_what_runs_counts() -> None:
    door = gate(seconds_per_token=0.01)
    assert isinstance(refusal(door, deadline=Deadline(1.0), running_seconds=1.0), DeadlineTooShort)


def test_bulk_that_waits_does_not_count_for_a_person() -> None:
    door = gate(*promised(90, priority=Priority.BULK), seconds_per_token=0.01)
    assert refusal(door, deadline=Deadline(1.0)) is None
    assert isinstance(refusal(door, deadline=Deadline(1.0), priority=Priority.BULK), DeadlineTooShort)


def test_another_callers_queue_does_not_count_beyond_its_turns() -> None:
    door = gate(*promised(90, caller="a"), seconds_per_token=0.01)
    assert refusal(door, caller="b", deadline=Deadline(1.0)) is None
    assert isinstance(refusal(door, caller="a", deadline=Deadline(1.0)), DeadlineTooShort)


def test_an_early_deadline_does_not_push_what_was_accepted_beyond_its_own() -> None:
    tight, loose = Deadline(3.05), Deadline(30.0)
    waiting = [Arrival(length=100, deadline=tight), Arrival(length=90, deadline=tight)]
    assert isinstance(refusal(gate(*waiting, seconds_per_token=0.01), 20, deadline=Deadline(2.0)), DeadlineTooShort)
    waiting = [Arrival(length=100, deadline=loose), Arrival(length=90, deadline=loose)]
    assert refusal(gate(*waiting, seconds_per_token=0.01), 20, deadline=Deadline(2.0)) is None


def test_a_beam_is_known_by_its_own_time() -> None:
    door = gate(seconds_per_token=0.01)
    door.cost.learn(tokens=10, seconds=1.0, beam_size=4)
    assert isinstance(refusal(door, deadline=Deadline(0.5), options=DecodingOptions(beam_size=4)), DeadlineTooShort)
    assert refusal(door, deadline=Deadline(0.5)) is None


def overload(factor: float, *, deadline: float, callers: int, spread: float = 0.0) -> Simulation:
    """20 s of arrivals at random, `factor` times what the workers can do: 4 ms a batch and 0.2 ms a token, more or less."""
    chance, noise = random.Random(1), random.Random(2)
    arrivals, now = [], 0.0
    while (now := now + chance.expovariate(factor * CAPACITY)) < SECONDS:
        arrivals.append(
            Arrival(
                length=chance.randint(5, 60),
                arrived=now,
                deadline=Deadline(now + deadline * chance.uniform(1 - spread, 1 + spread)),
                caller=f"caller {chance.randrange(callers)}",
            )
        )

    def seconds(batch: list[Arrival]) -> float:
        return (0.004 + 0.0002 * max(each.length for each in batch) * len(batch)) * noise.lognormvariate(0, 0.15)

    return Simulation(policy=BatchPolicy(), arrivals=arrivals, limit=2048, seconds=seconds).run()  # type: ignore[arg-type]


# Sequences a second that two workers answer when thousands wait, all lengths mixed.
CAPACITY, SECONDS = 250.0, 20.0


@pytest.mark.parametrize("callers", [1, 8, 64])
@pytest.mark.parametrize("spread", [0.0, 0.6])
def test_at_twice_the_capacity_accepted_work_is_answered_in_time_and_the_rest_is_refused_at_once(callers: int, spread: float) -> None:
    run = overload(2.0, deadline=2.0, callers=callers, spread=spread)
    in_time = [each for each in run.done if run.done[each] <= min(each.deadline.at, SECONDS)]
    accepted = len(run.arrivals) - len(run.refused)
    late = sum(run.done[each] > each.deadline.at for each in run.done) + len(run.late)
    assert len(in_time) / SECONDS >= 0.95 * CAPACITY
    assert late <= 0.025 * accepted
    assert all(isinstance(error, DeadlineTooShort | QueueFull) and error.retry_after_seconds for error in run.refused.values())


def test_below_capacity_next_to_nobody_is_refused_and_nobody_is_late() -> None:
    run = overload(0.8, deadline=2.0, callers=8)
    assert len(run.refused) <= 0.01 * len(run.arrivals)
    assert not run.late
    assert all(run.done[each] <= each.deadline.at for each in run.done)


def test_at_twice_the_capacity_every_caller_gets_its_part() -> None:
    run = overload(2.0, deadline=2.0, callers=8)
    parts = [sum(each.length for each in run.done if each.caller == f"caller {number}") for number in range(8)]
    assert min(parts) > 0.85 * fmean(parts)
