"""TOML that people wrote: settings, tokens, models. What cannot be read is told in one line that is not about Python."""

import reprlib
import tomllib
from pathlib import Path
from typing import Any


class _Brief(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        """Python refuses to spell a number of thousands of digits, which hexadecimal ones can have."""
        return super().repr_int(x, level) if x.bit_length() <= 64 else "a number of more than 64 bits"


# Says a value in a few words, however long or deep it is.
shown = _Brief().repr


def read(path: Path) -> dict[str, Any]:
    """The table of a file; ValueError says in one line, without naming the file, why there is none."""
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValueError(error.strerror) from error
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
