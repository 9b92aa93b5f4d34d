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
_NEAR = 0.4  # of the sentence: a name that took another's place stands about where that stood
_MOST_NAMES = 40  # a side; a text with more is a list, and comparing each with each would cost quadratic time
_MOST_WORDS = 150
_OPENS = re.compile(r"(?:^|[.!?:…•*|>\n]|(?:^|\s)[-–—])[\s\"'«»“”„‘’(\[]*$|[\"«“„‘(\[]$")
_EPITHET = re.compile(
    r"[А-ЯІЇЄҐ][а-яіїєґё'’]*(?<!к)(?:ий|ій|ого|ому|их|им|ими|ої|ою|ый|ой|ая|ую|ое|ее|ые|ие|ых|ым|ыми|его|ему|яя|юю|ей)"
    r"\s(?!\w+(?:в|ла|ло|ли|л|є|[аеоуюя]ет|ит|ить|ся|сь|ть)\b)[а-яіїєґё]{3,}"
)
_BEFORE = 6  # characters looked at before a word
_SMALL_WORDS = frozenset("the and for but nor off out via with from into over than onto".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A word that is a name or may be one; `certain` where it can be nothing else, `place` (0 to 1) how far in the text."""

    text: str
    span: Span
    language: str
    place: float
    certain: bool

    @property
    def key(self) -> str:
        return sounds(self.text, self.language)

    @property
    def concepts(self) -> frozenset[int]:
        return concepts(self.text, self.language)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def names(text: str, language: str) -> tuple[Name, ...]:
    """Give the words that are surely names, in the order of the text: a capital where the grammar asks for none."""
    return tuple(name for name in _capitals(text, language) if name.certain)


def compare_names(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Report names that the source does not have (NAME_NOT_IN_SOURCE) and those of the source that are gone (NAME_MISSING).

    A strange name is a warning where one of the source's is gone too, severe where both are places that the table knows; alone it may be a
    translator's addition, and is worth an info. A missing one is an info, since pronouns rightly stand for names, and a warning where it is
    a known place and no other name came.
    """
    if max(len(words(source)), len(words(output))) > _MOST_WORDS:
        return ()
    read, written = _capitals(source, source_language), _capitals(output, target_language)
    missing = _strangers(read, written, output, target_language)
    invented = _strangers(written, read, source, source_language)
    whole = Span(start=0, end=len(output))
    rivals = [*missing, *_likely_missing(read, written, output, target_language)] if invented else []
    found = [_invented(name, rivals, source, output) for name in invented]
    fewer = not invented and sum(name.certain for name in written) < sum(name.certain for name in read)
    lost = [_lost(name, whole, fewer=fewer) for name in missing]
    return (*found, *lost)


def _lost(name: Name, whole: Span, *, fewer: bool) -> Finding:
    """A lost place is a warning where no other name came instead; a person may rightly have become a pronoun."""
    severity = Severity.WARNING if name.concepts and fewer else Severity.INFO
    return Finding(reason="NAME_MISSING", severity=severity, span=whole, expected=name.text)


def _likely_missing(read: list[Name], written: list[Name], output: str, language: str) -> list[Name]:
    """Names that the table knows where the grammar asks for a capital anyway: at the start of a sentence."""
    opening = [name for name in read if not name.certain and name.concepts and not is_title(name.text, name.language)]
    left = _unmet(opening, written)
    return _unmet(left, _common(output, language)) if left else []


def _invented(name: Name, missing: list[Name], source: str, output: str) -> Finding:
    rivals = [other for other in missing if _is_rival(name, other)]
    expected = ", ".join(other.text for other in rivals[:3])
    weak = _is_epithet(name, output) or all(_is_epithet(other, source) for other in rivals)
    kin = any(bool(other.concepts) == bool(name.concepts) for other in rivals)
    severity = Severity.INFO if weak or not rivals else Severity.SEVERE if name.concepts and kin else Severity.WARNING
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=severity, span=name.span, found=name.text, expected=expected)


def _is_epithet(name: Name, text: str) -> bool:
    """Tell a translated word of a longer name, «Скелястих гір»: an adjective before a common noun, as «Навальный заявил» is not."""
    return name.language != "en" and not name.concepts and _EPITHET.match(text, name.span.start) is not None


def _is_rival(name: Name, other: Name) -> bool:
    """Tell whether one may have taken the other's place, about as far in; a place that stands for no place may be a translator's help."""
    return abs(name.place - other.place) <= _NEAR and (bool(other.concepts) or not name.concepts)


def _strangers(row: list[Name], others: list[Name], text: str, language: str) -> list[Name]:
    """The certain names that none of the other text's words may be: its names first, its other words only for what is left."""
    certain = [name for name in row if name.certain]
    if len(certain) > _MOST_NAMES:
        return []
    left = _unmet(certain, others)
    return _unmet(left, _common(text, language)) if left else []


def _unmet(row: list[Name], others: list[Name]) -> list[Name]:
    known = frozenset[int]().union(*(other.concepts for other in others))
    keys = {other.key for other in others}
    return [name for name in row if not (name.key in keys or name.concepts & known) and not _is_met(name, others)]


def _is_met(name: Name, others: list[Name]) -> bool:
    return any(alike(name.key, other.key, limit=_limit(name, other)) for other in others if _may_meet(name, other))


def _limit(name: Name, other: Name) -> float:
    """How unlike the two may be: Biden is no «Відень», yet "Roman" may be a person and of Rome."""
    return LIKE if other.capital and not name.concepts and not other.concepts else _LIKE_COMMON


def _may_meet(name: Name, other: Name) -> bool:
    """A name that the table knows meets no other that it knows, and no common word."""
    return not (name.concepts and (other.concepts or not other.capital)) and len(other.text) >= _LEAST_LETTERS - 1


def _capitals(text: str, language: str) -> list[Name]:
    """The words with a capital."""
    row = words(text)[: _MOST_WORDS + 1]
    is_headline = language == "en" and _is_headline([match.group() for match in row])
    return [
        _name(text, match, language, certain=not is_headline and _is_certain(text, match, language))
        for match in row
        if match.group()[0].isupper()
    ]


def _common(text: str, language: str) -> list[Name]:
    """The words without a capital: adjectives are made of names."""
    return [_name(text, match, language, certain=False) for match in words(text) if not match.group()[0].isupper()]


def _is_headline(row: list[str]) -> bool:
    """Tell whether English Puts Every Word of Weight in Capitals: then they tell nothing."""
    return len(row) > _LEAST_LETTERS and not any(word[0].islower() and len(word) > 2 and word not in _SMALL_WORDS for word in row)


def _name(text: str, match: re.Match[str], language: str, *, certain: bool) -> Name:
    span, place = Span(start=match.start(), end=match.end()), match.start() / len(text)
    return Name(text=match.group(), span=span, language=language, place=place, certain=certain)


def _is_certain(text: str, match: re.Match[str], language: str) -> bool:
    word = match.group()
    return (
        text[match.end() : match.end() + 1] != "$"
        and not _OPENS.search(text[max(match.start() - _BEFORE, 0) : match.start()])
        and not is_title(word, language)
        and (bool(concepts(word, language)) or _is_long(word, language))
    )


def _is_long(word: str, language: str) -> bool:
    return len(word) >= _LEAST_LETTERS and not word.isupper() and consonants(sounds(word, language)) >= _LEAST_CONSONANTS
