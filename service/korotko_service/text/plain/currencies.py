"""Write currency signs that models do not know as words before a model reads them."""

import re
from functools import lru_cache

# The hryvnia sign is from 2004 and rare in the texts that models learn from: of 11 sentences with "₴", each put into two languages by the
# starter, none had the amount right; with these words all 22 had. To the checks both are the same currency.
# Each other sign came back as another ("₂� 2 дім" for "₿2 for the house") or was lost ("500 млн" for "₹500 million").
_WORDS = {
    "₴": {"en": "hryvnias", "uk": "грн", "ru": "грн"},
    "₹": {"en": "rupees", "uk": "рупій", "ru": "рупий"},
    "₿": {"en": "bitcoins", "uk": "біткоїнів", "ru": "биткоинов"},
    "₪": {"en": "shekels", "uk": "шекелів", "ru": "шекелей"},
}
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d(?:[\d.,]*\d)?)"
_SCALE = r"(?:[ \u00a0\u202f]?(?:тис\.|тыс\.|(?:тис|тыс|млн|млрд|трлн|thousand|million|billion|trillion|lakh|crore|bn|mn|[mk])(?!\w)))"


def with_currencies_in_words(text: str, language: str) -> str:
    """`text` with "500 million rupees" for "₹500 million"; unchanged in languages other than "en", "uk" and "ru"."""
    for sign, words in _WORDS.items():
        if sign in text and language in words:
            text = _in_words(text, sign, words[language])
    return text


def _in_words(text: str, sign: str, word: str) -> str:
    """`text` with "500 word" for "500 ₴", "500₴" and "₴500", if that is the sign."""
    ahead, behind = _patterns(sign)
    return behind.sub(f" {word}", ahead.sub(rf"\1 {word}", text))


@lru_cache
def _patterns(sign: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The sign before a number, and after one."""
    ahead = re.compile(rf"{sign}\s?({_NUMBER}(?:[-–—]{_NUMBER})?{_SCALE}?)")
    return ahead, re.compile(rf"(?<=[\w.])\s?{sign}(?!\w)")
