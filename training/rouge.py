"""ROUGE-1, -2 and -L (Lin 2004) over words of any alphabet; the usual package drops every Cyrillic letter."""

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The words and numbers of a text, case-folded, apostrophes alike."""
    return [word.replace("\u2019", "'").replace("\u02bc", "'") for word in _WORD.findall(text.casefold())]


def rouge(text: str, reference: str) -> tuple[float, float, float]:
    """F1 of common words, common pairs of words, and the longest common subsequence; each 0 to 1."""
    ours, theirs = words(text), words(reference)
    common = _common_subsequence(ours, theirs)
    return _overlap(ours, theirs, 1), _overlap(ours, theirs, 2), _f1(common, len(ours), len(theirs))


def _overlap(ours: Sequence[str], theirs: Sequence[str], size: int) -> float:
    mine, other = (Counter(zip(*(side[n:] for n in range(size)), strict=False)) for side in (ours, theirs))
    return _f1((mine & other).total(), mine.total(), other.total())


def _f1(common: int, ours: int, theirs: int) -> float:
    return 2 * common / (ours + theirs) if ours + theirs else 0.0


def _common_subsequence(ours: Sequence[str], theirs: Sequence[str]) -> int:
    before = [0] * (len(theirs) + 1)
    for word in ours:
        row = [0]
        for place, other in enumerate(theirs):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
        before = row
    return before[-1]
