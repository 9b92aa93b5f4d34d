"""One call runs every check and answers in the order of the text."""

import time

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity

LANGUAGES = st.sampled_from(["en", "uk", "ru"])


def test_the_same_language_is_not_checked() -> None:
    assert check("Дванадцять", "", source_language="uk", target_language="uk") == ()


def test_findings_come_in_the_order_of_the_output() -> None:
    output = "▁ Загинули 14 людей, 15 поранені </s>"
    findings = check("Five people died and 12 were hurt.", output, source_language="en", target_language="uk")
    starts = [finding.span.start for finding in findings]
    assert starts == sorted(starts)
    assert {"SPECIAL_TOKENS", "NUMBER_NOT_IN_SOURCE", "NUMBER_MISSING"} <= {finding.reason for finding in findings}


def test_a_cyrillic_family_name_left_at_the_head_of_an_english_sentence_is_told() -> None:
    found = check("Іванова приїхала додому.", "Іванова came home.", source_language="uk", target_language="en")
    assert ("WRONG_LANGUAGE", "Іванова") in [(each.reason, each.found) for each in found]


def test_a_correct_translation_has_no_findings() -> None:
    source = "Germany has delivered 60 vehicles worth €2.5 million, the ministry said on 24 February."
    output = "Німеччина передала 60 машин вартістю 2,5 млн євро, повідомило міністерство 24 лютого."
    assert check(source, output, source_language="en", target_language="uk") == ()


@given(st.text(max_size=80), st.text(max_size=80), LANGUAGES, LANGUAGES)
def test_any_text_is_checked_the_same_way_twice_and_spans_stay_inside(source: str, output: str, read: str, written: str) -> None:
    findings = check(source, output, source_language=read, target_language=written)
    assert findings == check(source, output, source_language=read, target_language=written)
    assert all(finding.span.end <= len(output) and finding.severity in Severity for finding in findings)


HOSTILE = [
    "1",
    "1 ",
    "123,",
    "10:30 ",
    "twenty ",
    "тисяча ",
    "a'",
    "http://",
    "x.",
    ".",
    "@",
    " ",
    "двадцяти",
    "XX ",
    ">>",
    "5 and a half ",
    "Trump ",
    "x Київська ",
    "-5 миль ",
    "$7% ",
    "Monday night ",
    "½",
    "5 миль на годину ",
    "40 градусів ",
    "6 на 6 ",
    "5 т вугілля на ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece)) + "x"
    started = time.process_time()
    check(text, text, source_language="uk", target_language="ru")
    assert time.process_time() - started < 5  # a tenth is usual; anything quadratic takes far longer


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("Ab{} said so. ", "Вг{} це сказав. "),
        ("{} miles ", "{}1 км "),
        ("${} ", "€{} "),
        ("x-{} ", "x {} "),
        ("5 km " * 4, "ten " * 4),
        ("twenty-one " * 4, "one hundred " * 4),
        ("5/6 " * 6, "ten " * 6),
        ("{} km ", "{} "),
        ("{} kg at 8 p.m. ", "{} см о 8:00 "),
        ("{} miles an hour ", "{} миль "),
        ("{} miles or degrees ", "{} або градусів "),
        ("at 8 p.m. or 9 a.m. ", "о 9-й вечора чи 8 ранку "),
    ],
)
def test_a_long_list_of_other_things_takes_linear_time(read: str, written: str) -> None:
    source, output = ("".join(piece.format(number) for number in range(1500)) for piece in (read, written))
    started = time.process_time()
    check(source, output, source_language="en", target_language="uk")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("source_language", "target_language", "output"),
    [
        ("de", "uk", "Третього травня прийшло п’ятеро людей."),
        ("en", "de", "Am 3. Mai kamen fünf Leute hierher."),
        ("pl", "ru", "Третьего мая пришли пять человек."),
    ],
)
def test_languages_without_tables_are_checked_for_what_needs_none(source_language: str, target_language: str, output: str) -> None:
    languages = {"source_language": source_language, "target_language": target_language}
    assert check("On 3 May five people came here.", output, **languages) == ()
    assert "EMPTY_OUTPUT" in {finding.reason for finding in check("On 3 May five people came here.", "", **languages)}
