"""Long articles: chunks within the model's budget, rounds that shrink, an end to them, and nobody kept waiting for nothing."""

import asyncio
import time

import pytest

from korotko_service.deadline import Deadline
from korotko_service.errors import OutOfTime
from korotko_service.pipeline.jobs import Choices, Method
from tests import zoo
from tests.house import ROOT
from tests.service.pipeline.press import BODIES, brief, desk, evidence, job, sentences, warnings
from tests.service.shelf import happened
from tests.summarizers import FirstSentences, Growing, manifest

ARTICLES = {language: (ROOT / f"seeds/articles/{language}.txt").read_text(encoding="utf-8") for language in ("en", "uk", "ru")}
BUDGET = 60


def lengths(engine: zoo.Echo) -> list[list[int]]:
    """The lengths of the sequences of each round; rounds are told apart by their options."""
    rounds: dict[object, list[int]] = {}
    for batch, options in zip(engine.batches, engine.options, strict=True):
        rounds.setdefault(options, []).extend(each.length for each in batch)
    return list(rounds.values())


@pytest.mark.parametrize("language", ARTICLES)
async def test_a_long_article_is_read_in_chunks_and_their_briefs_once_more(language: str) -> None:
    engine, body = FirstSentences(), ARTICLES[language]
    async with desk({"writer": engine}, manifest("writer", language, budget=BUDGET)) as summarize:
        made = brief(await summarize(job(body, language=language, max_sentences=1)))
    first, *further = lengths(engine)
    assert len(first) > 1
    assert further
    assert all(length <= BUDGET for each in (first, *further) for length in each)
    assert all(sum(after) < sum(before) for before, after in zip((first, *further), further, strict=False))
    assert made.method is Method.ABSTRACTIVE
    assert evidence(made, body) == [[sentence] for sentence in sentences(made)]


async def test_no_more_rounds_than_it_takes() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        await summarize(job(ARTICLES["en"], max_sentences=50))
    assert len(lengths(engine)) == 1


async def test_an_article_somewhat_over_the_budget_is_read_in_its_best_sentences() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        made = brief(await summarize(job(BODIES["en"])))
    assert [len(each) for each in lengths(engine)] == [1]
    assert engine.texts[0] != BODIES["en"]
    assert made.method is Method.ABSTRACTIVE


async def test_a_sentence_over_the_budget_goes_in_pieces_and_nothing_is_left_out() -> None:
    body = "The council " + ", ".join(f"heard report {number} from engineers" for number in range(20)) + "."
    engine = FirstSentences()
    async with desk({"writer": engine}, manifest("writer", budget=20)) as summarize:
        brief(await summarize(job(body)))
    assert all(length <= 20 for each in lengths(engine) for length in each)
    read = " ".join(engine.texts)
    assert all(f"report {number} " in read for number in range(20))


@pytest.mark.parametrize("text", ["en", "short"])
async def test_a_summarizer_that_never_shrinks_is_stopped_at_once(text: str) -> None:
    engine, body = Growing(), ARTICLES.get(text, BODIES["en"])
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        made = brief(await summarize(job(body)))
    assert len(lengths(engine)) == 1
    assert made.method is Method.EXTRACTIVE
    assert set(warnings(made)) == {("FALLBACK_EXTRACTIVE", "NOT_SHORTER")}


async def test_a_summarizer_that_hardly_shrinks_is_stopped_in_the_end() -> None:
    class Hardly(zoo.Echo):
        def say(self, sequence) -> str:
            return sequence.text.rpartition(". ")[0] + "." if sequence.text.count(". ") > 1 else sequence.text

    engine = Hardly()
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        made = brief(await summarize(job(ARTICLES["en"], max_sentences=1)))
    assert len(engine.batches) <= 60
    assert made.method is Method.EXTRACTIVE
    assert set(warnings(made)) == {("FALLBACK_EXTRACTIVE", "NOT_SHORTER")}


async def test_there_is_a_last_round() -> None:
    class Slow(zoo.Echo):
        def say(self, sequence) -> str:
            return ". ".join(sequence.text.removesuffix(".").split(". ")[:-1] or [sequence.text.removesuffix(".")]) + "."

    body, engine = " ".join(f"Report {number} from the council arrived." for number in range(200)), Slow()
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        made = brief(await summarize(job(body, max_sentences=1)))
    assert len(engine.texts) <= 5 * 5
    assert set(warnings(made)) == {("FALLBACK_EXTRACTIVE", "NOT_SHORTER")}


async def test_a_budget_in_which_nothing_fits_is_never_broken() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}, manifest("writer", budget=1)) as summarize:
        made = brief(await summarize(job()))
    assert engine.batches == []
    assert set(warnings(made)) == {("FALLBACK_EXTRACTIVE", "TEXT_TOO_LONG")}


async def test_a_passed_deadline_is_the_calls_and_no_fallback() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}) as summarize:
        with pytest.raises(OutOfTime):
            await summarize(job(choices=Choices(deadline=Deadline(time.monotonic() - 1))))
    assert engine.batches == []


async def test_a_deadline_that_passes_in_the_queue_is_honoured() -> None:
    engine = zoo.Gated()
    async with desk({"writer": engine}) as summarize:
        first = asyncio.ensure_future(summarize(job()))
        await happened(engine.entered)
        late = asyncio.ensure_future(summarize(job(max_sentences=1, choices=Choices(deadline=Deadline(time.monotonic() + 0.05)))))
        await asyncio.sleep(0.1)
        engine.release()
        with pytest.raises(OutOfTime):
            await late
        await first
    assert len(engine.texts) == 1


async def test_a_caller_who_left_is_written_for_no_more() -> None:
    engine = zoo.Gated()
    async with desk({"writer": engine}, manifest("writer", budget=BUDGET)) as summarize:
        call = asyncio.ensure_future(summarize(job(ARTICLES["en"], max_sentences=1)))
        await happened(engine.entered)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        engine.release()
    assert len(lengths(engine)) == 1
