"""Months are told from the words and names that look like them."""

import pytest

from korotko_service.fidelity.numbers.months import is_certain, month


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        ("en", "February", 2),
        ("en", "Feb", 2),
        ("uk", "лютого", 2),
        ("ru", "октябрём", 10),
        ("ru", "мая", 5),
        ("uk", "липневі", 7),
        ("ru", "июльских", 7),
    ],
)
def test_a_month_is_known_in_its_forms(language: str, word: str, number: int) -> None:
    assert month(word, language) == number


@pytest.mark.parametrize(("language", "word"), [("en", "may"), ("en", "march"), ("uk", "липа"), ("ru", "маяк"), ("ru", "марш")])
def test_other_words_are_no_months(language: str, word: str) -> None:
    assert month(word, language) is None


@pytest.mark.parametrize(
    ("language", "word", "beside_number", "certain"),
    [
        ("en", "May", False, False),
        ("en", "May", True, True),
        ("en", "June", False, True),
        ("ru", "Август", False, False),
        ("ru", "августе", False, True),
        ("uk", "липневі", True, False),
    ],
)
def test_an_ambiguous_month_needs_a_number_beside_it(language: str, word: str, beside_number: bool, certain: bool) -> None:
    assert is_certain(word, language, beside_number=beside_number) is certain
