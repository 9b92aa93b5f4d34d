"""TOML that people wrote: settings, tokens, models. What cannot be read is told in one line that is not about Python."""

import tomllib
from typing import Any


def parse(text: str, *, printable: bool = False) -> dict[str, Any]:
    """The table; ValueError says in one line why there is none.

    `printable` refuses also what Python reads and cannot print, hexadecimal digits and nested keys by the thousand: whoever told of such a
    value would fail.
    """
    try:
        table = tomllib.loads(text)
        if printable:
            repr(table)
    except RecursionError:
        raise ValueError("lists or tables nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise ValueError("a number of thousands of digits") from None
    return table
