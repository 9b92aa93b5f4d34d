"""A call of more sentences than a model can do in the time of any call is refused before it costs the others anything."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from korotko_service.app import App
from korotko_service.errors import TooManyItems
from korotko_service.fidelity.pieces.glossary import Glossary
from korotko_service.pipeline.jobs import Article, Choices, DetectJob, SummarizeJob, TranslateJob
from korotko_service.pipeline.reading import MAX_SENTENCES
from korotko_service.pipeline.shielding import MAX_PROTECTED
from tests import zoo

HALF = "It is so.\n\n" * (MAX_SENTENCES // 2 + 1)
ENGLISH = "The talks in Geneva will go on until the end of the week."


@pytest.fixture
async def app() -> AsyncIterator[App]:
    async with zoo.running(max_text_characters=1_000_000) as app:
        yield app


async def test_a_text_of_endless_sentences_is_refused_and_its_neighbours_are_not(app: App) -> None:
    long, short = (await app.use_cases.translate(TranslateJob(texts=(HALF + HALF, ENGLISH), target="en", source="en"))).items
    assert isinstance(long.error, TooManyItems)
    assert long.error.field == "texts[0]"
    assert (long.error.metadata["limit"], long.error.metadata["actual"]) == (str(MAX_SENTENCES), str(MAX_SENTENCES + 2))
    assert short.value is not None
    assert short.value.text == ENGLISH


async def test_the_texts_of_a_call_are_counted_together(app: App) -> None:
    items = (await app.use_cases.translate(TranslateJob(texts=(HALF, HALF), target="en", source="en"))).items
    assert [type(item.error) for item in items if item.error] == [TooManyItems]


async def test_an_article_of_endless_sentences_is_refused(app: App) -> None:
    with pytest.raises(TooManyItems):
        await app.use_cases.summarize(SummarizeJob(article=Article(body=HALF + HALF, language="en"), targets=("en",)))


async def test_an_answer_lists_no_more_sentences_than_one_call_may_bring(app: App) -> None:
    first, second, small = await app.use_cases.detect(DetectJob(texts=(HALF, HALF, ENGLISH), sentences=True))
    assert first.value is not None
    assert len(first.value.sentences) == MAX_SENTENCES // 2 + 1
    assert isinstance(second.error, TooManyItems)
    assert second.error.field == "texts[1]"
    assert small.value is not None


async def test_the_language_alone_is_told_of_any_text(app: App) -> None:
    (item,) = await app.use_cases.detect(DetectJob(texts=(HALF + HALF,)))
    assert item.value is not None
    assert item.value.detection.language == "en"


async def test_a_term_that_stands_endlessly_often_is_refused(app: App) -> None:
    choices = Choices(glossary=Glossary(preserved=("map",)))
    job = TranslateJob(texts=("map " * (MAX_PROTECTED + 1),), target="uk", source="en", choices=choices)
    (item,) = (await app.use_cases.translate(job)).items
    assert isinstance(item.error, TooManyItems)
    assert item.error.metadata["actual"] == str(MAX_PROTECTED + 1)


async def test_a_check_refuses_what_stands_endlessly_often_too(app: App) -> None:
    choices = Choices(glossary=Glossary(preserved=("map",)), validate_only=True)
    half = "map " * (MAX_PROTECTED // 2 + 1)
    with pytest.raises(TooManyItems):
        await app.use_cases.translate(TranslateJob(texts=(half, half), target="uk", source="en", choices=choices))
    assert (await app.use_cases.translate(TranslateJob(texts=(half,), target="uk", source="en", choices=choices))).items == ()


async def test_a_check_of_an_article_refuses_what_its_briefs_would_be_refused_for(app: App) -> None:
    choices = Choices(glossary=Glossary(preserved=("map",)))
    article = Article(body="map " * (MAX_PROTECTED // 2 + 1), language="en")
    job = SummarizeJob(article=article, targets=("uk", "ru"), choices=choices)
    one, other = (await app.use_cases.summarize(job)).briefs
    assert {type(each.error) for each in (one, other)} == {type(None), TooManyItems}
    with pytest.raises(TooManyItems):
        await app.use_cases.summarize(replace(job, choices=replace(choices, validate_only=True)))


async def test_a_check_counts_the_tokens_of_all_texts(app: App) -> None:
    # Long enough to be read and counted on threads, so that the texts are under way together.
    job = TranslateJob(texts=("go on " * 1000,) * 4, target="uk", source="en", choices=Choices(validate_only=True))
    assert (await app.use_cases.translate(job)).ledger.input_tokens == 4 * 2001


async def test_what_is_protected_is_counted_over_all_texts(app: App) -> None:
    choices = Choices(glossary=Glossary(preserved=("map",)))
    half = "map " * (MAX_PROTECTED // 2 + 1)
    items = (await app.use_cases.translate(TranslateJob(texts=(half, half), target="uk", source="en", choices=choices))).items
    assert [type(item.error) for item in items if item.error] == [TooManyItems]
