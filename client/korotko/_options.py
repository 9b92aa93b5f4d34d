"""The keyword arguments that several methods share, each said once: `client.translate(text, target="uk", priority="bulk")`.

They are typed dictionaries (PEP 692), so an editor completes and a type checker checks every keyword, and a set of them can be kept:

    backfill: CallOptions = {"priority": "bulk", "cache": "bypass"}
    client.summarize(article, sentences=2, **backfill)

Every key is optional. None, False, "" and () mean that the server decides as if the key were not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

Priority = Literal["interactive", "bulk"]
CacheMode = Literal["default", "bypass", "refresh"]
Length = Literal["headline", "short", "medium", "long"]
Format = Literal["paragraph", "bullets"]
Method = Literal["extractive", "abstractive"]
TaskName = Literal["translate", "summarize"]

DEFAULT_TARGETS = ("en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class Term:
    """A term whose translation you fix (server feature "glossary")."""

    source: str
    """The term in the source text."""
    target: str = ""
    """Its translation; "" keeps the source term as it is."""
    language: str = ""
    """The target language that this entry is for (BCP-47); "" means every one."""
    case_sensitive: bool = False
    """Whether upper and lower case must match."""


Glossary = Mapping[str, str] | Sequence[Term]


class CallOptions(TypedDict, total=False):
    """Options of every call that runs a model."""

    request_id: str | None
    """Your name for the call, at most 128 printable ASCII characters; the server writes it to its log and echoes it."""
    priority: Priority | None
    """How urgent the call is; by default single calls are interactive and streams are bulk."""
    cache: CacheMode
    """How the call uses the server's result cache."""
    reproducible: bool
    """Decode so that the output does not depend on other callers. Slower."""
    labels: Mapping[str, str] | None
    """Your own labels for the server's log: at most 16, each key and value at most 63 characters."""
    model: str | None
    """Name of the translation model to use, as `models()` lists it, or `name@version` for one version where several serve."""
    fail_on_severe: bool
    """Raise QualityRejected instead of returning a result with a severe warning."""


class TranslateOptions(CallOptions, total=False):
    """Options of every call that translates."""

    source: str | None
    """Language of the text (BCP-47); None lets the server detect it."""
    truncate: bool
    """Use the leading sentences of a text over the server's limit, instead of raising TextTooLong."""
    beam_size: int | None
    """Beam width of the decoder, 1 (greedy) to 8."""
    glossary: Glossary
    """Terms with fixed translations, as {"Kyiv": "Київ"} or as a list of Term (server feature "glossary")."""
    preserved_terms: Sequence[str]
    """Terms to keep exactly as they stand in the source (server feature "preserved_terms")."""


class TextOptions(TranslateOptions, total=False):
    """Options of calls that translate texts."""

    mime_type: str
    """What the texts are: plain text by default; "text/html" where `ServerInfo.features` names it, with each tag kept as it is."""


class BriefOptions(TranslateOptions, total=False):
    """What briefs look like. Of `length`, `sentences` and `max_characters` only one may be given."""

    targets: Sequence[str]
    """Languages of the briefs (BCP-47); by default ("en", "uk", "ru")."""
    length: Length | None
    """A headline is one line; short (the default) is about 3 sentences, medium about 5, long about 8."""
    sentences: int | None
    """At most this many sentences, 1 to 50."""
    max_characters: int | None
    """A hard limit in code points for each language's brief, at least 20; only whole sentences are put in."""
    mime_type: str
    """What articles are that do not say it themselves: plain text by default; "text/html" where `ServerInfo.features` names "brief.html":
    pages, of which the article is read."""
    format: Format
    """One paragraph (the default), or bullets: one sentence a line."""
    method: Method | None
    """Sentences of the article, or a text written by a summarizer model; None lets the server choose."""
    focus: str | None
    """Words or a question that the brief should favour."""
    allow_degraded: bool
    """Whether a cheaper brief (`Brief.degraded`) is better than none when time is short."""
    validate_only: bool
    """Check the request and count its cost without running a model; the summary then has no briefs."""


class SummarizeOptions(BriefOptions, total=False):
    """BriefOptions, and what is known of the one article; an Article object carries the latter itself."""

    title: str | None
    """See Article.title."""
    lede: str | None
    """See Article.lede."""
    article_id: str
    """See Article.id."""
    published: datetime | None
    """See Article.published."""
