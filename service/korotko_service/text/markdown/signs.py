"""Decide whether a plain text has marks that a reader would miss in its translation, or a model would stumble over."""

import re

from korotko_service.text.markdown.article import is_markdown
from korotko_service.text.markdown.marks import PART_OF_WORD, meant

# Each opens before a word and closes after one, in one line; so do the marks of chats: struck out, underlined, spoiler.
_SIGNS = (
    re.compile(r"(?<![\w`])(`{1,3})(?=[^\s`])[^`\n]++\1(?![\w`])"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])(?=[^*\n]*[^\W\d_])[^*\n]++(?<=\S)\*(?![\w*])"),
    PART_OF_WORD,
    re.compile(r"(?<!\w)_(?=[^\s_])(?=[^_\n]*[^\W\d_])[^_\n]++(?<=\S)_(?!\w)"),
    # "__init__" is a name: underlined words are several, or begin with a capital, or are not English.
    re.compile(r"(?<!\w)__(?=[^\s_])(?=[^_\n]*[\sA-ZЀ-ӿ])[^_\n]++(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\w~])~~(?=[^\s~])[^~\n]++(?<=\S)~~(?![\w~])"),
    re.compile(r"(?<![\w|])\|\|(?=[^\s|])[^|\n]++(?<=\S)\|\|(?![\w|])"),
    re.compile(r"\w\\[.!](?!\S)"),  # as Telegram wants every full stop
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}[0-9]{0,2});")


def is_marked(text: str) -> bool:
    """Whether the text is Markdown, or has code, emphasis or a reference to a character in its lines."""
    return is_markdown(text) or any(sign.search(text) for sign in _SIGNS) or any(map(_is_reference, _REFERENCE.finditer(text)))


def _is_reference(match: re.Match[str]) -> bool:
    character = meant(match.group())
    return character is not None and not character.isspace()
