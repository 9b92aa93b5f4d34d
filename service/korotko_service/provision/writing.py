"""Write model.toml: the tables of a model's description as TOML text, which the standard library can only read."""

import json
from collections.abc import Mapping
from typing import Any

_DELETE = chr(127)  # The one character that JSON leaves alone and TOML wants escaped.


def toml(table: Mapping[str, Any]) -> str:
    """TOML text of a table of strings, numbers, booleans, lists of strings and tables, in the order given."""
    return "\n".join(_lines(table, ())) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = [f"{_key(key)} = {toml_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)]
    lines = [*_heading(path), *plain] if plain or not table else []
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += _lines(value, (*path, key))
    return lines


def _heading(path: tuple[str, ...]) -> list[str]:
    return ["", f"[{'.'.join(map(_key, path))}]"] if path else []


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else toml_value(key)


def toml_value(value: Any) -> str:
    """A value as JSON spells it: for strings, numbers, truth and lists of them the two notations are one."""
    return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
