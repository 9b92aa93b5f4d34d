"""The seed articles as briefs, through the SDK, its asyncio twin and the bare stubs: what holds whatever the model's quality."""

from itertools import pairwise
from typing import Any

import pytest

from korotko import Article, AsyncClient, Brief, Client, FieldInvalid, KorotkoError, Summary, UnsupportedLanguage
from korotko.v1 import summarize_pb2
from tests.integration.process import ServerProcess
from tests.integration.wire import LANGUAGES, PATIENCE_SECONDS, cut, cyrillic_share, refused, summarize

LIMITS = {"headline": 1, "short": 3, "medium": 5, "long": 8}
seeds = pytest.mark.parametrize("language", LANGUAGES)


def check_script(text: str, language: str) -> None:
    assert text.strip()
    if language != "en":
        assert cyrillic_share(text) > 0.5, text


def check_brief(brief: Brief, article: str, language: str, *, own: bool) -> None:
    check_script(brief.text, language)
    assert brief.language == language
    assert brief.method == "extractive"
    assert brief.sentences
    assert all(brief.text[sentence.span.start : sentence.span.end] == sentence.text for sentence in brief.sentences)
    assert all(left.span.end <= right.span.start for left, right in pairwise(brief.sentences))
    for sentence in brief.sentences:
        (evidence,) = sentence.evidence
        assert evidence.field == "body"
        assert article[evidence.span.start : evidence.span.end] == evidence.text == evidence.text.strip()
    if own:
        assert [sentence.text for sentence in brief.sentences] == [sentence.evidence[0].text for sentence in brief.sentences]
    assert bool(brief.models) is not own


def check_summary(summary: Summary, article: str, language: str) -> None:
    assert tuple(summary) == LANGUAGES
    assert summary.source_language.code == language
    assert not summary.errors
    for target, brief in summary.briefs.items():
        check_brief(brief, article, target, own=target == language)
    chosen = {sentence.evidence[0].span for sentence in summary[language].sentences}
    assert all(sentence.evidence[0].span in chosen for brief in summary.briefs.values() for sentence in brief.sentences)
    assert summary.usage.source_characters == len(article)
    assert summary.usage.input_tokens > 0 or summary.usage.cached_sentences > 0
    assert summary.timings.total > 0


@seeds
def test_an_article_comes_back_as_three_briefs_through_the_client(client: Client, articles: dict[str, str], language: str) -> None:
    article = articles[language]
    check_summary(client.summarize(article), article, language)


@seeds
async def test_an_article_comes_back_as_three_briefs_through_the_asyncio_client(
    starter: ServerProcess, articles: dict[str, str], language: str
) -> None:
    article = articles[language]
    async with AsyncClient(starter.address) as client:
        check_summary(await client.summarize(article), article, language)


@seeds
def test_an_article_comes_back_as_three_briefs_without_the_client(stub: Any, articles: dict[str, str], language: str) -> None:
    article = articles[language]
    reply = stub.Summarize(summarize(article), timeout=PATIENCE_SECONDS)
    assert [result.language_code for result in reply.results] == list(LANGUAGES)
    assert reply.source_language.language_code == language
    assert reply.request_id
    for result in reply.results:
        check_script(result.brief.text, result.language_code)
        for sentence in result.brief.sentences:
            text = cut(result.brief.text, sentence.span)
            (evidence,) = sentence.evidence
            assert evidence.field == summarize_pb2.ARTICLE_FIELD_BODY
            assert 0 <= evidence.score <= 1
            source = cut(article, evidence.span)
            assert text == source or result.language_code != language


def test_every_sentence_of_the_english_brief_stands_word_for_word_in_the_english_article(client: Client, articles: dict[str, str]) -> None:
    brief = client.summarize(articles["en"], targets=["en"])["en"]
    assert brief.sentences
    assert all(sentence.text in articles["en"] for sentence in brief.sentences)
    between = "".join(brief.text[left.span.end : right.span.start] for left, right in pairwise(brief.sentences))
    assert set(between) <= {" ", "."}


@seeds
def test_longer_briefs_have_more_sentences_within_their_limits(client: Client, articles: dict[str, str], language: str) -> None:
    counts = {length: len(client.summarize(articles[language], targets=[language], length=length)[language].sentences) for length in LIMITS}
    assert all(1 <= counts[length] <= limit for length, limit in LIMITS.items())
    assert counts["headline"] < counts["short"] < counts["medium"] < counts["long"]


@pytest.mark.parametrize("sentences", [1, 2, 6])
def test_a_brief_has_at_most_the_sentences_asked_for_in_every_language(client: Client, articles: dict[str, str], sentences: int) -> None:
    summary = client.summarize(articles["en"], sentences=sentences)
    assert len(summary["en"].sentences) == sentences
    assert all(1 <= len(brief.sentences) <= sentences for brief in summary.briefs.values())


@pytest.mark.parametrize("limit", [90, 300, 900])
@seeds
def test_the_limit_of_characters_holds_in_every_language(client: Client, articles: dict[str, str], language: str, limit: int) -> None:
    summary = client.summarize(articles[language], max_characters=limit)
    assert all(0 < len(brief.text) <= limit for brief in summary.briefs.values())
    assert language in summary.briefs
    for error in summary.errors.values():
        assert isinstance(error, FieldInvalid)
        assert error.field == "brief_options.max_characters"


def test_a_limit_of_characters_that_no_sentence_fits_into_is_said_with_its_field(client: Client, articles: dict[str, str]) -> None:
    with pytest.raises(FieldInvalid) as caught:
        _ = client.summarize(articles["ru"], max_characters=20)["ru"]
    assert caught.value.field == "brief_options.max_characters"


def test_bullets_put_each_sentence_on_a_line_of_its_own(client: Client, articles: dict[str, str]) -> None:
    for brief in client.summarize(articles["uk"], format="bullets").briefs.values():
        assert brief.text.splitlines() == [f"• {sentence.text}" for sentence in brief.sentences]


def test_a_focus_brings_its_sentence_into_the_brief(client: Client, articles: dict[str, str]) -> None:
    focused = client.summarize(articles["en"], targets=["en"], focus="drone strike on Odesa cutting power to thousands")["en"]
    assert "Odesa" in focused.text


def test_a_title_becomes_the_headline_and_its_own_evidence(client: Client, articles: dict[str, str]) -> None:
    title = "  Ceasefire by April is in doubt "
    brief = client.summarize(articles["en"], title=title, targets=["en"], length="headline")["en"]
    assert brief.text == title.strip()
    (evidence,) = brief.sentences[0].evidence
    assert evidence.field == "title"
    assert title[evidence.span.start : evidence.span.end] == brief.text


def test_without_a_title_the_first_line_that_reads_like_one_is_the_headline(client: Client, articles: dict[str, str]) -> None:
    brief = client.summarize(articles["en"], targets=["en"], length="headline")["en"]
    assert brief.text == articles["en"].strip().splitlines()[0]


def test_a_lede_guides_the_choice_and_is_never_quoted(client: Client, articles: dict[str, str]) -> None:
    lede = "Drones cut the power of thousands in Odesa, a city on the sea."
    brief = client.summarize(articles["en"], lede=lede, targets=["en"])["en"]
    assert all(sentence.text in articles["en"] for sentence in brief.sentences)
    assert lede not in brief.text


def test_an_article_object_is_echoed_by_its_id(client: Client, articles: dict[str, str]) -> None:
    summary = client.summarize(Article(articles["uk"], id="news-17", source="uk"), targets=["uk"], request_id="my call")
    assert (summary.article_id, summary.request_id) == ("news-17", "my call")
    assert summary.source_language.given


def test_briefs_come_in_the_order_asked_for_and_under_canonical_names(client: Client, articles: dict[str, str]) -> None:
    assert tuple(client.summarize(articles["ru"], targets=["ru-RU", "EN", "ukr"])) == ("ru", "en", "uk")


def test_a_language_that_is_not_served_fails_alone(client: Client, articles: dict[str, str]) -> None:
    summary = client.summarize(articles["uk"], targets=["en", "de", "uk"])
    assert tuple(summary) == ("en", "de", "uk")
    assert summary["en"].text
    assert summary["uk"].text
    with pytest.raises(UnsupportedLanguage) as caught:
        _ = summary["de"]
    error: KorotkoError = caught.value
    assert (error.code, error.reason, error.retryable) == ("INVALID_ARGUMENT", "LANGUAGE_PAIR_UNSUPPORTED", False)
    assert error.request_id == summary.request_id
    assert "uk-en" in error.metadata["supported"]


def test_a_language_that_is_not_served_has_a_status_of_its_own_on_the_wire(stub: Any, articles: dict[str, str]) -> None:
    reply = stub.Summarize(summarize(articles["en"], "pl", "en"), timeout=PATIENCE_SECONDS)
    assert [result.WhichOneof("outcome") for result in reply.results] == ["error", "brief"]
    refusal = refused(reply.results[0].error)
    assert (refusal.code, refusal.reason) == ("INVALID_ARGUMENT", "LANGUAGE_PAIR_UNSUPPORTED")
    assert refusal.metadata["request_id"] == reply.request_id


def test_a_request_can_be_checked_and_priced_without_running_a_model(client: Client, articles: dict[str, str]) -> None:
    summary = client.summarize(articles["en"], validate_only=True)
    assert not summary.briefs
    assert summary.usage.input_tokens > 0
    assert summary.usage.output_tokens == 0


def test_an_article_over_the_limit_is_cut_only_where_the_caller_says_so(client: Client, articles: dict[str, str]) -> None:
    article = "\n\n".join([articles["en"]] * 60)
    brief = client.summarize(article, targets=["en"], truncate=True)["en"]
    assert brief.source_truncated
    assert all(sentence.evidence[0].span.end <= client.info().limits.max_text_characters for sentence in brief.sentences)


@pytest.mark.parametrize(("source", "target"), [(a, b) for a in LANGUAGES for b in LANGUAGES if a != b])
def test_a_text_is_translated_sentence_by_sentence_in_every_direction(
    client: Client, articles: dict[str, str], source: str, target: str
) -> None:
    text = "\n\n".join(articles[source].strip().split("\n\n")[:1])[:400].rsplit(". ", 1)[0] + "."
    translation = client.translate(text, target=target, source=source)
    check_script(translation.text, target)
    assert translation.target_language == target
    assert [text[pair.source_span.start : pair.source_span.end] for pair in translation.sentences] == [
        pair.source for pair in translation.sentences
    ]
    assert [translation.text[pair.target_span.start : pair.target_span.end] for pair in translation.sentences] == [
        pair.target for pair in translation.sentences
    ]
    assert (translation.models[0].source_language, translation.models[-1].target_language) == (source, target)


def test_line_breaks_and_spaces_between_sentences_survive_translation(client: Client) -> None:
    text = "\n  Good morning.\n\n\tThe talks begin today.   They end tomorrow.\r\n"
    translation = client.translate(text, target="ru", source="en")
    gaps = [0, *[edge for pair in translation.sentences for edge in (pair.target_span.start, pair.target_span.end)], len(translation.text)]
    kept = [translation.text[start:end] for start, end in zip(gaps[::2], gaps[1::2], strict=True)]
    assert kept == ["\n  ", "\n\n\t", "   ", "\r\n"]


def test_a_text_that_already_is_in_the_target_language_comes_back_as_it_is(client: Client, articles: dict[str, str]) -> None:
    translation = client.translate(articles["uk"], target="uk")
    assert translation.text == articles["uk"]
    assert not translation.models


def test_numbers_and_emoji_between_sentences_come_back_as_they_are(client: Client) -> None:
    assert client.translate("🙂🙂 18.10 €", target="uk", source="en").text == "🙂🙂 18.10 €"


@seeds
def test_the_language_of_an_article_and_of_its_sentences_is_told(client: Client, articles: dict[str, str], language: str) -> None:
    detection = client.detect(articles[language], sentences=True)
    assert detection.language.code == language
    assert not detection.mixed
    assert all(articles[language][one.span.start : one.span.end] == one.text for one in detection.sentences)
    assert len(detection.sentences) > 5


def test_a_mixed_text_is_said_to_be_mixed(client: Client, articles: dict[str, str]) -> None:
    assert client.detect(articles["uk"] + "\n\n" + articles["ru"]).mixed


def test_the_server_tells_its_models_languages_and_limits(client: Client) -> None:
    info = client.info()
    assert {(route.pair.source, route.pair.target) for route in info.routes} == {(a, b) for a in LANGUAGES for b in LANGUAGES if a != b}
    assert info.limits.max_text_characters > 0
    models = client.models()
    assert models == client.models(task="translate")
    assert all(model.state == "ready" and model.digest.startswith("sha256:") and model.licence for model in models)
    assert {name for route in info.routes for name in route.models} <= {model.name for model in models}
    assert client.models(task="summarize") == []
