"""Find the words of a text, leaving out what belongs to no language: addresses, hashtags, account names, tags."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_CHUNK = re.compile(r"\S+")
_DOMAIN = re.compile(r"[a-z0-9]\.[a-z]{2,4}(?![a-z0-9])")
_TAG = re.compile(r"<[^<>\s][^<>]{0,200}>")
_LAST_LATIN = "\u024f"
_MARKS = ("<", "@", "#", "://", "www.")
_INNER_POINT = re.compile(r"\.\w")


@lru_cache(maxsize=16)  # Every check of one sentence asks for the words of the same two texts.
def words(text: str) -> tuple[re.Match[str], ...]:
    """Give every word with its place; each is letters only, apostrophes inside it included."""
    if _INNER_POINT.search(text) or any(mark in text for mark in _MARKS):
        text = _CHUNK.sub(_cover, _TAG.sub(_blank, text))
    return tuple(WORD.finditer(text))


@lru_cache(maxsize=16)
def lowered(text: str) -> tuple[str, ...]:
    """Give the words in lower case."""
    return tuple([match.group().lower() for match in words(text)])


def is_latin(word: str) -> bool:
    """Tell whether the word begins with a Latin letter, accented ones included."""
    return word[:1] <= _LAST_LATIN


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _cover(match: re.Match[str]) -> str:
    """Replace an address by as many spaces, so that positions stay the same."""
    chunk = match.group()
    is_address = "://" in chunk or "@" in chunk or "www." in chunk or chunk.startswith("#") or _DOMAIN.search(chunk.lower())
    return " " * len(chunk) if is_address else chunk
