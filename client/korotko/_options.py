"""The keyword arguments that several methods share, each defined once: `client.translate(text, target="uk", priority="bulk")`.

They are typed dictionaries (PEP 692): editors complete and type checkers check every keyword, and a set of them can be reused:

    backfill: CallOptions = {"priority": "bulk", "cache": "bypass"}
    client.summarize(article, sentences=2, **backfill)

Every key is optional. None, False, "" and () mean that the server decides as if the key were not there.
"""

import inspect
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
    """The target language that this entry is for (BCP-47); "" means all."""
    case_sensitive: bool = False
    """Whether upper and lower case must match."""


Glossary = Mapping[str, str] | Sequence[Term]


class CallOptions(TypedDict, total=False):
    """Options of every call that runs a model.

    request_id: your name for the call, at most 128 printable ASCII characters; the server writes it to its log and echoes it.
    priority: how urgent the call is; by default single calls are interactive and streams are bulk.
    cache: how the call uses the server's result cache.
    reproducible: decode so that the output does not depend on other callers; slower.
    labels: your own labels for the server's log: at most 16, each key and value at most 63 printable characters.
    model: name of the translation model to use, as `models()` lists it, or `name@version` for one version where several serve.
    fail_on_severe: raise QualityRejected instead of returning a result with a severe warning.
    """

    request_id: str | None
    priority: Priority | None
    cache: CacheMode
    reproducible: bool
    labels: Mapping[str, str] | None
    model: str | None
    fail_on_severe: bool


class TranslateOptions(CallOptions, total=False):
    """Options of every call that translates.

    source: language of the text (BCP-47); None lets the server detect it.
    truncate: use the leading sentences of a text over the server's limit, instead of raising TextTooLong.
    beam_size: beam width of the decoder, 1 (greedy) to 8.
    glossary: terms with fixed translations, as {"Kyiv": "Київ"} or as a list of Term (server feature "glossary").
    preserved_terms: terms to keep exactly as they stand in the source (server feature "preserved_terms").
    """

    source: str | None
    truncate: bool
    beam_size: int | None
    glossary: Glossary
    preserved_terms: Sequence[str]


class TextOptions(TranslateOptions, total=False):
    """Options of calls that translate texts.

    mime_type: plain text by default; "text/html" if `ServerInfo.features` lists it: every tag is kept as it is.
    """

    mime_type: str


class BriefOptions(TranslateOptions, total=False):
    """Options of briefs. Only one of `length`, `sentences` and `max_characters` may be given.

    targets: languages of the briefs (BCP-47); by default ("en", "uk", "ru").
    length: a headline is one line; short (the default) is about 3 sentences, medium about 5, long about 8.
    sentences: at most this many sentences, 1 to 50.
    max_characters: a hard limit in code points for each language's brief, at least 20; sentences are never cut.
    mime_type: of articles that do not give their own: plain text by default; "text/html" for web pages, whose article is read (server
        feature "brief.html").
    format: one paragraph (the default), or bullets: one sentence a line.
    method: sentences of the article, or a text written by a summarizer model; None lets the server choose.
    focus: words or a question that the brief should favour.
    allow_degraded: whether a cheaper brief (`Brief.degraded`) is better than none when time is short.
    validate_only: check the request and count its cost without running a model; the summary then has no briefs.
    """

    targets: Sequence[str]
    length: Length | None
    sentences: int | None
    max_characters: int | None
    mime_type: str
    format: Format
    method: Method | None
    focus: str | None
    allow_degraded: bool
    validate_only: bool


class SummarizeOptions(BriefOptions, total=False):
    """BriefOptions, and what is known about the one article; an Article object carries the latter itself.

    title: its title; None: a first line that reads like a headline is taken for the title.
    lede: its lead paragraph, where that is kept apart from the text; it guides the choice of sentences and is never quoted.
    article_id: your name for it, given back as `Summary.article_id`.
    published: when it was published; must carry a time zone.
    """

    title: str | None
    lede: str | None
    article_id: str
    published: datetime | None


def _tell_inherited(options: type, parent: type) -> None:
    """Make help() of a set of options also explain the inherited ones: at runtime a typed dictionary is a plain dict."""
    inherited = (inspect.getdoc(parent) or "").partition("\n\n")[2]
    options.__doc__ = f"{inspect.getdoc(options)}\n{inherited}"


for _options, _parent in (
    (TranslateOptions, CallOptions),
    (TextOptions, TranslateOptions),
    (BriefOptions, TranslateOptions),
    (SummarizeOptions, BriefOptions),
):
    _tell_inherited(_options, _parent)
