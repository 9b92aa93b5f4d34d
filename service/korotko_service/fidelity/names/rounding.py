"""Tell apart short names that differ only in "o" and "u": Scholz and «Шульц»."""

import re
from functools import lru_cache

_VOWELS = re.compile("[aeiouyаеєиіїоуюяыэё]+")
_ROUND = {"o": "o", "о": "o", "u": "u", "у": "u"}


def are_rounded_apart(one: str, other: str) -> bool:
    """Tell whether the first vowel is an "o" in one word and a "u" in the other, one of which has no further vowel.

    Languages spell the vowels of longer names in their own ways: in 190,000 pairs of good sentences no short name but Thor («Тур») differs
    so. Letters with accents («Буде» is "Bodø") are left alone.
    """
    first, second = _round(one), _round(other)
    return bool(first[0] and second[0]) and first[0] != second[0] and (first[1] or second[1])


def is_round(word: str) -> bool:
    return bool(_round(word)[0])


@lru_cache(maxsize=4_096)
def _round(word: str) -> tuple[str, bool]:
    """The "o" or "u" that is the first vowel of a word, "" for any other, and whether it has no further vowel."""
    lowered = word.lower()
    if not lowered.isascii() and lowered[0] < "\u0400":
        return "", False
    vowels = _VOWELS.findall(lowered)
    return (_ROUND.get(vowels[0], ""), len(vowels) == 1) if vowels else ("", False)
