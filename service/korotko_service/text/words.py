"""Reduce words so that their inflected forms match: the terms by which sentences are compared."""

import re
from functools import lru_cache

from korotko_service.text.plain.signs import without_unseen
from korotko_service.text.plain.wraps import on_one_line
from korotko_service.text.wordlists import STOP_WORDS

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ]")
_ENGLISH_ENDINGS = ("ing", "ed", "es", "s")
_MIN_LATIN_STEM = 4
_MAX_LATIN_STEM = 7
_MIN_CYRILLIC_STEM = 3
_MAX_CYRILLIC_STEM = 5


def terms(text: str) -> list[str]:
    """The content words of the text, cut to their stems; numbers stay whole."""
    return [
        stem(word)
        for word in _WORD.findall(without_unseen(on_one_line(text)).casefold())
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())
    ]


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A prefix that most forms of a case-folded word share.

    Truncation holds its own against real stemmers in retrieval over inflected languages (McNamee & Mayfield 2004), needs
    no tables and serves Ukrainian and Russian alike; English words lose an ending first.
    """
    if word[0].isdigit():
        return word
    if not word[0].isascii():
        bare = _APOSTROPHES.sub("", word)
        return bare[: max(_MIN_CYRILLIC_STEM, min(_MAX_CYRILLIC_STEM, len(bare) - 1))]
    bare = _APOSTROPHES.split(word, maxsplit=1)[0]
    for ending in _ENGLISH_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _MIN_LATIN_STEM:
            return bare[: -len(ending)][:_MAX_LATIN_STEM]
    return bare[:_MAX_LATIN_STEM]
