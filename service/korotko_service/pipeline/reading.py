"""Read a text before any model does: its language, its sentences, and what each sentence is written in. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from korotko_service.admission import Bound
from korotko_service.errors import FieldInvalid, LanguageUndetermined, TextTooLong
from korotko_service.pipeline.results import SourceLanguage
from korotko_service.text.document import Document, Span
from korotko_service.text.html.page import Page, page_of, words_length
from korotko_service.text.html.readable import Readable, readable
from korotko_service.text.languages.language import SUPPORTED, Detection
from korotko_service.text.languages.mixture import detect_document
from korotko_service.text.markdown.article import is_markdown, unmarked
from korotko_service.text.markdown.page import markdown_page
from korotko_service.text.markdown.signs import is_marked
from korotko_service.text.sentences.partings import quotations_with_speakers
from korotko_service.text.sentences.segmentation import segment

# Each takes about ten microseconds of a thread that reads for all callers; large news pages have about 10,000.
MAX_TAGS = 100_000
# In one call: two minutes of a model's work, and some tenths of a second of the event loop, which all callers share. Ordinary prose has
# that many in a million characters.
MAX_SENTENCES = 10_000
SENTENCES = Bound(most=MAX_SENTENCES, noun="sentences with this text", remedy="send the texts in several calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as read: `languages` has one entry for each segment.

    For HTML and Markdown the document is what a reader reads; `page`, or `article` for an article, has its places in what was sent.
    """

    document: Document
    source: SourceLanguage
    languages: tuple[str, ...]
    truncated: bool
    page: Page | None = None
    article: Readable | None = None


def _nothing(_: str) -> Sequence[Span]:
    return ()


def read(
    text: str, *, language: str | None, limit: int, field: str, uncut: Callable[[str], Sequence[Span]] = _nothing, html: bool = False
) -> Reading:
    """Segments and languages of `text`, of its leading part if it is over `limit` code points; no segment ends within an `uncut` stretch.

    A language that the caller gave holds for every segment, and then a quotation in the other alphabet stays with its speaker: models read
    the two together better than one part in a language that it is not in. Otherwise each segment that is surely in another language of the
    service keeps its own, so that a quotation in Russian inside a Ukrainian article is translated from Russian. Any other gets the
    article's: an English sentence full of Polish names looks like Polish, and must not have the whole article refused. HTML, which is never
    cut to the limit, is read as a `page`, and the document is of its text; so is Markdown.
    """
    page = _page(text, limit, field) if html else markdown_page(text[:limit]) if is_marked(text[:limit]) else None
    if page is None:
        return _told(*_document(text, limit, field, uncut), language, field)
    document, truncated = page.document(uncut(page.text)), not html and len(text) > limit
    if truncated:
        document = _whole(document, len(text), limit, field)
    return replace(_told(document, truncated, language, field), page=page)


def read_article(
    text: str,
    *,
    language: str | None,
    limit: int,
    field: str,
    uncut: Callable[[str], Sequence[Span]] = _nothing,
    truncates: bool = False,
    html: bool = False,
) -> Reading:
    """As `read`, for the article in an HTML page or in Markdown, with the limit on what is read of it; any other text is read as it is.

    With `truncates`, of a longer one only the leading part, without its last sentence, which the cut may run through.
    """
    article = _article(text, limit, field, html=html)
    if article is None:
        return _told(*_document(text, limit, field, uncut), language, field)
    document, truncated = article.document(uncut(article.text)), article.beyond > 0
    if truncated:
        ends = [each.span.end for each in document.segments[:-1]]
        if not truncates:
            raise _too_much(limit + article.beyond, limit, field, "send less of the page, or ask for TRUNCATION_POLICY_TRUNCATE")
        if not ends:
            raise _too_long(limit + article.beyond, limit, field)
        document = document.head(ends[-1])
    return replace(_told(document, truncated, language, field), article=article)


def _article(text: str, limit: int, field: str, *, html: bool) -> Readable | None:
    """The article in a page or in Markdown; None for a text that is neither, or nothing but code and pictures."""
    if html:
        _check_tags(text, field)
        return readable(text, most=limit)
    article = unmarked(text, most=limit) if is_markdown(text[:limit]) else None
    return article if article and any(map(str.isalpha, article.text)) else None


def _page(html: str, limit: int, field: str) -> Page:
    """The page; TextTooLong if more of it is to be translated than the limit allows, however long its scripts and styles are."""
    _check_tags(html, field)
    if len(html) > limit and (length := words_length(html)) > limit:
        raise _too_much(length, limit, field, "send the page in parts")
    return page_of(html)


def _check_tags(html: str, field: str) -> None:
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise TextTooLong(f"{tags} tags in the page, the limit is {MAX_TAGS}; send less of it", field=field, limit=MAX_TAGS, actual=tags)


def _told(document: Document, truncated: bool, language: str | None, field: str) -> Reading:
    """A document and the language of each of its segments."""
    if not document.segments:
        raise FieldInvalid("the text holds no words; send at least one sentence", field=field)
    SENTENCES.check(len(document.segments), field=field)
    if language is not None:
        document = document.joined(quotations_with_speakers(document))
        source = SourceLanguage(language=language, confidence=1.0, given=True)
        languages: tuple[str, ...] = (language,) * len(document.segments)
        return Reading(document=document, source=source, languages=languages, truncated=truncated)
    whole, found = detect_document(document)
    if whole.language is None:
        raise undetermined(whole, field, remedy="give the source language")
    source = SourceLanguage(language=whole.language, confidence=whole.confidence, given=False)
    languages = tuple(detection.language if detection.language in SUPPORTED else source.language for detection in found)
    return Reading(document=document, source=source, languages=languages, truncated=truncated)


def undetermined(detection: Detection, field: str, *, remedy: str) -> LanguageUndetermined:
    """The refusal of a text whose language is unclear, with what it may be, the server's languages first, and what would help."""
    served_first = sorted(detection.candidates, key=lambda candidate: candidate.language not in SUPPORTED)
    candidates = ", ".join(f"{candidate.language} ({candidate.confidence:.2f})" for candidate in served_first)
    hint = f"; candidates: {candidates}" if candidates else ""
    why = ": so few words may be only a name" if detection.may_be_a_name else ""
    return LanguageUndetermined(f"the language of the text cannot be told{why}{hint}; {remedy}", field=field, candidates=candidates)


def _document(text: str, limit: int, field: str, uncut: Callable[[str], Sequence[Span]]) -> tuple[Document, bool]:
    if len(text) <= limit:
        document = segment(text)
        # A single sentence, as most texts of a call are, has no boundary that could go through anything.
        return document if len(document.segments) < 2 else document.joined(uncut(text)), False
    return _whole(segment(text[:limit]).joined(uncut(text[:limit])), len(text), limit, field), True


def _whole(document: Document, actual: int, limit: int, field: str) -> Document:
    """The document without the segment that the cut at its end runs through: a reader must never get half a sentence."""
    document = document.head(len(document.text) - 1)
    if not document.segments:
        raise _too_long(actual, limit, field)
    return document


def _too_much(actual: int, limit: int, field: str, advice: str) -> TextTooLong:
    return TextTooLong(f"{actual} characters to read, the limit is {limit}; {advice}", field=field, limit=limit, actual=actual)


def _too_long(actual: int, limit: int, field: str) -> TextTooLong:
    return TextTooLong(f"no sentence of the text fits into {limit} characters; split the text", field=field, limit=limit, actual=actual)
