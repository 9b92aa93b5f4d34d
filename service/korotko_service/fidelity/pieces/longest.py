"""Find the longest of many phrases that begins at a place of a text: a search in a sorted list, as quick whatever the phrases are like."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Phrases:
    """Phrases, of which some may be beginnings of others.

    A regular expression would try all that begin alike one after the other at each place of a text, and hold the interpreter's lock for
    minutes in one step.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._sorted = sorted(set(phrases))
        self._most = max(map(len, self._sorted), default=0)
        self._beginnings = _beginnings(self._sorted)

    def longest(self, text: str, start: int) -> str | None:
        """The longest phrase that stands in `text` from there on; None where none does."""
        place = bisect_right(self._sorted, text[start : start + self._most])
        if not place:
            return None
        # What stands there is not before any phrase that it begins with, so they all are beginnings of the last one it is not before.
        nested = self._beginnings[place - 1]
        standing = bisect_left(nested, True, key=lambda phrase: not text.startswith(phrase, start))
        return nested[standing - 1] if standing else None


def _beginnings(ordered: list[str]) -> list[tuple[str, ...]]:
    """For each phrase those that it begins with, itself the last."""
    nested, found = list[str](), list[tuple[str, ...]]()
    for phrase in ordered:
        while nested and not phrase.startswith(nested[-1]):
            nested.pop()
        nested.append(phrase)
        found.append(tuple(nested))
    return found
