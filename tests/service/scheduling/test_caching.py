"""Nothing is computed twice: what is known, what is under way, and who is affected by a failure."""

import asyncio

import pytest

from korotko_service.cache import CacheMode
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.errors import DeadlineTooShort, ExpiredInQueue, WorkerCrashed
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority
from tests import zoo
from tests.service.scheduling.desk import Clock, Desk, Slow, busy_desk, desk, turns

BIG = 1_000_000
BYPASS, REFRESH = Order(cache=CacheMode.BYPASS), Order(cache=CacheMode.REFRESH)


def lookups(place: Desk) -> dict[str, float]:
    return {result: place.gauge("cache_lookups_total", result=result) for result in ("hit", "miss", "joined")}


async def test_what_was_answered_once_is_known() -> None:
    engine = zoo.Upper()
    async with desk(engine, cache_bytes=BIG) as place:
        first = await place.outcomes("a", "b")
        again = await place.outcomes("b", "c", "a")
    assert [outcome.cached for outcome in first] == [False, False]
    assert [(outcome.generation.text, outcome.cached) for outcome in again] == [("B", True), ("C", False), ("A", True)]
    assert engine.texts == ["a", "b", "c"]
    assert lookups(place) == {"hit": 2, "miss": 3, "joined": 0}


async def test_a_known_answer_needs_no_room_and_no_time() -> None:
    clock = Clock()
    async with desk(Slow(clock), cache_bytes=BIG, clock=clock) as place:
        await place.say("known", "one two three four")
        with pytest.raises(DeadlineTooShort):
            await place.say("unknown", order=Order(deadline=Deadline(clock.now + 0.1)))
        assert await place.say("known", order=Order(deadline=Deadline(clock.now + 0.1))) == ["KNOWN"]


@pytest.mark.parametrize(
    "other",
    [
        Sequence(text="a b", source_language="en", target_language="ru", length=3),
        Sequence(text="a b", source_language="uk", target_language="uk", length=3),
        Sequence(text="a  b", source_language="en", target_language="uk", length=3),
        Sequence(text="A b", source_language="en", target_language="uk", length=3),
    ],
)
async def test_another_text_or_direction_is_another_sequence(other: Sequence) -> None:
    engine = zoo.Upper()
    async with desk(engine, cache_bytes=BIG) as place:
        await place.say("a b")
        assert not (await place.scheduler.run([other], Order()))[0].cached


async def test_other_options_are_another_answer() -> None:
    async with desk(zoo.Upper(), cache_bytes=BIG) as place:
        await place.say("a")
        for options in (DecodingOptions(beam_size=4), DecodingOptions(reproducible=True), DecodingOptions(max_output_tokens=9)):
            assert not (await place.outcomes("a", order=Order(options=options)))[0].cached


async def test_a_text_in_another_normal_form_is_another_one_for_a_model_that_sees_the_difference() -> None:
    engine = zoo.Upper()
    async with desk(engine, cache_bytes=BIG) as place:
        await place.say("caf\u00e9")
        assert await place.say("cafe\u0301") == ["CAFE\u0301"]
    assert len(engine.texts) == 2


async def test_who_bypasses_the_cache_neither_reads_nor_fills_it() -> None:
    engine = zoo.Upper()
    async with desk(engine, cache_bytes=BIG) as place:
        await place.say("a", order=BYPASS)
        await place.say("a")
        await place.say("a", order=BYPASS)
        assert place.gauge("cache_lookups_total", result="hit") == 0
        await place.say("a")
    assert engine.texts == ["a", "a", "a"]


async def test_who_refreshes_the_cache_computes_again_and_fills_it() -> None:
    class Counting(zoo.Echo):
        def say(self, sequence: Sequence) -> str:
            return f"{sequence.text} {len(self.batches)}"

    async with desk(Counting(), cache_bytes=BIG) as place:
        assert await place.say("a") == ["a 1"]
        assert await place.say("a", order=REFRESH) == ["a 2"]
        assert await place.say("a") == ["a 2"]


async def test_identical_sequences_in_flight_are_run_once() -> None:
    async with busy_desk(cache_bytes=BIG) as (place, engine):
        callers = [place.send("same", "same", "own"), place.send("same"), place.send("other", "same")]
        await turns()
        engine.release()
        assert await asyncio.gather(*callers) == [["SAME", "SAME", "OWN"], ["SAME"], ["OTHER", "SAME"]]
    assert sorted(engine.texts) == ["first", "other", "own", "same"]
    assert lookups(place)["joined"] == 3


async def test_a_follower_outlives_a_leader_who_leaves() -> None:
    async with busy_desk(cache_bytes=BIG) as (place, engine):
        leader, follower = place.send("same", "own"), place.send("same")
        await turns()
        leader.cancel()
        await turns()
        engine.release()
        assert await follower == ["SAME"]
    assert engine.texts == ["first", "same"]


async def test_what_leader_and_followers_have_left_is_not_run() -> None:
    async with busy_desk(cache_bytes=BIG) as (place, engine):
        leader, follower = place.send("same"), place.send("same")
        await turns()
        leader.cancel()
        await turns()
        follower.cancel()
        await asyncio.wait([leader, follower])
        await turns()
        assert place.gauge("queued_sequences") == 0
        engine.release()
    assert engine.texts == ["first"]


async def test_a_follower_with_more_time_outlives_a_leader_who_is_late() -> None:
    async with busy_desk(cache_bytes=BIG) as (place, engine):
        leader = place.send("same", order=Order(deadline=Deadline(101.0)))
        await turns()
        follower = place.send("same", order=Order(deadline=Deadline(200.0)))
        await turns()
        place.clock.now = 102.0
        engine.release()
        assert await follower == ["SAME"]
        with pytest.raises(ExpiredInQueue):
            await leader


async def test_who_is_in_a_greater_hurry_follows_nobody() -> None:
    async with busy_desk(cache_bytes=BIG, sequences=1) as (place, engine):
        bulk = place.send("same", order=Order(priority=Priority.BULK))
        await turns()
        others = [place.send("other"), place.send("same", order=Order(deadline=Deadline(150.0)))]
        await turns()
        engine.release()
        await asyncio.gather(bulk, *others)
    assert engine.texts[:3] == ["first", "same", "other"]


async def test_nobody_waits_behind_the_backlog_of_another_caller_because_they_want_the_same() -> None:
    async with busy_desk(cache_bytes=BIG, sequences=4) as (place, engine):
        flood = place.send(*map(str, range(100)), "same", order=Order(caller="flood"))
        await turns()
        other = place.send("same", order=Order(caller="other"))
        await turns()
        engine.release()
        assert await other == ["SAME"]
        await flood
    assert engine.texts.index("same") < 10


async def test_a_text_that_breaks_the_engine_is_not_tried_again_by_its_followers_and_kept_nowhere() -> None:
    class GatedPoison(zoo.Poisoned, zoo.Gated):
        def __init__(self) -> None:
            zoo.Gated.__init__(self)
            self._word = "poison"

    async with busy_desk(GatedPoison(), cache_bytes=BIG) as (place, engine):
        callers = [place.send("poison"), place.send("poison")]
        await turns()
        engine.release()
        answers = await asyncio.gather(*callers, return_exceptions=True)
        assert [type(answer) for answer in answers] == [WorkerCrashed, WorkerCrashed]
        assert engine.texts.count("poison") == 2
        with pytest.raises(WorkerCrashed):
            await place.say("poison")
    assert engine.texts.count("poison") > 2


async def test_the_answers_of_another_model_are_not_taken_for_its_own() -> None:
    from korotko_service.cache import Cache
    from korotko_service.scheduling.batching import BatchPolicy
    from korotko_service.scheduling.caching import CachingScheduler
    from korotko_service.telemetry import Metrics
    from tests.service.scheduling.desk import sequence

    metrics = Metrics()
    cache: Cache[Generation] = Cache(max_bytes=BIG, metrics=metrics)
    texts = []
    for identity, engine in (("1", zoo.Upper()), ("2", zoo.Lower()), ("1", zoo.Mute())):
        scheduler = CachingScheduler(
            cache=cache, identity=identity, name="zoo", engine=engine, policy=BatchPolicy(), max_queued_sequences=9, metrics=metrics
        )
        async with scheduler:
            texts.append((await scheduler.run([sequence("Hello")], Order()))[0].generation.text)
    assert texts == ["HELLO", "hello", "HELLO"]
