"""What comes out of a use case: briefs, translations and detections, with their evidence, cost and time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from korotko_service.catalog import TRANSLATE, Hop
from korotko_service.errors import KorotkoError, OutOfTime, Unavailable
from korotko_service.fidelity.finding import Finding
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.jobs import Method
from korotko_service.scheduling.order import Outcome
from korotko_service.text.document import Span
from korotko_service.text.languages.language import Detection

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLanguage:
    """A text's language, canonical, with the detector's confidence; 1 if the caller gave it."""

    language: str
    confidence: float
    given: bool


class ArticleField(StrEnum):
    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of the article that a sentence rests on.

    `score` (0 to 1) is its rank if it was ranked and quoted, or the share of the sentence that it supports if a model wrote that.
    """

    field: ArticleField
    span: Span
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSentence:
    """Where a sentence is in the brief, and what it rests on, in the order of the article."""

    span: Span
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedTerm:
    """A caller's term, spelled as in the request, and where it is; `source` is None if it has no place in the caller's text."""

    term: str
    source: Span | None
    target: Span


def applied(output: Restored, *, source_start: int | None, target_start: int) -> tuple[AppliedTerm, ...]:
    """The terms in one sentence, which begins at the given places in the whole texts."""
    return tuple(
        AppliedTerm(
            term=placed.piece.term.source,
            source=None if source_start is None else placed.piece.span.moved(source_start),
            target=placed.span.moved(target_start),
        )
        for placed in output.placed
        if placed.piece.term is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A sentence of a result that is better than the model's first answer: what was wrong with that, and what helped."""

    span: Span
    reason: str
    rung: Rung


def repairs(candidates: Iterable[Candidate], spans: Iterable[Span]) -> tuple[Repair, ...]:
    """The repaired ones among the sentences of a result, which are at these places."""
    return tuple(
        Repair(span=span, reason=each.cause, rung=each.rung) for each, span in zip(candidates, spans, strict=True) if each.rung is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One language's brief; `cut` is how many of its sentences had no room in the caller's limit of characters."""

    text: str
    sentences: tuple[BriefSentence, ...]
    findings: tuple[Finding, ...]
    hops: tuple[Hop, ...]
    method: Method
    truncated: bool
    applied_terms: tuple[AppliedTerm, ...] = ()
    repairs: tuple[Repair, ...] = ()
    score: float | None = None
    degraded: bool = False
    cut: int = 0

    @property
    def translated(self) -> bool:
        """Whether it is a translation of the sentences that were chosen or written."""
        return any(hop.model.task == TRANSLATE for hop in self.hops)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePair:
    source: Span
    target: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One translated text."""

    text: str
    source: SourceLanguage
    sentences: tuple[SentencePair, ...]
    findings: tuple[Finding, ...]
    hops: tuple[Hop, ...]
    truncated: bool
    applied_terms: tuple[AppliedTerm, ...] = ()
    repairs: tuple[Repair, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLanguage:
    span: Span
    detection: Detection


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageDetection:
    """One text's language and, where asked for, each sentence's."""

    detection: Detection
    mixed: bool
    sentences: tuple[SentenceLanguage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Generic[T]):
    """One item of a reply: its value, or why there is none. `name` is its language in a summary, "" elsewhere."""

    name: str = ""
    value: T | None = None
    error: KorotkoError | None = None


def unless_turned_away(items: tuple[Item[T], ...]) -> tuple[Item[T], ...]:
    """The items; raises the first one's error if the server had room or time for none of them.

    Clients only retry a call that fails as a whole, after the wait that the error asks for.
    """
    errors = [item.error for item in items if isinstance(item.error, Unavailable | OutOfTime)]
    if errors and len(errors) == len(items):
        raise errors[0]
    return items


def validated(items: tuple[Item[T], ...]) -> tuple[Item[T], ...]:
    """No items, for a call that is only to be checked; raises the first item's error, so that a check never hides one."""
    for item in items:
        if item.error is not None:
            raise item.error
    return ()


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What a call costs, written while it runs. Times in seconds; queue and infer hold the longest of any sequence, repair of any text."""

    characters: int = 0
    sentences: int = 0
    protected: int = 0
    cached_sentences: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    prepare_seconds: float = 0.0
    queue_seconds: float = 0.0
    infer_seconds: float = 0.0
    check_seconds: float = 0.0
    repair_seconds: float = 0.0

    def add(self, outcome: Outcome, *, input_tokens: int) -> None:
        """Add one generation; one from the cache cost no tokens."""
        if outcome.cached:
            self.cached_sentences += 1
            return
        self.input_tokens += input_tokens
        self.output_tokens += outcome.generation.length
        self.queue_seconds = max(self.queue_seconds, outcome.queue_seconds)
        self.infer_seconds = max(self.infer_seconds, outcome.engine_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All briefs of an article, in the order of the request."""

    briefs: tuple[Item[Brief], ...]
    source: SourceLanguage
    ledger: Ledger = field(default_factory=Ledger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """All translations of a call, in the order of the request."""

    items: tuple[Item[Translation], ...]
    target: str
    ledger: Ledger = field(default_factory=Ledger)
