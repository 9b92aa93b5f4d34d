"""Find the longest of many phrases that begins at a place of a text: a search in a sorted list, equally fast for any phrases."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Phrases:
    """Phrases, some of which may be prefixes of others.

    A regular expression would try all that share a prefix one by one at each place of a text, and hold the interpreter's lock for minutes
    in one call.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._sorted = sorted(set(phrases))
        self._most = max(map(len, self._sorted), default=0)
        self._beginnings = _beginnings(self._sorted)

    def longest(self, text: str, start: int) -> str | None:
        """The longest phrase that `text` has at `start`; None where it has none."""
        place = bisect_right(self._sorted, text[start : start + self._most])
        if not place:
            return None
        # Every phrase that the text has here sorts no later than the text, and so is a prefix of the last phrase that does.
        nested = self._beginnings[place - 1]
        standing = bisect_left(nested, True, key=lambda phrase: not text.startswith(phrase, start))
        return nested[standing - 1] if standing else None


def _beginnings(ordered: list[str]) -> list[tuple[str, ...]]:
    """For each phrase those that are its prefixes, itself last."""
    nested, found = list[str](), list[tuple[str, ...]]()
    for phrase in ordered:
        while nested and not phrase.startswith(nested[-1]):
            nested.pop()
        nested.append(phrase)
        found.append(tuple(nested))
    return found
