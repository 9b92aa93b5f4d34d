"""Write the hryvnia sign as a word before a model reads it."""

from korotko_service.text.plain.currencies import in_words

_SIGN = "₴"
# The sign is from 2004 and rare in the texts that models learn from: of 11 sentences with "₴", each put into two languages by the starter,
# none had the amount right; with these words all 22 had. To the checks both are the same currency.
_WORDS = {"en": "hryvnias", "uk": "грн", "ru": "грн"}


def with_hryvnia_in_words(text: str, language: str) -> str:
    """`text` with "500 ₴", "500₴" and "₴500" as "500 грн", or "500 hryvnias" in English; unchanged in any other language."""
    word = _WORDS.get(language)
    return text if word is None or _SIGN not in text else in_words(text, _SIGN, word)
