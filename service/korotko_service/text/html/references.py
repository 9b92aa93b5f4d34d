"""Character references of HTML: decoded one character at a time, and written again."""

import html
import re
from collections.abc import Iterator

# As `html.unescape` delimits them; the longest name of the standard has 32 characters.
_PIECES = re.compile(r"&(?:#[0-9]++;?+|#[xX][0-9a-fA-F]++;?+|[^\t\n\f\r <&#;]{1,32}+;?+)|[\t\n\f\r ]++|.", re.DOTALL)
# A number with more digits is no character, and Python refuses numbers with thousands of them.
_MAX_REFERENCE = 40
_SPACES = "\t\n\f\r "
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"}


def decoded(text: str) -> Iterator[tuple[str, str]]:
    """Each character of an HTML text with its source there; "" for a source that is not a single character.

    White space, also if it is written as a reference, becomes a single space, as in a browser.
    """
    position = 0
    while match := _PIECES.match(text, position):
        piece = match.group()
        if piece[0] == "&" and len(piece) > 1:
            character, piece = _reference(piece)
        else:
            character = piece[0]
        yield " " if character and character in _SPACES else character, piece
        position += len(piece)


def escaped(character: str) -> str:
    """The character as HTML text, as the standard serialises it (section 13.3)."""
    return _WRITTEN.get(character, character)


def _reference(piece: str) -> tuple[str, str]:
    """The first character and its reference: "&copy2026" begins with one, "&Tea" is none but for its ampersand."""
    if len(piece) > _MAX_REFERENCE:
        return "", piece
    meant = html.unescape(piece)
    if meant == piece:
        return "&", "&"
    if meant and piece.endswith(meant[1:]) and len(meant) < len(piece):
        return meant[0], piece[: len(piece) - len(meant) + 1]
    return "", piece
