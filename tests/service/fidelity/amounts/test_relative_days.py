"""Words that mean another day to another reader are pointed out, and dated only beside the text."""

from datetime import date

import pytest

from korotko_service.fidelity.amounts.relative_days import find_exchanged_days, find_relative_days
from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity

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
        ("en", "The day before yesterday it rained.", ["The day before yesterday"], ["2026-12-30"]),
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


@pytest.mark.parametrize(
    ("languages", "source", "output", "found"),
    [
        (("en", "ru"), "Tonight we talk to the mayor.", "Вчера мы разговариваем с мэром.", [("Вчера", "Tonight")]),
        (("uk", "en"), "Сьогодні й завтра буде дощ.", "It will rain today and yesterday.", [("yesterday", "завтра")]),
        (("en", "uk"), "This morning it rained.", "Сьогодні вранці йшов дощ.", []),
        (("en", "uk"), "Last night and today it rained.", "Учора ввечері та сьогодні йшов дощ.", []),
        (("uk", "ru"), "Вчора був дощ.", "Вчера был дождь.", []),
        (("uk", "en"), "Післязавтра вибори.", "The election is the day after tomorrow.", []),
        (("en", "ru"), "It was the day before yesterday.", "Это было вчера.", [("вчера", "the day before yesterday")]),
        (("en", "de"), "Today it rains.", "Gestern regnete es.", []),
    ],
)
def test_another_day_in_the_place_of_the_sources_is_warned_of(
    languages: tuple[str, str], source: str, output: str, found: list[tuple[str, str]]
) -> None:
    told = find_exchanged_days(source, output, source_language=languages[0], target_language=languages[1])
    assert [(each.found, each.expected) for each in told] == found
    assert all(each.severity is Severity.WARNING and output[each.span.start : each.span.end] == each.found for each in told)


def test_the_check_of_a_translation_sees_an_exchanged_day() -> None:
    findings = check("Tonight we talk to the mayor.", "Вчера мы разговариваем с мэром.", source_language="en", target_language="ru")
    assert "WEEKDAY_NOT_IN_SOURCE" in {finding.reason for finding in findings}
