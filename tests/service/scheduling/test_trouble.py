"""What goes wrong around a scheduler: late and lost callers, poison, full queues. Nobody else notices, nothing is run in vain."""

import asyncio
import random
from collections.abc import Sequence as SequenceOf

import pytest
from structlog.testing import capture_logs

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.errors import DeadlineTooShort, ExpiredInQueue, KorotkoError, QueueFull, WorkerCrashed
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.scheduling.desk import Clock, Desk, Slow, busy_desk, desk, turns
from tests.service.shelf import happened


async def test_late_sequence_never_reaches_the_engine() -> None:
    async with busy_desk() as (place, engine):
        late = place.send("late", order=Order(deadline=Deadline(101.0)))
        await turns()
        place.clock.now = 101.0
        engine.release()
        with pytest.raises(ExpiredInQueue) as caught:
            await late
    assert "late" not in engine.texts
    assert caught.value.metadata == {"waited_seconds": "1.00 s"}
    assert caught.value.retry_after_seconds == pytest.approx(0.1)
    assert place.gauge("dropped_sequences_total", cause="expired") == 1


async def test_cancelled_sequences_never_reach_the_engine() -> None:
    async with busy_desk() as (place, engine):
        gone, stays = place.send("gone", "gone too"), place.send("stays")
        await turns()
        gone.cancel()
        await asyncio.wait([gone])
        engine.release()
        assert await stays == ["STAYS"]
    assert engine.texts == ["first", "stays"]
    assert place.gauge("dropped_sequences_total", cause="cancelled") == 2


async def test_a_caller_that_leaves_while_its_batch_runs_harms_no_neighbour() -> None:
    engine = zoo.Gated()
    async with desk(engine) as place:
        leaving, staying = place.send("leaving"), place.send("staying")
        await happened(engine.entered)
        leaving.cancel()
        await asyncio.wait([leaving])
        engine.release()
        assert await staying == ["STAYING"]
    assert leaving.cancelled()


async def test_one_late_sequence_withdraws_the_rest_of_its_caller() -> None:
    order = Order(deadline=Deadline(101.0))
    async with busy_desk(sequences=1) as (place, engine):
        late = place.send("a", "b", "c", order=order)
        await turns()
        place.clock.now = 200.0
        engine.release()
        with pytest.raises(ExpiredInQueue):
            await late
    assert engine.texts == ["first"]


async def test_only_the_poison_text_is_refused_when_a_batch_fails() -> None:
    class GatedPoison(zoo.Poisoned, zoo.Gated):
        def __init__(self) -> None:
            zoo.Gated.__init__(self)
            self._word = "poison"

    async with busy_desk(GatedPoison()) as (place, engine):
        callers = [place.send("good"), place.send("a poison"), place.send("also good", "fine")]
        await turns()
        engine.release()
        good, bad, fine = await asyncio.gather(*callers, return_exceptions=True)
    assert (good, fine) == (["GOOD"], ["ALSO GOOD", "FINE"])
    assert isinstance(bad, WorkerCrashed)
    assert engine.texts.count("a poison") == 2


async def test_a_batch_that_fails_once_is_answered_by_the_second_try() -> None:
    engine = zoo.Flaky(failures=1)
    async with desk(engine) as place:
        assert await place.say("a", "b") == ["A", "B"]
    assert [len(batch) for batch in engine.batches] == [2, 1, 1]


async def test_an_engine_that_loses_answers_is_not_believed() -> None:
    async with desk(zoo.Short()) as place:
        with pytest.raises(WorkerCrashed):
            await place.say("a", "b")


async def test_a_batch_that_lost_an_answer_is_run_one_by_one() -> None:
    async with desk(zoo.Short(least=2)) as place:
        assert await place.say("a", "b", "c") == ["A", "B", "C"]


async def test_a_sequence_whose_caller_left_is_not_tried_again_after_a_failure() -> None:
    class GatedFlaky(zoo.Gated):
        def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
            generations = super().generate(sequences, options)
            if len(self.batches) == 1:
                raise RuntimeError("not today")
            return generations

    engine = GatedFlaky()
    async with desk(engine) as place:
        leaving, staying = place.send("leaving"), place.send("staying")
        await happened(engine.entered)
        leaving.cancel()
        await asyncio.wait([leaving])
        engine.release()
        assert await staying == ["STAYING"]
    assert engine.texts == ["leaving", "staying", "staying"]


async def test_no_word_of_a_text_that_failed_is_in_the_log() -> None:
    with capture_logs() as logs:
        async with desk(zoo.Poisoned()) as place:
            with pytest.raises(WorkerCrashed) as caught:
                await place.say("secret poison")
    assert {entry["event"] for entry in logs} == {"engine_failed", "sequence_failed"}
    assert "secret" not in str(logs) + str(caught.value)


async def test_a_full_queue_refuses_with_a_time_to_come_back() -> None:
    async with busy_desk(limit=2) as (place, engine):
        queued = place.send("a", "b")
        await turns()
        with pytest.raises(QueueFull) as caught:
            await place.say("c")
        engine.release()
        assert await queued == ["A", "B"]
    assert caught.value.retry_after_seconds >= 0.1
    assert caught.value.metadata == {"model": "zoo", "limit": "2"}


async def test_sequences_that_nobody_waits_for_take_no_room_in_the_queue() -> None:
    async with busy_desk(limit=1) as (place, engine):
        gone = place.send("gone")
        await turns()
        gone.cancel()
        await asyncio.wait([gone])
        queued = place.send("queued")
        await turns()
        engine.release()
        assert await queued == ["QUEUED"]


async def test_a_deadline_that_the_work_ahead_uses_up_is_refused_at_once() -> None:
    clock = Clock()
    engine = Slow(clock)
    async with desk(engine, clock=clock) as place:
        await place.say("one two three")
        with pytest.raises(DeadlineTooShort) as caught:
            await place.say("four five six", order=Order(deadline=Deadline.after(3.9, now=clock.now)))
        assert await place.say("four five six", order=Order(deadline=Deadline.after(4.1, now=clock.now))) == ["FOUR FIVE SIX"]
    assert caught.value.metadata == {"predicted_ms": "4000"}
    assert len(engine.batches) == 2


async def until_one_is_open_when_alone(place: Desk) -> None:
    """Return when the scheduler considers one sequence open while one runs. Batches whose callers left already may end meanwhile."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            place.clock.now += 1e6
            place.policy.seen.clear()
            await place.say("alone")
            if max(place.policy.seen) == 1:
                return


@pytest.mark.parametrize("seed", range(8))
async def test_the_count_of_open_sequences_never_drifts(seed: int) -> None:
    chance = random.Random(seed)
    engine = zoo.Poisoned(replicas=2)
    async with desk(engine, limit=50, sequences=4) as place:
        callers = []
        for number in range(150):
            texts = [chance.choice(["fine", "a poison text", f"number {number}"]) for _ in range(chance.randint(1, 6))]
            order = Order(priority=chance.choice(list(Priority)), deadline=Deadline(place.clock.now + chance.choice([0.5, 50.0])))
            callers.append(place.send(*texts, order=order))
            if chance.random() < 0.3:
                chance.choice(callers).cancel()
            if chance.random() < 0.3:
                await turns(chance.randint(1, 4))
            place.clock.now += chance.choice([0.0, 0.2])
        answers = await asyncio.gather(*callers, return_exceptions=True)
        strange = [a for a in answers if isinstance(a, BaseException) and not isinstance(a, KorotkoError | asyncio.CancelledError)]
        assert strange == []
        assert {type(answer) for answer in answers} >= {list, WorkerCrashed}
        await until_one_is_open_when_alone(place)
        assert place.gauge("queued_sequences") == 0
