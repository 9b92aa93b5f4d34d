"""What callers hand in, checked before it is sent, so that a mistake is told by the name of the keyword it was made in."""

import operator
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from types import NoneType
from typing import SupportsIndex, TypeVar

from korotko._errors import FieldInvalid

T = TypeVar("T")

_INT32 = range(-(2**31), 2**31)


def text(field: str, value: str) -> str:
    """A text that can be sent: FieldInvalid where it holds half of a surrogate pair, which no UTF-8 can carry."""
    if lone := _lone_surrogate(value):
        raise FieldInvalid(lone, code="INVALID_ARGUMENT", field=field)
    return value


def item(field: str, value: T, *kinds: type) -> T:
    """One of many, of which a bad one must not end the others: FieldInvalid, not TypeError, where it is of another kind."""
    if not isinstance(value, kinds):
        raise FieldInvalid(_must_be(value, *kinds), code="INVALID_ARGUMENT", field=field)
    return value


def string(option: str, value: str | None) -> str:
    """A string, "" for None; TypeError and ValueError name the option."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(_wrong_kind(option, value, str))
    if lone := _lone_surrogate(value):
        raise ValueError(f"{option}: {lone}")
    return value


def strings(option: str, values: Iterable[str]) -> list[str]:
    """The values as a list; TypeError and ValueError name the one that is wrong."""
    return [string(f"{option}[{index}]", value) for index, value in enumerate(_listed(option, values))]


def texts(values: Iterable[str]) -> list[str]:
    """Texts that can be sent."""
    return [text(f"texts[{index}]", value) for index, value in enumerate(_listed("texts", values))]


def _listed(option: str, values: Iterable[str]) -> list[str]:
    """The values as a list of strings; one string alone would pass for a list of its letters."""
    if isinstance(values, str | bytes):
        raise TypeError(f"{option} must be a list of strings, not one string: [{values[:20]!r}]")
    if not isinstance(values, Iterable):
        raise TypeError(_wrong_kind(option, values, list))
    listed = list(values)
    for index, value in enumerate(listed):
        if not isinstance(value, str):
            raise TypeError(_wrong_kind(f"{option}[{index}]", value, str))
    return listed


def alone(name: str, value: str, several: str) -> list[str]:
    """The one text of a call; TypeError names the method for several."""
    if not isinstance(value, str):
        hint = f"; for several texts use {several}" if isinstance(value, Iterable) and not isinstance(value, bytes) else ""
        raise TypeError(_wrong_kind(name, value, str) + hint)
    return [text(name, value)]


def count(option: str, value: SupportsIndex | None) -> int:
    """A whole number of any kind, NumPy's too, that the contract can carry, 0 for None; what it may be is the server's to say."""
    if value is None:
        return 0
    try:
        whole = operator.index(value)
    except TypeError:
        whole = None
    if whole is None or isinstance(value, bool):
        raise TypeError(_wrong_kind(option, value, int))
    if whole not in _INT32:
        raise ValueError(f"{option} = {whole} is out of range")
    return whole


def flag(option: str, value: bool | None) -> bool:
    """Yes or no, no for None; a word such as "no" would pass for yes."""
    check_kinds({option: value}, bool, NoneType)
    return bool(value)


def check_keywords(given: Collection[str], known: Collection[str]) -> None:
    """TypeError for a keyword that nobody knows, with the one that was probably meant."""
    for keyword in given:
        if keyword not in known:
            meant = get_close_matches(keyword, known, 1)
            raise TypeError(f"there is no keyword {keyword!r}" + (f"; did you mean {meant[0]!r}?" if meant else ""))


def check_kinds(values: Mapping[str, object], *kinds: type) -> None:
    """TypeError for the first value that is of none of these kinds."""
    for name, value in values.items():
        if not isinstance(value, kinds):
            raise TypeError(_wrong_kind(name, value, *kinds))


def _wrong_kind(name: str, value: object, *kinds: type) -> str:
    return f"{name} {_must_be(value, *kinds)}"


def _must_be(value: object, *kinds: type) -> str:
    expected = " or ".join(map(_a, kinds))
    hint = "; decode them first" if isinstance(value, bytes) and str in kinds else ""
    return f"must be {expected}, not {_a(type(value))}{hint}"


def _a(kind: type) -> str:
    if kind is NoneType:
        return "None"
    return f"{'an' if kind.__name__[0] in 'AEIOUaeiou' else 'a'} {kind.__name__}"


def _lone_surrogate(value: str) -> str:
    """What is wrong with a text that holds one; "" for all others."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return f"the code point U+{ord(value[error.start]):04X} at {error.start} is half of a surrogate pair and no character"
    return ""
