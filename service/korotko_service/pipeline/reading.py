"""Read a text before any model does: its language, its sentences, and what each sentence is written in. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from korotko_service.errors import FieldInvalid, LanguageUndetermined, TextTooLong
from korotko_service.pipeline.results import SourceLanguage
from korotko_service.text.document import Document, Span
from korotko_service.text.language import detect, detect_segments
from korotko_service.text.page import Page, page_of
from korotko_service.text.segmentation import segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as read: `languages` has one entry for each segment."""

    document: Document
    source: SourceLanguage
    languages: tuple[str, ...]
    truncated: bool
    page: Page | None = None


def _nothing(_: str) -> Sequence[Span]:
    return ()


def read(
    text: str, *, language: str | None, limit: int, field: str, uncut: Callable[[str], Sequence[Span]] = _nothing, html: bool = False
) -> Reading:
    """Segments and languages of `text`, of its leading part where it is over `limit` code points; none is cut at an `uncut` stretch.

    A language that the caller gave holds for every segment. Otherwise each segment that is surely in another language keeps its own,
    so that a quotation in Russian inside a Ukrainian article is translated from Russian. HTML, which is never cut to the limit, is read
    as a `page`, whose text the document is of.
    """
    page = page_of(text) if html else None
    document, truncated = (page.document(uncut(page.text)), False) if page else _document(text, limit, field, uncut)
    if not document.segments:
        raise FieldInvalid("the text holds no words; send at least one sentence", field=field)
    if language is not None:
        source = SourceLanguage(language=language, confidence=1.0, given=True)
        languages: tuple[str, ...] = (language,) * len(document.segments)
        return Reading(document=document, source=source, languages=languages, truncated=truncated, page=page)
    source = detected(document.text, field)
    found = detect_segments(document, default=source.language)
    languages = tuple(detection.language or source.language for detection in found)
    return Reading(document=document, source=source, languages=languages, truncated=truncated, page=page)


def detected(text: str, field: str) -> SourceLanguage:
    """The text's language; LanguageUndetermined where it is not sure, never a guess."""
    detection = detect(text)
    if detection.language is None:
        candidates = ", ".join(f"{candidate.language} ({candidate.confidence:.2f})" for candidate in detection.candidates[:3])
        hint = f"; candidates: {candidates}" if candidates else ""
        raise LanguageUndetermined(
            f"the language of the text cannot be told{hint}; give the source language", field=field, candidates=candidates
        )
    return SourceLanguage(language=detection.language, confidence=detection.confidence, given=False)


def _document(text: str, limit: int, field: str, uncut: Callable[[str], Sequence[Span]]) -> tuple[Document, bool]:
    if len(text) <= limit:
        return segment(text).joined(uncut(text)), False
    # The segment that the cut runs through is left out whole: a reader must never meet half a sentence.
    document = segment(text[:limit]).joined(uncut(text[:limit])).head(limit - 1)
    if not document.segments:
        raise TextTooLong(
            f"no sentence of the text fits into {limit} characters; split the text", field=field, limit=limit, actual=len(text)
        )
    return document, True
