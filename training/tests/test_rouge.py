"""ROUGE counts Cyrillic words as well as Latin ones."""

import pytest

from training.rouge import rouge, words


def test_equal_texts_score_one_whatever_their_case_and_apostrophes() -> None:
    assert rouge("П’ять людей.", "п'ять людей") == (1.0, 1.0, 1.0)


def test_scores_are_those_worked_out_by_hand() -> None:
    # Three of four and three of six words; one of three and one of five pairs; in order: "міст", "знову".
    found = rouge("міст знову відкрили вчора", "вчора у місті міст таки знову")
    assert found == pytest.approx((2 * 3 / 10, 0.0, 2 * 2 / 10))


def test_numbers_are_whole_words() -> None:
    assert words("3,5 млрд і 12-річний") == ["3,5", "млрд", "і", "12", "річний"]
