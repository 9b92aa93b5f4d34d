"""Loops are found as the plain definition finds them, however fast the search is."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.loops import find_loops

LETTERS = st.text(alphabet="ab -", max_size=60)
WORDS = st.lists(st.sampled_from(["так", "ні", "може"]), max_size=40).map(" ".join)


def has_word_loop(text: str) -> bool:
    """Up to four words three times in a row, more words twice."""
    words = text.split()
    for period in range(1, len(words) // 2 + 1):
        times = 3 if period < 5 else 2
        size = period * times
        if period <= 24 and any(words[at : at + size - period] == words[at + period : at + size] for at in range(len(words) - size + 1)):
            return True
    return False


def has_character_loop(text: str) -> bool:
    """A character eight times in a row, or a piece of two to eight four times or more, sixteen characters at least."""
    for period in range(2, 9):
        size = period * max(4, -(-16 // period))
        if any(text[at : at + size - period] == text[at + period : at + size] for at in range(len(text) - size + 1)):
            return True
    return any(len(set(text[at : at + 8])) == 1 and not text[at].isspace() for at in range(len(text) - 7))


@given(WORDS)
def test_every_loop_of_words_is_found(text: str) -> None:
    if has_word_loop(text):
        assert find_loops("", text)


@given(LETTERS)
def test_every_loop_of_characters_is_found(text: str) -> None:
    if has_character_loop(text):
        assert find_loops("", text)


@given(st.lists(st.sampled_from("абвгґдежзиі"), unique=True, max_size=11))
def test_words_that_never_come_back_are_no_loop(letters: list[str]) -> None:
    assert find_loops("", " ".join(letter + "о" for letter in letters)) == []


def test_a_word_twice_at_once_is_a_warning_and_three_times_severe() -> None:
    source = "Trams follow in May."
    assert [(each.severity, each.found) for each in find_loops(source, "Трамваї в травні травні.")] == [(Severity.WARNING, "травні травні")]
    assert [each.severity for each in find_loops(source, "Трамваї в травні травні травні.")] == [Severity.SEVERE]


@pytest.mark.parametrize(
    "output",
    [
        "Він і він пішли.",
        "Так, так і було.",
        "Це було-було.",
        "Дім, де де живе.",
        "He said that that was true.",
        "He had had enough.",
        "Он знал, что что бы ни было, он придет.",
        "He is the guru, the guru of all.",
        "Чемпіон, чемпіон світу.",
        "It is 1 2 1 2.",
    ],
)
def test_what_grammar_doubles_and_what_a_mark_parts_may_come_twice(output: str) -> None:
    assert find_loops("They left.", output) == []


@pytest.mark.parametrize(
    ("output", "twice"),
    [
        ("It was founded in 2009 in 2009.", "in 2009 in 2009"),
        ("Про это не сообщалось не сообщалось.", "не сообщалось не сообщалось"),
        ("Це було що виявилося що виявилося так.", "що виявилося що виявилося"),
        ("Палата Палата представників.", "Палата Палата"),
        ("Three years ago three years ago he left.", "Three years ago three years ago"),
        ("at the end of at the end of May", "at the end of at the end of"),
    ],
)
def test_up_to_four_words_twice_at_once_are_a_warning(output: str, twice: str) -> None:
    assert [(each.severity, each.found) for each in find_loops("They left.", output)] == [(Severity.WARNING, twice)]
    assert find_loops(output, output) == []


def test_what_the_source_says_twice_may_be_said_twice() -> None:
    assert find_loops("Fans of Duran Duran came.", "Прийшли шанувальники Дюран Дюран.") == []


@pytest.mark.parametrize("text", ["It was told day by day by one of them.", "What makes a border a border: a fence?"])
def test_what_grammar_says_twice_is_no_loop(text: str) -> None:
    assert find_loops("Про це розповів один із них.", text) == []
