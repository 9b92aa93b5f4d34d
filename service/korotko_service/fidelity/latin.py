"""Find the English words that stand in a Ukrainian or Russian translation: left over, made up, or names misspelt."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.words import WORD, words
from korotko_service.text.document import Span

_CYRILLIC = frozenset({"uk", "ru"})
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{4,}")  # units have fewer letters
# Beside a digit or one of these it is code, a placeholder or an address.
_CODE = re.compile(r"[\w/\\@#&%$={}<>]")
# Left words: all but a further part of "iPhone mini", the first of «online-режим», and what is quoted by itself or spoken of.
_BEHIND_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]\s\Z")
_COMPOUND = re.compile(r"-[\u0400-\u052f]")
_OPENS, _CLOSES = re.compile(r"[\"«“„'’‘(\[]\Z"), re.compile(r"[\"»”“'’)\]]")
# «від слова cella», «от латинского cella»
_SPOKEN_OF = re.compile(r"(?:сл[оі]в|терм[іи]н|назв|зв[ау]|латин|англ|франц|нім|немец)\w{0,8}\s[\"«“„]?\Z", re.IGNORECASE)
_BEHIND = 40  # characters before a word that are looked at
_MOST = 20  # words that are told
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")
_NEAR = 0.6  # of the letters, by difflib's ratio: "Witkff" is "Witkoff"


def find_latin(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report English words in a Ukrainian or Russian output, each a warning with its place.

    UNTRANSLATED: a word in small letters that the source has as it stands, or not at all. NAME_NOT_IN_SOURCE: one with a capital that is
    not in the source letter for letter; `expected` is the nearest name of the source, where one is near.
    """
    if source_language != "en" or target_language not in _CYRILLIC or _WORD.search(output) is None:
        return []
    known = _known(source)
    return list(islice((each for match in words(output) if (each := _finding(source, output, match, known)) is not None), _MOST))


def _finding(source: str, output: str, match: re.Match[str], known: frozenset[str]) -> Finding | None:
    word = _POSSESSIVE.sub("", match.group())
    span = Span(start=match.start(), end=match.start() + len(word))
    if _WORD.fullmatch(word) is None or _is_code(output, span):
        return None
    is_known = word.lower() in known
    if word.islower():
        if is_known and _may_stay(output, span):
            return None
        return Finding(reason="UNTRANSLATED", severity=Severity.WARNING, span=span, found=word)
    # Abbreviations are spelled out and made, and Roman numerals stand for centuries.
    if is_known or word.isupper() or _is_plural(word.lower(), known):
        return None
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=Severity.WARNING, span=span, found=word, expected=_nearest(word, source))


@lru_cache(maxsize=16)  # Every try at one sentence asks for the words of the same source.
def _known(source: str) -> frozenset[str]:
    """The words of the source in small letters, those of addresses and the parts of compounds too."""
    whole = [match.group().lower() for text in (source, source.replace("-", "")) for match in WORD.finditer(text)]
    return frozenset(whole) | {_POSSESSIVE.sub("", word) for word in whole}


def _is_code(output: str, span: Span) -> bool:
    before, after = output[max(span.start - 1, 0) : span.start], output[span.end : span.end + 1]
    return _CODE.match(before) is not None or _CODE.match(after) is not None or output[span.end : span.end + 2][1:].isalnum() and after == "."


def _may_stay(output: str, span: Span) -> bool:
    before = output[max(span.start - _BEHIND, 0) : span.start]
    is_quoted = _OPENS.search(before) is not None and _CLOSES.match(output, span.end) is not None
    return is_quoted or any(
        (_BEHIND_LATIN.search(before), _SPOKEN_OF.search(before), _COMPOUND.match(output, span.end))
    )


def _is_plural(word: str, known: frozenset[str]) -> bool:
    """Tell whether the source has the word but for an "s": "U-Boats" is a «U-Boat»."""
    return f"{word}s" in known or word.removesuffix("s") in known


def _nearest(word: str, source: str) -> str:
    names: Sequence[str] = [_POSSESSIVE.sub("", match.group()) for match in words(source) if match.group()[0].isupper()]
    lowered = {name.lower(): name for name in names}
    near = get_close_matches(word.lower(), lowered, n=1, cutoff=_NEAR)
    return lowered[near[0]] if near else ""
