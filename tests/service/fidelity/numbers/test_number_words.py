"""Number words are known in all their forms."""

from decimal import Decimal

import pytest

from korotko_service.fidelity.numbers.number_words import Part, fold, number_word


@pytest.mark.parametrize(
    ("language", "forms", "value"),
    [
        ("uk", "два дві двох двом двома двоє", 2),
        ("ru", "два две двух двум двумя двое", 2),
        ("uk", "п’ять п’яти п’ятьох п’ятьма п’ятеро", 5),
        ("ru", "Три трёх тремя трое", 3),
        ("uk", "дев’ять дев'ятьма девʼятеро", 9),
        ("uk", "одинадцять одинадцяти Одинадцятеро", 11),
        ("ru", "сорок сорока", 40),
        ("uk", "двісті двохсот двомстам", 200),
        ("ru", "пятьсот пятисот пятистам", 500),
        ("en", "eleven Eleven", 11),
    ],
)
def test_every_form_has_the_value(language: str, forms: str, value: int) -> None:
    for form in forms.split():
        word = number_word(fold(form), language)
        assert word is not None, form
        assert (word.part, word.value) == (Part.CARDINAL, value)


@pytest.mark.parametrize(
    ("language", "word", "value"),
    [
        ("uk", "двоповерховий", 2),
        ("ru", "тридцатипятилетний", 35),
        ("uk", "двадцятип'ятирічний", 25),
        ("ru", "двухмиллионный", 2_000_000),
        ("uk", "тисячолітній", 1000),
    ],
)
def test_a_compound_adjective_hints_at_its_number(language: str, word: str, value: int) -> None:
    found = number_word(word, language)
    assert found is not None
    assert (found.part, found.value) == (Part.HINT, Decimal(value))


@pytest.mark.parametrize(("language", "word"), [("en", "done"), ("uk", "слово"), ("ru", "человек"), ("uk", "міст")])
def test_other_words_are_no_numbers(language: str, word: str) -> None:
    assert number_word(word, language) is None
