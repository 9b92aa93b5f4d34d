"""Read texts for the command line: files or standard input, strictly UTF-8."""

import codecs
import sys
from pathlib import Path

from korotko import Term

STDIN = "-"


class UnreadableText(Exception):
    """A file that is missing or not UTF-8; the message names it."""


def read_text(name: str) -> str:
    """The text of a file, without a leading byte order mark; "-" is standard input."""
    raw = read_bytes(name)
    mark = len(codecs.BOM_UTF8) if raw.startswith(codecs.BOM_UTF8) else 0
    try:
        text = raw[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = mark + error.start
        raise UnreadableText(
            f"{shown(name)} is not UTF-8: byte 0x{raw[offset]:02x} at offset {offset}{_guess(raw)}; convert it to UTF-8 first"
        ) from None
    if "\0" in text:  # UTF-16 without a mark: in most languages it is valid UTF-8, and would be translated as it is
        raise UnreadableText(f"{shown(name)} is no text: byte 0x00 at offset {raw.index(0)}; if it is UTF-16, convert it to UTF-8 first")
    return text


def read_glossary(name: str) -> list[Term]:
    """The terms of a file: each line has a term, its translation and the language that this is for, separated by tabs; the last two may
    be left out. Empty lines and lines that begin with "#" are skipped; a term that begins with "#" is written "\\#"."""
    terms = []
    for number, line in enumerate(read_text(name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        written = line[1:] if line.startswith("\\#") else line
        cells = [cell.strip() for cell in written.split("\t")]
        if not cells[0] or len(cells) > 3:
            raise UnreadableText(f"{shown(name)}, line {number}: expected a term, its translation and a language, with tabs between")
        source, target, language = (*cells, "", "")[:3]
        terms.append(Term(source, target, language))
    return terms


def shown(name: str) -> str:
    """The name of a file, for people."""
    return "standard input" if name == STDIN else name


def read_bytes(name: str) -> bytes:
    """The bytes of a file."""
    if name == STDIN and sys.stdin is None:
        raise UnreadableText("cannot read standard input: it is closed")
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UnreadableText(f"cannot read {name}: {error.strerror}") from None


def _guess(raw: bytes) -> str:
    return " (it looks like UTF-16)" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""
