"""The same request again is answered at once: what callers see of the cache, and what they can do about it."""

import asyncio
from typing import Any

import pytest

from korotko.v1 import options_pb2, server_pb2, translate_pb2
from korotko_service.engines.engine import Sequence
from tests import summarizers, zoo
from tests.integration.wire import PATIENCE_SECONDS, channel_to, sample, stub_of, summarize, translate, until

ARTICLE = "The ministers met on Monday. They agreed on the list. The ban begins in January."


def with_cache(request: Any, mode: options_pb2.CacheMode.ValueType) -> Any:
    request.options.cache_mode = mode
    return request


def text_of(reply: translate_pb2.TranslateResponse) -> str:
    return reply.results[0].translation.text


class Counting(zoo.Echo):
    """Numbers its batches."""

    def say(self, sequence: Sequence) -> str:
        return f"{sequence.text} {len(self.batches)}"


async def test_a_sentence_that_was_translated_before_costs_nothing_and_says_so() -> None:
    engine = zoo.Upper()
    async with zoo.running(engine) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        first = await stub.Translate(translate("Good morning. The sun is out."), timeout=PATIENCE_SECONDS)
        again = await stub.Translate(translate("The sun is out. A new day."), timeout=PATIENCE_SECONDS)
        assert text_of(again) == "THE SUN IS OUT. A NEW DAY."
        assert (first.usage.cached_sentences, first.usage.input_tokens) == (0, 3 + 5)
        assert (again.usage.cached_sentences, again.usage.input_tokens) == (1, 4)
        assert sorted(engine.texts) == ["A new day.", "Good morning.", "The sun is out."]
        assert sample(app, "cache_lookups_total", model="zoo", result="hit") == 1
        assert sample(app, "cache_entries") == 3


async def test_a_caller_may_leave_the_cache_alone_or_have_it_filled_anew() -> None:
    async with zoo.running(Counting()) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        said = []
        for mode in ("DEFAULT", "BYPASS", "DEFAULT", "REFRESH", "DEFAULT"):
            request = with_cache(translate("Good morning"), options_pb2.CacheMode.Value(f"CACHE_MODE_{mode}"))
            reply = await stub.Translate(request, timeout=PATIENCE_SECONDS)
            said.append((text_of(reply)[-1], reply.usage.cached_sentences))
    assert said == [("1", 0), ("2", 0), ("1", 1), ("3", 0), ("3", 1)]


async def test_two_identical_calls_at_once_are_one_piece_of_work() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        calls = [stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS) for _ in range(2)]
        await until(lambda: sample(app, "cache_lookups_total", model="zoo", result="joined") == 1)
        engine.release()
        assert [text_of(await call) for call in calls] == ["GOOD MORNING."] * 2
        assert engine.texts == ["Good morning."]


async def test_a_follower_is_answered_when_the_one_it_follows_goes_away() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        leader = stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
        await until(engine.entered.is_set)
        follower = stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
        await until(lambda: sample(app, "cache_lookups_total", model="zoo", result="joined") == 1)
        leader.cancel()
        await until(lambda: sample(app, "calls_inside") == 1)
        engine.release()
        assert text_of(await follower) == "GOOD MORNING."
        assert engine.texts == ["Good morning."]


async def test_a_written_brief_comes_from_the_cache_too() -> None:
    writer, translator = summarizers.FirstSentences(1), zoo.Upper()
    manifests = [zoo.manifest(), summarizers.manifest("writer")]
    async with zoo.running({"zoo": translator, "writer": writer}, manifests=manifests) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        request = summarize(ARTICLE, "en", "uk", method="BRIEF_METHOD_ABSTRACTIVE")
        replies = [await stub.Summarize(request, timeout=PATIENCE_SECONDS) for _ in range(2)]
        assert [len(writer.batches), len(translator.batches)] == [1, 1]
        assert [reply.usage.cached_sentences for reply in replies] == [0, 2]
        assert replies[0].results == replies[1].results


@pytest.mark.parametrize(("cache_bytes", "times"), [(0, 2), (1_000_000, 1)])
async def test_the_operator_decides_whether_there_is_a_cache_and_the_server_tells(cache_bytes: int, times: int) -> None:
    engine = zoo.Upper()
    async with zoo.running(engine, cache_bytes=cache_bytes) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        for _ in range(2):
            await stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
        info = await stub.GetServerInfo(server_pb2.GetServerInfoRequest(), timeout=PATIENCE_SECONDS)
        assert ("cache" in info.features) == bool(cache_bytes)
    assert engine.texts == ["Good morning."] * times


async def test_what_failed_is_tried_again_by_the_next_caller() -> None:
    engine = zoo.Flaky(failures=2)
    async with zoo.running(engine) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        failed = await stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
        assert failed.results[0].WhichOneof("outcome") == "error"
        assert text_of(await stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)) == "GOOD MORNING."


async def test_a_crowd_that_asks_the_same_gets_it_from_one_run() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_queued_sequences=1) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        calls = [stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS) for _ in range(50)]
        await until(lambda: sample(app, "cache_lookups_total", model="zoo", result="joined") == 49)
        engine.release()
        assert {text_of(reply) for reply in await asyncio.gather(*calls)} == {"GOOD MORNING."}
        assert engine.texts == ["Good morning."]
