"""What the words of a text say for a language: common ones that few languages share, before any statistics."""

from collections.abc import Iterable, Mapping
from functools import cache

from korotko_service.text.sign_words import CYRILLIC, LATIN

# Natural logarithm of odds that one such word gives to its languages; a few of them settle a text, so that more are not counted.
_A_WORD = 3.0
_MAX_WORDS = 4
_READ_WORDS = 60

_APOSTROPHES = str.maketrans("’ʼ", "''")


class Signs:
    """The telling words of one text, looked up once."""

    __slots__ = ("_told", "count")

    def __init__(self, words: Iterable[str]) -> None:
        self._told: dict[str, int] = {}
        self.count = 0
        for word, _ in zip(words, range(_READ_WORDS), strict=False):
            languages = _languages(word.lower().translate(_APOSTROPHES))
            self.count += bool(languages)
            for language in languages:
                self._told[language] = self._told.get(language, 0) + 1

    def evidence(self, language: str) -> float:
        """Zero or more, as a logarithm of odds: how much these words are the language's own."""
        return _A_WORD * min(self._told.get(language, 0), _MAX_WORDS)


def _languages(word: str) -> tuple[str, ...]:
    """Those that have this word, as far as the lists know it; the longest beginning holds."""
    whole, beginnings, longest = _lists()
    if word in whole:
        return whole[word]
    return next((beginnings[word[:size]] for size in range(min(longest, len(word)), 1, -1) if word[:size] in beginnings), ())


@cache
def _lists() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]], int]:
    """Whole words, beginnings of words, and the length of the longest beginning."""
    entries: dict[str, tuple[str, ...]] = {}
    for line in f"{CYRILLIC}{LATIN}".strip().splitlines():
        languages, _, listed = line.partition(": ")
        entries |= dict.fromkeys(listed.split(), tuple(languages.split()))
    beginnings = {entry[:-1]: languages for entry, languages in entries.items() if entry.endswith("*")}
    whole = {entry: languages for entry, languages in entries.items() if not entry.endswith("*")}
    return whole, beginnings, max(map(len, beginnings))
