"""Terms whose translation a caller fixes, and where they stand in a text: whole words, the longest first, never inflected by guess."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize

_APOSTROPHES = "'’ʼ"
_ANY_APOSTROPHE = f"[{_APOSTROPHES}]"
_SPACES = re.compile(r"\s+")
# A term may be wrapped at the end of a line, but never goes on in another paragraph.
_SPACE = r"(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
# A combining accent belongs to its letter, and "м" is no word in "м'ята", while "Kyiv" is one in "Kyiv's".
_OPENS = rf"(?<!\w)(?<!\w{_ANY_APOSTROPHE}(?=[\u0400-\u052f]))"
_CLOSES = rf"(?![\w\u0300-\u036f])(?!{_ANY_APOSTROPHE}[\u0400-\u052f])"


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
    """Terms made ready to be found; of two that read the same the first holds."""

    terms: tuple[Term, ...] = ()
    _exact: dict[str, Term] = field(init=False, compare=False, repr=False)
    _folded: dict[str, Term] = field(init=False, compare=False, repr=False)
    _patterns: tuple[re.Pattern[str], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        exact = {_plain(term.source): term for term in reversed(self.terms) if term.case_sensitive}
        folded = {_plain(term.source).casefold(): term for term in reversed(self.terms) if not term.case_sensitive}
        patterns = [
            *([re.compile(_alternatives(exact))] if exact else []),
            *([re.compile(_alternatives(_plain(term.source) for term in folded.values()), re.IGNORECASE)] if folded else []),
        ]
        object.__setattr__(self, "_exact", exact)
        object.__setattr__(self, "_folded", folded)
        object.__setattr__(self, "_patterns", tuple(patterns))

    def find(self, text: str) -> Iterator[Occurrence]:
        """Every occurrence, those that case decides first; they may overlap."""
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                term = self._meant(match.group())
                if term is not None:
                    yield Occurrence(start=match.start(), end=match.end(), term=term)

    def _meant(self, found: str) -> Term | None:
        """None for the few letters, such as "ı", that a pattern takes for another one's capital and Unicode does not."""
        plain = _plain(found)
        return self._exact.get(plain) or self._folded.get(plain.casefold())


def _plain(text: str) -> str:
    """One apostrophe for all, one space for any white space, letters composed."""
    return _SPACES.sub(" ", normalize("NFC", text).strip()).replace("’", "'").replace("ʼ", "'")


def _alternatives(terms: Iterable[str]) -> str:
    # A text may come with its letters taken apart, as some file systems write them: "ї" as "і" and a diaeresis.
    spellings = {normalize(form, term) for term in terms for form in ("NFC", "NFD")}
    longest_first = sorted(spellings, key=lambda term: (-len(term), term))
    return "|".join(_pattern(term) for term in longest_first)


def _pattern(term: str) -> str:
    spelled = re.escape(term).replace(r"\ ", _SPACE).replace("'", _ANY_APOSTROPHE)
    opens = _OPENS if re.match(r"\w", term) else ""
    closes = _CLOSES if re.search(r"\w\Z", term) else ""
    return opens + spelled + closes
