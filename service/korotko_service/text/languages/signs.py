"""What the words of a text say in favour of a language: common ones that few languages share, before any statistics."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from korotko_service.text.languages.sign_words import CYRILLIC, LATIN

# Natural logarithm of odds that one such word gives to its languages; a few of them settle a text, so no more are counted.
_A_WORD = 3.0
_MAX_WORDS = 4
_READ_WORDS = 60

# Endings that few languages share, for the many words that are in no list.
_ENDINGS = tuple(
    (re.compile(pattern), tuple(languages.split()))
    for languages, pattern in (
        ("uk", r"[сцз]ьк(?:а|е|ий|ого|ому|ою|их|им|ими|у)$|[аеиуюя]ють$|.[аиоуюя]вся$|..[ую]ва(?:в|ти|тися|но|ний|на|не|них|ного)$"),
        ("uk be", r"..(?:нн|тт|лл|дд|чч|жж|сс|зз)(?:я|ю|ям|ях)$|..(?:лася|лося)$|..[бвгджзклмнпрстфхцчшщ]ою$"),
        ("uk sr", r"..(?:лися|тися)$"),
        ("uk bg mk sr", r"...(?<!дц)[аи]ти$"),
        ("ru", r"...[^ьаеиоуюя]ск(?:ий|ого|ой|ую|ими|их)$|..[аеуюя](?:ет|ют)(?:ся)?$|..[аеиоуюя]тся$|..лся$|...остью?$|..[жкнчшщ]ее$"),
        ("ru be", r"...[бвгджзклмнпрстхчшщ](?:ая|ое)$"),
        ("bg", r"ъ[бвгджзклмнпрстфхцчшщ]|..ията$|..ият$"),
        ("bg mk sr", r"^[^-]+[^аеиоуыюя-]ски$"),
        ("ru bg", r"..[^аеиоуюя](?:ия|ие|ию|ием|иях|иям)$|...ости$"),
        ("ru bg tg", r"..[^аеиоуюя]ии$"),
    )
)

_APOSTROPHES = str.maketrans("’ʼ", "''")


class Signs:
    """The telling words of one text, looked up once; `count` is the number of those in a list, which are not names."""

    __slots__ = ("_told", "count")

    def __init__(self, words: Iterable[str]) -> None:
        self._told: dict[str, int] = {}
        self.count = 0
        for plain, _ in zip(words, range(_READ_WORDS), strict=False):
            word = plain.lower().translate(_APOSTROPHES)
            languages = _languages(word)
            self.count += bool(languages)
            for language in languages or _languages_of_ending(word):
                self._told[language] = self._told.get(language, 0) + 1

    def evidence(self, language: str) -> float:
        """Zero or more, as a logarithm of odds: how strongly these words speak for the language."""
        told = self._told.get(language)  # asked for some 140 languages, most of which have none
        return _A_WORD * min(told, _MAX_WORDS) if told else 0.0


@lru_cache(maxsize=16_384)
def _languages(word: str) -> tuple[str, ...]:
    """The languages that have this word, according to the lists; the longest matching beginning counts."""
    whole, beginnings, longest = _lists()
    if word in whole:
        return whole[word]
    return next((beginnings[word[:size]] for size in range(min(longest, len(word)), 1, -1) if word[:size] in beginnings), ())


@lru_cache(maxsize=16_384)
def _languages_of_ending(word: str) -> tuple[str, ...]:
    return next((languages for pattern, languages in _ENDINGS if pattern.search(word)), ())


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
