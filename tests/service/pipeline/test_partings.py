"""Partings in use: a quotation in the other alphabet and its speaker, each from its own language; a transcript recognized as one."""

from korotko_service.engines.engine import Sequence
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.jobs import TranslateJob
from tests import zoo
from tests.service.pipeline.test_summarize import brief, job, sentences
from tests.service.text.sentences.test_partings import SPEECH, parts

QUOTED, SPEAKER = "«Сьогодні історичний день для наших Повітряних сил»,", "said the commander of the air force at the base."
LEAD = "The first six jets landed in western Ukraine on Tuesday evening."


class Notes(zoo.Echo):
    """Returns what it is given, with the language it was told to read it in."""

    def say(self, sequence: Sequence) -> str:
        return f"({sequence.source_language}) {sequence.text}"


async def translated(house, text: str, target: str, source: str | None = None) -> str:
    async with house(Notes()) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=(text,), source=source, target=target))).items
    assert item.value is not None, item.error
    return item.value.text


async def test_a_quotation_in_the_target_language_stays_and_its_speaker_is_translated(house) -> None:
    assert await translated(house, f"{LEAD} {QUOTED} {SPEAKER}", "uk") == f"(en) {LEAD} {QUOTED} (en) {SPEAKER}"


async def test_in_a_third_language_both_are_translated_each_from_its_own(house) -> None:
    assert await translated(house, f"{LEAD} {QUOTED} {SPEAKER}", "ru") == f"(en) {LEAD} (uk) {QUOTED} (en) {SPEAKER}"


async def test_where_the_caller_gave_the_language_the_model_reads_what_was_said_with_who_said_it(house) -> None:
    assert await translated(house, f"{LEAD} {QUOTED} {SPEAKER}", "uk", source="en") == f"(en) {LEAD} (en) {QUOTED} {SPEAKER}"


async def test_the_name_of_a_paper_does_not_make_english_of_who_said_it(house) -> None:
    text = "«Компанія планує звільнити тисячу працівників», — пише The Wall Street Journal."
    assert await translated(house, text, "ru") == f"(uk) {text}"


async def test_a_brief_has_what_was_said_with_who_said_it(house) -> None:
    async with house(zoo.Echo()) as rooms:
        made = brief(await rooms.summarize(job(f"{LEAD} {QUOTED} {SPEAKER}", "en", language=None, max_sentences=3)))
    assert sentences(made)[1:] == [QUOTED, SPEAKER]


async def test_a_brief_of_a_transcript_says_that_its_sentences_were_cut_by_the_server(house) -> None:
    async with house(zoo.Upper()) as rooms:
        summary = await rooms.summarize(job(" ".join([SPEECH] * 2), "en", "uk", max_sentences=2))
    for made in (brief(summary, 0), brief(summary, 1)):
        found = [finding for finding in made.findings if finding.reason == "UNPUNCTUATED"]
        assert [finding.span for finding in found] == [each.span for each in made.sentences]
        assert {finding.severity for finding in found} == {Severity.WARNING}
        assert len(made.text) < len(SPEECH)


async def test_a_brief_of_whole_sentences_says_nothing_of_the_kind(house) -> None:
    async with house(zoo.Echo()) as rooms:
        made = brief(await rooms.summarize(job(f"{LEAD} {LEAD.replace('six', 'ten')}", "en", max_sentences=2)))
    assert made.findings == ()


async def test_a_transcript_is_translated_clause_by_clause_and_keeps_its_words(house) -> None:
    clauses = parts(SPEECH)
    assert len(clauses) > 2
    assert await translated(house, SPEECH, "uk") == " ".join(f"(en) {clause}" for clause in clauses)
