"""Match names that one language writes as two words and the other as one: "Chiang Mai" is «Чіангмай», "Ching-te" «Цінде»."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from korotko_service.fidelity.names.capitals import Name
from korotko_service.fidelity.names.likeness import alike, consonants, sounds
from korotko_service.fidelity.words import is_latin, words

_LEAST_CONSONANTS = 3
_LIKE = 0.3
_MOST_LEFT = 2  # letters of the sounds
_SEAMS = frozenset((" ", "-", "\u2010", "\u2011"))
_NASAL = frozenset(("nk", "nh"))  # the "g" of "Ching-te" is no sound of its own


class _Whole(NamedTuple):
    """Two neighbouring words read as one, from `start` to `end`, by the sounds of each."""

    start: int
    end: int
    first: str
    second: str


def apart(strangers: Sequence[Name], others: Sequence[Name], texts: tuple[str, str], languages: tuple[str, str]) -> list[Name]:
    """Give the `strangers` of the first text that are neither part of one of `others`, the second's names, nor one word for two of its."""
    if not strangers or not others:
        return list(strangers)
    own, foreign = (_wholes(text, language) for text, language in zip(texts, languages, strict=True))
    return [name for name in strangers if not (_is_part(name, own, others) or any(_are_one(whole, name) for whole in foreign))]


def _is_part(name: Name, own: Sequence[_Whole], others: Sequence[Name]) -> bool:
    row = [whole for whole in own if whole.start <= name.span.start and name.span.end <= whole.end]
    return any(_are_one(whole, other) for whole in row for other in others if other.certain)


def _are_one(whole: _Whole, name: Name) -> bool:
    """Tell whether the two words make the name, and neither of them makes it alone: endings are nearly free to `alike`."""
    key = whole.first + whole.second
    if name.concepts or consonants(name.key) < _LEAST_CONSONANTS or abs(len(key) - len(name.key)) > _MOST_LEFT:
        return False
    return _is_either(key, whole.first, whole.second, name.key) and not any(
        alike(half, name.key) for half in (whole.first, whole.second) if abs(len(half) - len(name.key)) <= _MOST_LEFT
    )


def _is_either(key: str, first: str, second: str, single: str) -> bool:
    """Compare with and without the "g" of a syllable such as "Ching-"."""
    return alike(key, single, limit=_LIKE) or (first[-2:] in _NASAL and alike(first[:-1] + second, single, limit=_LIKE))


@lru_cache(maxsize=16)
def _wholes(text: str, language: str) -> tuple[_Whole, ...]:
    return tuple(_pairs(text, language))


def _pairs(text: str, language: str) -> Iterator[_Whole]:
    for left, right in pairwise(words(text)):
        if left.group()[0].isupper() and text[left.end() : right.start()] in _SEAMS and _goes_on(text, left, right):
            first, second = (sounds(each.group(), "en" if is_latin(each.group()) else language) for each in (left, right))
            yield _Whole(left.start(), right.end(), first, second)


def _goes_on(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return right.group()[0].isupper() or text[left.end()] != " "
