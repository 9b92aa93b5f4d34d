"""Tell which place, people or body a word names where transliteration does not: by its longest prefix in `exonym_stems`."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from korotko_service.fidelity.names.exonym_stems import LINES, OTHERS
from korotko_service.fidelity.words import is_latin

_LANGUAGES = ("en", "uk", "ru")
_LONGEST, _SHORTEST = 12, 3  # opening letters that a line may have
_HARD = {"ц": "к", "з": "г", "с": "х"}  # «Мексиці» is of «Мексика»
_PREFIX = re.compile(
    "^(?:північно|південно|східно|західно|центрально|загально|між|меж|все|северо|южно|восточно|западно|обще|латино|давньо|древне|не|до(?=.{3,}сь?к))(?=.{5})"
)
_SOFTENED = (re.compile("(?:зьк|жск)(?=.{1,3}$)"), "г"), (re.compile("ц(?:ьк|к)(?=.{1,3}$)"), "к")  # «празький» is of «Прага»
_PEOPLES = {"поляков": "поляки", "чехов": "чехи"}  # in lower case these are no family names


def _tables() -> dict[str, dict[str, frozenset[int]]]:
    tables: dict[str, dict[str, frozenset[int]]] = {language: {} for language in _LANGUAGES}
    for number, line in enumerate(LINES):
        for language, stems in zip(_LANGUAGES, line.split("|"), strict=True):
            for stem in stems.split():
                tables[language][stem] = tables[language].get(stem, frozenset()) | {number}
    for language, stems in OTHERS.items():
        tables[language].update(dict.fromkeys(stems.split(), frozenset()))
    return tables


_TABLES = _tables()
_OPENINGS = frozenset(stem[:_SHORTEST] for table in _TABLES.values() for stem in table)


@lru_cache(maxsize=16_384)
def concepts(word: str, language: str) -> frozenset[int]:
    """Give the lines of the table that a word may belong to, by its longest prefix only; none for a word that it lacks."""
    table, lowered = _TABLES[language], word.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
    bare = lowered.removesuffix("'s") if language == "en" else lowered
    if not lowered.isascii() and is_latin(lowered):
        lowered = "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(letter))  # Zürich
    whole = table.get("=" + bare) if word[: len(bare)].isupper() else None  # "who" and Kim Jong Un are no bodies
    if whole:
        return whole
    if word.islower():
        lowered = _PEOPLES.get(lowered, lowered)
    found = _opening(table, lowered)
    return found or next((known for other in _hardened(lowered) if (known := _opening(table, other))), found)


def _hardened(word: str) -> Iterator[str]:
    """What a word may be derived from: by a prefix, or with a last consonant that softens in the locative and before -ський."""
    whole, word = word, _PREFIX.sub("", word)
    if word != whole:
        yield word
    if word[-1:] == "і" and word[-2:-1] in _HARD:
        yield word[:-2] + _HARD[word[-2]]
    for pattern, hard in _SOFTENED:
        if pattern.search(word):
            yield pattern.sub(hard, word)


def _opening(table: dict[str, frozenset[int]], word: str) -> frozenset[int]:
    whole = table.get(f"{word}.")
    if whole is not None:
        return whole
    for size in range(min(len(word), _LONGEST), _SHORTEST - 1, -1) if word[:_SHORTEST] in _OPENINGS else ():
        found = table.get(word[:size])
        if found is not None:
            return found
    return frozenset()
