"""Signs of currencies that models do not know: a model reads the word, and the amount stays the same."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.plain.currencies import with_rare_currencies_in_words


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "It earned ₹500 million, or ₹ 1,000.50.", "It earned 500 million rupees, or 1,000.50 rupees."),
        ("en", "₹500 crore, ₹2 lakh", "500 crore rupees, 2 lakh rupees"),
        ("uk", "Він сплатив ₿2 за дім, 1 200 ₪ за квиток.", "Він сплатив 2 біткоїнів за дім, 1 200 шекелів за квиток."),
        ("ru", "Курс: 1,5 млн ₹ и 8₿.", "Курс: 1,5 млн рупий и 8 биткоинов."),
        ("de", "Es kostet 500 ₹.", "Es kostet 500 ₹."),
        ("uk", "Знак «₿» новий, а ₴5 ні.", "Знак «₿» новий, а ₴5 ні."),
    ],
)
def test_an_amount_is_read_in_words(language: str, text: str, read: str) -> None:
    assert with_rare_currencies_in_words(text, language) == read


@given(st.text(alphabet="₹₿₪ 1.,-абв\u00a0"))
def test_no_digit_is_lost(text: str) -> None:
    read = with_rare_currencies_in_words(text, "uk")
    assert [letter for letter in read if letter.isdigit()] == [letter for letter in text if letter.isdigit()]
