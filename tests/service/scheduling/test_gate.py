"""Who is let into a queue: enough room, enough time, and what was promised to those inside; simulated beyond capacity."""

import random
from collections.abc import Callable, Sequence as SequenceOf
from math import exp
from statistics import fmean, median

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.errors import DeadlineTooShort, KorotkoError, QueueFull
from korotko_service.scheduling.backlog import SHORT_SECONDS
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.gate import Gate
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority
from tests.service.scheduling.simulation import Arrival, Simulation


def gate(*waiting: Arrival, limit: int = 100, seconds_per_token: float = 0.0, workers: int = 1) -> Gate[Arrival]:
    queue: FairQueue[Arrival] = FairQueue()
    for arrival in waiting:
        queue.add(arrival)
    cost = CostModel(workers=workers, batch_tokens=100, steps=0.0)
    if seconds_per_token:
        cost.learn(tokens=10, longest=10, seconds=10 * seconds_per_token)
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
    assert error.retry_after_seconds == pytest.approx(0.1 + 5.0 * 1.75 - 2.0)


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


def test_bulk_counts_on_one_worker_less() -> None:
    door = gate(*promised(100, priority=Priority.BULK), limit=1000, seconds_per_token=0.01, workers=2)
    error = refusal(door, priority=Priority.BULK, deadline=Deadline(2.0))
    assert isinstance(error, DeadlineTooShort)
    assert error.metadata["predicted_ms"] == "10100"


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
    door.cost.learn(tokens=10, longest=10, seconds=1.0, beam_size=4)
    assert isinstance(refusal(door, deadline=Deadline(0.5), options=DecodingOptions(beam_size=4)), DeadlineTooShort)
    assert refusal(door, deadline=Deadline(0.5)) is None


def crowded(door: Gate[Arrival], seconds: float) -> None:
    """A queue that has been that long for a second, with far too much coming."""
    door.backlog.stands(seconds, coming=9000, taken=0, token_seconds=0.01, now=-1.0)


def overload(factor: float, *, deadline: float, callers: int, spread: float = 0.0) -> Simulation:
    """20 s of arrivals at random, `factor` times what the workers can do."""
    return load((factor, SECONDS), deadline=deadline, callers=callers, spread=spread)


def load(
    *phases: tuple[float, float],
    deadline: float,
    callers: int = 1,
    spread: float = 0.0,
    wobble: float = 0.0,
    hiccup: Callable[[SequenceOf[Arrival]], float] = lambda batch: 0.0,
) -> Simulation:
    """Arrivals at random, in phases of (times what the workers can do, seconds): 4 ms a batch and 0.2 ms a token, more or less.

    The machine's speed changes by `wobble` over about ten batches, as if others used it too; `hiccup` adds seconds to a batch.
    """
    chance, noise = random.Random(1), random.Random(2)
    arrivals, now, end, drift = list[Arrival](), 0.0, 0.0, 0.0
    for factor, lasts in phases:
        now, end = end, end + lasts
        while (now := now + chance.expovariate(factor * CAPACITY)) < end:
            until = Deadline(now + deadline * chance.uniform(1 - spread, 1 + spread))
            arrivals.append(
                Arrival(length=chance.randint(5, 60), arrived=now, deadline=until, caller=f"caller {chance.randrange(callers)}")
            )

    def seconds(batch: SequenceOf[Arrival]) -> float:
        nonlocal drift
        drift = 0.9 * drift + noise.gauss(0, wobble * 0.19**0.5)
        usual = 0.004 + 0.0002 * max(each.length for each in batch) * len(batch)
        return hiccup(batch) + usual * noise.lognormvariate(0, 0.15) * exp(drift)

    return Simulation(policy=BatchPolicy(), arrivals=arrivals, limit=2048, refusal_seconds=REFUSAL, seconds=seconds).run()


def late_ones(run: Simulation) -> int:
    return sum(run.done[each] > each.deadline.at for each in run.done) + len(run.late)


# Sequences a second that two workers answer when thousands wait, all lengths mixed.
CAPACITY, SECONDS = 250.0, 20.0
# Processor time to turn somebody away (measured: 0.7 to 0.8 ms).
REFUSAL = 0.00075


@pytest.mark.parametrize("callers", [1, 8, 64])
@pytest.mark.parametrize("spread", [0.0, 0.6])
def test_at_twice_the_capacity_accepted_work_is_answered_in_time_and_the_rest_is_refused_at_once(callers: int, spread: float) -> None:
    run = overload(2.0, deadline=2.0, callers=callers, spread=spread)
    in_time = [each for each in run.done if run.done[each] <= min(each.deadline.at, SECONDS)]
    accepted = len(run.arrivals) - len(run.refused)
    left_for_answers = 1 - len(run.refused) * REFUSAL / SECONDS / run.workers
    assert len(in_time) / SECONDS >= 0.95 * CAPACITY * left_for_answers
    assert late_ones(run) <= 0.01 * accepted
    assert all(isinstance(error, DeadlineTooShort | QueueFull) and error.retry_after_seconds for error in run.refused.values())


def test_below_capacity_next_to_nobody_is_refused_and_nobody_is_late() -> None:
    run = overload(0.8, deadline=2.0, callers=8)
    assert len(run.refused) <= 0.02 * len(run.arrivals)
    assert not run.late
    assert all(run.done[each] <= each.deadline.at for each in run.done)


def test_at_twice_the_capacity_every_caller_gets_its_part() -> None:
    run = overload(2.0, deadline=2.0, callers=8)
    parts = [sum(each.length for each in run.done if each.caller == f"caller {number}") for number in range(8)]
    assert min(parts) > 0.85 * fmean(parts)


@pytest.mark.parametrize("deadline", [2.0, 5.0])
@pytest.mark.parametrize("wobble", [0.0, 0.3])
def test_an_overload_is_over_soon_after_it_ends(deadline: float, wobble: float) -> None:
    run = load((0.5, 3.0), (2.0, 5.0), (0.5, 4.0), deadline=deadline, wobble=wobble)
    after = [each for each in run.arrivals if 9.5 <= each.arrived < 10.5]
    before = [each for each in run.arrivals if each.arrived < 3.0]
    assert all(each in run.done for each in after)
    assert median(map(run.wait, after)) <= 0.1 + 1.5 * median(map(run.wait, before))
    assert late_ones(run) == 0


def test_a_burst_that_the_queue_can_work_off_in_time_is_not_turned_away() -> None:
    run = load((0.5, 3.0), (3.0, 0.2), (0.5, 3.0), deadline=2.0)
    assert not run.refused


def test_who_allows_a_minute_may_wait_in_a_queue_that_stands_and_who_allows_seconds_may_not() -> None:
    door = gate(*promised(300, deadline=Deadline(1.0)), limit=1000, seconds_per_token=0.001)
    sequences = [Sequence(text="…", source_language="en", target_language="uk", length=10)]
    crowded(door, 3.0)
    door.check(sequences, Order(deadline=Deadline(65.0)), running_seconds=0.0, now=0.0)
    with pytest.raises(QueueFull) as caught:
        door.check(sequences, Order(deadline=Deadline(5.0)), running_seconds=0.0, now=0.0)
    assert caught.value.retry_after_seconds == pytest.approx(3.0)


def test_at_just_the_capacity_next_to_nobody_is_refused_and_nobody_is_late() -> None:
    run = load((1.0, 10.0), deadline=2.0, wobble=0.15)
    assert max(map(run.wait, run.done)) > 2 * SHORT_SECONDS
    assert len(run.refused) <= 0.01 * len(run.arrivals)
    assert late_ones(run) == 0


@pytest.mark.parametrize("wobble", [0.0, 0.15, 0.3])
def test_half_a_second_after_an_overload_nobody_is_turned_away(wobble: float) -> None:
    run = load((0.5, 3.0), (2.0, 5.0), (0.5, 3.0), deadline=2.0, wobble=wobble)
    assert 7.0 < max(each.arrived for each in run.refused) < 8.5


def test_what_a_pause_of_the_machine_has_left_is_worked_off_and_nobody_is_turned_away() -> None:
    paused = iter([True])
    run = load((0.5, 6.0), deadline=2.5, hiccup=lambda batch: 1.0 if batch[0].arrived > 3.0 and next(paused, False) else 0.0)
    assert max(map(run.wait, run.done)) > 1.0
    assert not run.refused


@pytest.mark.parametrize("exempt", [{"begun": True}, {"priority": Priority.BULK}, {"caller": "another"}])
def test_what_is_begun_or_bulk_or_another_callers_is_let_in_while_the_queue_stands(exempt: dict[str, object]) -> None:
    door = gate(*promised(250), limit=1000, seconds_per_token=0.001)
    assert refusal(door, deadline=Deadline(5.0)) is None
    crowded(door, 1.0)
    assert isinstance(refusal(door, deadline=Deadline(5.0)), QueueFull)
    assert refusal(door, deadline=Deadline(50.0), **exempt) is None


def test_a_call_of_which_a_part_waits_is_let_in_whole_though_the_queue_stands() -> None:
    door = gate(*promised(250), limit=1000, seconds_per_token=0.001)
    crowded(door, 1.0)
    door.queue.add(Arrival(caller="", deadline=Deadline(5.0)))
    assert isinstance(refusal(door, deadline=Deadline(5.01)), QueueFull)
    assert refusal(door, deadline=Deadline(5.0)) is None


def test_what_takes_longer_than_its_deadline_by_itself_is_not_told_to_come_back_where_the_queue_stands_either() -> None:
    door = gate(*promised(250), limit=1000, seconds_per_token=0.001)
    crowded(door, 1.0)
    error = refusal(door, 300, deadline=Deadline(0.2))
    assert isinstance(error, DeadlineTooShort)
    assert error.retry_after_seconds is None


def test_who_ran_out_of_time_is_told_when_half_of_the_queue_is_done_unless_no_time_would_do() -> None:
    door = gate(*promised(100), seconds_per_token=0.01)
    assert door.retry_seconds(2.0) == pytest.approx(5.0)
    assert door.retry_seconds(0.001) is None
