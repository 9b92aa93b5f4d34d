"""More work than a server can do: a refusal comes at once and says when to come back; a call that was let in is answered."""

import asyncio
import threading
from collections.abc import Sequence as SequenceOf
from typing import Any

import grpc
import pytest

from korotko import DeadlineExceeded, Overloaded, ServerError
from korotko_service.app import App
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from tests import zoo
from tests.integration.wire import (
    PATIENCE_SECONDS,
    Refusal,
    channel_to,
    client_of,
    refused,
    refused_call,
    sample,
    stub_of,
    translate,
    until,
)

ONE_BY_ONE = {"max_batch_sequences": 1}


class Slow(zoo.Upper):
    """Takes a twentieth of a second for every batch."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        threading.Event().wait(0.05)
        return super().generate(sequences, options)


class GatedPoison(zoo.Gated, zoo.Poisoned):
    """Holds every batch until it is released, and then fails on the poison."""


def waiting(app: App) -> float:
    return sample(app, "queued_sequences", model="zoo")


async def refusal_of(call: Any) -> Refusal:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return refused_call(caught.value)


def text_of(reply: Any) -> str:
    return str(reply.results[0].translation.text)


async def test_a_full_queue_refuses_at_once_and_answers_everybody_who_was_let_in() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_queued_sequences=2, **ONE_BY_ONE) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        accepted = [stub.Translate(translate("Number 0."), timeout=PATIENCE_SECONDS)]
        await until(engine.entered.is_set)
        accepted += [stub.Translate(translate(f"Number {number}."), timeout=PATIENCE_SECONDS) for number in (1, 2)]
        await until(lambda: waiting(app) == 2)

        refusal = await refusal_of(stub.Translate(translate("Number 3.", "Number 4."), timeout=PATIENCE_SECONDS))
        assert (refusal.code, refusal.reason) == ("UNAVAILABLE", "QUEUE_FULL")
        assert refusal.retry_seconds
        assert refusal.pushback_milliseconds == refusal.retry_seconds * 1000
        assert refusal.metadata["limit"] == "2"
        engine.release()
        assert [text_of(await call) for call in accepted] == ["NUMBER 0.", "NUMBER 1.", "NUMBER 2."]
        assert sorted(engine.texts) == ["Number 0.", "Number 1.", "Number 2."]
        assert sample(app, "refusals_total", reason="QUEUE_FULL") == 1


async def test_a_full_queue_fails_only_the_languages_that_need_it() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_queued_sequences=1, **ONE_BY_ONE) as app, client_of(app) as client:
        inside = [asyncio.create_task(client.translate("It is inside.", target="uk", source="en"))]
        await until(engine.entered.is_set)
        inside.append(asyncio.create_task(client.translate("It waits.", target="uk", source="en")))
        await until(lambda: waiting(app) == 1)
        summary = await client.summarize("The ministers agreed on the list on Monday.", source="en")
        assert summary["en"].text
        assert {language: error.reason for language, error in summary.errors.items()} == {"uk": "QUEUE_FULL", "ru": "QUEUE_FULL"}
        engine.release()
        assert [(await call).text for call in inside] == ["IT IS INSIDE.", "IT WAITS."]


async def test_too_many_calls_at_once_are_refused_with_the_time_to_come_back() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_concurrent_calls=2) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        inside = [stub.Translate(translate(f"Number {number}."), timeout=PATIENCE_SECONDS) for number in range(2)]
        await until(lambda: sample(app, "calls_inside") == 2)
        refusal = await refusal_of(stub.Translate(translate("One more."), timeout=PATIENCE_SECONDS))
        assert (refusal.code, refusal.reason) == ("UNAVAILABLE", "QUEUE_FULL")
        assert refusal.retry_seconds
        assert refusal.pushback_milliseconds == refusal.retry_seconds * 1000
        engine.release()
        assert [text_of(await call) for call in inside] == ["NUMBER 0.", "NUMBER 1."]
        assert text_of(await stub.Translate(translate("One more."), timeout=PATIENCE_SECONDS)) == "ONE MORE."


async def test_the_client_comes_back_by_itself_when_there_is_room() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_concurrent_calls=1) as app, client_of(app) as client:
        inside = asyncio.create_task(client.translate("It is inside.", target="uk", source="en"))
        await until(engine.entered.is_set)
        patient = asyncio.create_task(client.translate("It comes back.", target="uk", source="en"))
        await until(lambda: sample(app, "refusals_total", reason="QUEUE_FULL") >= 1)
        engine.release()
        assert (await inside).text == "IT IS INSIDE."
        assert (await patient).text == "IT COMES BACK."


async def test_a_client_that_cannot_wait_is_told_that_the_server_is_overloaded() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_queued_sequences=1, **ONE_BY_ONE) as app, client_of(app) as client:
        inside = [asyncio.create_task(client.translate("It is inside.", target="uk", source="en"))]
        await until(engine.entered.is_set)
        inside.append(asyncio.create_task(client.translate("It waits.", target="uk", source="en")))
        await until(lambda: waiting(app) == 1)
        with pytest.raises(Overloaded) as caught:
            await client.translate("Third.", target="uk", source="en")
        assert caught.value.retryable
        assert caught.value.retry_after
        engine.release()
        assert [(await call).text for call in inside] == ["IT IS INSIDE.", "IT WAITS."]
        assert sample(app, "refusals_total", reason="QUEUE_FULL") > 1


async def test_a_deadline_that_cannot_be_met_is_refused_before_any_work() -> None:
    engine = Slow()
    async with zoo.running(engine) as app, client_of(app) as client:
        await client.translate("Good.", target="uk", source="en")
        long = "word " * 250
        with pytest.raises(DeadlineExceeded) as caught:
            await client.translate(long, target="uk", source="en", timeout=4.0)
        assert caught.value.reason == "DEADLINE_TOO_SHORT"
        assert int(caught.value.metadata["predicted_ms"]) > 4000
        assert engine.texts == ["Good."]


async def test_what_takes_longer_than_the_server_allows_is_answered_meanwhile_and_never_reaches_the_engine() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_call_seconds=2.0, **ONE_BY_ONE) as app, client_of(app) as client:
        inside = asyncio.create_task(client.translate("It is inside.", target="uk", source="en"))
        await until(engine.entered.is_set)
        late = asyncio.create_task(client.translate("It is late.", target="uk", source="en"))
        for call in (late, inside):
            with pytest.raises(DeadlineExceeded) as caught:
                await call
            assert (caught.value.reason, caught.value.retry_after) == ("EXPIRED_IN_QUEUE", 0.1)
        engine.release()
        await until(lambda: engine.texts and sample(app, "dropped_sequences_total", model="zoo", cause="expired") == 1)
        assert engine.texts == ["It is inside."]


async def test_a_poison_text_fails_alone_within_its_call() -> None:
    engine = GatedPoison()
    async with zoo.running(engine) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        inside = stub.Translate(translate("It is inside."), timeout=PATIENCE_SECONDS)
        await until(engine.entered.is_set)
        call = stub.Translate(translate("First.", "Second.", "It is poison.", "Fourth."), timeout=PATIENCE_SECONDS)
        await until(lambda: waiting(app) == 4)
        engine.release()
        reply = await call
        assert text_of(await inside) == "IT IS INSIDE."
        assert [result.translation.text for result in reply.results] == ["FIRST.", "SECOND.", "", "FOURTH."]
        refusal = refused(reply.results[2].error)
        assert (refusal.code, refusal.reason) == ("INTERNAL", "WORKER_CRASHED")
        assert refusal.retry_seconds is None
        assert [len(batch) for batch in engine.batches] == [1, 4, 1, 1, 1, 1]


async def test_a_poison_text_harms_no_other_caller_in_its_batch() -> None:
    engine = GatedPoison()
    async with zoo.running(engine) as app, client_of(app) as client:
        texts = [f"Number {number}." for number in range(7)]
        first = asyncio.create_task(client.translate(texts[0], target="uk", source="en"))
        await until(engine.entered.is_set)
        calls = [client.translate(text, target="uk", source="en") for text in (*texts[1:], "It is poison.")]
        others = asyncio.gather(*calls, return_exceptions=True)
        await until(lambda: waiting(app) == 7)
        engine.release()
        *outcomes, crash = [await first, *await others]
        assert [str(outcome) for outcome in outcomes] == [text.upper() for text in texts]
        assert isinstance(crash, ServerError)
        assert (crash.reason, crash.retryable) == ("WORKER_CRASHED", False)
        assert [len(batch) for batch in engine.batches][:2] == [1, 7]
        assert (await client.translate("It lives on.", target="uk", source="en")).text == "IT LIVES ON."


async def test_many_callers_share_batches_and_each_gets_its_own_back() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine) as app, client_of(app) as client:
        texts = [f"{'word ' * (number % 7)}caller {number}." for number in range(64)]
        first = asyncio.create_task(client.translate(texts[0], target="uk", source="en"))
        await until(engine.entered.is_set)
        others = [asyncio.create_task(client.translate(text, target="uk", source="en")) for text in texts[1:]]
        await until(lambda: waiting(app) == 63)
        engine.release()
        assert [(await call).text for call in (first, *others)] == [text.upper() for text in texts]
        sizes = [len(batch) for batch in engine.batches]
        assert sum(sizes) == 64
        assert sizes[0] == 1
        assert max(sizes) > 8
        assert sample(app, "batch_sequences_count", model="zoo") == len(sizes)


async def test_sentences_of_one_article_travel_together() -> None:
    engine = zoo.Tagged()
    async with zoo.running(engine) as app, client_of(app) as client:
        summary = await client.summarize(
            "The ministers met on Monday. They agreed on the list. The ban begins in January.", targets=["uk", "ru"]
        )
        assert not summary.errors
        assert sorted(len(batch) for batch in engine.batches) in ([6], [3, 3])
        assert all(sentence.text.startswith("[en>ru] ") for sentence in summary["ru"].sentences)


async def test_work_of_a_caller_who_went_away_is_dropped_before_the_engine() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, **ONE_BY_ONE) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        inside = stub.Translate(translate("It is inside."), timeout=PATIENCE_SECONDS)
        await until(engine.entered.is_set)
        gone = stub.Translate(translate("Nobody waits.", "Nobody at all."), timeout=PATIENCE_SECONDS)
        await until(lambda: waiting(app) == 2)
        gone.cancel()
        await until(lambda: sample(app, "calls_inside") == 1)
        engine.release()
        assert text_of(await inside) == "IT IS INSIDE."
        assert text_of(await stub.Translate(translate("It lives on."), timeout=PATIENCE_SECONDS)) == "IT LIVES ON."
        assert engine.texts == ["It is inside.", "It lives on."]
        assert sample(app, "dropped_sequences_total", model="zoo", cause="cancelled") == 2
        assert sample(app, "calls_total", method="Translate", code="CANCELLED") == 1


async def test_a_deadline_that_passes_in_the_queue_frees_the_queue() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, **ONE_BY_ONE) as app, client_of(app) as client:
        inside = asyncio.create_task(client.translate("It is inside.", target="uk", source="en"))
        await until(engine.entered.is_set)
        with pytest.raises(DeadlineExceeded):
            await client.translate("No time.", target="uk", source="en", timeout=0.05)
        await until(lambda: sample(app, "calls_inside") == 1)
        engine.release()
        assert (await inside).text == "IT IS INSIDE."
        assert (await client.translate("It lives on.", target="uk", source="en")).text == "IT LIVES ON."
        assert engine.texts == ["It is inside.", "It lives on."]
