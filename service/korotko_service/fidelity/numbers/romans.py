"""Read and write Roman numerals, as in XVIII століття and Людовік XIV."""

import re

_ROMAN = re.compile(r"(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})")
_CYRILLIC_ROMAN = str.maketrans("ХІ", "XI")
_LETTER_VALUES = {"I": 1, "V": 5, "X": 10}
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def roman(word: str) -> int:
    """Give the value of a Roman numeral up to XXXIX, in Latin or look-alike Cyrillic capitals, or 0; the pronoun I is none."""
    letters = word.translate(_CYRILLIC_ROMAN)
    if len(letters) > 7 or letters in ("I", "І") or not letters or _ROMAN.fullmatch(letters) is None:
        return 0
    values = [_LETTER_VALUES[letter] for letter in letters]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


def in_roman(number: int) -> str:
    """Write 1 to 39 as a Roman numeral in Latin capitals."""
    return "X" * (number // 10) + _ONES[number % 10]
