"""Check arguments before they are sent, so that an error names the keyword at fault."""

import operator
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from types import NoneType
from typing import SupportsIndex, TypeVar

from korotko._errors import FieldInvalid

T = TypeVar("T")

_INT32 = range(-(2**31), 2**31)


def text(field: str, value: str) -> str:
    """A text that can be sent: FieldInvalid if it contains half of a surrogate pair, which UTF-8 cannot encode."""
    if lone := _lone_surrogate(value):
        raise FieldInvalid(lone, code="INVALID_ARGUMENT", field=field)
    return value


def item(field: str, value: T, *kinds: type) -> T:
    """One text of many. A bad one must not end the others, so the wrong type is a FieldInvalid, not a TypeError."""
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
    """The values as a list of strings; a single string is refused, since it would pass for a list of its characters."""
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
    """Any integer, NumPy's too, that the contract can carry, 0 for None; the server checks its range."""
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
    """True or False, False for None; a string is refused, since even "no" is truthy."""
    check_kinds({option: value}, bool, NoneType)
    return bool(value)


def check_keywords(given: Collection[str], known: Collection[str]) -> None:
    """TypeError for an unknown keyword, with the one that was probably meant."""
    for keyword in given:
        if keyword not in known:
            meant = get_close_matches(keyword, known, 1)
            raise TypeError(f"there is no keyword {keyword!r}" + (f"; did you mean {meant[0]!r}?" if meant else ""))


def check_kinds(values: Mapping[str, object], *kinds: type) -> None:
    """TypeError for the first value that is of none of these types."""
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
    """What is wrong with a text that contains half of a surrogate pair; "" for all others."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return f"the code point U+{ord(value[error.start]):04X} at {error.start} is half of a surrogate pair and no character"
    return ""
