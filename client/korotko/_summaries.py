"""An article and its briefs, as values: what `summarize` takes and returns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import NoneType

from korotko._errors import KorotkoError
from korotko._given import check_kinds
from korotko._results import AppliedTerm, DetectedLanguage, ModelUse, QualityWarning, Repair, Span, Timings, Usage


@dataclass(frozen=True, slots=True)
class Article:
    """A news article. If there is only its text, a plain str will do."""

    body: str
    """Its text."""
    title: str | None = None
    """Its title. None: a first line that reads like a headline is taken for the title."""
    lede: str | None = None
    """Its lead paragraph, where that is kept apart from the body. It guides the choice of sentences and is never quoted."""
    id: str = ""
    """Your name for it, given back as `Summary.article_id`."""
    source: str | None = None
    """The language it is in (BCP-47); None lets the server detect it."""
    published: datetime | None = None
    """When it was published; must carry a time zone."""
    mime_type: str = ""
    """Plain text by default; "text/html" for a web page, whose article is read (server feature "brief.html")."""

    def __post_init__(self) -> None:
        check_kinds({"an article's body": self.body, "an article's id": self.id, "mime_type": self.mime_type}, str)
        check_kinds({"title": self.title, "lede": self.lede, "source": self.source}, str, NoneType)
        check_kinds({"published": self.published}, datetime, NoneType)
        if self.published is not None:
            _check_moment(self.published)


def _check_moment(published: datetime) -> None:
    """ValueError for a time without a zone, and for one that in UTC is outside the calendar."""
    if published.tzinfo is None:
        raise ValueError("published needs a time zone: datetime(..., tzinfo=timezone.utc)")
    try:
        published.astimezone(UTC)
    except OverflowError:
        raise ValueError("published lies outside of the years 1 to 9999 in UTC") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of the article that a sentence of a brief rests on."""

    text: str
    """The piece itself, with the tags inside it where the article is HTML."""
    field: str
    """Where it is: "body" or "title"; "unknown", with an empty text, if a newer server quotes from another part."""
    span: Span
    """Where in that field."""
    score: float | None
    """0 to 1. For a sentence of the article: how central the ranking considers it, None if it was not ranked.
    For a sentence that a model wrote: the share of its words that this piece has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSentence:
    """One sentence of a brief."""

    text: str
    """The sentence."""
    span: Span
    """Where in the brief's text."""
    evidence: tuple[Evidence, ...]
    """What it rests on, in the order of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """An article in brief, in one language; `str()` of it is the text."""

    text: str
    """The brief itself."""
    language: str
    """The language it is in (BCP-47, canonical)."""
    sentences: tuple[BriefSentence, ...]
    """Its sentences in order, each pointing back to the article."""
    score: float | None
    """0 to 1, calibrated from the models' own probabilities: the chrF over 100 to be expected of its translated sentences.
    None where it was not computed, for example because nothing was translated."""
    warnings: tuple[QualityWarning, ...]
    """What the server's checks found, in the order of the text."""
    models: tuple[ModelUse, ...]
    """The models that took part; none for an extractive brief in the article's own language."""
    method: str
    """Either "extractive" (sentences of the article) or "abstractive" (written by a model)."""
    degraded: bool
    """Whether a cheaper method was used than the one asked for."""
    source_truncated: bool
    """Whether only the leading part of the article was read (truncate=True)."""
    applied_terms: tuple[AppliedTerm, ...] = ()
    """The terms of `glossary` and `preserved_terms` that were put into its translated sentences, in the order of its text."""
    repairs: tuple[Repair, ...] = ()
    """What the server repaired, in the order of the text."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Mapping[str, Brief]):
    """All briefs of an article: a mapping from language to brief, in the order of the request.

    `summary["uk"]` raises that language's own error if its brief failed, and KeyError if it was not asked for. `str()` of it is the
    briefs that succeeded, each under its language.
    """

    languages: tuple[str, ...]
    """The languages asked for (canonical), in that order; none where validate_only=True."""
    briefs: Mapping[str, Brief]
    """The briefs that succeeded."""
    errors: Mapping[str, KorotkoError]
    """The error for each of the other languages."""
    source_language: DetectedLanguage
    """The article's language."""
    usage: Usage
    """What the call cost."""
    timings: Timings
    """Where its time went."""
    request_id: str
    """The call's name in the server's log."""
    article_id: str
    """The article's `id`."""

    def __str__(self) -> str:
        return "\n\n".join(f"[{language}]\n{brief}" for language, brief in self.briefs.items())

    def __getitem__(self, language: str) -> Brief:
        if language in self.errors:
            raise self.errors[language].with_traceback(None)  # or each raise would add its frames, and keep their variables
        if language not in self.briefs:
            raise KeyError(f"{language!r} is none of the languages of this summary: {', '.join(self.languages) or 'it has none'}")
        return self.briefs[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self.languages)

    def __len__(self) -> int:
        return len(self.languages)

    def __contains__(self, language: object) -> bool:
        return language in self.languages
