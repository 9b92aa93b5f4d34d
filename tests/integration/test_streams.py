"""Bulk streams: every item is answered under its own index, whatever happens to its neighbours, its reader or other callers."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import grpc
import pytest
from structlog.testing import capture_logs

from korotko import Article, Client, FieldInvalid, InvalidRequest, UnsupportedLanguage
from korotko.v1 import summarize_pb2, translate_pb2
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, channel_to, client_of, refused, sample, stub_of, summarize, translate, until

COUNT = 100
BODY = "The ministers met on day {0}. They agreed on list {0}."


class Straggler(zoo.Upper):
    """Holds batches with the straggler's word until it is told that everybody else has arrived."""

    def __init__(self, word: str) -> None:
        super().__init__(replicas=2)
        self._word = word
        self._gate = zoo.Gated()

    def release(self) -> None:
        self._gate.release()

    def generate(self, sequences: list[Sequence], options: DecodingOptions) -> list[Generation]:  # type: ignore[override]
        if any(self._word in sequence.text for sequence in sequences):
            self._gate.generate(sequences, options)
        return super().generate(sequences, options)


def entry(index: int, *texts: str, **changes: Any) -> translate_pb2.StreamTranslationsRequest:
    return translate_pb2.StreamTranslationsRequest(index=index, request=translate(*texts, **changes))


async def test_a_hundred_translations_come_back_each_under_its_index() -> None:
    async with zoo.running() as app, channel_to(app) as channel:
        requests = [entry(1000 - number, f"Number {number}.") for number in range(COUNT)]
        replies = [reply async for reply in stub_of(channel).StreamTranslations(iter(requests), timeout=PATIENCE_SECONDS)]
        texts = {reply.index: reply.response.results[0].translation.text for reply in replies}
        assert texts == {1000 - number: f"NUMBER {number}." for number in range(COUNT)}
        assert len(replies) == COUNT
        assert sample(app, "calls_total", method="StreamTranslations", code="OK") == 1


async def test_a_message_that_cannot_be_read_makes_its_stream_one_failed_call() -> None:
    async with zoo.running() as app, channel_to(app) as channel:
        method = channel.stream_stream("/korotko.v1.KorotkoService/StreamTranslations")
        with capture_logs() as logs:
            with pytest.raises(grpc.aio.AioRpcError):
                async for _ in method(iter([entry(7, "Good morning.").SerializeToString(), b"\xff\xff"]), timeout=PATIENCE_SECONDS):
                    pass
            # The client may see it before the server has counted it.
            await until(lambda: sample(app, "calls_total", method="StreamTranslations", code="INVALID_ARGUMENT") == 1)
        assert sample(app, "calls_total", method="StreamTranslations", code="OK") == 0
        assert [line["code"] for line in logs if line["event"] == "call"] == ["INVALID_ARGUMENT"]


async def test_a_hundred_articles_come_back_each_under_its_index() -> None:
    async with zoo.running() as app, channel_to(app) as channel:
        requests = [
            summarize_pb2.StreamSummariesRequest(index=-number, request=summarize(BODY.format(number), "en", "uk"))
            for number in range(COUNT)
        ]
        replies = [reply async for reply in stub_of(channel).StreamSummaries(iter(requests), timeout=PATIENCE_SECONDS)]
        briefs = {reply.index: [result.brief.text for result in reply.response.results] for reply in replies}
        assert briefs == {-number: [BODY.format(number), BODY.format(number).upper()] for number in range(COUNT)}


async def test_bad_entries_have_their_own_status_and_the_stream_goes_on() -> None:
    async with zoo.running(zoo.Poisoned(), max_texts=3) as app, channel_to(app) as channel:
        bad_name = entry(3, "Good.")
        bad_name.request.options.request_id = "x" * 200
        named = entry(4, "Good.", target="de")
        named.request.options.request_id = "item-4"
        requests = [
            entry(0, "Good."),
            entry(1),
            entry(2, *["Too many."] * 4),
            bad_name,
            named,
            translate_pb2.StreamTranslationsRequest(index=5),
            entry(6, "It is poison.", "It is not."),
            entry(7, "Good."),
        ]
        replies = {reply.index: reply async for reply in stub_of(channel).StreamTranslations(iter(requests), timeout=PATIENCE_SECONDS)}
    assert sorted(replies) == list(range(8))
    errors = {index: refused(reply.error) for index, reply in replies.items() if reply.HasField("error")}
    assert {index: (error.code, error.reason) for index, error in errors.items()} == {
        1: ("INVALID_ARGUMENT", "FIELD_INVALID"),
        2: ("INVALID_ARGUMENT", "TOO_MANY_ITEMS"),
        3: ("INVALID_ARGUMENT", "FIELD_INVALID"),
        4: ("INVALID_ARGUMENT", "LANGUAGE_PAIR_UNSUPPORTED"),
        5: ("INVALID_ARGUMENT", "FIELD_INVALID"),
    }
    assert errors[3].fields == ["options.request_id"]
    assert errors[4].metadata["request_id"] == "item-4"
    assert all(error.metadata["request_id"] for error in errors.values())
    outcomes = [result.WhichOneof("outcome") for result in replies[6].response.results]
    assert outcomes == ["error", "translation"]


async def test_a_stream_of_nothing_ends_well() -> None:
    async with zoo.running() as app, channel_to(app) as channel:
        assert [reply async for reply in stub_of(channel).StreamSummaries(iter(()), timeout=PATIENCE_SECONDS)] == []


async def test_the_server_works_on_no_more_entries_than_it_says() -> None:
    engine = zoo.Gated()
    async with (
        zoo.running(engine, max_stream_in_flight=4, max_batch_sequences=1) as app,
        channel_to(app) as channel,
        client_of(app) as other,
    ):
        requests = [entry(number, f"Number {number}.") for number in range(COUNT)]
        call = stub_of(channel).StreamTranslations(iter(requests), timeout=PATIENCE_SECONDS)
        await until(lambda: engine.entered.is_set() and sample(app, "queued_sequences", model="zoo") == 3)
        for _ in range(20):
            assert (await other.info()).limits.max_stream_in_flight == 4
            assert sample(app, "queued_sequences", model="zoo") == 3
        engine.release()
        assert len([reply async for reply in call]) == COUNT


async def test_a_slow_reader_slows_the_reading_of_its_own_entries() -> None:
    engine = zoo.Upper()
    paragraphs, in_flight, on_the_way = 40, 2, 6
    narrow = {"http2.bdp_probe": 0, "http2.lookahead_bytes": 65536}
    async with zoo.running(engine, max_stream_in_flight=in_flight) as app, channel_to(app, **narrow) as channel, client_of(app) as other:
        text = "\n\n".join([f"{'word ' * 250}end."] * paragraphs)
        requests = [entry(number, text) for number in range(COUNT)]
        call = stub_of(channel).StreamTranslations(iter(requests), timeout=PATIENCE_SECONDS)
        for number in range(5):
            await call.read()
            for _ in range(10):
                assert (await other.translate("Others are served.", target="uk", source="en")).text == "OTHERS ARE SERVED."
            worked_on = sum(len(sequence.text) > 100 for batch in engine.batches for sequence in batch) / paragraphs
            assert worked_on <= number + 1 + in_flight + on_the_way
        call.cancel()
        await until(lambda: sample(app, "calls_total", method="StreamTranslations", code="CANCELLED") == 1)


async def test_a_caller_who_leaves_in_the_middle_takes_its_work_along() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_batch_sequences=1, max_stream_in_flight=8) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        call = stub.StreamTranslations(iter([entry(number, f"Number {number}.") for number in range(COUNT)]), timeout=PATIENCE_SECONDS)
        await until(lambda: engine.entered.is_set() and sample(app, "queued_sequences", model="zoo") == 7)
        call.cancel()
        await until(lambda: sample(app, "calls_inside") == 0)
        engine.release()
        reply = await stub.Translate(translate("It lives on."), timeout=PATIENCE_SECONDS)
        assert reply.results[0].translation.text == "IT LIVES ON."
        assert len(engine.texts) == 2
        assert sample(app, "dropped_sequences_total", model="zoo", cause="cancelled") == 7
        assert sample(app, "calls_total", method="StreamTranslations", code="CANCELLED") == 1


async def test_bulk_work_gives_way_to_a_caller_who_waits() -> None:
    engine = zoo.Gated()
    async with zoo.running(engine, max_batch_sequences=1) as app, channel_to(app) as channel, client_of(app) as client:
        assert await client.healthy()  # So that the connection is up, and the bulk does not become overdue meanwhile.
        requests = iter([entry(number, f"Bulk {number}.") for number in range(10)])
        call = stub_of(channel).StreamTranslations(requests, timeout=PATIENCE_SECONDS)
        await until(lambda: engine.entered.is_set() and sample(app, "queued_sequences", model="zoo") == 9)
        interactive = asyncio.create_task(client.translate("Somebody waits.", target="uk", source="en"))
        patient = asyncio.create_task(client.translate("Nobody waits.", target="uk", source="en", priority="bulk"))
        await until(lambda: sample(app, "queued_sequences", model="zoo") == 11)
        engine.release()
        assert (await interactive).text == "SOMEBODY WAITS."
        assert (await patient).text == "NOBODY WAITS."
        assert len([reply async for reply in call]) == 10
        assert engine.texts[0].startswith("Bulk")
        # Bulk callers take turns, so it does not matter here which of them is next.
        assert engine.texts.index("Somebody waits.") == 1


async def test_outcomes_come_as_they_finish() -> None:
    engine = Straggler("Number 0.")
    async with zoo.running(engine, max_batch_sequences=1) as app, client_of(app) as client:
        stream = client.translate_stream([f"Number {number}." for number in range(COUNT)], target="uk", source="en")
        outcomes = [await anext(stream) for _ in range(COUNT - 1)]
        assert {outcome.index for outcome in outcomes} == set(range(1, COUNT))
        engine.release()
        last = await anext(stream)
        assert (last.index, last.unwrap().text) == (0, "NUMBER 0.")
        assert [outcome async for outcome in stream] == []
        assert all(outcome.unwrap().text == f"NUMBER {outcome.index}." for outcome in outcomes)


async def test_outcomes_come_in_order_where_that_is_asked_for() -> None:
    engine = Straggler("Number 0.")
    async with zoo.running(engine, max_batch_sequences=1) as app, client_of(app) as client:
        texts = [f"Number {number}." for number in range(COUNT)]
        stream = client.translate_stream(texts, target="uk", source="en", ordered=True, in_flight=8)
        first = asyncio.ensure_future(anext(stream))
        await until(lambda: len(engine.texts) == 7)
        assert not first.done()
        engine.release()
        outcomes = [await first] + [outcome async for outcome in stream]
        assert [outcome.unwrap().text for outcome in outcomes] == [text.upper() for text in texts]


async def test_the_source_is_read_only_as_far_ahead_as_asked_for() -> None:
    taken = 0

    async def source() -> AsyncIterator[str]:
        nonlocal taken
        for number in range(COUNT):
            taken += 1
            yield f"Number {number}."

    async with zoo.running() as app, client_of(app) as client:
        stream, received = client.translate_stream(source(), target="uk", source="en", in_flight=5), 0
        async for outcome in stream:
            assert outcome.unwrap()
            received += 1
            assert taken <= received + 5
    assert taken == COUNT


@pytest.mark.parametrize("ordered", [True, False])
def test_a_hundred_articles_through_the_client(client: Client, ordered: bool) -> None:
    def articles() -> Iterator[str | Article]:
        for number in range(COUNT):
            yield "" if number == 50 else Article(BODY.format(number), id=f"id-{number}")

    outcomes = list(client.summarize_stream(articles(), targets=["en"], source="en", ordered=ordered))
    indexes = [outcome.index for outcome in outcomes]
    assert (indexes if ordered else sorted(indexes)) == list(range(COUNT))
    for outcome in outcomes:
        if outcome.index == 50:
            assert isinstance(outcome.error, FieldInvalid)
        else:
            summary = outcome.unwrap()
            assert (summary.article_id, summary["en"].text) == (f"id-{outcome.index}", BODY.format(outcome.index))


def test_bad_items_are_outcomes_of_the_client(client: Client) -> None:
    texts = ["Good morning.", "", "x" * 100_001]
    outcomes = list(client.translate_stream(texts, target="uk", source="en", ordered=True))
    assert outcomes[0].unwrap().text
    assert [type(outcome.error).__name__ for outcome in outcomes[1:]] == ["FieldInvalid", "TextTooLong"]
    strangers = list(client.translate_stream(["Good morning."], target="de", source="en"))
    assert [type(outcome.error) for outcome in strangers] == [UnsupportedLanguage]
    assert issubclass(UnsupportedLanguage, InvalidRequest)
