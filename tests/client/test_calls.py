"""What both clients send and give back, call by call."""

from datetime import UTC, datetime

import pytest

from korotko import Article, KorotkoError, ServerError, Span, Term, UnsupportedLanguage
from korotko.v1 import translate_pb2
from tests.client.conftest import Caller
from tests.client.fake_server import FakeServer

ARTICLE = "Kyiv opened a bridge. 🙂 It is long."


async def test_a_summary_is_a_mapping_in_the_order_of_the_request(client: Caller) -> None:
    summary = await client.summarize(ARTICLE, targets=["uk", "en"])
    assert list(summary) == ["uk", "en"]
    assert summary["uk"].text == str(summary["uk"]) == "uk:Kyiv opened a bridge."
    assert (summary.source_language.code, summary.usage.source_characters, summary.timings.total) == ("en", len(ARTICLE), 1.25)
    assert summary["en"].method == "extractive"
    assert str(summary) == "[uk]\nuk:Kyiv opened a bridge.\n\n[en]\nen:Kyiv opened a bridge."


async def test_a_brief_quotes_what_its_sentences_rest_on(client: Caller) -> None:
    sentence = (await client.summarize(ARTICLE))["en"].sentences[0]
    assert sentence.text == "en:Kyiv opened a bridge."
    assert (sentence.evidence[0].text, sentence.evidence[0].field, sentence.evidence[0].score) == ("Kyiv opened a bridge.", "body", 0.75)


async def test_one_failed_language_raises_only_where_it_is_asked_for(client: Caller) -> None:
    summary = await client.summarize(ARTICLE, targets=["en", "xx"])
    assert summary["en"].text
    assert list(summary.briefs) == ["en"]
    assert "xx" in summary
    assert "uk" not in summary
    with pytest.raises(UnsupportedLanguage) as caught:
        summary["xx"]
    assert caught.value is summary.errors["xx"]
    with pytest.raises(KeyError):
        summary["uk"]


async def test_a_language_that_was_not_asked_for_is_told_with_those_that_were(client: Caller) -> None:
    summary = await client.summarize("A. B.", targets=["uk", "en"])
    assert summary.get("uk-UA") is None
    with pytest.raises(KeyError, match="'uk-UA' is none of the languages of this summary: uk, en"):
        summary["uk-UA"]


async def test_an_error_that_is_raised_again_and_again_does_not_grow(client: Caller) -> None:
    summary = await client.summarize("A. B.", targets=["xx"])
    (outcome,) = await client.translate_many(["!TEXT_TOO_LONG"], target="uk")
    for raising in (lambda: summary["xx"], outcome.unwrap):
        lengths = set()
        for _ in range(5):
            with pytest.raises(KorotkoError) as caught:
                raising()
            lengths.add(len(caught.traceback))
        assert len(lengths) == 1


async def test_the_options_of_summarize_reach_the_server(client: Caller, server: FakeServer) -> None:
    published = datetime(2024, 2, 29, tzinfo=UTC)
    await client.summarize(
        ARTICLE, targets=["uk"], title="Bridge", lede="A lede", source="en", sentences=2, format="bullets", method="extractive",
        focus="traffic", truncate=True, model="model-a", priority="bulk", fail_on_severe=True, beam_size=4, article_id="7",
        labels={"team": "news"}, request_id="r-1", reproducible=True, cache="bypass", published=published, allow_degraded=True,
        preserved_terms=["NATO"], glossary=[Term("bridge", "міст", language="uk")],
    )  # fmt: skip
    sent = server.calls[0].request
    assert (sent.article.title, sent.article.lede, sent.article.id, sent.article.language_code) == ("Bridge", "A lede", "7", "en")
    assert sent.article.publish_time.ToDatetime(UTC) == published
    brief, options, translate = sent.brief_options, sent.options, sent.translate_options
    assert (brief.max_sentences, brief.format, brief.method, brief.focus, brief.allow_degraded) == (2, 2, 1, "traffic", True)
    assert (options.request_id, options.priority, options.cache_mode, options.reproducible, options.model) == ("r-1", 2, 2, True, "model-a")
    assert (dict(options.labels), options.fail_on) == ({"team": "news"}, 2)
    assert (translate.truncation_policy, translate.beam_size, list(translate.preserved_terms)) == (2, 4, ["NATO"])
    assert translate.glossary[0].target_term == "міст"
    assert translate.glossary[0].target_language_code == "uk"


async def test_texts_are_plain_unless_their_type_is_given(client: Caller, server: FakeServer) -> None:
    await client.translate("a", target="uk")
    await client.translate_many(["<b>a</b>"], target="uk", mime_type="text/html")
    assert [call.request.mime_type for call in server.calls] == ["", "text/html"]


async def test_a_glossary_may_be_a_mapping(client: Caller, server: FakeServer) -> None:
    await client.translate("a", target="uk", glossary={"Kyiv": "Київ", "NATO": ""})
    sent = server.calls[0].request.translate_options.glossary
    assert [(entry.source_term, entry.target_term, entry.case_sensitive) for entry in sent] == [
        ("Kyiv", "Київ", False),
        ("NATO", "", False),
    ]


async def test_applied_terms_are_quoted_from_both_texts(client: Caller) -> None:
    translation = await client.translate("In Kyiv", target="uk", glossary={"kyiv": "Kyiv"})
    (applied,) = translation.applied_terms
    assert (applied.term, applied.source, applied.target) == ("kyiv", "Kyiv", "Kyiv")
    assert (applied.source_span, applied.target_span) == (Span(3, 7), Span(6, 10))
    brief = (await client.summarize("In Kyiv. More.", targets=["en"], glossary={"kyiv": "Kyiv"}))["en"]
    assert [(term.source, term.source_span, term.target) for term in brief.applied_terms] == [("", None, "Kyiv")]


async def test_an_article_object_carries_what_is_known_of_it(client: Caller, server: FakeServer) -> None:
    summary = await client.summarize(Article(ARTICLE, title="Bridge", id="7"), source="en")
    assert summary.article_id == "7"
    assert server.calls[0].request.article.language_code == "en"


async def test_an_article_is_described_in_one_place(client: Caller) -> None:
    with pytest.raises(ValueError, match="fields of the Article"):
        await client.summarize(Article(ARTICLE), title="Bridge")


async def test_validation_only_gives_the_cost_and_no_briefs(client: Caller) -> None:
    summary = await client.summarize(ARTICLE, validate_only=True)
    assert len(summary) == 0
    assert summary.usage.source_characters == len(ARTICLE)
    assert len(await client.translate_many(["a", "b"], target="uk", validate_only=True)) == 0


async def test_a_translation_shows_its_sentences_beside_their_sources(client: Caller) -> None:
    translation = await client.translate("40 🙂", target="uk", source="en")
    assert (str(translation), translation.target_language, translation.score) == ("uk:40 🙂", "uk", 0.5)
    assert (translation.sentences[0].source, translation.sentences[0].target) == ("40 🙂", "40 🙂")
    assert (translation.warnings[0].severity, translation.warnings[0].expected) == ("severe", "40")
    assert [(repair.reason, repair.rung, repair.span.of(translation.text)) for repair in translation.repairs] == [
        ("REPETITION", "decoded_again", "40 🙂")
    ]
    (use,) = translation.models
    assert (use.role, use.name, use.version, use.attribution) == ("translate", "model-a", "1.1", "Model A by us")


async def test_one_bad_text_never_fails_its_neighbours(client: Caller) -> None:
    outcomes = await client.translate_many(["a", "!LANGUAGE_UNDETERMINED", "c"], target="uk")
    assert [outcome.index for outcome in outcomes] == [0, 1, 2]
    assert (outcomes[0].unwrap().text, outcomes[2].unwrap().text) == ("uk:a", "uk:c")
    assert isinstance(outcomes[1].error, UnsupportedLanguage)
    assert outcomes.usage.input_tokens == 7
    with pytest.raises(UnsupportedLanguage):
        outcomes.unwrap()
    with pytest.raises(UnsupportedLanguage):
        await client.translate("!LANGUAGE_UNDETERMINED", target="uk")


async def test_languages_are_detected(client: Caller) -> None:
    assert (await client.detect("Це міст і річка")).language.code == "uk"
    many = await client.detect_many(["Это мост и река", "!LANGUAGE_UNDETERMINED"], request_id="r-2")
    assert many[0].unwrap().language.code == "ru"
    assert many[1].error.reason == "LANGUAGE_UNDETERMINED"
    assert many.request_id == "r-2"


async def test_models_are_gathered_over_all_pages(client: Caller, server: FakeServer) -> None:
    models = await client.models(task="translate")
    assert [(model.name, model.task, model.state) for model in models] == [
        ("model-a", "translate", "ready"),
        ("model-b", "translate", "ready"),
    ]
    assert [call.request.task for call in server.calls] == [1, 1]


async def test_the_server_describes_itself(client: Caller) -> None:
    info = await client.info()
    assert (info.version, info.target_languages, info.features) == ("9.9", ("en", "uk", "ru"), frozenset({"glossary"}))
    assert (info.limits.max_texts, info.max_call_seconds) == (64, 1.5)
    assert info.started == datetime.fromtimestamp(1_700_000_000, UTC)


async def test_health_is_the_server_s_own_word(client: Caller, server: FakeServer) -> None:
    assert await client.healthy() is True
    server.serving = False
    assert await client.healthy("korotko.v1.KorotkoService") is False
    assert server.calls[1].request.value == "korotko.v1.KorotkoService"


async def test_a_server_that_forgets_a_text_is_found_out(client: Caller, server: FakeServer) -> None:
    server._translations = lambda request: translate_pb2.TranslateResponse()
    with pytest.raises(ServerError, match="0 results for 1 texts"):
        await client.translate("a", target="uk")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sentences": 2, "max_characters": 100}, "exclude each other"),
        ({"length": "tiny"}, "headline, short, medium, long"),
        ({"priority": "asap"}, "interactive, bulk"),
        ({"timeout": 0}, "finite number of seconds"),
        ({"timeout": float("inf")}, "finite number of seconds"),
        ({"targets": "uk"}, "list of strings"),
        ({"preserved_terms": "NATO"}, "list of strings"),
        ({"glossary": "Kyiv"}, "mapping such as"),
        ({"glossary": ["Kyiv"]}, "list of Term"),
        ({"tilte": "Bridge"}, "tilte"),
    ],
)
async def test_a_wrong_argument_is_named_before_anything_is_sent(
    client: Caller, server: FakeServer, options: dict[str, object], message: str
) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        await client.summarize(ARTICLE, **options)
    assert not server.calls


async def test_figures_are_the_decimals_that_were_sent(client: Caller) -> None:
    """32 bits of the wire hold 34.4 as 34.400001525878906."""
    (model, _) = await client.models()
    assert [quality.value for quality in model.quality] == [34.4]
