"""Enums of the contract as plain lower-case words: BRIEF_LENGTH_SHORT is "short", and a new value needs no new line here."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from google.protobuf.descriptor import EnumDescriptor

V = TypeVar("V", bound=int)
V_co = TypeVar("V_co", bound=int, covariant=True)


class _Enum(Protocol[V_co]):
    """The part of a generated enum that is used here."""

    @property
    def DESCRIPTOR(self) -> EnumDescriptor: ...
    def items(self) -> Sequence[tuple[str, V_co]]: ...


def number(enum: _Enum[V], option: str, word: str | None) -> V:
    """The value for a word; None leaves the choice to the server."""
    if word is None:
        return enum.items()[0][1]
    try:
        return _values(enum)[word]
    except KeyError:
        raise ValueError(f"{option} is one of {', '.join(_values(enum))}; not {word!r}") from None


def word(enum: _Enum[V], value: int, otherwise: str = "unknown") -> str:
    """The word for a value; `otherwise` if it is not set or only a newer contract knows it."""
    return next((known for known, number in _values(enum).items() if number == value), otherwise)


def _values(enum: _Enum[V]) -> dict[str, V]:
    """Each word and its value, without …_UNSPECIFIED: BriefLength gives {"headline": 1, …}."""
    prefix = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", enum.DESCRIPTOR.name).upper() + "_"
    return {name.removeprefix(prefix).lower(): value for name, value in enum.items() if value}
