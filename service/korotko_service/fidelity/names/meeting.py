"""Tell whether a name of one text is a word of the other: by the table, by its sounds, or as a short form."""

from collections.abc import Sequence

from korotko_service.fidelity.names.capitals import Name
from korotko_service.fidelity.names.given_names import bearer
from korotko_service.fidelity.names.likeness import LIKE, alike, consonants
from korotko_service.fidelity.names.rounding import are_rounded_apart, is_round

_LEAST_LETTERS = 3
_LEAST_KEY = 3  # sounds of a common word: «ООН» is no "in"
_LIKE_COMMON = 0.15  # a word without a capital, or one that the table knows: an adjective made of the name, or another word
_LEAST_SHORT, _LEAST_CONSONANTS, _LEAST_LEFT_OUT = 4, 2, 3  # "Livi" is «Лівінгстон»


def unmet(row: Sequence[Name], others: Sequence[Name]) -> list[Name]:
    """Give the names that match none of the others."""
    if not row:
        return []
    known = frozenset[int]().union(*(other.concepts for other in others))
    keys = {other.key for other in others if other.capital or len(other.key) >= _LEAST_KEY}
    return [name for name in row if not (name.concepts & known or _is_among(name, others, keys))]


def meets(name: Name, other: Name) -> bool:
    if name.concepts & other.concepts:
        return True
    return (name.key == other.key or _is_like(name, other)) and not are_rounded_apart(name.text, other.text)


def _is_among(name: Name, others: Sequence[Name], keys: set[str]) -> bool:
    """Tell whether a name sounds like one of the others; "Scholz" does not sound like «Шульц»."""
    is_told = name.key in keys
    if is_told and not is_round(name.text):
        return True
    return any(
        ((is_told and name.key == other.key) or _is_like(name, other)) and not are_rounded_apart(name.text, other.text) for other in others
    )


def _is_like(name: Name, other: Name) -> bool:
    """Compare the sounds; a name that the table knows matches no other that it knows, and no common word."""
    if len(other.text) < _LEAST_LETTERS or (name.concepts and (other.concepts or not other.capital)):
        return False
    if alike(name.key, other.key, limit=_limit(name, other)) or _is_short(name, other) or _is_plural(name, other):
        return True
    own = bearer(name.text, name.language)
    return own is not None and own == bearer(other.text, other.language)


def _limit(name: Name, other: Name) -> float:
    """How unlike the two may be: Biden is no «Відень», London no "Monday", yet "Roman" may be a person and of Rome."""
    is_plain = other.capital and not name.concepts and not other.concepts and not other.title
    return LIKE if is_plain else _LIKE_COMMON


def _is_short(name: Name, other: Name) -> bool:
    """Tell whether one is the other's beginning, as nicknames are."""
    short, long = sorted((name.key, other.key), key=len)
    stem = short.rstrip("a")
    return (
        len(long) - len(short) >= _LEAST_LEFT_OUT
        and long.startswith(stem)
        and consonants(stem) >= _LEAST_CONSONANTS
        and min(len(name.text), len(other.text)) >= _LEAST_SHORT
        and other.capital
        and not (name.concepts or other.concepts or name.title or other.title)
    )


def _is_plural(name: Name, other: Name) -> bool:
    """Tell whether two words of one alphabet are one but for an ending: "U-Boats" is «U-Boat»."""
    short, long = sorted((name.text, other.text), key=len)
    return long.removesuffix("'s") in (short, short + "s") and name.language == other.language
