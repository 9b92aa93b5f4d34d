"""One scheduler per model: shared batches, and every caller its own answer."""

import asyncio

import pytest

from korotko_service.engines.engine import DecodingOptions
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.waiting import Priority
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, until
from tests.service.scheduling.desk import NOW, Clock, Slow, busy_desk, desk, sequence, turns
from tests.service.shelf import happened


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
    async with asyncio.timeout(PATIENCE_SECONDS), scheduler:
        assert len(await scheduler.run([sequence("hello")], NOW)) == 1


async def test_replicas_run_side_by_side() -> None:
    engine = zoo.Gated(replicas=2)
    async with desk(engine) as place:
        callers = [place.send("a"), place.send("b")]
        await until(lambda: engine.entered.is_set() and not place.gauge("queued_sequences"))
        engine.release()
        assert await asyncio.gather(*callers) == [["A"], ["B"]]
    assert [len(batch) for batch in engine.batches] == [1, 1]


async def test_a_lone_callers_long_sentences_are_dealt_out_to_idle_replicas() -> None:
    engine = zoo.Upper(replicas=2)
    async with desk(engine) as place:
        await place.say(*("word " * words for words in (9, 5, 1, 9, 5, 1)))
    assert [sorted(len(each.text.split()) for each in batch) for batch in engine.batches] == [[1, 5, 9], [1, 5, 9]]


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
        assert place.scheduler.predicted_seconds(0, 0) == 0.0
        engine._gate.clear()
        engine.entered.clear()
        running = place.send("a")
        await happened(engine.entered)
        waiting = place.send("b c")
        await turns()
        # What runs has had its two seconds and must be over at any moment.
        behind = place.scheduler.predicted_seconds(10, 10)
        assert 0 + 2.5 + 10 < behind <= 0 + 3 + 10
        place.clock.now -= 1.5
        assert place.scheduler.predicted_seconds(10, 10) == pytest.approx(1.5 + behind)
        place.clock.now += 1.5
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
        await happened(engine.entered)
        asyncio.get_running_loop().call_soon(engine.release)
    assert await asyncio.gather(*callers) == [["A"], ["B"], ["C"]]
