"""A brief that a summarizer writes: by which models, on what evidence, how long, and what replaces it if it fails."""

import pytest

from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.errors import FieldInvalid, LanguagePairUnsupported, ModelNotFound
from korotko_service.pipeline.jobs import Choices, Method
from korotko_service.pipeline.results import ArticleField
from korotko_service.scheduling.waiting import Priority
from tests import zoo
from tests.service.pipeline.press import (
    BODIES,
    DREAM,
    SENTENCES,
    Parallel,
    brief,
    desk,
    evidence,
    job,
    models,
    sentences,
    warnings,
)
from tests.summarizers import Adding, FirstSentences, FirstWords, Saying, manifest
from tests.zoo import Scripted

LANGUAGES = ("en", "uk", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_native_summarizer_writes_in_the_articles_language(language: str) -> None:
    engine = FirstSentences(2)
    async with desk({"writer": engine}, manifest("writer", language)) as summarize:
        made = brief(await summarize(job(BODIES[language], language=language)))
    assert sentences(made) == list(SENTENCES[language][:2])
    assert evidence(made, BODIES[language]) == [[text] for text in SENTENCES[language][:2]]
    assert (made.method, models(made), made.findings) == (Method.ABSTRACTIVE, [f"writer:{language}-{language}"], ())
    assert {(each.source_language, each.target_language) for each in engine.batches[0]} == {(language, language)}


@pytest.mark.parametrize(("language", "target"), [("uk", "uk"), ("uk", "en"), ("uk", "ru"), ("ru", "uk")])
async def test_without_a_native_one_the_way_goes_through_english_and_every_model_is_named(language: str, target: str) -> None:
    translator = Parallel()
    async with desk({"writer": FirstSentences(2)}, translator=translator) as summarize:
        made = brief(await summarize(job(BODIES[language], target, language=language)))
    assert sentences(made) == list(SENTENCES[target][:2])
    assert evidence(made, BODIES[language]) == [[text] for text in SENTENCES[language][:2]]
    back = [] if target == "en" else [f"zoo:en-{target}"]
    assert (made.method, models(made)) == (Method.ABSTRACTIVE, [f"zoo:{language}-en", "writer:en-en", *back])
    assert made.findings == ()


async def test_the_cost_of_every_model_is_counted() -> None:
    writer, translator = FirstSentences(2), Parallel()
    async with desk({"writer": writer}, translator=translator) as summarize:
        ledger = (await summarize(job(BODIES["uk"], "uk", language="uk"))).ledger
    read = [each.length for engine in (writer, translator) for batch in engine.batches for each in batch]
    assert ledger.input_tokens == sum(read)
    assert ledger.output_tokens > 0


async def test_only_the_articles_chosen_part_is_translated_into_english() -> None:
    translator = Parallel()
    async with desk({"writer": FirstSentences(1)}, manifest("writer", budget=20), translator=translator) as summarize:
        await summarize(job(BODIES["uk"], "en", language="uk"))
    assert 0 < len(translator.texts) < 6
    assert sum(each.length for batch in translator.batches for each in batch) <= 20


async def test_a_translation_that_outgrows_the_summarizer_loses_its_weakest_sentences() -> None:
    class Wordy(Parallel):
        def say(self, sequence: Sequence) -> str:
            return super().say(sequence).removesuffix(".") + " indeed" * 10 + "."

    engine = FirstSentences(1)
    async with desk({"writer": engine}, manifest("writer", budget=40), translator=Wordy()) as summarize:
        await summarize(job(BODIES["uk"], "en", language="uk"))
    (batch,) = engine.batches
    assert [each.length <= 40 for each in batch] == [True]


@pytest.mark.parametrize("writers", [{}, {"writer": FirstSentences()}])
async def test_a_language_without_a_summarizer_is_refused_only_where_the_caller_insists(writers) -> None:
    manifests = [manifest(name, "ru") for name in writers]
    async with desk(writers, *manifests, brief_method="abstractive") as summarize:
        with pytest.raises(ModelNotFound):
            await summarize(job())
        assert brief(await summarize(job(method=Method.AUTO))).method is Method.EXTRACTIVE


@pytest.mark.parametrize(
    ("setting", "asked", "used"),
    [
        ("extractive", Method.AUTO, Method.EXTRACTIVE),
        ("extractive", Method.ABSTRACTIVE, Method.ABSTRACTIVE),
        ("abstractive", Method.AUTO, Method.ABSTRACTIVE),
        ("abstractive", Method.EXTRACTIVE, Method.EXTRACTIVE),
    ],
)
async def test_the_method_is_the_callers_else_the_operators(setting: str, asked: Method, used: Method) -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}, brief_method=setting) as summarize:
        assert brief(await summarize(job(method=asked))).method is used
    assert bool(engine.batches) == (used is Method.ABSTRACTIVE)


async def test_a_headline_is_written_only_where_the_caller_insists() -> None:
    shape = {"title": "Council approves budget", "headline": True}
    async with desk({"writer": FirstSentences(3)}, brief_method="abstractive") as summarize:
        title = brief(await summarize(job(method=Method.AUTO, **shape)))
        written = brief(await summarize(job(**shape)))
    assert (title.text, title.sentences[0].evidence[0].field) == ("Council approves budget", ArticleField.TITLE)
    assert (written.text, written.method) == (SENTENCES["en"][0], Method.ABSTRACTIVE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 4])
async def test_a_written_brief_has_at_most_as_many_sentences_as_asked_for(language: str, count: int) -> None:
    async with desk({"writer": FirstSentences(5)}, manifest("writer", *LANGUAGES)) as summarize:
        made = brief(await summarize(job(BODIES[language], *LANGUAGES, language=language, max_sentences=count)), LANGUAGES.index(language))
    assert 1 <= len(made.sentences) <= count
    assert made.method is Method.ABSTRACTIVE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("limit", [90, 160, 240])
async def test_the_limit_of_characters_is_hard_in_each_language(language: str, limit: int) -> None:
    async with desk({"writer": FirstSentences(5)}, manifest("writer", *LANGUAGES)) as summarize:
        summary = await summarize(job(BODIES[language], *LANGUAGES, language=language, max_sentences=50, max_characters=limit))
    for index, target in enumerate(LANGUAGES):
        made = brief(summary, index)
        assert 0 < len(made.text) <= limit
        assert set(sentences(made)) <= set(SENTENCES[target])


async def test_bounds_go_with_the_wanted_length_and_the_callers_urgency_with_them() -> None:
    engine = FirstSentences()
    choices = Choices(options=DecodingOptions(beam_size=4, reproducible=True), priority=Priority.BULK)
    async with desk({"writer": engine}) as summarize:
        await summarize(job(max_sentences=1, choices=choices))
        await summarize(job(max_sentences=4))
    short, long = engine.options
    assert 0 < short.min_output_tokens <= short.max_output_tokens < long.max_output_tokens <= 100
    assert (short.beam_size, short.reproducible) == (0, True)


async def test_a_sentence_that_the_bounds_cut_off_is_left_out() -> None:
    async with desk({"writer": FirstWords()}) as summarize:
        made = brief(await summarize(job(max_sentences=1)))
    assert sentences(made) == [SENTENCES["en"][0]]


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (DREAM, "UNSUPPORTED_SENTENCE"),
        ("The city council approved a budget of 7,300,000 euros.", "NUMBER_NOT_IN_SOURCE"),
        ("The mayor the mayor the mayor the mayor thanked.", "REPETITION"),
        ("Мер подякував учителям за терпіння.", "WRONG_LANGUAGE"),
    ],
)
@pytest.mark.parametrize("target", ["en", "uk"])
async def test_a_sentence_that_fails_makes_way_for_one_of_the_articles(added: str, reason: str, target: str) -> None:
    async with desk({"writer": Adding(added)}) as summarize:
        made = brief(await summarize(job(BODIES["en"], target)))
    written, stand_in = sentences(made)
    assert written == SENTENCES[target][0]
    assert stand_in in SENTENCES[target][1:]
    assert warnings(made) == [("FALLBACK_EXTRACTIVE", reason)]
    assert made.findings[0].span == made.sentences[1].span
    assert made.method is Method.ABSTRACTIVE


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        (zoo.Mute(), "EMPTY_OUTPUT"),
        (Saying("... !"), "EMPTY_OUTPUT"),
        (Saying(DREAM), "UNSUPPORTED_SENTENCE"),
        (Saying("so so so so so so so so."), "REPETITION"),
        (zoo.Poisoned("council"), "WORKER_CRASHED"),
    ],
    ids=["empty", "no words", "dream", "loop", "crash"],
)
@pytest.mark.parametrize("language", ["en", "uk"])
async def test_where_no_sentence_holds_the_brief_is_extractive_and_says_so(engine, reason: str, language: str) -> None:
    async with desk({"writer": engine}) as summarize:
        floor = brief(await summarize(job(BODIES[language], language=language, method=Method.EXTRACTIVE)))
        made = brief(await summarize(job(BODIES[language], language=language)))
    assert (made.text, made.sentences) == (floor.text, floor.sentences)
    assert (made.method, made.hops) == (Method.EXTRACTIVE, ())
    assert {finding for finding, _ in warnings(made)} == {"FALLBACK_EXTRACTIVE"}
    assert warnings(made)[0][1] == reason


async def test_a_fallback_is_no_reason_to_reject() -> None:
    async with desk({"writer": Saying(DREAM)}) as summarize:
        assert brief(await summarize(job(choices=Choices(fail_on_severe=True)))).method is Method.EXTRACTIVE


async def test_a_limit_in_which_no_sentence_of_the_article_fits_may_still_be_met_by_a_written_one() -> None:
    async with desk({"writer": Saying("The mayor thanked the teachers.")}) as summarize:
        made = brief(await summarize(job(max_sentences=50, max_characters=40)))
        assert (made.text, made.method) == ("The mayor thanked the teachers.", Method.ABSTRACTIVE)
        with pytest.raises(FieldInvalid):
            await summarize(job(max_sentences=50, max_characters=25))


async def test_a_quotation_in_another_language_is_read_in_the_summarizers() -> None:
    body = f"{SENTENCES['en'][0]} {SENTENCES['en'][1]} «{SENTENCES['uk'][2]}» {SENTENCES['en'][3]} {SENTENCES['en'][4]}"
    engine, translator = FirstSentences(), Parallel()
    async with desk({"writer": engine}, translator=translator) as summarize:
        await summarize(job(body, "en", language=None))
    assert [(each.source_language, each.target_language) for batch in translator.batches for each in batch] == [("uk", "en")]


async def test_a_quotation_that_nobody_can_translate_is_not_read() -> None:
    body = f"{SENTENCES['en'][0]} {SENTENCES['en'][1]} «{SENTENCES['uk'][2]}» {SENTENCES['en'][3]} {SENTENCES['en'][4]}"
    engine = FirstSentences()
    async with desk({"writer": engine}, zoo.manifest(pairs=(("ru", "en"),))) as summarize:
        made = brief(await summarize(job(body, "en", language=None)))
    assert made.method is Method.ABSTRACTIVE
    assert SENTENCES["uk"][2] not in engine.texts[0]


async def test_a_warning_has_its_place_in_the_sentence_until_that_is_translated() -> None:
    written = "The mayor thanked the teachers for their patience during the long ремонту."
    translator = Scripted({written: SENTENCES["uk"][2]})
    async with desk({"writer": Saying(written)}, translator=translator) as summarize:
        summary = await summarize(job(BODIES["en"], "en", "uk"))
    own, translated = brief(summary, 0), brief(summary, 1)
    assert [own.text[each.span.start : each.span.end] for each in own.findings] == ["ремонту"]
    assert [each.span for each in translated.findings if each.reason == "WRONG_LANGUAGE"] == [translated.sentences[0].span]


async def test_where_the_first_sentence_outgrows_the_limit_the_next_may_still_fit() -> None:
    first, second = SENTENCES["en"][:2]
    translator = Scripted({first: SENTENCES["uk"][0] * 3, second: SENTENCES["uk"][1]})
    async with desk({"writer": FirstSentences(2)}, translator=translator) as summarize:
        made = brief(await summarize(job(BODIES["en"], "uk", max_sentences=50, max_characters=150)))
    assert made.text == SENTENCES["uk"][1]


async def test_warnings_of_all_steps_come_in_the_order_of_the_text() -> None:
    first = SENTENCES["en"][0]
    translator = Scripted({first: SENTENCES["uk"][0].replace("1 250 000", "7 250 000")})
    async with desk({"writer": Adding(DREAM)}, translator=translator) as summarize:
        made = brief(await summarize(job(BODIES["en"], "uk")))
    assert [finding.span.start for finding in made.findings] == sorted(finding.span.start for finding in made.findings)
    assert {"NUMBER_NOT_IN_SOURCE", "FALLBACK_EXTRACTIVE"} <= {finding.reason for finding in made.findings}


async def test_a_focus_narrows_what_the_summarizer_reads() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}) as summarize:
        made = brief(await summarize(job(max_sentences=1, focus="water pipes engineers")))
    assert SENTENCES["en"][5] in engine.texts[0]
    assert len(engine.texts[0]) < len(BODIES["en"])
    assert made.method is Method.ABSTRACTIVE


async def test_validation_counts_and_writes_nothing() -> None:
    engine = FirstSentences()
    async with desk({"writer": engine}) as summarize:
        summary = await summarize(job(choices=Choices(validate_only=True)))
    assert (summary.briefs, engine.batches) == ((), [])
    assert summary.ledger.input_tokens > 60


async def test_a_language_that_is_not_served_harms_no_other() -> None:
    async with desk({"writer": FirstSentences()}) as summarize:
        summary = await summarize(job(BODIES["en"], "fr", "uk"))
    assert isinstance(summary.briefs[0].error, LanguagePairUnsupported)
    assert brief(summary, 1).text == SENTENCES["uk"][0]
