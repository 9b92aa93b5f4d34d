"""The values of model.toml, checked: one of the type that is wanted, or a ValueError that names the key."""

import math
from collections.abc import Iterable
from typing import Any

from korotko_service.toml import KINDS, shown

# TOML's own bound, which Python's reader does not keep; a runtime in C++ takes no more either.
_LEAST, _MOST = -(2**63), 2**63 - 1


def typed(value: Any, key: str, kind: type) -> Any:
    """`value` if its type is exactly `kind`: "false" in quotes would otherwise pass for true."""
    if type(value) is int and not _LEAST <= value <= _MOST:
        raise ValueError(f"{key}: a whole number of more than 64 bits")
    if type(value) is not kind:
        raise ValueError(f"{key} = {shown(value)}: expected {KINDS[kind]}")
    return value


def number(value: Any, key: str) -> float:
    """`value` as a finite number, whole or not."""
    result = float(typed(value, key, int if type(value) is int else float))
    if not math.isfinite(result):
        raise ValueError(f"{key} = {result}: expected a finite number")
    return result


def strings(value: Any, key: str) -> dict[str, str]:
    """A table of strings."""
    return {name: typed(text, f"{key}.{name}", str) for name, text in typed(value, key, dict).items()}


def words(value: Any, key: str) -> tuple[str, ...]:
    """A list of strings."""
    return tuple(typed(text, key, str) for text in typed(value, key, list))


def pair(value: Any, key: str) -> tuple[str, str]:
    """Source and target of a direction such as "en-uk"."""
    source, separator, target = typed(value, key, str).partition("-")
    if not (source and separator and target):
        raise ValueError(f"{key}: pair {shown(value)}: expected something like 'en-uk'")
    return source, target


def check_known(table: Iterable[str], known: Iterable[str], prefix: str = "") -> None:
    """Refuse a key that nobody reads: a misspelt `input_prefx` would silently change every output."""
    known = tuple(known)
    for key in table:
        if key not in known:
            raise ValueError(f"unknown key {prefix}{key}; known: {', '.join(known)}")
