"""Makes new pairs out of old ones: the same numbers, dates and names exchanged on both sides at once.

A number or a name is exchanged only if it occurs exactly once on each side. Digits change in place, so each language
keeps its own notation; what decides a word's ending (the last digit, the teens) stays.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from training.data import Pair
from training.exchange_notation import exchange_notation
from training.exchange_words import GROUPS, MONTHS
from training.recipe import LANGUAGES, Recipe

# 1,250.5 and 1 250,5 and 13:30 and 24.02.2022 are one number each; the hour before a.m. is the other module's.
_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:[.,:]\d+|[ \u00a0\u202f]\d{3}(?!\d))*+(?![\d:/]|[-\u2011]?\w| ?[ap]\.?m\b)")
_SEPARATOR = re.compile(r"\D+")
_TIME = re.compile(r"\d{1,2}[:.][0-5]\d")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_YEARS = range(1000, 2100)
_COPIES = 2
# Centuries and hours are rare in the texts, and asked for often.
_NOTATION_COPIES = 8
_MONTH_NAMES = tuple(re.compile("|".join(names)) for names in zip(*MONTHS, strict=True))
_LONGEST_DAY = 2


def augmented(pairs: Iterable[Pair], recipe: Recipe) -> Iterator[Pair]:
    """Up to two new pairs, more for a century or an hour, for each pair of the augmented sources that has something to exchange."""
    random = np.random.default_rng([recipe.seed, 1])
    if "augmented" not in recipe.data.drawn_kinds:
        return
    for pair in pairs:
        if pair.source in recipe.data.augmented_sources and not pair.synthetic:
            straight = replace(pair, first=pair.first.replace("\u2019", "'"), second=pair.second.replace("\u2019", "'"))
            copies = {*_copies(straight, random)} - {straight}
            yield from (replace(copy, kind="augmented") for copy in sorted(copies, key=lambda copy: (copy.first, copy.second)))


def _copies(pair: Pair, random: np.random.Generator) -> Iterator[Pair]:
    yield from (exchange(pair, random) for _ in range(_COPIES))
    if exchange_notation(pair, random) != pair:
        yield from (exchange(exchange_notation(pair, random), random) for _ in range(_NOTATION_COPIES))


def exchange(pair: Pair, random: np.random.Generator) -> Pair:
    """The pair with other numbers and names; the same pair if it has none that occur once on each side."""
    return _exchange_words(_exchange_numbers(pair, random), random)


def _exchange_numbers(pair: Pair, random: np.random.Generator) -> Pair:
    first, second = _once(pair.first), _once(pair.second)
    first_text, second_text = pair.first, pair.second
    months = [_MONTH_NAMES[LANGUAGES.index(language)] for language in pair.pair.split("-")]
    dated = any(pattern.search(text) for pattern, text in zip(months, (first_text, second_text), strict=True))
    for digits in sorted(set(first) & set(second)):
        # Next to a month a small number may be its day; those stay as they are.
        if dated and len(digits) <= _LONGEST_DAY:
            continue
        fresh = _fresh(digits, (first[digits], second[digits]), random)
        first_text = _written(first_text, first[digits], fresh)
        second_text = _written(second_text, second[digits], fresh)
    return replace(pair, first=first_text, second=second_text)


def _once(text: str) -> dict[str, str]:
    """The numbers that occur once in a text: their digits alone, and how the text writes them."""
    found = [match.group() for match in _NUMBER.finditer(text)]
    digits = [_SEPARATOR.sub("", number) for number in found]
    return {d: number for d, number in zip(digits, found, strict=True) if digits.count(d) == 1}


def _fresh(digits: str, written: tuple[str, str], random: np.random.Generator) -> str:
    """As many digits, of a number that requires the same endings."""
    if all(_TIME.fullmatch(number) for number in written) and ":" in "".join(written):
        return _fresh_time(digits, random)
    if int(digits) in _YEARS and digits in written:
        return f"{random.integers(1950, 2040)}"
    if all(_DECIMAL.fullmatch(number) for number in written):
        return _leading(random) + "".join(_digit(random) for _ in digits[1:])
    return _fresh_count(digits, random)


def _fresh_time(digits: str, random: np.random.Generator) -> str:
    hours = random.integers(10, 24) if len(digits) == 4 else random.integers(1, 10)
    return f"{hours}{random.integers(60):02d}"


def _fresh_count(digits: str, random: np.random.Generator) -> str:
    """Nouns agree with the last digit, unless the last but one makes it a teen."""
    last = digits[-1]
    if len(digits) == 1:
        alike = next(group for group in ("0", "1", "234", "56789") if last in group)
        return alike[random.integers(len(alike))]
    end = "1" + _digit(random) if digits[-2] == "1" else "023456789"[random.integers(9)] + last
    if len(digits) == len(end):
        return end if end[0] != "0" else _leading(random, without="1") + last
    return _leading(random) + "".join(_digit(random) for _ in digits[3:]) + end


def _digit(random: np.random.Generator) -> str:
    return str(random.integers(10))


def _leading(random: np.random.Generator, without: str = "") -> str:
    allowed = [digit for digit in "123456789" if digit not in without]
    return allowed[random.integers(len(allowed))]


def _written(text: str, number: str, fresh: str) -> str:
    """The text with the number's digits replaced in place, its separators kept."""
    digits = iter(fresh)
    renewed = re.sub(r"\d", lambda _match: next(digits), number)
    whole = next(match for match in _NUMBER.finditer(text) if match.group() == number)
    return text[: whole.start()] + renewed + text[whole.end() :]


def _exchange_words(pair: Pair, random: np.random.Generator) -> Pair:
    first, second = (LANGUAGES.index(language) for language in pair.pair.split("-"))
    for group in GROUPS:
        found = [entry for entry in group if _stands_once(entry[first], pair.first) and _stands_once(entry[second], pair.second)]
        present = [e for e in group if _stands(e[first], pair.first) or _stands(e[second], pair.second)]
        # Two of a kind in one sentence would have to stay different; one is safe to exchange.
        if len(found) == len(present) == 1:
            other = group[random.integers(len(group))]
            pair = replace(
                pair,
                first=_word(found[0][first]).sub(other[first], pair.first),
                second=_word(found[0][second]).sub(other[second], pair.second),
            )
    return pair


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){re.escape(words)}(?![\w'-])")


def _stands(words: str, text: str) -> bool:
    return words in text and _word(words).search(text) is not None


def _stands_once(words: str, text: str) -> bool:
    return words in text and len(_word(words).findall(text)) == 1
