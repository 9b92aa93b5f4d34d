"""Find an output that is the source again, untranslated, or words of the source that were left in Latin letters."""

import re
from collections import Counter
from itertools import islice

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.number_words import fold
from korotko_service.fidelity.words import lowered, words
from korotko_service.text.document import Span

_LEAST_WORDS = 3  # two words may be a name
_SHARE = 0.85  # of the words kept as they were; between Ukrainian and Russian translations reach 0.75
_NEAR_WORDS = 6  # below that only a full echo counts
_CYRILLIC = frozenset({"uk", "ru"})
# Neither a part of "iPhone mini", of a compound such as "online-режим" or of an address, nor quoted. Units have fewer letters.
_LEFT = re.compile(r"(?<![\w\"«“„'’(\[<{/.@#&%$=-])(?<![A-Za-z]\s)[a-z]{4,}(?![\w\"»”'’)\]>}/@=-])(?!\.\w)(?!\s[A-Z])")
_SPOKEN_OF = re.compile(r"(?:сл[оі]в|терм[іи]н|назв|зв[ау])\w{0,4}\s$", re.IGNORECASE)  # «від слова cella»
_BEHIND = 16
_MOST_LEFT = 20


def find_echo(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report UNTRANSLATED where the output keeps the source's words; names, numbers, addresses and very short texts may stay."""
    if set(lowered(source)).isdisjoint(lowered(output)):
        return []
    read, written = _texts(source), _texts(output)
    common = [word for word in read if word.islower()]
    if len(read) < _LEAST_WORDS or not common or not _is_echo(read, written):
        return []
    is_kin = "en" not in (source_language, target_language)
    if is_kin and (read != written or len(read) < _NEAR_WORDS) and not _is_foreign(written, target_language):
        return []
    return [Finding(reason="UNTRANSLATED", severity=Severity.SEVERE, span=Span(start=0, end=len(output)), found=output[:80])]


def find_left_words(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report UNTRANSLATED, a warning, for a small English word of the source that stands unchanged in a Ukrainian or Russian output."""
    if source_language != "en" or target_language not in _CYRILLIC:
        return []
    left = [match for match in islice(_LEFT.finditer(output), _MOST_LEFT) if not _SPOKEN_OF.search(output[: match.start()][-_BEHIND:])]
    common = {word for word in lowered(source) if word.isascii()} if left else set()
    return [
        Finding(reason="UNTRANSLATED", severity=Severity.WARNING, span=Span(start=match.start(), end=match.end()), found=match.group())
        for match in left
        if match.group() in common and f" {match.group()}" in f" {source}"
    ]


def _texts(text: str) -> list[str]:
    return [match.group() for match in words(text)]


def _is_echo(read: list[str], written: list[str]) -> bool:
    left, right = [fold(word) for word in read], [fold(word) for word in written]
    if left == right:
        return True
    least, known = _SHARE * max(len(left), len(right)), set(right)
    if len(left) < _NEAR_WORDS or sum([word in known for word in left]) < least:
        return False
    return sum((Counter(left) & Counter(right)).values()) >= least


def _is_foreign(row: list[str], language: str) -> bool:
    """Tell whether some word has a letter that the language lacks: short texts may rightly read the same in Ukrainian and Russian."""
    lacking = {"uk": "ыэъё", "ru": "іїєґ"}.get(language, "")
    return any(letter in lacking for word in row for letter in word.lower())
