"""The glossary that a caller fixed for all languages of a call, and those of its terms that apply to one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from korotko_service.fidelity.pieces.protection import crossing
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.document import Span

_NONE = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term and the target language that it is for; None means all."""

    term: Term
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Terms with fixed translations, and terms to keep as they stand, letter case included."""

    entries: tuple[Entry, ...] = ()
    preserved: tuple[str, ...] = ()
    _ready: dict[str, Terms] = field(init=False, compare=False, repr=False, default_factory=dict)

    @property
    def characters(self) -> int:
        """Total length of the terms: preparing a long list takes a tenth of a second, once for all texts of a call."""
        return sum(len(entry.term.source) for entry in self.entries) + sum(map(len, self.preserved))

    def terms(self, target: str) -> Terms:
        """The terms for this language; of those that read the same, case-sensitive ones go first, then entries for this language alone."""
        if not self.entries and not self.preserved:
            return _NONE
        if target not in self._ready:
            self._ready[target] = self._made_ready(target)
        return self._ready[target]

    def _made_ready(self, target: str) -> Terms:
        own = [entry.term for entry in self.entries if entry.language == target]
        every = [entry.term for entry in self.entries if entry.language is None]
        return Terms(terms=(*own, *every, *(Term(source=text, case_sensitive=True) for text in self.preserved)))

    def uncut(self, text: str, targets: Iterable[str]) -> tuple[Span, ...]:
        """The spans of a text that segmentation must not cut: no language could put them together again."""
        return crossing(text, [self.terms(target) for target in targets])
