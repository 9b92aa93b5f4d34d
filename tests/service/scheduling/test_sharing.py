"""Callers share an engine: each gets its part, each one's own work goes by deadline, and nobody is kept out. By example and simulated."""

import random
from collections import Counter
from collections.abc import Sequence as SequenceOf

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.deadline import Deadline
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.waiting import Newcomer, Priority
from tests.service.scheduling.simulation import Arrival, Simulation

# No bulk here is overdue.
_NEVER = -1.0


def queue_of(*arrivals: Arrival) -> FairQueue[Arrival]:
    queue: FairQueue[Arrival] = FairQueue()
    for arrival in arrivals:
        queue.add(arrival)
    return queue


def turns(queue: FairQueue[Arrival], count: int) -> list[Arrival]:
    """Who goes next, one by one."""
    chosen = []
    for _ in range(count):
        (entry,) = queue.first(queue.urgent(overdue=_NEVER), 1)
        queue.take([entry])
        chosen.append(entry)
    return chosen


def callers(entries: list[Arrival]) -> str:
    return "".join(entry.caller for entry in entries)


def test_callers_take_turns_whoever_came_first() -> None:
    queue = queue_of(*(Arrival(caller="a") for _ in range(4)), *(Arrival(caller="b") for _ in range(3)))
    assert callers(queue.first(queue.urgent(overdue=_NEVER), 7)) == "abababa"
    assert callers(turns(queue, 7)) == "abababa"


def test_turns_are_counted_in_tokens() -> None:
    queue = queue_of(*(Arrival(caller="a", length=30) for _ in range(3)), *(Arrival(caller="b", length=10) for _ in range(9)))
    assert Counter(callers(turns(queue, 8))) == {"a": 2, "b": 6}


def test_one_callers_own_work_goes_by_deadline_and_the_others_deadlines_do_not_matter() -> None:
    late, soon, other = Arrival(caller="a", deadline=Deadline(9)), Arrival(caller="a", deadline=Deadline(8)), Arrival(caller="b")
    assert turns(queue_of(late, soon, other), 3) == [soon, other, late]


def test_who_was_away_saves_up_no_turns() -> None:
    queue = queue_of(*(Arrival(caller="a") for _ in range(20)))
    turns(queue, 10)
    for _ in range(10):
        queue.add(Arrival(caller="b"))
    assert Counter(callers(turns(queue, 10))) == {"a": 5, "b": 5}


def test_who_leaves_the_queue_for_a_moment_gains_nothing() -> None:
    queue = queue_of(*(Arrival(caller="b") for _ in range(5)))
    order = ""
    for _ in range(6):
        queue.add(Arrival(caller="a", length=30))
        order += callers(turns(queue, 1))
    assert order.count("a") == 2


def test_what_is_withdrawn_costs_its_caller_no_turn() -> None:
    queue = queue_of(gone := Arrival(caller="a", length=500), Arrival(caller="a"), Arrival(caller="b"))
    assert queue.discard(gone)
    assert not queue.discard(gone)
    assert callers(turns(queue, 2)) == "ab"


def test_what_is_late_leaves_at_once() -> None:
    queue = queue_of(Arrival(deadline=Deadline(1)), Arrival(), Arrival(deadline=Deadline(2)), Arrival(deadline=Deadline(2.5)))
    assert [entry.deadline.at for entry in queue.late(2.0)] == [1, 2]
    assert len(queue) == 2
    assert queue.late(2.0) == []


def ahead(queue: FairQueue[Arrival], caller: str, *, tokens: int = 10, deadline: float = 99.0, priority: Priority = Priority.INTERACTIVE):
    return queue.ahead(Newcomer(caller=caller, priority=priority, deadline=Deadline(deadline), tokens=tokens), overdue=_NEVER)


def test_a_newcomer_waits_for_turns_and_not_for_the_whole_queue_of_another() -> None:
    queue = queue_of(*(Arrival(caller="flood", deadline=Deadline(50)) for _ in range(100)), Arrival(caller="light", length=3))
    assert (ahead(queue, "new").own, ahead(queue, "new").others) == (0, 10 + 6)
    assert ahead(queue, "flood").own == 1000


def test_bulk_waits_for_all_that_is_interactive_and_not_the_other_way_round() -> None:
    queue = queue_of(Arrival(caller="a", length=70), Arrival(caller="b", length=500, priority=Priority.BULK))
    assert ahead(queue, "new").others == 10
    assert ahead(queue, "new", priority=Priority.BULK).others == 70 + 10


def test_a_newcomer_overtakes_its_own_work_with_later_deadlines() -> None:
    queue = queue_of(*(Arrival(caller="a", length=10, deadline=Deadline(at)) for at in (5.0, 50.0, 60.0)))
    found = ahead(queue, "a", deadline=9.0)
    assert found.own == 10
    assert [place[0] for place in found.overtaken] == [50.0, 60.0]


entries = st.builds(
    Arrival,
    length=st.integers(1, 50),
    priority=st.sampled_from(Priority),
    deadline=st.builds(Deadline, st.sampled_from([1.0, 2.0, 3.0, float("inf")])),
    caller=st.sampled_from("abc"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(entries, max_size=40), st.randoms(use_true_random=False))
def test_whatever_comes_and_goes_is_there_once_or_not_at_all(arrivals: list[Arrival], chance: random.Random) -> None:
    queue: FairQueue[Arrival] = FairQueue()
    inside: set[Arrival] = set()
    for arrival in arrivals:
        queue.add(arrival)
        inside.add(arrival)
        act = chance.choice(["stay", "discard", "take", "late"])
        if act == "discard":
            queue.discard(gone := chance.choice(list(inside)))
            inside.discard(gone)
        elif act == "take":
            batch = queue.first(queue.urgent(overdue=_NEVER) or queue.patient(), 3)
            queue.take(batch)
            inside -= set(batch)
        elif act == "late":
            inside -= set(queue.late(1.5))
        assert len(queue) == len(inside)
        assert queue.tokens == sum(entry.length for entry in inside)
        assert {caller: queue.held(caller) for caller in "abc"} == {c: sum(e.caller == c for e in inside) for c in "abc"}
        lines = [*queue.urgent(overdue=_NEVER), *queue.patient()]
        assert set(queue.first(lines, 100)) == inside


def flood(caller: str, count: int, *, seconds: float, length: int = 30) -> list[Arrival]:
    return [Arrival(caller=caller, length=length, arrived=seconds * number / count) for number in range(count)]


def test_a_caller_who_floods_the_queue_leaves_another_ones_latency_alone() -> None:
    light = flood("light", 200, seconds=60)
    alone = Simulation(policy=BatchPolicy(), arrivals=light).run()
    beside = Simulation(policy=BatchPolicy(), arrivals=[*light, *flood("flood", 8000, seconds=60)]).run()
    waits = {name: sorted(map(run.wait, light))[190] for name, run in (("alone", alone), ("beside", beside))}
    # One batch that has begun is not interrupted; the light caller is in the next one.
    longest = max(beside.done[batch[0]] - beside.started[batch[0]] for batch in beside.batches)
    assert waits["beside"] <= waits["alone"] + 2 * longest
    assert max(map(beside.wait, beside.done)) > 50


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_busy_callers_get_equal_parts_whatever_they_send(seed: int) -> None:
    chance = random.Random(seed)
    arrivals = [Arrival(caller=caller, length=chance.randint(*lengths)) for caller, lengths in LENGTHS.items() for _ in range(2000)]
    simulation = Simulation(policy=BatchPolicy(), arrivals=arrivals).run()
    tokens = Counter[str]()
    for batch in simulation.batches:
        for entry in batch:
            tokens[entry.caller] += entry.length
        if sum(tokens.values()) > 40_000:
            break
    assert max(tokens.values()) / min(tokens.values()) < 1.1


LENGTHS = {"short": (10, 20), "middle": (15, 40), "long": (50, 80)}


def test_interactive_latency_beside_a_backfill_of_thousands_is_nearly_what_it_is_alone() -> None:
    chance = random.Random(7)
    people = [Arrival(caller=f"p{n % 4}", length=chance.randint(5, 60), arrived=chance.uniform(0, 60)) for n in range(3000)]
    backfill = [Arrival(caller="b", length=chance.randint(5, 60), priority=Priority.BULK, arrived=n / 50) for n in range(3000)]
    waits = []
    for arrivals in (people, [*people, *backfill]):
        simulation = Simulation(policy=BatchPolicy(), arrivals=arrivals, seconds=engine_seconds).run()
        waits.append(sorted(map(simulation.wait, people))[2850])
    assert waits[1] <= 1.5 * waits[0]
    assert all(arrival in simulation.done for arrival in backfill)


def engine_seconds(batch: SequenceOf[Arrival]) -> float:
    """4 ms a batch and 0.2 ms a token, as a small model on a CPU takes: both loads together use about half of two workers."""
    return 0.004 + 0.0002 * max(each.length for each in batch) * len(batch)
