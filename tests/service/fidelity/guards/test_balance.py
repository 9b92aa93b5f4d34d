"""Marks that open and never close, and words of two alphabets."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.balance import find_mixed_words, find_unbalanced

QUOTED = "He said “no” and left (again)."
BALANCED = [
    "Він сказав «ні» й пішов (знову).",
    "Він сказав „ні“ й пішов.",
    'Він сказав "ні" й пішов.',
    "а) перше; б) друге; в) третє",
    'A 55" screen and a "word"',
    "[1] «Так (майже)»",
    "««Наполі» не обирають», — каже він.",
    "Він сказав: «Це «Наполі», так».",
]
OPEN = [("Він сказав «ні й пішов.", "«"), ("Він сказав ні» й пішов.", "»"), ("Пішов (знову й один.", "("), ('Сказав "ні й пішов.', '"')]


@pytest.mark.parametrize("output", BALANCED)
def test_paired_marks_are_balanced(output: str) -> None:
    assert find_unbalanced(QUOTED, output) == []


@pytest.mark.parametrize(("output", "mark"), OPEN)
def test_a_mark_without_its_partner_is_warned_of_where_it_stands(output: str, mark: str) -> None:
    (found,) = find_unbalanced(QUOTED, output)
    assert (found.severity, found.found, output[found.span.start : found.span.end]) == (Severity.WARNING, mark, mark)


def test_a_segment_of_a_longer_quotation_may_stay_open() -> None:
    assert find_unbalanced("“We will stay, he said.", "«Ми залишимося, сказав він.") == []
    assert [each.severity for each in find_unbalanced("“We will stay,” he said.", "«Ми залишимося, сказав він.")] == [Severity.INFO]


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Она сказала: «Мы останемся».", "She said, “We will stay."),
        ("«Це далеко», — сказав він.", "It is far,” he said."),
        ("„Залишимося“, — сказав він, „і все“.", 'We stay," he said.'),
    ],
)
def test_direct_speech_may_run_on_into_a_neighbour(source: str, output: str) -> None:
    assert [each.severity for each in find_unbalanced(source, output)] == [Severity.INFO]


@pytest.mark.parametrize("output", ["She said, “We will (stay.", "It is far), he said.", "The “far”, near” he said."])
def test_a_bracket_or_a_second_mark_does_not_run_on(output: str) -> None:
    assert [each.severity for each in find_unbalanced("Він «сказав» (так).", output)] == [Severity.WARNING]


def test_a_mark_that_the_source_does_not_have_is_an_info() -> None:
    assert [each.severity for each in find_unbalanced("He left.", "Він «пішов і не повернувся.")] == [Severity.INFO]


@pytest.mark.parametrize("word", ["Кyiv", "Cимон", "автoбус"])
def test_a_word_of_two_alphabets_is_warned_of(word: str) -> None:
    (found,) = find_mixed_words("The text.", f"Це {word} тут.")
    assert (found.reason, found.severity, found.found) == ("MIXED_ALPHABET", Severity.WARNING, word)


def test_a_dotted_abbreviation_of_two_alphabets_is_reported_where_it_stands() -> None:
    (found,) = find_mixed_words("The U.S. army said so.", "Армія У.S. так сказала.")
    assert (found.reason, found.severity, found.found, found.span.start) == ("MIXED_ALPHABET", Severity.WARNING, "У.S.", 6)


@pytest.mark.parametrize("text", ["Армія U.S. мовчить.", "Й.В. Гете і J.S. Bach.", "Клас А. The end.", "Він у США. So be it."])
def test_dotted_abbreviations_of_one_alphabet_each_are_none(text: str) -> None:
    assert find_mixed_words("The text.", text) == []


@pytest.mark.parametrize("text", ["IT-компанія", "iPhone і Київ", "F-16", "COVID-19", "YouTube'і"])
def test_neighbours_of_two_alphabets_are_no_such_word(text: str) -> None:
    assert find_mixed_words("The text.", text) == []


def test_a_mixed_word_of_the_source_may_be_quoted() -> None:
    assert find_mixed_words("The sign says Кyiv.", "На знаку написано Кyiv.") == []


@given(st.text(alphabet='ab аб«»()[]"“”1 ', max_size=40))
def test_a_text_is_never_unbalanced_against_itself(text: str) -> None:
    assert find_unbalanced(text, text) == []
    assert find_mixed_words(text, text) == []
