"""Summarize: what a brief says is in the article, in every language asked for."""

from datetime import date
from typing import Any

import pytest

from korotko_service.engines.engine import Sequence
from korotko_service.errors import (
    FieldInvalid,
    KorotkoError,
    LanguagePairUnsupported,
    LanguageUndetermined,
    ModelNotFound,
    QualityRejected,
    TextTooLong,
    WorkerCrashed,
)
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, Method, SummarizeJob
from korotko_service.pipeline.results import ArticleField, Brief, Item, Summary
from korotko_service.text.assembly import BriefFormat
from korotko_service.text.plain.signs import with_plain_signs
from tests import zoo
from tests.house import ROOT

ARTICLES = {language: (ROOT / f"seeds/articles/{language}.txt").read_text(encoding="utf-8")[:1900] for language in ("en", "uk", "ru")}
BODY = ARTICLES["en"]


def job(
    body: str = BODY,
    *targets: str,
    title: str = "",
    language: str | None = "en",
    choices: Choices | None = None,
    **shape: Any,
) -> SummarizeJob:
    article = Article(body=body, title=title, language=language)
    return SummarizeJob(article=article, targets=targets or ("en",), shape=BriefShape(**shape), choices=choices or Choices())


def brief(summary: Summary, index: int = 0) -> Brief:
    item: Item[Brief] = summary.briefs[index]
    assert item.value is not None, item.error
    return item.value


def evidence(made: Brief, body: str) -> list[str]:
    return [body[each.evidence[0].span.start : each.evidence[0].span.end] for each in made.sentences]


def sentences(made: Brief) -> list[str]:
    return [made.text[each.span.start : each.span.end] for each in made.sentences]


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
async def test_a_brief_in_the_articles_language_is_its_own_sentences(house, language: str) -> None:
    engine, body = zoo.Upper(), ARTICLES[language]
    async with house(engine) as rooms:
        summary = await rooms.summarize(job(body, language, language=None))
    made = brief(summary)
    assert (summary.source.language, summary.source.given) == (language, False)
    assert sentences(made) == evidence(made, body)
    assert len(made.sentences) == 3
    assert (made.method, made.hops, made.findings) == (Method.EXTRACTIVE, (), ())
    assert engine.batches == []


async def test_a_translated_brief_points_back_to_the_same_sentences(house) -> None:
    async with house(zoo.Tagged()) as rooms:
        summary = await rooms.summarize(job(BODY, "en", "uk"))
    own, translated = brief(summary, 0), brief(summary, 1)
    assert evidence(own, BODY) == evidence(translated, BODY)
    assert sentences(translated) == [f"[en>uk] {with_plain_signs(sentence, 'en')}" for sentence in sentences(own)]
    assert [(hop.source, hop.target) for hop in translated.hops] == [("en", "uk")]


async def test_only_the_brief_is_translated(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.summarize(job(BODY, "uk", max_sentences=2))
    assert len(engine.texts) == 2


async def test_briefs_come_in_the_order_of_the_targets(house) -> None:
    async with house(zoo.Tagged()) as rooms:
        summary = await rooms.summarize(job(BODY, "ru", "en", "uk"))
    assert [item.name for item in summary.briefs] == ["ru", "en", "uk"]


async def test_a_language_that_is_not_served_harms_no_other(house) -> None:
    async with house(zoo.Upper()) as rooms:
        summary = await rooms.summarize(job(BODY, "fr", "uk"))
    assert isinstance(summary.briefs[0].error, LanguagePairUnsupported)
    assert brief(summary, 1).text


async def test_a_language_whose_engine_fails_harms_no_other(house) -> None:
    class NoRussian(zoo.Upper):
        def say(self, sequence: Sequence) -> str:
            if sequence.target_language == "ru":
                raise RuntimeError("no")
            return super().say(sequence)

    async with house(NoRussian()) as rooms:
        summary = await rooms.summarize(job(BODY, "ru", "uk"))
    assert isinstance(summary.briefs[0].error, WorkerCrashed)
    assert brief(summary, 1).text


@pytest.mark.parametrize("count", [1, 2, 5])
async def test_a_brief_has_as_many_sentences_as_asked_for(house, count: int) -> None:
    async with house(zoo.Upper()) as rooms:
        assert len(brief(await rooms.summarize(job(max_sentences=count))).sentences) == count


async def test_a_short_article_is_its_own_brief(house) -> None:
    body = "The council met on Monday in the town hall. It will meet again next week."
    async with house(zoo.Upper()) as rooms:
        assert brief(await rooms.summarize(job(body, max_sentences=50))).text == body


@pytest.mark.parametrize("target", ["en", "uk"])
async def test_a_dateline_stays_out_of_the_brief_and_of_its_place(house, target: str) -> None:
    body = "KYIV (Reuters) - The council bought twenty trams. They arrive in May."
    async with house(zoo.Tagged()) as rooms:
        made = brief(await rooms.summarize(job(body, target)))
    assert evidence(made, body) == ["The council bought twenty trams.", "They arrive in May."]
    assert "Reuters" not in made.text


async def test_control_characters_reach_no_model_and_no_brief(house) -> None:
    async with house(zoo.Upper()) as rooms:
        summary = await rooms.summarize(job("The president\0 spoke on\x01 Monday.", "en", "uk"))
    assert [brief(summary, index).text for index in (0, 1)] == ["The president spoke on Monday.", "THE PRESIDENT  SPOKE ON  MONDAY."]


async def test_bullets_stand_one_a_line(house) -> None:
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(job(format=BriefFormat.BULLETS)))
    assert made.text == "\n".join(f"• {sentence}" for sentence in sentences(made))


async def test_a_headline_is_the_title(house) -> None:
    title = "  Talks go on in Geneva "
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(job(BODY, "uk", title=title, headline=True, max_sentences=1)))
    (sentence,) = made.sentences
    assert made.text == "TALKS GO ON IN GENEVA"
    assert sentence.evidence[0].field is ArticleField.TITLE
    assert title[sentence.evidence[0].span.start : sentence.evidence[0].span.end] == "Talks go on in Geneva"
    assert sentence.evidence[0].score is None


async def test_without_a_title_a_headline_is_one_line_of_the_body(house) -> None:
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(job(headline=True, max_sentences=1)))
    (sentence,) = made.sentences
    assert sentence.evidence[0].field is ArticleField.BODY
    assert sentences(made) == evidence(made, BODY)


async def test_ranks_lie_between_nought_and_one(house) -> None:
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(job(max_sentences=50)))
    assert all(each.evidence[0].score is not None and 0 <= each.evidence[0].score <= 1 for each in made.sentences)


async def test_an_abstractive_brief_needs_a_summarizer(house) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(ModelNotFound):
            await rooms.summarize(job(method=Method.ABSTRACTIVE))


@pytest.mark.parametrize("body", ["12 45 78. 90 11!", "👍👍👍"])
async def test_an_article_whose_language_cannot_be_told_is_refused_and_never_guessed(house, body: str) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(LanguageUndetermined) as caught:
            await rooms.summarize(job(body, language=None))
    assert caught.value.field == "article.body"


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        (job(" \n"), FieldInvalid, "article.body"),
        (job("x" * 2001), TextTooLong, "article.body"),
    ],
)
async def test_a_bad_call_is_refused_by_its_field(house, given: SummarizeJob, kind: type[KorotkoError], field: str) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(kind) as caught:
            await rooms.summarize(given)
        await rooms.admission.emptied()
    assert caught.value.field == field


async def test_a_long_article_is_cut_behind_a_whole_sentence_where_the_caller_accepts_it(house) -> None:
    body = "This sentence has forty characters here. " * 60
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(job(body, "en", choices=Choices(truncates=True))))
    assert made.truncated
    assert all(each.evidence[0].span.end <= 2000 for each in made.sentences)
    assert all(sentence.endswith("here.") for sentence in sentences(made))


async def test_validation_counts_the_cost_and_runs_nothing(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        summary = await rooms.summarize(job(BODY, "uk", "ru", choices=Choices(validate_only=True)))
    assert summary.briefs == ()
    assert summary.ledger.input_tokens > 0
    assert engine.batches == []


async def test_validation_does_not_hide_what_one_language_would_refuse(house) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(LanguagePairUnsupported):
            await rooms.summarize(job(BODY, "en", "de", choices=Choices(validate_only=True)))


async def test_a_caller_may_prefer_no_brief_to_a_wrong_one(house) -> None:
    async with house(zoo.Mute()) as rooms:
        summary = await rooms.summarize(job(BODY, "en", "uk", choices=Choices(fail_on_severe=True)))
    assert brief(summary, 0).text
    assert isinstance(summary.briefs[1].error, QualityRejected)


async def test_yesterday_stays_yesterday_and_the_day_is_said_beside_it(house) -> None:
    article = Article(body="The bridge opened yesterday. Trams will follow.", language="en", published=date(2027, 2, 25))
    async with house(zoo.Upper()) as rooms:
        made = brief(await rooms.summarize(SummarizeJob(article=article, targets=("en",))))
        assert rooms.metrics.registry.get_sample_value("korotko_quality_warnings_total", {"reason": "RELATIVE_DATE"}) == 1
    (finding,) = made.findings
    assert made.text == article.body
    assert (finding.reason, finding.expected) == ("RELATIVE_DATE", "2027-02-24")
    assert made.text[finding.span.start : finding.span.end] == "yesterday"


async def test_the_ledger_says_what_a_call_cost(house) -> None:
    async with house(zoo.Upper()) as rooms:
        ledger = (await rooms.summarize(job(BODY, "uk", "ru"))).ledger
    assert ledger.characters == len(BODY)
    assert ledger.sentences > 3
    assert ledger.input_tokens == ledger.output_tokens > 0
