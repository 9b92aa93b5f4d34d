"""What is told twice at once is found in one walk, and is what taking out one after the other finds."""

import re
from itertools import compress

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.guards.doubled import each_doubled, find_doubled
from tests.service.text.growth import is_linear

WORDS = st.sampled_from(["так", "може", "навіть", "2009", "in", "day", "by", "makes", "It's"])
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", ", ", "-"])), max_size=24).map(lambda told: "".join(map("".join, told)))


def one_by_one(text: str) -> str:
    """Look anew from the beginning after each second telling that is taken out."""
    while (both := find_doubled(text)) is not None:
        words = list(re.compile(r"\S+").finditer(text, both.start, both.end))
        text = text[: words[len(words) // 2 - 1].end()] + text[both.end :]
    return text


def at_once(text: str) -> str:
    kept = [True] * len(text)
    for both in each_doubled(text):
        for at in range(both.second.start, both.second.end):
            kept[at] = False
    return "".join(compress(text, kept))


@given(TEXTS)
def test_one_walk_takes_out_what_one_search_after_the_other_would(text: str) -> None:
    assert at_once(text) == one_by_one(text)


def test_words_that_meet_when_others_are_gone_are_told_twice_too() -> None:
    assert at_once("navy blue blue navy blue sea") == "navy blue sea"


def test_each_telling_has_its_place_in_the_text_itself() -> None:
    text = "The national national team took an official official bus."
    assert [text[both.span.start : both.span.end] for both in each_doubled(text)] == ["national national", "official official"]
    assert [text[both.second.start : both.second.end] for both in each_doubled(text)] == [" national", " official"]


@pytest.mark.parametrize("text", ["He came in order to win win.", "Як щоб щоб наближати.", "Это мир мир.", "Do not look out out."])
def test_a_word_of_three_letters_is_not_said_twice(text: str) -> None:
    assert find_doubled(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The school had had no teacher, which cost her her life.",
        "Он сказал, что что-то случилось, и назвал его его именем.",
        "Тот, кто кто-то другой, и там, где где-то далеко.",
        "A win-win: 000 000 and 100 100, he is is, так так.",
    ],
)
def test_what_grammar_says_twice_is_right(text: str) -> None:
    assert find_doubled(text) is None


def test_a_text_of_nothing_but_doubled_words_takes_time_in_proportion_to_its_length() -> None:
    for piece in ("слово слово, ", "один другий один, другий третій ", "слово слово третє ", "a b "):
        assert is_linear(lambda text: list(zip(range(12), each_doubled(text), strict=False)), piece)
