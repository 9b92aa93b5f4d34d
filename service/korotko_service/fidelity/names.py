"""Compare the names of a sentence with those of its translation: persons, places and bodies, told by their capitals."""

import re
from dataclasses import dataclass

from korotko_service.fidelity.exonyms import concepts
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.likeness import LIKE, alike, consonants, sounds
from korotko_service.fidelity.titles import is_title
from korotko_service.fidelity.words import words
from korotko_service.text.document import Span

_LEAST_LETTERS = 4
_LEAST_CONSONANTS = 2
_LIKE_COMMON = 0.15  # a word without a capital, or one that the table knows: an adjective made of the name, or another word
_NEAR = 0.3  # of the sentence: a name that took another's place stands about where that stood
_MOST_NAMES = 40  # a side; a text with more is a list, and comparing each with each would cost quadratic time
_MOST_WORDS = 150
_OPENS = re.compile(r"(?:^|[.!?:…•*|\n]|(?:^|\s)[-–—])[\s\"'«»“”„‘’(\[]*$|[\"«“„‘(\[]$")
_BEFORE = 6  # characters looked at before a word
_SMALL_WORDS = frozenset("the and for but nor off out via with from into over than onto".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A word that is a name or may be one; `certain` where it can be nothing else, `place` (0 to 1) how far in the text."""

    text: str
    span: Span
    key: str
    concepts: frozenset[int]
    capital: bool
    place: float
    certain: bool


def names(text: str, language: str) -> tuple[Name, ...]:
    """Give the words that are surely names, in the order of the text: a capital where the grammar asks for none."""
    return tuple(name for name in _read(text, language) if name.certain)


def compare_names(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Report names that the source does not have (NAME_NOT_IN_SOURCE) and those of the source that are gone (NAME_MISSING).

    A strange name is a warning where one of the source's is gone too, severe where both are places that the table knows; alone it may be a
    translator's addition, and is worth an info, as a missing one is: pronouns rightly stand for names.
    """
    read, written = _read(source, source_language), _read(output, target_language)
    if max(len(read), len(written)) > _MOST_WORDS:
        return ()
    missing = _strangers(read, written)
    invented = _strangers(written, read)
    whole = Span(start=0, end=len(output))
    found = [_invented(name, missing) for name in invented]
    lost = [Finding(reason="NAME_MISSING", severity=Severity.INFO, span=whole, expected=name.text) for name in missing]
    return (*found, *lost)


def _invented(name: Name, missing: list[Name]) -> Finding:
    rivals = [other for other in missing if _is_rival(name, other)]
    expected = ", ".join(other.text for other in rivals[:3])
    severity = Severity.INFO if not rivals else Severity.SEVERE if name.concepts else Severity.WARNING
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=severity, span=name.span, found=name.text, expected=expected)


def _is_rival(name: Name, other: Name) -> bool:
    """Tell whether one may have taken the other's place: of one kind, about as far in."""
    return bool(other.concepts) == bool(name.concepts) and abs(name.place - other.place) <= _NEAR


def _strangers(row: list[Name], others: list[Name]) -> list[Name]:
    """The certain names that none of the others may be."""
    certain = [name for name in row if name.certain]
    if len(certain) > _MOST_NAMES:
        return []
    known = frozenset[int]().union(*(other.concepts for other in others))
    keys = {other.key for other in others}
    return [name for name in certain if not (name.key in keys or name.concepts & known) and not _is_met(name, others)]


def _is_met(name: Name, others: list[Name]) -> bool:
    return any(alike(name.key, other.key, limit=_limit(name, other)) for other in others if _may_meet(name, other))


def _limit(name: Name, other: Name) -> float:
    """How unlike the two may be: Biden is no «Відень», yet "Roman" may be a person and of Rome."""
    return LIKE if other.capital and not name.concepts and not other.concepts else _LIKE_COMMON


def _may_meet(name: Name, other: Name) -> bool:
    """A name that the table knows meets no other that it knows, and no common word."""
    return not (name.concepts and (other.concepts or not other.capital)) and len(other.text) >= _LEAST_LETTERS - 1


def _read(text: str, language: str) -> list[Name]:
    row = words(text)
    is_headline = language == "en" and _is_headline([match.group() for match in row])
    return [_name(text, match, language, is_headline=is_headline) for match in row[: _MOST_WORDS + 1]]


def _is_headline(row: list[str]) -> bool:
    """Tell whether English Puts Every Word of Weight in Capitals: then they tell nothing."""
    return len(row) > _LEAST_LETTERS and not any(word[0].islower() and len(word) > 2 and word not in _SMALL_WORDS for word in row)


def _name(text: str, match: re.Match[str], language: str, *, is_headline: bool) -> Name:
    word = match.group()
    key, known = sounds(word, language), concepts(word, language)
    capital = word[0].isupper()
    certain = (
        capital
        and not is_headline
        and (bool(known) or _is_long(word, key))
        and not is_title(word, language)
        and not _OPENS.search(text[max(match.start() - _BEFORE, 0) : match.start()])
    )
    span, place = Span(start=match.start(), end=match.end()), match.start() / len(text)
    return Name(text=word, span=span, key=key, concepts=known, capital=capital, place=place, certain=certain)


def _is_long(word: str, key: str) -> bool:
    return len(word) >= _LEAST_LETTERS and consonants(key) >= _LEAST_CONSONANTS and not word.isupper()
