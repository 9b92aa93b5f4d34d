"""From results about a page's text to results about the page itself: spans in its HTML, a translation in its markup. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from korotko_service.fidelity.finding import Finding
from korotko_service.fidelity.pieces.marked import marked_up
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.pipeline.results import AppliedTerm, ArticleField, Brief, BriefSentence, Evidence, SentencePair, Translation
from korotko_service.text.document import OBJECT, TAG, Document
from korotko_service.text.html.page import Page
from korotko_service.text.html.readable import Readable

_UNSEEN = str.maketrans("", "", TAG + OBJECT)


def in_markup(translation: Translation, page: Page, document: Document, outputs: Sequence[Restored]) -> Translation:
    """The translation in the page's markup; `outputs` are the sentences that it was put together from."""
    marked = marked_up(page, document, outputs)
    return replace(
        translation,
        text=marked.html,
        sentences=tuple(SentencePair(source=page.span(each.source), target=marked.span(each.target)) for each in translation.sentences),
        findings=tuple(_found(each, marked) for each in translation.findings),
        applied_terms=tuple(
            replace(each, source=each.source and page.span(each.source), target=marked.span(each.target))
            for each in translation.applied_terms
        ),
        repairs=tuple(replace(each, span=marked.span(each.span)) for each in translation.repairs),
    )


def as_sent(brief: Brief, article: Readable) -> Brief:
    """A brief of an article in a page or in Markdown, pointing to what was sent; the brief itself is plain text."""
    return replace(
        brief,
        sentences=tuple(
            BriefSentence(span=each.span, evidence=tuple(_sent(piece, article) for piece in each.evidence)) for each in brief.sentences
        ),
        applied_terms=tuple(_quoted(each, article) for each in brief.applied_terms),
    )


def _sent(piece: Evidence, article: Readable) -> Evidence:
    return replace(piece, span=article.span(piece.span)) if piece.field is ArticleField.BODY else piece


def _quoted(term: AppliedTerm, article: Readable) -> AppliedTerm:
    return replace(term, source=term.source and article.span(term.source))


def _found(finding: Finding, marked: Page) -> Finding:
    """What was found, as a reader sees it."""
    found, expected = finding.found.translate(_UNSEEN), finding.expected.translate(_UNSEEN)
    return replace(finding, span=marked.span(finding.span), found=found, expected=expected)
