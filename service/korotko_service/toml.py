"""Read TOML that people wrote (settings, tokens, models), with errors of one line that are not about Python; and write it.

The standard library only reads TOML.
"""

import json
import reprlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class _Brief(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        """Python refuses to spell a number of thousands of digits, which hexadecimal ones can have."""
        return super().repr_int(x, level) if x.bit_length() <= 64 else "a number of more than 64 bits"


_DELETE = chr(127)  # The one character that JSON leaves alone and TOML wants escaped.
# A value in a few words, however long or deep it is.
shown = _Brief().repr
# What messages call the types of values.
KINDS: Mapping[type, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


def read(path: Path) -> dict[str, Any]:
    """The table of a file; OSError where it cannot be read, ValueError, which does not name the file, where it is no TOML."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("not a text file in UTF-8") from error


def parse(text: str) -> dict[str, Any]:
    """The table; ValueError says in one line why there is none."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("lists or tables nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise ValueError("a number of thousands of digits") from None


def written(table: Mapping[str, Any]) -> str:
    """TOML text of a table of strings, numbers, booleans, lists of strings and tables, in the order given."""
    return "\n".join(_lines(table, ())) + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = [f"{_key(key)} = {written_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)]
    lines = [*_heading(path), *plain] if plain or not table else []
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += _lines(value, (*path, key))
    return lines


def _heading(path: tuple[str, ...]) -> list[str]:
    return ["", f"[{'.'.join(map(_key, path))}]"] if path else []


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else written_value(key)


def written_value(value: Any) -> str:
    """A value as JSON spells it: for strings, numbers, truth and lists of them the two notations are one."""
    return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
