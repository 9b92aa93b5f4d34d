"""Find the words of a text, leaving out what belongs to no language: addresses, hashtags, account names."""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_CHUNK = re.compile(r"\S+")
_DOMAIN = re.compile(r"[a-z0-9]\.[a-z]{2,4}(?![a-z0-9])")


def words(text: str) -> list[re.Match[str]]:
    """Give every word with its place; each is letters only, apostrophes inside it included."""
    return list(WORD.finditer(_CHUNK.sub(_cover, text)))


def _cover(match: re.Match[str]) -> str:
    """Put spaces for an address, so that places stay what they were."""
    chunk = match.group()
    is_address = "://" in chunk or "@" in chunk or "www." in chunk or chunk.startswith("#") or _DOMAIN.search(chunk.lower())
    return " " * len(chunk) if is_address else chunk
