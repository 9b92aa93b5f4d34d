"""Most words are passed over by their first letters; none that may be a number, a month or a Roman numeral is."""

import pytest

from korotko_service.fidelity.numbers.months import month
from korotko_service.fidelity.numbers.number_words import fold, number_word
from korotko_service.fidelity.numbers.romans import roman
from korotko_service.fidelity.numbers.tokens import tokens

SAID = {
    "en": "thirteen Twenties threefold sevens dozens May Sept's XIV half ONE",
    "uk": "двадцятьма ДЕВ’ЯТЬ щосорок щосерпня вдванадцятеро двоповерховий липневий Людовік XIV ХІ пів",
    "ru": "трёх четырёх вчетвером тридцатипятилетний июльского Марта семью XVIII полтора дважды",
}
PLAIN = {"en": "the house of a friend", "uk": "будинок моєї тітки", "ru": "дом моей тёти"}


@pytest.mark.parametrize("language", SAID)
def test_no_word_that_may_be_a_number_is_passed_over(language: str) -> None:
    for word in SAID[language].split():
        may_be = number_word(fold(word), language) or month(word, language) or roman(word)
        assert [token.plain for token in tokens(f"{word} 7", language)] == [not may_be, False]


@pytest.mark.parametrize("language", PLAIN)
def test_a_text_without_numbers_has_no_tokens(language: str) -> None:
    assert tokens(PLAIN[language], language) == []


def test_a_fraction_sign_is_no_letter() -> None:
    assert [(token.kind, token.text) for token in tokens("½ cup", "en")] == [("fraction", "½"), ("word", "cup")]
