"""Signs of currencies that models do not know: a model reads the word, and the amount stays the same."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.check import check
from korotko_service.text.plain.currencies import with_currencies_in_words


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("uk", "Штраф становить 500 ₴.", "Штраф становить 500 грн."),
        ("uk", "Ціна зросла з 8₴ до 15₴ у травні.", "Ціна зросла з 8 грн до 15 грн у травні."),
        ("uk", "Бюджет зріс до 1,5 млн ₴.", "Бюджет зріс до 1,5 млн грн."),
        ("uk", "Сума 12 тис. ₴ зависока.", "Сума 12 тис. грн зависока."),
        ("uk", "Податок ₴12 400 і 2026 рік.", "Податок 12 400 грн і 2026 рік."),
        ("ru", "Бюджет вырос до ₴1,5 млрд.", "Бюджет вырос до 1,5 млрд грн."),
        ("en", "The fine is ₴1,000.50.", "The fine is 1,000.50 hryvnias."),
        ("en", "It costs ₴8-15 a ride, ₴2bn a year.", "It costs 8-15 hryvnias a ride, 2bn hryvnias a year."),
        ("de", "Die Strafe ist 500 ₴.", "Die Strafe ist 500 ₴."),
        ("en", "It earned ₹500 million, or ₹ 1,000.50.", "It earned 500 million rupees, or 1,000.50 rupees."),
        ("en", "₹500 crore, ₹2 lakh", "500 crore rupees, 2 lakh rupees"),
        ("uk", "Він сплатив ₿2 за дім, 1 200 ₪ за квиток.", "Він сплатив 2 біткоїнів за дім, 1 200 шекелів за квиток."),
        ("ru", "Курс: 1,5 млн ₹ и 8₿.", "Курс: 1,5 млн рупий и 8 биткоинов."),
        ("de", "Es kostet 500 ₹.", "Es kostet 500 ₹."),
        ("uk", "Знаки «₿» і «₴» нові, а 5 $ ні.", "Знаки «₿» і «₴» нові, а 5 $ ні."),
    ],
)
def test_an_amount_is_read_in_words(language: str, text: str, read: str) -> None:
    assert with_currencies_in_words(text, language) == read


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@given(st.integers(min_value=11, max_value=10**6), st.sampled_from(["{} ₴", "{}₴", "₴{}", "₴ {}"]))
def test_the_checks_find_the_same_amount_of_hryvnias(language: str, number: int, form: str) -> None:
    text = form.format(number)
    assert check(text, with_currencies_in_words(text, language), source_language=language, target_language=language) == ()


@given(st.text(alphabet="₴₹₿₪ 1.,-абв\u00a0"))
def test_no_digit_is_lost(text: str) -> None:
    read = with_currencies_in_words(text, "uk")
    assert [letter for letter in read if letter.isdigit()] == [letter for letter in text if letter.isdigit()]
