"""Find English words in a Ukrainian or Russian translation: words left over or made up, and misspelt names."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.fidelity.words import WORD, words
from korotko_service.text.document import Span

_CYRILLIC = frozenset({"uk", "ru"})
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{4,}")  # units have fewer letters
# Beside a digit or one of these it is code, a placeholder or an address.
_CODE_BEHIND, _CODE_AHEAD = re.compile(r"[\w./\\@#&%$={}<>]"), re.compile(r"[\w/\\@#&%$={}<>]|\.\w")
# No leftovers are a later part of "iPhone mini" or "e-mail", the first of «online-режим», and a word quoted by itself or spoken of.
_BEHIND_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]\s\Z|(?<!\w)[A-Za-z]-\Z")
_COMPOUND = re.compile(r"-[\u0400-\u052f]")
_OPENS, _CLOSES = re.compile(r"[\"«“„'’‘(\[]\Z"), re.compile(r"[\"»”“'’)\]]")
# «від слова cella», «от латинского cella»
_SPOKEN_OF = re.compile(r"(?:сл[оі]в|терм[іи]н|назв|зв[ау]|латин|англ|франц|нім|немец)\w{0,8}\s[\"«“„]?\Z", re.IGNORECASE)
_VOWEL = re.compile("[aeiouy\u00e0-\u024f]")  # "http" has none: it is no word of any language
_BEHIND = 40  # characters before a word that are looked at
_MOST = 20  # words that are reported
_POSSESSIVE = re.compile(r"['’ʼ]s?\Z")
_NEAR = 0.65  # of the letters, by difflib's ratio: "Witkff" is "Witkoff"


def find_latin(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report English words in a Ukrainian or Russian output, each a warning with its place.

    UNTRANSLATED: a word in lower case that the source has as it stands, or not at all. NAME_NOT_IN_SOURCE: one with a capital that the
    source has not letter for letter but nearly; `expected` is that name of the source. A name that resembles none is left to the comparison
    of names: it may be a translator's addition. Of 3,934 correct human translations three get a warning here, one of them for a slip.
    """
    if source_language != "en" or target_language not in _CYRILLIC or _WORD.search(output) is None:
        return []
    known = _known(source)
    found = (_small(source, output, span, known) or _misspelt(source, output, span, known) for span in _latin(output))
    return list(islice((each for each in found if each is not None), _MOST))


def correct_names(source: str, output: Restored, source_language: str, target_language: str) -> Restored | None:
    """The output with each misspelt name as the source spells it; None where there is none.

    What was protected stays as it is, and no name is inserted more often than the source has it.
    """
    mended = output
    for slip in reversed(find_latin(source, output.text, source_language, target_language)):
        name = slip.expected
        if name and mended.is_free(slip.span) and mended.text.count(name) < source.count(name):
            mended = mended.replaced(slip.span, name)
    return mended if mended is not output else None


def _latin(output: str) -> Iterator[Span]:
    """The spans of words in Latin letters that are not part of code, without possessive endings."""
    for match in words(output):
        span = Span(start=match.start(), end=match.start() + len(_POSSESSIVE.sub("", match.group())))
        is_code = _CODE_BEHIND.match(output[max(span.start - 1, 0) : span.start]) or _CODE_AHEAD.match(output, span.end)
        if _WORD.fullmatch(output, span.start, span.end) and not is_code:
            yield span


def _small(source: str, output: str, span: Span, known: frozenset[str]) -> Finding | None:
    word = output[span.start : span.end]
    if (
        not word.islower()
        or (not _VOWEL.search(word) and word in source.lower())
        or (_plain(word) in known and (_may_stay(output, span) or _is_quoted(source, word)))
    ):
        return None
    return Finding(reason="UNTRANSLATED", severity=Severity.WARNING, span=span, found=word)


def _misspelt(source: str, output: str, span: Span, known: frozenset[str]) -> Finding | None:
    """Abbreviations are left out: translators coin them and spell them out, and write centuries in Roman numerals."""
    word = output[span.start : span.end]
    lowered = _plain(word)
    if word.islower() or word.isupper() or not known.isdisjoint((lowered, f"{lowered}s", lowered.removesuffix("s"))):
        return None
    names = {_plain(name): name for each in words(source) if (name := _POSSESSIVE.sub("", each.group()))[0].isupper()}
    near = get_close_matches(lowered, names, n=1, cutoff=_NEAR)
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=Severity.WARNING, span=span, found=word, expected=names[near[0]]) if near else None


@lru_cache(maxsize=16)  # Every try at one sentence asks for the words of the same source.
def _known(source: str) -> frozenset[str]:
    """The words of the source in lower case, with those of addresses, and compounds in parts and as one word."""
    whole = [match.group().lower() for text in (source, source.replace("-", "")) for match in WORD.finditer(text)]
    return frozenset([*whole, *(_plain(_POSSESSIVE.sub("", word)) for word in whole)])


def _plain(word: str) -> str:
    """In lower case, without accents."""
    lowered = word.lower()
    return lowered if lowered.isascii() else "".join(filter(str.isalpha, unicodedata.normalize("NFKD", lowered)))


def _may_stay(output: str, span: Span) -> bool:
    before = output[max(span.start - _BEHIND, 0) : span.start]
    if _OPENS.search(before) and _CLOSES.match(output, span.end):
        return True
    return bool(_BEHIND_LATIN.search(before) or _SPOKEN_OF.search(before) or _COMPOUND.match(output, span.end))


def _is_quoted(source: str, word: str) -> bool:
    """Tell whether the source puts the word by itself in quotes: it speaks of the word."""
    return re.search(rf"[\"“‘'(]{word}[,.]?[\"”’')]", source) is not None
