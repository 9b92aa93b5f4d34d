"""Clauses that were translated apart make one sentence, and what is said twice is mended without a model."""

import pytest

from korotko_service.fidelity.pieces.shield import Restored, shield
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.jobs import TranslateJob
from korotko_service.pipeline.joining import one_sentence
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.rungs import Case, mended, split
from korotko_service.text.document import Span
from tests import zoo


def case(text: str, output: str = "x") -> Case:
    return Case(source=Sentence(text=text, language="en"), shield=shield(text, ()), best=said(output), target="uk")


def said(output: str) -> Candidate:
    return Candidate(output=Restored(text=output), score=0.4)


def test_words_said_twice_at_once_are_said_once() -> None:
    attempt = mended(case("The talks began in May.", "Переговори почалися у травні у травні."))
    assert attempt is not None
    whole = attempt.whole(())
    assert (attempt.sentences, whole.text, whole.findings, whole.score) == ((), "Переговори почалися у травні.", (), 0.4)


def test_a_clause_that_opens_with_a_name_keeps_its_capital() -> None:
    text = "The people went on with their holiday by the sea, said Sutopo Nugroho in a long speech."
    attempt = split(case(text))
    assert attempt is not None
    parts = [said("Люди відпочивали біля моря."), said("Сутопо Нугрохо сказав це у довгій промові.")]
    assert attempt.whole(parts).text == "Люди відпочивали біля моря, Сутопо Нугрохо сказав це у довгій промові."


@pytest.mark.parametrize(
    ("text", "clauses", "whole"),
    [
        (
            "Much of the central and eastern U.S. is expected to see a warm October.",
            ("Багато центральних і східних США.", "Очікується теплий жовтень."),
            "Багато центральних і східних США очікується теплий жовтень.",
        ),
        (
            "The market manager told the Evening News that the pig had been locked away.",
            ("Керівник ринку сказав газеті", "що свиню замкнули."),
            "Керівник ринку сказав газеті, що свиню замкнули.",
        ),
        (
            'The city will be ready, and the mayor said "it needed an hour."',
            ("Місто буде готове,", "а мер сказав, що «знадобилася година."),
            "Місто буде готове, а мер сказав, що «знадобилася година.",
        ),
    ],
)
def test_clauses_are_joined_with_the_marks_of_one_sentence(text: str, clauses: tuple[str, str], whole: str) -> None:
    attempt = split(case(text))
    assert attempt is not None
    assert len(attempt.sentences) == 2
    assert attempt.whole([said(each) for each in clauses]).text == whole


@pytest.mark.parametrize(
    ("languages", "source", "clauses", "whole"),
    [
        (("en", "uk"), "As it began, the EU was ready.", ("Коли це почалося,", "ЄС був готовий."), "Коли це почалося, ЄС був готовий."),
        (("uk", "en"), "Він каже, я маю рацію.", ("He says,", "I am right."), "He says, I am right."),
        (("uk", "en"), "Він каже, українські сили тут.", ("He says,", "Ukrainian forces are here."), "He says, Ukrainian forces are here."),
        (("uk", "en"), "Він каже, грудень минув.", ("He says,", "December has passed."), "He says, December has passed."),
        (("ru", "en"), "Он сказал, понедельник занят.", ("He said,", "Monday is full."), "He said, Monday is full."),
        (("uk", "en"), "Він каже, великі втрати тут.", ("He says,", "Great losses are here."), "He says, great losses are here."),
        (("en", "uk"), "It is a city, which they held.", ("Це місто", "Яку вони тримали."), "Це місто, яку вони тримали."),
        (("en", "uk"), "It fell, and they left.", ("Воно впало...", "І вони пішли."), "Воно впало, і вони пішли."),
    ],
)
def test_a_clause_keeps_a_capital_that_its_word_has_everywhere(
    languages: tuple[str, str], source: str, clauses: tuple[str, str], whole: str
) -> None:
    cut = source.index(",") + 1
    spans = (Span(start=0, end=cut), Span(start=cut + 1, end=len(source)))
    assert one_sentence(shield(source, ()), spans, [said(each) for each in clauses], languages).text == whole


def test_the_full_stop_of_a_time_ends_no_clause() -> None:
    source = "It begins at 6:30 p.m. on Thursday."
    spans = (Span(start=0, end=22), Span(start=23, end=len(source)))
    whole = one_sentence(shield(source, ()), spans, [said("Початок о 18:30."), said("У четвер.")], ("en", "uk"))
    assert whole.text == "Початок о 18:30 у четвер."


def test_no_clause_is_a_mere_rest_of_the_sentence() -> None:
    attempt = split(case("The city said that it will be ready in spring, and the mayor said that it needed an hour to get off the ride."))
    assert attempt is not None
    assert all(len(each.text.split()) >= 5 for each in attempt.sentences)


async def test_a_time_that_is_put_right_has_twelve_hours_before_its_half() -> None:
    text = "Початок о 18:30 у четвер."
    engine = zoo.Scripted({text: "It begins at 18:30 a.m. on Thursday."})
    async with zoo.running(engine, repair=True) as app:
        made = await app.use_cases.translate(TranslateJob(texts=(text,), target="en", source="uk"))
    assert made.items[0].value is not None
    assert (made.items[0].value.text, made.items[0].value.findings) == ("It begins at 6:30 p.m. on Thursday.", ())
