"""Numbers that the languages write in different ways: centuries, and hours of the day.

"In the 19th century at 3 p.m." is "у XIX столітті о 15:00". A small model with few examples guesses both, and guesses wrong. So it
learns to write a century in digits, which it can copy, while it still reads Roman ones; and hours are exchanged on both sides at once.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from training.data import Pair

_ORDINAL = re.compile(r"(?<![\w.,:-])(\d{1,2})(?=(?:st|nd|rd|th)\b)")
_CENTURY = "centur"
# Typed on three keyboards: Latin letters, and the Cyrillic ones that look like them.
_LATIN = str.maketrans("ІХ", "IX")
_ROMAN = re.compile(r"(?<![\w'-])[IVXІХ]+(?![\w'])")
_TENS, _UNITS = ("", "X", "XX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_VALUES = {tens + units: f"{10 * ten + unit}" for ten, tens in enumerate(_TENS) for unit, units in enumerate(_UNITS)}
_CENTURIES = range(2, 22)
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 14)

_HALF = re.compile(r"(?<![\w.,:-])(1[0-2]|[1-9])(?:[.:]([0-5]\d))? ?([ap])\.?m\b")
_FULL = re.compile(r"(?<![\w.,:-])0?(\d{1,2}):([0-5]\d)(?![\w:])(?! (?:ран|ноч|утра|вечор|вечер|дня))")


def centuries_in_digits(pair: Pair) -> Iterator[Pair]:
    """The pair with its Roman centuries in digits, and, only into English, as it was; the pair itself if it has none."""
    ordinals = set(_ORDINAL.findall(pair.first)) if pair.pair.startswith("en-") and _CENTURY in pair.first else set()

    def in_digits(numeral: re.Match[str]) -> str:
        digits = _VALUES.get(numeral.group().translate(_LATIN), "")
        return digits if digits in ordinals else numeral.group()

    second = _ROMAN.sub(in_digits, pair.second) if ordinals else pair.second
    yield replace(pair, second=second)
    if second != pair.second:
        yield replace(pair, synthetic="second")


def exchange_notation(pair: Pair, random: np.random.Generator) -> Pair:
    """The pair with another century and another hour, if English has one and the other side has the same."""
    return _exchange_hour(_exchange_century(pair, random), random) if pair.pair.startswith("en-") else pair


def _exchange_century(pair: Pair, random: np.random.Generator) -> Pair:
    ordinals = list(_ORDINAL.finditer(pair.first))
    if len(ordinals) != 1 or _CENTURY not in pair.first:
        return pair
    other = list(re.finditer(rf"(?<![\w.,:])(?<!\b[Вв]о ){ordinals[0].group()}(?![.,:]?\d)", pair.second))
    if len(other) != 1:
        return pair
    fresh = int(random.choice(_CENTURIES))
    suffix = "th" if fresh in _TEENS else _SUFFIXES.get(fresh % 10, "th")
    # The ordinal's two letters change with it.
    begin, end = ordinals[0].span()
    first = f"{pair.first[:begin]}{fresh}{suffix}{pair.first[end + 2 :]}"
    return replace(pair, first=first, second=_put(pair.second, other[0], f"{fresh}"))


def _exchange_hour(pair: Pair, random: np.random.Generator) -> Pair:
    halves, fulls = list(_HALF.finditer(pair.first)), list(_FULL.finditer(pair.second))
    if len(halves) != 1 or len(fulls) != 1:
        return pair
    hour, minutes, half = halves[0].groups()
    if (int(fulls[0][1]), fulls[0][2]) != (_of_day(int(hour), half), minutes or "00"):
        return pair
    fresh, late = int(random.integers(1, 13)), f"{random.integers(60):02d}" if minutes else ""
    written = f"{fresh}{halves[0].group()[len(hour)]}{late}" if minutes else f"{fresh}"
    rest = halves[0].group()[len(hour) + (3 if minutes else 0) :]
    full = f"{_of_day(fresh, half)}:{late or '00'}"
    return replace(pair, first=_put(pair.first, halves[0], written + rest), second=_put(pair.second, fulls[0], full))


def _of_day(hour: int, half: str) -> int:
    """Twelve is the first hour of its half day."""
    return hour % 12 + (12 if half == "p" else 0)


def _put(text: str, place: re.Match[str], words: str) -> str:
    return text[: place.start()] + words + text[place.end() :]
