"""What the letters of a text say against a language, before any statistics."""

import re
import unicodedata
from collections import Counter

# The letters of each Cyrillic orthography; a letter that it lacks is evidence against the language.
_ORTHOGRAPHIES = {
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "be": frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюя"),
    "sr": frozenset("абвгдђежзијклљмнњопрстћуфхцчџш"),
    "mk": frozenset("абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
}
_ALSO_LATIN = frozenset({"sr"})

# ISO 15924 codes of the scripts of the service's languages.
SCRIPTS = {"en": "Latn", "uk": "Cyrl", "ru": "Cyrl"}
_LATIN_END = "\u024f"

# Natural logarithms of odds. A few foreign letters may be a quoted name, so the evidence of letters is capped.
_FOREIGN_LETTER = -1.5
_MAX_FOREIGN_LETTERS = 4
_WRONG_SCRIPT = -8.0


_WORD = re.compile(r"[^\W\d_]+")
# Encyclopedias put them over the vowel of a Cyrillic word to show how it is said; they are not part of its spelling.
_STRESS = re.compile("(?:(?<=[\u0400-\u052f])|(?<=[\u0400-\u052f][\u0306\u0308]))[\u0300\u0301]")


def as_spelt(text: str) -> str:
    """The text as detectors, models and checks know it: without the stress marks of Cyrillic words, and each letter one character (NFC)
    where the caller sent it in two, as some file systems and PDF readers do."""
    return unicodedata.normalize("NFC", _STRESS.sub("", text))


def letters_in(text: str) -> int:
    """How many characters of the text are letters."""
    return sum(map(str.isalpha, text))


def script_of(text: str) -> str | None:
    """The script, Latn or Cyrl, of all letters of the text; None where there are others, both, or none."""
    scripts = {_script(character) for character in set(text) if character.isalpha()}
    return scripts.pop() if len(scripts) == 1 else None


def main_script(text: str) -> str | None:
    """The script, Latn or Cyrl, of more than half of the text's letters; None where there is none."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    script, count = max(counts.items(), key=lambda each: each[1], default=(None, 0))
    return script if 2 * count > counts.total() else None


def running_script(text: str) -> str | None:
    """`main_script` of the words in lower case: names of people and papers may be in another script than the sentence."""
    return main_script(" ".join(word for word in _WORD.findall(text) if word.islower()))


def _script(letter: str) -> str | None:
    if letter <= _LATIN_END:
        return "Latn"
    return "Cyrl" if "\u0400" <= letter <= "\u052f" else None


class Letters:
    """The letters of one text, counted once and then held against each language."""

    __slots__ = ("_cyrillic", "_is_mostly_cyrillic", "count", "cyrillic_share")

    def __init__(self, text: str) -> None:
        counts = Counter(character for character in text.lower() if character.isalpha())
        self._cyrillic = {letter: n for letter, n in counts.items() if "\u0400" <= letter <= "\u052f"}
        self.count = counts.total()
        self.cyrillic_share = sum(self._cyrillic.values()) / self.count if self.count else 0.0
        self._is_mostly_cyrillic = self.cyrillic_share > 0.5

    def evidence(self, language: str) -> float:
        """Zero or less, as a logarithm of odds: how strongly these letters speak against the language."""
        orthography = _ORTHOGRAPHIES.get(language)
        if orthography is None:
            return _WRONG_SCRIPT if self._is_mostly_cyrillic and language == "en" else 0.0
        if not self._is_mostly_cyrillic:
            return 0.0 if language in _ALSO_LATIN else _WRONG_SCRIPT
        foreign = sum(n for letter, n in self._cyrillic.items() if letter not in orthography)
        return _FOREIGN_LETTER * min(foreign, _MAX_FOREIGN_LETTERS)
