"""Briefs that a summarizer writes, over the wire: asked for or set by the operator, traced to the article, and refused properly."""

import pytest

from korotko import KorotkoError
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, client_of
from tests.service.pipeline.press import BODIES, DREAM, SENTENCES, Parallel
from tests.summarizers import Adding, FirstSentences, manifest

LANGUAGES = ("en", "uk", "ru")


def server(writer: zoo.Echo, *languages: str, **settings: object):
    engines = {"zoo": Parallel(), "writer": writer}
    return zoo.running(engines, manifests=[zoo.manifest(), manifest("writer", *languages)], **settings)


async def test_one_english_summarizer_writes_briefs_of_a_ukrainian_article_in_three_languages() -> None:
    async with server(FirstSentences(2)) as app, client_of(app) as client:
        summary = await client.summarize(BODIES["uk"], targets=LANGUAGES, method="abstractive", timeout=PATIENCE_SECONDS)
        assert "brief.abstractive" in (await client.info()).features
    for language in LANGUAGES:
        brief = summary[language]
        assert brief.method == "abstractive"
        assert [sentence.text for sentence in brief.sentences] == list(SENTENCES[language][:2])
        assert [[piece.text for piece in sentence.evidence] for sentence in brief.sentences] == [[text] for text in SENTENCES["uk"][:2]]
        assert [(model.role, model.source_language, model.target_language) for model in brief.models][:2] == [
            ("translate", "uk", "en"),
            ("summarize", "en", "en"),
        ]
        assert brief.warnings == ()
        assert not brief.degraded


async def test_a_fallback_is_seen_by_the_caller() -> None:
    async with server(Adding(DREAM)) as app, client_of(app) as client:
        summary = await client.summarize(BODIES["en"], targets=("en",), method="abstractive", timeout=PATIENCE_SECONDS)
    brief = summary["en"]
    (warning,) = brief.warnings
    assert (warning.reason, warning.found) == ("FALLBACK_EXTRACTIVE", "UNSUPPORTED_SENTENCE")
    assert DREAM not in brief.text


async def test_the_operators_method_holds_where_the_caller_names_none() -> None:
    async with server(FirstSentences(), "uk", brief_method="abstractive") as app, client_of(app) as client:
        methods = {
            language: (await client.summarize(BODIES[language], targets=(language,), timeout=PATIENCE_SECONDS))[language].method
            for language in LANGUAGES
        }
    assert methods == {"en": "extractive", "uk": "abstractive", "ru": "extractive"}


async def test_a_language_without_a_summarizer_is_refused_where_the_caller_insists() -> None:
    async with server(FirstSentences(), "uk") as app, client_of(app) as client:
        with pytest.raises(KorotkoError) as caught:
            await client.summarize(BODIES["ru"], method="abstractive", timeout=PATIENCE_SECONDS)
    assert caught.value.reason == "MODEL_NOT_FOUND"
