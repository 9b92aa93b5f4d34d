"""Short of time or room: a caller who allows it gets a cheaper brief that says so, any other caller a refusal."""

import threading
from collections.abc import AsyncIterator, Sequence as SequenceOf
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest

from korotko.v1 import summarize_pb2
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.engines.manifest import Decoding
from tests import summarizers, zoo
from tests.integration.wire import PATIENCE_SECONDS, channel_to, refused_call, sample, stub_of, summarize, translate, until

ARTICLE = (
    "The ministers met in the capital on Monday. They agreed on the list of banned goods. The ban begins in January and ends in June. "
    "Officials said that the parliament must approve the document."
)
# So long that, judging by a short brief, it takes tens of seconds. No test has to wait for it.
LONG = " ".join(f"{ARTICLE[:-1]}, said the envoy of town number {number}." for number in range(25))
OTHER = "The mayor opened a new bridge over the river on Friday. Thousands of people came to see it and to hear the music."
# Less than the model is known to take, but more than a stalling machine takes for everything else.
SHORT_SECONDS = 5.0


class Slow(zoo.Upper):
    """Takes its time for every batch: `beam_seconds` with a beam, a hundredth of a second without."""

    def __init__(self, beam_seconds: float) -> None:
        super().__init__()
        self._seconds = beam_seconds

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        threading.Event().wait(0.01 if options.beam_size == 1 else self._seconds)
        return super().generate(sequences, options)


class SlowWriter(summarizers.FirstSentences):
    """Takes half a second for every brief."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        threading.Event().wait(0.5)
        return super().generate(sequences, options)


class GatedWriter(summarizers.FirstSentences):
    """Holds every brief until it is released."""

    def __init__(self) -> None:
        super().__init__(1)
        self.gate = threading.Event()
        self.entered = threading.Event()

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        self.entered.set()
        assert self.gate.wait(PATIENCE_SECONDS)
        return super().generate(sequences, options)

    def close(self) -> None:
        super().close()
        self.gate.set()


@asynccontextmanager
async def newsroom(translator: zoo.Upper) -> AsyncIterator[Any]:
    """A stub of a server whose writer is slow, and known to be because it has written once."""
    manifests = [zoo.manifest(decoding=Decoding(beam_size=4)), summarizers.manifest("writer")]
    engines = {"zoo": translator, "writer": SlowWriter(1)}
    async with zoo.running(engines, manifests=manifests, repair=False) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        await stub.Summarize(written(OTHER, "en"), timeout=PATIENCE_SECONDS)
        yield stub


def written(article: str, *targets: str, **brief: Any) -> summarize_pb2.SummarizeRequest:
    return summarize(article, *targets, method="BRIEF_METHOD_ABSTRACTIVE", **brief)


async def test_no_time_to_write_means_the_articles_own_sentences_where_that_is_allowed() -> None:
    async with newsroom(zoo.Upper()) as stub:
        reply = await stub.Summarize(written(LONG, "en", allow_degraded=True), timeout=SHORT_SECONDS)
        brief = reply.results[0].brief
        assert brief.degraded
        assert brief.method == summarize_pb2.BRIEF_METHOD_EXTRACTIVE
        assert all(brief.text[each.span.start : each.span.end] in LONG for each in brief.sentences)


async def test_no_time_to_write_is_a_refusal_where_nothing_else_is_allowed() -> None:
    async with newsroom(zoo.Upper()) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Summarize(written(LONG, "en"), timeout=SHORT_SECONDS)
        assert refused_call(caught.value).reason == "DEADLINE_TOO_SHORT"


async def test_time_enough_means_the_brief_asked_for() -> None:
    async with newsroom(zoo.Upper()) as stub:
        reply = await stub.Summarize(written(ARTICLE, "en", allow_degraded=True), timeout=PATIENCE_SECONDS)
        assert not reply.results[0].brief.degraded
        assert reply.results[0].brief.method == summarize_pb2.BRIEF_METHOD_ABSTRACTIVE


async def test_no_time_for_a_beam_means_greedy_translation_where_that_is_allowed() -> None:
    translator = Slow(1.0)
    async with newsroom(translator) as stub:
        await stub.Translate(translate("Beam."), timeout=PATIENCE_SECONDS)
        reply = await stub.Summarize(summarize(ARTICLE, "uk", allow_degraded=True), timeout=SHORT_SECONDS)
        assert reply.results[0].brief.degraded
        assert reply.results[0].brief.text.isupper()
        assert translator.options[-1].beam_size == 1


async def test_a_beam_that_a_caller_insists_on_is_refused_for_lack_of_time() -> None:
    async with newsroom(Slow(1.0)) as stub:
        await stub.Translate(translate("Beam."), timeout=PATIENCE_SECONDS)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Summarize(summarize(ARTICLE, "uk"), timeout=SHORT_SECONDS)
        assert refused_call(caught.value).reason == "DEADLINE_TOO_SHORT"


async def test_a_full_queue_before_the_writer_means_the_articles_own_sentences() -> None:
    writer = GatedWriter()
    manifests = [zoo.manifest(), summarizers.manifest("writer")]
    limits = {"max_queued_sequences": 1, "max_batch_sequences": 1}
    async with zoo.running({"zoo": zoo.Upper(), "writer": writer}, manifests=manifests, **limits) as app, channel_to(app) as channel:
        stub = stub_of(channel)
        first = stub.Summarize(written(f"{OTHER} 1.", "en"), timeout=PATIENCE_SECONDS)
        await until(writer.entered.is_set)
        second = stub.Summarize(written(f"{OTHER} 2.", "en"), timeout=PATIENCE_SECONDS)
        await until(lambda: sample(app, "queued_sequences", model="writer") == 1)
        cheap = await stub.Summarize(written(ARTICLE, "en", "uk", allow_degraded=True), timeout=PATIENCE_SECONDS)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub.Summarize(written(ARTICLE, "en"), timeout=PATIENCE_SECONDS)
        writer.gate.set()
        assert [result.brief.degraded for result in cheap.results] == [True, True]
        assert refused_call(caught.value).reason == "QUEUE_FULL"
        for call in (first, second):
            assert not (await call).results[0].brief.degraded
