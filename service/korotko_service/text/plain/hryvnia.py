"""Write the hryvnia sign in words before a model reads it."""

import re

_SIGN = "₴"
# The sign is from 2004 and rare in the texts that models learn from: of 11 sentences with "₴", each put into two languages by the starter,
# none had the amount right; with these words all 22 had. The checks read either as the same currency.
_WORDS = {"en": "hryvnias", "uk": "грн", "ru": "грн"}
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d(?:[\d.,]*\d)?)"
_SCALE = r"(?:[ \u00a0\u202f]?(?:тис\.|тыс\.|(?:тис|тыс|млн|млрд|трлн|thousand|million|billion|trillion|bn|mn|[mk])(?!\w)))"
_AHEAD = re.compile(rf"{_SIGN}\s?({_NUMBER}(?:[-–—]{_NUMBER})?{_SCALE}?)")
_BEHIND = re.compile(rf"(?<=[\w.])\s?{_SIGN}(?!\w)")


def with_hryvnia_in_words(text: str, language: str) -> str:
    """`text` with "500 ₴", "500₴" and "₴500" as "500 грн", or "500 hryvnias" in English; as it is in any other language."""
    word = _WORDS.get(language)
    if word is None or _SIGN not in text:
        return text
    return _BEHIND.sub(f" {word}", _AHEAD.sub(rf"\1 {word}", text))
