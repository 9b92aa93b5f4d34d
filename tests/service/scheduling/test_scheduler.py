"""One scheduler per model: shared batches, every caller its own answer, and nothing run that nobody waits for."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence as SequenceOf
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Engine, Generation, Sequence
from korotko_service.errors import DeadlineTooShort, ExpiredInQueue, KorotkoError, QueueFull, WorkerCrashed
from korotko_service.scheduling.batching import BatchPolicy, Priority, Waiting
from korotko_service.scheduling.scheduler import Order, Outcome, Scheduler
from korotko_service.telemetry import Metrics
from tests import zoo

NOW = Order()


@dataclass
class Clock:
    """Time that stands still until it is told."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, kw_only=True)
class WatchedPolicy(BatchPolicy):
    """Notes how many sequences the scheduler holds to be open."""

    seen: list[int] = field(default_factory=list)

    def next_batch(self, waiting: SequenceOf[Waiting], *, open_sequences: int, workers: int, now: float) -> list[int]:
        self.seen.append(open_sequences)
        return super().next_batch(waiting, open_sequences=open_sequences, workers=workers, now=now)


class Slow(zoo.Upper):
    """Takes a second of the test's own time for every token."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self._clock.now += sum(sequence.length for sequence in sequences)
        return super().generate(sequences, options)


@dataclass
class Desk:
    """A scheduler with what is around it."""

    scheduler: Scheduler
    clock: Clock
    policy: WatchedPolicy
    metrics: Metrics

    async def say(self, *texts: str, order: Order = NOW) -> list[str]:
        return [outcome.generation.text for outcome in await self.outcomes(*texts, order=order)]

    async def outcomes(self, *texts: str, order: Order = NOW) -> list[Outcome]:
        return await self.scheduler.run([sequence(text) for text in texts], order)

    def send(self, *texts: str, order: Order = NOW) -> "asyncio.Task[list[str]]":
        return asyncio.ensure_future(self.say(*texts, order=order))

    def gauge(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"korotko_{name}", {"model": "zoo", **labels}) or 0.0


def sequence(text: str) -> Sequence:
    return Sequence(text=text, source_language="en", target_language="uk", length=len(text.split()) + 1)


@asynccontextmanager
async def desk(engine: Engine, *, limit: int = 1000, clock: Clock | None = None, sequences: int = 64) -> AsyncIterator[Desk]:
    clock, metrics = clock or Clock(), Metrics()
    policy = WatchedPolicy(max_wait_seconds=0.0, max_batch_sequences=sequences)
    scheduler = Scheduler(name="zoo", engine=engine, policy=policy, max_queued_sequences=limit, metrics=metrics, clock=clock)
    async with scheduler:
        yield Desk(scheduler=scheduler, clock=clock, policy=policy, metrics=metrics)


@asynccontextmanager
async def busy_desk(engine: zoo.Gated | None = None, **parts: object) -> AsyncIterator[tuple[Desk, zoo.Gated]]:
    """A desk whose one worker is held by a first caller, so that what comes next stays in the queue until `release()`."""
    engine = engine or zoo.Gated()
    async with desk(engine, **parts) as place:  # type: ignore[arg-type]
        first = place.send("first")
        await asyncio.to_thread(engine.entered.wait, 5)
        try:
            yield place, engine
        finally:
            engine.release()
            await first


async def turns(count: int = 5) -> None:
    """Let everything that is ready on the loop run."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_outcomes_come_in_the_order_of_the_sequences() -> None:
    texts = ["one " * n for n in (5, 1, 9, 3)]
    async with desk(zoo.Upper(), sequences=2) as place:
        assert await place.say(*texts) == [text.upper() for text in texts]


async def test_no_sequences_need_no_engine() -> None:
    engine = zoo.Echo()
    async with desk(engine) as place:
        assert await place.say() == []
    assert engine.batches == []


async def test_callers_share_a_batch_and_get_their_own_back() -> None:
    async with busy_desk() as (place, engine):
        callers = [place.send("a", "b"), place.send("c")]
        await turns()
        engine.release()
        assert await asyncio.gather(*callers) == [["A", "B"], ["C"]]
    assert [len(batch) for batch in engine.batches] == [1, 3]


async def test_a_lone_caller_runs_at_once_whatever_a_batch_may_wait() -> None:
    policy = BatchPolicy(max_wait_seconds=3600)
    scheduler = Scheduler(name="zoo", engine=zoo.Upper(), policy=policy, max_queued_sequences=9, metrics=Metrics())
    async with asyncio.timeout(5), scheduler:
        assert len(await scheduler.run([sequence("hello")], NOW)) == 1


async def test_replicas_run_side_by_side() -> None:
    engine = zoo.Gated(replicas=2)
    async with desk(engine) as place:
        callers = [place.send("a"), place.send("b")]
        while place.gauge("queued_sequences") or not engine.entered.is_set():
            await turns(1)
        engine.release()
        assert await asyncio.gather(*callers) == [["A"], ["B"]]
    assert [len(batch) for batch in engine.batches] == [1, 1]


@pytest.mark.parametrize("options", [DecodingOptions(beam_size=4), DecodingOptions(reproducible=True)])
async def test_other_options_mean_another_batch(options: DecodingOptions) -> None:
    async with busy_desk() as (place, engine):
        callers = [place.send("a"), place.send("b", order=Order(options=options)), place.send("c")]
        await turns()
        engine.release()
        await asyncio.gather(*callers)
    assert sorted([sequence.text for sequence in batch] for batch in engine.batches[1:]) == [["a", "c"], ["b"]]
    assert options in engine.options


async def test_interactive_work_runs_before_bulk_work_that_came_first() -> None:
    async with busy_desk(sequences=1) as (place, engine):
        callers = [place.send("bulk", order=Order(priority=Priority.BULK)), place.send("person")]
        await turns()
        engine.release()
        await asyncio.gather(*callers)
    assert engine.texts == ["first", "person", "bulk"]


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
        await asyncio.to_thread(engine.entered.wait, 5)
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
        await asyncio.to_thread(engine.entered.wait, 5)
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


async def test_the_prediction_counts_what_waits_and_what_runs() -> None:
    clock = Clock()

    class SlowGate(Slow, zoo.Gated):
        def __init__(self) -> None:
            zoo.Gated.__init__(self)
            self._clock = clock

    engine = SlowGate()
    async with busy_desk(engine, clock=clock) as (place, _):
        engine.release()
        await place.say("one two three")
        assert place.scheduler.predicted_seconds(0) == 0.0
        engine._gate.clear()
        engine.entered.clear()
        running = place.send("a")
        await asyncio.to_thread(engine.entered.wait, 5)
        waiting = place.send("b c")
        await turns()
        assert place.scheduler.predicted_seconds(10) == pytest.approx(2 + 3 + 10)
        engine.release()
        await asyncio.gather(running, waiting)


async def test_waits_and_runs_are_measured() -> None:
    clock = Clock()
    async with desk(Slow(clock), clock=clock, sequences=1) as place:
        first, second = await place.outcomes("a", "b")
    assert (first.queue_seconds, first.engine_seconds) == (0.0, 2.0)
    assert (second.queue_seconds, second.engine_seconds) == (2.0, 2.0)
    assert place.gauge("queue_seconds_sum") == 2.0
    assert place.gauge("engine_seconds_sum") == 4.0
    assert place.gauge("tokens_total", way="in") == 4.0


async def test_leaving_finishes_what_was_accepted() -> None:
    engine = zoo.Gated()
    async with desk(engine, sequences=1) as place:
        callers = [place.send(letter) for letter in "abc"]
        await asyncio.to_thread(engine.entered.wait, 5)
        asyncio.get_running_loop().call_soon(engine.release)
    assert await asyncio.gather(*callers) == [["A"], ["B"], ["C"]]


async def open_when_alone(place: Desk) -> int:
    """How many sequences the scheduler holds to be open while one runs. Batches whose callers left already may end meanwhile."""
    for _ in range(100):
        place.clock.now += 1e6
        place.policy.seen.clear()
        await place.say("alone")
        if max(place.policy.seen) == 1:
            break
    return max(place.policy.seen)


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
        assert await open_when_alone(place) == 1
        assert place.gauge("queued_sequences") == 0
