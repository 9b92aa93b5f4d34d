"""Chunking: budgets are kept, no word is lost, and tokens are counted few times."""

import math

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.chunking import chunk, split_long


def words(text: str) -> int:
    return len(text.split())


def test_segments_are_packed_up_to_the_budget() -> None:
    assert chunk([3, 4, 3, 5, 5, 1], budget=10) == (range(3), range(3, 5), range(5, 6))


def test_segment_over_the_budget_stands_alone() -> None:
    assert chunk([2, 50, 2, 2], budget=10) == (range(1), range(1, 2), range(2, 4))


def test_nothing_makes_no_chunk() -> None:
    assert chunk([], budget=10) == ()


@given(st.lists(st.integers(min_value=0, max_value=20)), st.integers(min_value=1, max_value=30))
def test_chunks_cover_all_segments_in_order_within_the_budget(lengths: list[int], budget: int) -> None:
    chunks = chunk(lengths, budget=budget)
    assert [index for one in chunks for index in one] == list(range(len(lengths)))
    assert all(len(one) == 1 or sum(lengths[index] for index in one) <= budget for one in chunks)


@pytest.mark.parametrize("budget", [0, -1])
def test_budget_is_at_least_one_token(budget: int) -> None:
    with pytest.raises(ValueError, match="budget"):
        chunk([1], budget=budget)
    with pytest.raises(ValueError, match="budget"):
        split_long("a", count=len, budget=budget)


def pieces(text: str, budget: int) -> list[str]:
    return [text[span.start : span.end] for span in split_long(text, count=words, budget=budget)]


def test_sentence_within_the_budget_is_one_piece() -> None:
    assert pieces("a b c", 3) == ["a b c"]


@pytest.mark.parametrize(
    ("text", "budget", "expected"),
    [
        ("one two three; four five six seven", 5, ["one two three;", "four five six seven"]),
        ("one two three, four five six seven", 5, ["one two three,", "four five six seven"]),
        ("він прийшов пізно ввечері і вони пішли додому разом", 6, ["він прийшов пізно ввечері", "і вони пішли додому разом"]),
        ("он пришел поздно вечером — они пошли домой", 6, ["он пришел поздно вечером —", "они пошли домой"]),
        ("one two three four five", 2, ["one two", "three four", "five"]),
    ],
)
def test_pieces_end_at_the_best_clause_boundary(text: str, budget: int, expected: list[str]) -> None:
    assert pieces(text, budget) == expected


def test_text_without_white_space_is_cut_anywhere() -> None:
    assert [len(one) for one in split_long("а" * 25, count=len, budget=10)] == [10, 10, 5]


@settings(deadline=None)
@given(st.text(alphabet="аб ,;:—.\n", max_size=300), st.integers(min_value=1, max_value=40))
def test_no_character_but_white_space_is_lost_and_the_budget_holds(text: str, budget: int) -> None:
    spans = split_long(text, count=len, budget=budget)
    assert "".join(text[one.start : one.end] for one in spans).replace(" ", "").replace("\n", "") == "".join(text.split())
    covered = 0
    for span in spans:
        assert text[covered : span.start].strip() == ""
        assert 0 < len(span) <= budget
        covered = span.end
    assert text[covered:].strip() == ""


@pytest.mark.parametrize("text", ["слово " * 20_000, "а" * 100_000, ", " * 50_000])
def test_tokens_are_counted_a_logarithmic_number_of_times_for_each_piece(text: str) -> None:
    calls = characters = 0

    def count(piece: str) -> int:
        nonlocal calls, characters
        calls, characters = calls + 1, characters + len(piece)
        return math.ceil(len(piece) / 4)

    spans = split_long(text, count=count, budget=100)
    assert calls <= len(spans) * 2 * math.log2(len(text))
    assert characters <= 30 * len(text)
