"""What calls return: frozen values of plain Python types, no protobuf and no gRPC."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, overload

from korotko._errors import KorotkoError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, in Unicode code points, half open: `text[span.start:span.end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The piece itself."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedLanguage:
    """A language as found or as given."""

    code: str
    """BCP-47, canonical: "en", "uk", "ru"; "" if it cannot be determined."""
    confidence: float
    """0 to 1: the detector's confidence; 1 where the caller gave the language."""
    given: bool
    """Whether the caller gave the language rather than the detector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """A model that took part in a result."""

    role: str
    """Either "translate" or "summarize"."""
    name: str
    """Its name, as `Client.models()` lists it."""
    digest: str
    """Digest over the digests of its files: "sha256:…"."""
    licence: str
    """SPDX identifier of its licence."""
    source_language: str
    """The language it read (BCP-47)."""
    target_language: str
    """The language it wrote (BCP-47)."""
    version: str = ""
    """Its version; `model="name@version"` asks for exactly this one. "" from a server that does not say."""
    attribution: str = ""
    """The credit that its licence requires beside its output; "" if it requires none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityWarning:
    """Something that the server's checks find suspicious in a result."""

    reason: str
    """Stable name from an open list, e.g. "NUMBER_MISSING"."""
    severity: str
    """One of "info", "warning" and "severe" (likely to be wrong)."""
    span: Span
    """Where in the result's text."""
    found: str
    """The text there; "" if there is none to show."""
    expected: str
    """What was expected; "" if that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A sentence of a result that is better than the model's first answer; what is still wrong with it is among the warnings."""

    span: Span
    """Where in the result's text; empty where a brief's sentence was left out."""
    reason: str
    """The worst fault that the server's checks had found in it, e.g. "NUMBER_MISSING"."""
    rung: str
    """What helped: "decoded_again", "split", "protected", "rerouted", "mended"; in a brief also "replaced" and "left_out"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a call cost."""

    source_characters: int
    """Code points read."""
    source_sentences: int
    """Sentences found in the source."""
    input_tokens: int
    """Tokens read by models."""
    output_tokens: int
    """Tokens written by models."""
    cached_sentences: int
    """Sentences answered from the server's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Where the server's time went, in seconds. Stages of several languages overlap: they need not add up to the total."""

    prepare: float
    """Checking, language detection, segmentation, ranking."""
    queue: float
    """The longest wait of any sentence for a worker."""
    infer: float
    """The longest model run that any sentence was part of."""
    check: float
    """Checks of the output."""
    total: float
    """From the arrival of the request to the reply."""
    repair: float = 0.0
    """Repairs: the longest of any text or language, its waits, runs and checks included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePair:
    """A sentence of a translation beside its source."""

    source: str
    """The sentence in the source text."""
    target: str
    """The sentence in the translation."""
    source_span: Span
    """Where in the source text."""
    target_span: Span
    """Where in the translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedTerm:
    """A term of your glossary or of preserved_terms where the server put it into a result."""

    term: str
    """The source term, as you spelled it."""
    source: str
    """The term as written in the source; "" where `source_span` is None."""
    target: str
    """The term as written in the result."""
    source_span: Span | None
    """Where in the source text, or in an article's body; None in a brief where the sentence is the title or was written by a model."""
    target_span: Span
    """Where in the result's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One translated text; `str()` of it is the text."""

    text: str
    """The translation."""
    source_language: DetectedLanguage
    """The language of the source."""
    target_language: str
    """The language of the translation (BCP-47, canonical)."""
    sentences: tuple[SentencePair, ...]
    """Its sentences beside their sources, in order."""
    score: float | None
    """0 to 1, calibrated from the models' own probabilities: the chrF over 100 to be expected. None where it was not computed."""
    warnings: tuple[QualityWarning, ...]
    """What the server's checks found, in the order of the text."""
    models: tuple[ModelUse, ...]
    """The models that took part, in order; none where the text already was in the target language."""
    source_truncated: bool
    """Whether only the leading part of the text was translated (truncate=True)."""
    applied_terms: tuple[AppliedTerm, ...] = ()
    """The terms of `glossary` and `preserved_terms` that were put into it, in the order of its text."""
    repairs: tuple[Repair, ...] = ()
    """What the server repaired, in the order of the text."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLanguage:
    """A sentence and its language."""

    text: str
    """The sentence."""
    span: Span
    """Where in the text."""
    language: DetectedLanguage
    """Its language; code "" if it cannot be determined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """The language of one text."""

    language: DetectedLanguage
    """The most likely language."""
    alternatives: tuple[DetectedLanguage, ...]
    """Other candidates, most likely first."""
    mixed: bool
    """Whether sentences of the text are surely in different languages."""
    sentences: tuple[SentenceLanguage, ...]
    """Each sentence, where sentences=True asked for them."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The result of one of many texts: exactly one of `value` and `error` is set."""

    index: int
    """The text's position among those handed in, from 0."""
    value: T | None = None
    """The result."""
    error: KorotkoError | None = None
    """Why there is no result."""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.error is None):
            raise ValueError("an outcome has either a value or an error")

    def unwrap(self) -> T:
        """The result; raises the error where there is none."""
        if self.error is not None:
            raise self.error.with_traceback(None)  # or each raise would add its frames, and keep their variables
        assert self.value is not None
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes(Sequence[Outcome[T]]):
    """The outcomes of one call, in the order of its texts: one bad text never fails its neighbours."""

    items: tuple[Outcome[T], ...]
    """One for each text; none where validate_only=True."""
    request_id: str
    """The call's name in the server's log."""
    usage: Usage | None = None
    """What the call cost; None for detection, which reports no cost."""
    timings: Timings | None = None
    """Where its time went; None for detection."""

    def unwrap(self) -> list[T]:
        """All results; raises the first error where there is one."""
        return [outcome.unwrap() for outcome in self.items]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Outcome[T]]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Outcome[T]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Outcome[T]]: ...
    def __getitem__(self, index: int | slice) -> Outcome[T] | Sequence[Outcome[T]]:
        return self.items[index]
