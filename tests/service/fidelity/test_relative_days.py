"""Words that mean another day to another reader are pointed out, and dated only beside the text."""

from datetime import date

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.relative_days import find_relative_days

FRIDAY = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("language", "text", "found", "days"),
    [
        ("en", "Yesterday it rained, and tomorrow it will snow.", ["Yesterday", "tomorrow"], ["2026-12-31", "2027-01-02"]),
        (
            "uk",
            "Вчора й позавчора йшов дощ, сьогодні сніг.",
            ["Вчора", "позавчора", "сьогодні"],
            ["2026-12-31", "2026-12-30", "2027-01-01"],
        ),
        ("ru", "Послезавтра выборы, вчера были дебаты.", ["Послезавтра", "вчера"], ["2027-01-03", "2026-12-31"]),
    ],
)
def test_each_word_is_found_with_its_day(language: str, text: str, found: list[str], days: list[str]) -> None:
    findings = find_relative_days(text, language, published=FRIDAY)
    assert [finding.found for finding in findings] == found
    assert [finding.expected for finding in findings] == days
    assert [text[finding.span.start : finding.span.end] for finding in findings] == found
    assert {finding.severity for finding in findings} == {Severity.INFO}


def test_without_a_day_of_publication_no_day_is_made_up() -> None:
    (finding,) = find_relative_days("Вчора йшов дощ.", "uk", published=None)
    assert finding.expected == ""


@pytest.mark.parametrize(
    ("language", "text"), [("en", "USA-today and todays"), ("uk", "вчорашній, завтрашній"), ("ru", "вчерашний"), ("de", "today")]
)
def test_other_words_are_left_alone(language: str, text: str) -> None:
    assert find_relative_days(text, language, published=FRIDAY) == ()


def test_the_ends_of_the_calendar_are_no_trouble() -> None:
    (finding,) = find_relative_days("tomorrow", "en", published=date.max)
    assert finding.expected == ""
