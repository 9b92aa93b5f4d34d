"""What the letters of a text say against a language, before any statistics."""

import re
from collections import Counter

# The letters that each Cyrillic orthography uses; one that it lacks speaks against the language.
_ORTHOGRAPHIES = {
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "be": frozenset("абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюя"),
    "sr": frozenset("абвгдђежзијклљмнњопрстћуфхцчџш"),
    "mk": frozenset("абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
}
_ALSO_LATIN = frozenset({"sr", "uz"})

# Of what is written in these languages about such a share are letters that neither Ukrainian nor Russian has, or only one of the two:
# a text without any of them is less likely theirs the longer it is.
_OWN_LETTERS = {
    "uk": ("іїєґ", 0.06),
    "ru": ("ыэъё", 0.02),
    "be": ("іў", 0.06),
    "sr": ("јљњћђџ", 0.06),
    "mk": ("јљњќѓџѕ", 0.04),
    "kk": ("әғқңөұүһі", 0.15),
    "ky": ("өүң", 0.06),
    "mn": ("өү", 0.07),
    "tg": ("ғӣқӯҳҷ", 0.05),
    "tt": ("әөүҗңһ", 0.12),
    "ba": ("әөүғҙҡңҫһ", 0.14),
    "uz": ("ғқўҳ", 0.05),
}

# Natural logarithms of odds. A few foreign letters are a quoted name, so the evidence of letters is capped.
_FOREIGN_LETTER = -1.5
_MAX_FOREIGN_LETTERS = 4
_WRONG_SCRIPT = -8.0
_MAX_ABSENCE = -6.0


# Encyclopedias set them over the vowel of a Cyrillic word: they tell a reader how to say it, and are part of no spelling.
_STRESS = re.compile("(?<=[\u0400-\u052f])[\u0300\u0301]")


def without_stress(text: str) -> str:
    """The text without the stress marks of Cyrillic words, as detectors, models and checks know it."""
    return _STRESS.sub("", text)


class Letters:
    """The letters of one text, counted once and then held against each language."""

    __slots__ = ("_cyrillic", "_other", "count")

    def __init__(self, text: str) -> None:
        counts = Counter(character for character in text.lower() if character.isalpha())
        self._cyrillic = {letter: n for letter, n in counts.items() if "\u0400" <= letter <= "\u052f"}
        self.count = counts.total()
        self._other = self.count - sum(self._cyrillic.values())

    def evidence(self, language: str) -> float:
        """Zero or less, as a logarithm of odds: how little these letters look like the language's own."""
        mostly_cyrillic = sum(self._cyrillic.values()) > self._other
        orthography = _ORTHOGRAPHIES.get(language)
        if orthography is None:
            return (_WRONG_SCRIPT if language == "en" else self._absence(language)) if mostly_cyrillic else 0.0
        if not mostly_cyrillic:
            return 0.0 if language in _ALSO_LATIN else _WRONG_SCRIPT
        foreign = sum(n for letter, n in self._cyrillic.items() if letter not in orthography)
        return _FOREIGN_LETTER * min(foreign, _MAX_FOREIGN_LETTERS) + self._absence(language)

    def _absence(self, language: str) -> float:
        """How much it speaks against the language that none of its own letters is there."""
        own, share = _OWN_LETTERS.get(language, ("", 0.0))
        return 0.0 if not self._cyrillic.keys().isdisjoint(own) else max(_MAX_ABSENCE, -share * self.count)
