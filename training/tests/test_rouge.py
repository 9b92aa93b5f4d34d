"""ROUGE counts Cyrillic words as well as Latin ones."""

import pytest

from training.compression import compressed
from training.rouge import rouge, words


def test_equal_texts_score_one_whatever_their_case_and_apostrophes() -> None:
    assert rouge("П’ять людей.", "п'ять людей") == (1.0, 1.0, 1.0)


def test_scores_are_those_worked_out_by_hand() -> None:
    # Three of four and three of six words; one of three and one of five pairs; in order: "міст", "знову".
    found = rouge("міст знову відкрили вчора", "вчора у місті міст таки знову")
    assert found == pytest.approx((2 * 3 / 10, 0.0, 2 * 2 / 10))


def test_numbers_are_whole_words() -> None:
    assert words("3,5 млрд і 12-річний") == ["3,5", "млрд", "і", "12", "річний"]


@pytest.mark.parametrize(
    ("sentence", "language", "shorter"),
    [
        ("The bridge will open again in May, the mayor of the city said.", "en", "The bridge will open again in May."),
        ("Міст знову відкриють у травні, повідомив міський голова.", "uk", "Міст знову відкриють у травні."),
        ("Мост снова откроют в мае, сообщил мэр города.", "ru", "Мост снова откроют в мае."),
        ('"The bridge will open again in May," he said.', "en", '"The bridge will open again in May," he said.'),
        ("No, he said.", "en", "No, he said."),
    ],
)
def test_a_brief_leaves_out_who_said_it(sentence: str, language: str, shorter: str) -> None:
    assert compressed(sentence, language) == shorter
