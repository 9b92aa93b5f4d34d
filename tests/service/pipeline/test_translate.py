"""Translate: every sentence is translated, every gap kept, and one bad text never affects the others."""

import asyncio
from typing import Any

import pytest

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.errors import (
    ExpiredInQueue,
    FieldInvalid,
    KorotkoError,
    LanguagePairUnsupported,
    LanguageUndetermined,
    ModelNotFound,
    QualityRejected,
    TextTooLong,
    WorkerCrashed,
)
from korotko_service.pipeline.jobs import Choices, TranslateJob
from korotko_service.pipeline.results import Item, Translation
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.shelf import happened

TEXT = "  The talks will go on.  Nobody left early!\n\n\tThe next round is in May.\n"
UKRAINIAN = "Переговори триватимуть у Женеві до кінця тижня. Ніхто не пішов раніше."
RUSSIAN = "Переговоры продолжатся в Женеве до конца недели. Никто не ушёл раньше."


def job(*texts: str, target: str = "uk", source: str | None = "en", **choices: Any) -> TranslateJob:
    return TranslateJob(texts=texts or (TEXT,), target=target, source=source, choices=Choices(**choices))


def only(items: tuple[Item[Translation], ...]) -> Translation:
    (item,) = items
    assert item.value is not None, item.error
    return item.value


def errors(items: tuple[Item[Translation], ...]) -> list[type[KorotkoError] | None]:
    return [type(item.error) if item.error else None for item in items]


async def test_every_sentence_is_translated_and_every_gap_is_kept(house) -> None:
    async with house(zoo.Upper()) as rooms:
        done = await rooms.translate(job())
    assert only(done.items).text == TEXT.upper()
    assert done.target == "uk"


async def test_control_characters_reach_no_model(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.translate(job("The president\0 spoke on\x01 Monday."))
    assert engine.texts == ["The president  spoke on  Monday."]


async def test_a_model_reads_headlines_and_cries_as_sentences(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.translate(job("The President Will Visit Kyiv on Monday", "BREAKING NEWS"))
    assert engine.texts == ["The president will visit Kyiv on Monday", "Breaking news"]


async def test_each_sentence_stands_beside_its_source(house) -> None:
    async with house(zoo.Tagged()) as rooms:
        translation = only((await rooms.translate(job())).items)
    sources = [TEXT[pair.source.start : pair.source.end] for pair in translation.sentences]
    targets = [translation.text[pair.target.start : pair.target.end] for pair in translation.sentences]
    assert sources == ["The talks will go on.", "Nobody left early!", "The next round is in May."]
    assert targets == [f"[en>uk] {source}" for source in sources]


async def test_sentences_of_all_texts_share_a_batch(house) -> None:
    engine = zoo.Gated()
    async with house(engine) as rooms:
        first = asyncio.ensure_future(rooms.translate(job("One is first.")))
        await happened(engine.entered)
        second = asyncio.ensure_future(rooms.translate(job(source=None, target="ru")))
        await rooms.queued()
        engine.release()
        await asyncio.gather(first, second)
    assert [len(batch) for batch in engine.batches] == [1, 3]


async def test_a_text_in_the_target_language_comes_back_untouched(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        translation = only((await rooms.translate(job(target="en"))).items)
    assert (translation.text, translation.hops, translation.findings) == (TEXT, (), ())
    assert engine.batches == []


async def test_each_text_is_read_in_its_own_language(house) -> None:
    async with house(zoo.Tagged()) as rooms:
        done = await rooms.translate(job(UKRAINIAN, RUSSIAN, source=None, target="en"))
    ukrainian, russian = (item.value for item in done.items)
    assert (ukrainian.source.language, ukrainian.source.given) == ("uk", False)
    assert ukrainian.source.confidence > 0.8
    assert ukrainian.text.startswith("[uk>en] ")
    assert russian.text.startswith("[ru>en] ")


async def test_a_given_language_is_believed(house) -> None:
    async with house(zoo.Tagged()) as rooms:
        translation = only((await rooms.translate(job(RUSSIAN, source="uk", target="en"))).items)
    assert (translation.source.language, translation.source.confidence, translation.source.given) == ("uk", 1.0, True)
    assert translation.text.startswith("[uk>en] ")


async def test_a_quotation_in_another_language_goes_its_own_way(house) -> None:
    text = f"{UKRAINIAN} {RUSSIAN}"
    async with house(zoo.Tagged()) as rooms:
        translation = only((await rooms.translate(job(text, source=None, target="en"))).items)
    assert "[uk>en] Переговори" in translation.text
    assert "[ru>en] Переговоры" in translation.text
    assert {(hop.source, hop.target) for hop in translation.hops} == {("uk", "en"), ("ru", "en")}


async def test_a_pair_without_a_model_goes_through_a_pivot(house) -> None:
    engines = {"a": zoo.Tagged(), "b": zoo.Tagged()}
    models = [zoo.manifest("a", pairs=(("uk", "en"),)), zoo.manifest("b", pairs=(("en", "ru"),))]
    async with house(engines, *models) as rooms:
        translation = only((await rooms.translate(job("Слово дня.", source="uk", target="ru"))).items)
    assert translation.text == "[en>ru] [uk>en] Слово дня."
    assert [hop.model.name for hop in translation.hops] == ["a", "b"]


async def test_what_has_no_words_never_reaches_the_engine(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        translation = only((await rooms.translate(job("12.5 %\n\nThe word.\n\n👍", source="en"))).items)
    assert translation.text == "12.5 %\n\nTHE WORD.\n\n👍"
    assert engine.texts == ["The word."]


async def test_a_sentence_over_the_models_limit_goes_in_pieces_and_nothing_is_cut(house) -> None:
    sentence = "The talks, which began in the spring, went on through summer, and nobody knew when they would end."
    engine = zoo.Upper()
    async with house(engine, zoo.manifest(max_input_tokens=8)) as rooms:
        translation = only((await rooms.translate(job(sentence))).items)
    assert translation.text == sentence.upper()
    assert len(engine.texts) > 2
    assert all(sequence.length <= 8 for batch in engine.batches for sequence in batch)
    assert len(translation.sentences) == 1


async def test_a_bad_text_harms_no_neighbour(house) -> None:
    async with house(zoo.Upper()) as rooms:
        done = await rooms.translate(job(UKRAINIAN, " \n", "x" * 2001, "123 456", source=None, target="en"))
    assert errors(done.items) == [None, FieldInvalid, TextTooLong, LanguageUndetermined]
    assert [item.error.field for item in done.items[1:]] == ["texts[1]", "texts[2]", "texts[3]"]


async def test_a_text_that_crashes_the_engine_harms_no_neighbour(house) -> None:
    async with house(zoo.Poisoned()) as rooms:
        done = await rooms.translate(job("A good one.", "A poison one.", "Another good one."))
    assert errors(done.items) == [None, WorkerCrashed, None]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"source": "fr"}, LanguagePairUnsupported),
        ({"target": "fr"}, LanguagePairUnsupported),
        ({"target": "fr", "source": None}, LanguagePairUnsupported),
        ({"model": "opus"}, ModelNotFound),
        ({"model": "opus", "source": None}, ModelNotFound),
    ],
)
async def test_what_no_text_could_use_is_refused_once(house, given: dict[str, Any], kind: type[KorotkoError]) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(kind):
            await rooms.translate(job("One.", "Two.", **given))


async def test_a_long_text_is_cut_behind_a_whole_sentence_where_the_caller_accepts_it(house) -> None:
    text = "This sentence has forty characters here. " * 60
    async with house(zoo.Upper()) as rooms:
        translation = only((await rooms.translate(job(text, truncates=True))).items)
    assert translation.truncated
    assert text.upper().startswith(translation.text)
    assert translation.text.endswith("HERE.")
    assert len(translation.text) <= 2000


async def test_a_text_that_fits_is_not_called_cut(house) -> None:
    async with house(zoo.Upper()) as rooms:
        assert not only((await rooms.translate(job(truncates=True))).items).truncated


async def test_validation_counts_the_cost_and_runs_nothing(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        done = await rooms.translate(job(validate_only=True))
    assert done.items == ()
    assert (done.ledger.input_tokens, done.ledger.sentences, done.ledger.characters) == (17, 3, len(TEXT))
    assert engine.batches == []


async def test_validation_does_not_hide_what_one_text_would_refuse(house) -> None:
    async with house(zoo.Upper()) as rooms:
        with pytest.raises(FieldInvalid) as caught:
            await rooms.translate(job(TEXT, " ", validate_only=True))
    assert caught.value.field == "texts[1]"


async def test_the_ledger_says_what_a_call_cost(house) -> None:
    async with house(zoo.Upper()) as rooms:
        ledger = (await rooms.translate(job(TEXT, TEXT))).ledger
    assert (ledger.characters, ledger.sentences, ledger.input_tokens, ledger.output_tokens) == (2 * len(TEXT), 6, 34, 34)
    assert ledger.prepare_seconds > 0
    assert ledger.infer_seconds > 0


async def test_the_callers_options_reach_the_engine(house) -> None:
    engine = zoo.Upper()
    options = DecodingOptions(beam_size=3, reproducible=True)
    async with house(engine) as rooms:
        await rooms.translate(job(options=options))
    assert engine.options == [options] * 3


async def test_a_call_that_is_too_late_fails_as_a_whole_and_reaches_no_engine(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        with pytest.raises(ExpiredInQueue):
            await rooms.translate(job("One.", "Two.", deadline=Deadline(0.0)))
    assert engine.batches == []


async def test_a_text_that_needs_no_engine_is_answered_beside_one_that_is_too_late(house) -> None:
    async with house(zoo.Upper()) as rooms:
        done = await rooms.translate(job("One.", "12", deadline=Deadline(0.0)))
    assert errors(done.items) == [ExpiredInQueue, None]


async def test_a_doubtful_result_comes_with_its_warning_and_is_counted(house) -> None:
    async with house(zoo.Mute()) as rooms:
        translation = only((await rooms.translate(job("The talks will go on."))).items)
        reasons = {finding.reason for finding in translation.findings}
        assert reasons
        for reason in reasons:
            assert rooms.metrics.registry.get_sample_value("korotko_quality_warnings_total", {"reason": reason})


async def test_warnings_point_into_the_assembled_text(house) -> None:
    good = "Перше речення про переговори."
    book = {"The first sentence is about talks.": good, "It cost 12 euros.": "Це коштувало 15 євро."}
    async with house(zoo.Scripted(book)) as rooms:
        translation = only((await rooms.translate(job(" ".join(book)))).items)
    assert translation.findings
    for finding in translation.findings:
        assert len(good) < finding.span.start < finding.span.end <= len(translation.text)


async def test_a_caller_may_prefer_none_to_wrong(house) -> None:
    async with house(zoo.Mute()) as rooms:
        done = await rooms.translate(job("The talks will go on.", fail_on_severe=True))
    assert errors(done.items) == [QualityRejected]


async def test_a_cancelled_call_leaves_the_house_empty_and_its_sentences_unread(house) -> None:
    engine = zoo.Gated()
    async with house(engine) as rooms:
        holding = asyncio.ensure_future(rooms.translate(job("It holds the engine.")))
        await happened(engine.entered)
        leaving = asyncio.ensure_future(rooms.translate(job("It leaves.")))
        await rooms.queued()
        leaving.cancel()
        await asyncio.wait([leaving])
        engine.release()
        await holding
        await asyncio.wait_for(rooms.admission.emptied(), PATIENCE_SECONDS)
    assert engine.texts == ["It holds the engine."]


async def test_one_languages_failure_withdraws_the_texts_other_sentences(house) -> None:
    class NoRussian(zoo.Upper):
        def say(self, sequence: Sequence) -> str:
            if sequence.source_language == "ru":
                raise RuntimeError("no")
            return super().say(sequence)

    async with house(NoRussian()) as rooms:
        done = await rooms.translate(job(f"{UKRAINIAN} {RUSSIAN}", UKRAINIAN, source=None, target="en"))
    assert errors(done.items) == [WorkerCrashed, None]
