"""Whatever a translator does wrong is repaired or reported, in every direction: nothing wrong passes for right."""

from collections.abc import Mapping
from typing import Any

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, SummarizeJob, TranslateJob
from korotko_service.pipeline.results import Brief, Translation
from tests import zoo
from tests.service.pipeline.faulty import BODIES, FAULTS, SENTENCES, Fault, Faulty

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
each_direction = pytest.mark.parametrize(("source", "target"), zoo.ALL_PAIRS, ids="-".join)


async def translated(engine: Faulty, source: str, target: str, *, repair: bool = True, **choices: Any) -> Translation:
    job = TranslateJob(texts=(BODIES[source],), target=target, source=source, choices=Choices(**choices))
    async with zoo.running(engine, repair=repair) as app:
        (item,) = (await app.use_cases.translate(job)).items
    assert item.value is not None, item.error
    return item.value


async def summarized(engine: Faulty, *targets: str, sentences: int = 2, repair: bool = True) -> Mapping[str, Brief]:
    job = SummarizeJob(article=Article(body=BODIES["en"], language="en"), targets=targets, shape=BriefShape(max_sentences=sentences))
    async with zoo.running(engine, repair=repair) as app:
        made = (await app.use_cases.summarize(job)).briefs
    return {item.name: item.value for item in made if item.value is not None}


def in_full(text: str, language: str) -> str:
    """The text spelled as in the three sentences: a number that was carried past the model is put in with an abbreviation."""
    return text.replace("250\u00a0млн", {"en": "", "uk": "250 мільйонів", "ru": "250 миллионов"}[language]).replace("\u00a0", " ")


def reasons(result: Translation | Brief) -> set[str]:
    return {finding.reason for finding in result.findings if finding.severity >= Severity.WARNING}


@each_direction
async def test_the_sentences_themselves_are_without_fault(source: str, target: str) -> None:
    class Right(zoo.Scripted):
        pass

    phrases = dict(zip(SENTENCES[source], SENTENCES[target], strict=True))
    made = await translated(Right(phrases), source, target)
    assert (made.text, reasons(made), made.repairs) == (BODIES[target], set(), ())


@each_fault
@each_direction
async def test_a_fault_that_is_planted_once_is_repaired(fault: Fault, source: str, target: str) -> None:
    victim, wanted = FAULTS[fault]
    made = await translated(Faulty(fault, always=False), source, target)
    assert in_full(made.text, target) == BODIES[target]
    assert reasons(made) == set()
    (repair,) = made.repairs
    assert repair.reason in wanted
    assert repair.span == made.sentences[victim].target


@each_fault
@each_direction
async def test_a_fault_that_is_always_there_is_repaired_or_told_where_it_stands(fault: Fault, source: str, target: str) -> None:
    victim, wanted = FAULTS[fault]
    made = await translated(Faulty(fault, always=True), source, target)
    place = made.sentences[victim].target
    told = [finding for finding in made.findings if finding.severity >= Severity.WARNING]
    assert all(place.start <= finding.span.start and finding.span.end <= place.end for finding in told)
    assert {finding.reason for finding in told} & wanted or in_full(made.text, target) == BODIES[target]
    for number, pair in enumerate(made.sentences):
        assert number == victim or made.text[pair.target.start : pair.target.end] == SENTENCES[target][number]


@each_direction
async def test_a_wrong_number_is_told_to_the_digit_where_nothing_is_repaired(source: str, target: str) -> None:
    fault = next(fault for fault in FAULTS if fault.__name__ == "changes_digits")
    made = await translated(Faulty(fault, always=True), source, target, repair=False)
    (finding,) = [each for each in made.findings if each.reason == "NUMBER_NOT_IN_SOURCE"]
    assert (finding.found, made.text[finding.span.start : finding.span.end]) == ("84", "84")
    assert "48" in {each.expected for each in made.findings}


@each_fault
async def test_no_brief_gives_out_a_fault_as_if_it_were_right(fault: Fault) -> None:
    _, wanted = FAULTS[fault]
    briefs = await summarized(Faulty(fault, always=True), "uk", "ru", "en")
    assert set(briefs) == {"uk", "ru", "en"}
    for language, brief in briefs.items():
        for sentence in brief.sentences:
            text = brief.text[sentence.span.start : sentence.span.end]
            told = {finding.reason for finding in brief.findings if sentence.span.start <= finding.span.start < sentence.span.end}
            assert in_full(text, language) in SENTENCES[language] or told & wanted


async def test_in_a_brief_another_sentence_stands_in_for_one_that_stays_severe() -> None:
    silent = next(fault for fault in FAULTS if fault.__name__ == "falls_silent")
    briefs = await summarized(Faulty(silent, always=True), "uk", "en")
    made, original = briefs["uk"], briefs["en"]
    assert len(made.sentences) == len(original.sentences) == 2
    assert [(repair.rung, repair.reason) for repair in made.repairs] == [(Rung.REPLACED, "EMPTY_OUTPUT")]
    quoted = [BODIES["en"][each.evidence[0].span.start : each.evidence[0].span.end] for each in made.sentences]
    assert [SENTENCES["uk"][SENTENCES["en"].index(text)] for text in quoted] == [
        made.text[each.span.start : each.span.end] for each in made.sentences
    ]
    assert SENTENCES["en"][0] not in quoted


async def test_a_sentence_that_tells_nothing_is_left_out_and_said_to_be_where_nothing_can_stand_in() -> None:
    silent = next(fault for fault in FAULTS if fault.__name__ == "falls_silent")
    made = (await summarized(Faulty(silent, always=True), "uk", sentences=3))["uk"]
    assert made.text == " ".join(SENTENCES["uk"][1:])
    (repair,) = made.repairs
    assert (repair.rung, repair.reason, repair.span.start, repair.span.end) == (Rung.LEFT_OUT, "EMPTY_OUTPUT", 0, 0)


async def test_a_caller_who_prefers_none_to_wrong_is_asked_after_the_repair() -> None:
    doubled = next(fault for fault in FAULTS if fault.__name__ == "loops")
    made = await translated(Faulty(doubled, always=False), "en", "uk", fail_on_severe=True)
    assert made.text == BODIES["uk"]
