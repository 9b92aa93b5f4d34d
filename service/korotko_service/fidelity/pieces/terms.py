"""Terms whose translation a caller fixes, and where a text has them: whole words, the longest first, without guessing inflections."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from unicodedata import normalize

from korotko_service.fidelity.pieces.longest import Phrases

_SPACES = re.compile(r"\s+")
# A combining accent belongs to its letter, and "м" is no word in "м'ята", while "Kyiv" is one in "Kyiv's".
_WORD = r"\w[\w\u0300-\u036f]*(?:'[\u0400-\u052f][\w\u0300-\u036f]*)*"
_PART = re.compile(rf"{_WORD}|\s+|.", re.DOTALL)
# Separates the parts of terms and texts. A term never has two in a row, so that a NUL in a text matches nothing.
_EDGE = "\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term in the source and what stands for it in the translation; None keeps what stands in the source."""

    source: str
    target: str | None = None
    case_sensitive: bool = False

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise ValueError("source: a term is never blank")
        if self.target is not None and not self.target.strip():
            raise ValueError("target: a term is never translated by nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A term where it stands in a text, in code points."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms prepared for searching; of two that read the same the first wins."""

    terms: tuple[Term, ...] = ()
    _exact: "_Index" = field(init=False, compare=False, repr=False)
    _folded: "_Index" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        exact = {spelled: term for term in reversed(self.terms) if term.case_sensitive for spelled in _spellings(term)}
        folded = {spelled.casefold(): term for term in reversed(self.terms) if not term.case_sensitive for spelled in _spellings(term)}
        object.__setattr__(self, "_exact", _Index(exact))
        object.__setattr__(self, "_folded", _Index(folded))

    def find(self, text: str) -> Iterator[Occurrence]:
        """Every occurrence, those of case-sensitive terms first; they may overlap."""
        if not self.terms:
            return
        places, parts = _parted(text)
        for index, spelled in ((self._exact, parts), (self._folded, [part.casefold() for part in parts])):
            for first, behind, term in index.find(spelled):
                yield Occurrence(start=places[first], end=places[behind], term=term)


class _Index:
    """The terms by their spelling."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms
        self._phrases = Phrases(terms)
        self._openings = {spelled.partition(_EDGE)[0] for spelled in terms}

    def find(self, parts: Sequence[str]) -> Iterator[tuple[int, int, Term]]:
        """From left to right the longest term that begins at a part, and which part follows it."""
        text = _spelled(parts)
        starts = list(accumulate((len(part) + len(_EDGE) for part in parts), initial=0))
        behind = 0
        for place, part in enumerate(parts):
            if place < behind or part not in self._openings:
                continue
            if found := self._phrases.longest(text, starts[place]):
                behind = place + found.count(_EDGE)
                yield place, behind, self._terms[found]


def _parted(text: str) -> tuple[list[int], list[str]]:
    """Where each word, white space or other sign begins, and last where the text ends; and each of them as it is compared."""
    parts = [(found.start(), found.group()) for found in _PART.finditer(text.replace("’", "'").replace("ʼ", "'"))]
    return [*(start for start, _ in parts), len(text)], [_plain(part) for _, part in parts]


def _plain(part: str) -> str:
    """One space for any white space: a term may wrap at the end of a line, but never continues in another paragraph."""
    return " " if part.isspace() and part.count("\n") < 2 else part


def _spelled(parts: Iterable[str]) -> str:
    return "".join(part + _EDGE for part in parts)


def _spellings(term: Term) -> set[str]:
    # A text may come with decomposed letters, as some file systems write them: "ї" as "і" and a diaeresis.
    source = _SPACES.sub(" ", term.source.strip())
    return {_spelled(_parted(normalize(form, source))[1]) for form in ("NFC", "NFD")}
