"""A translation of a page's text as one of the page itself: its markup back in place, every span one of the HTML. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from korotko_service.fidelity.finding import Finding
from korotko_service.fidelity.marked import marked_up
from korotko_service.fidelity.shield import Restored
from korotko_service.pipeline.results import SentencePair, Translation
from korotko_service.text.document import OBJECT, TAG, Document
from korotko_service.text.page import Page

_UNSEEN = str.maketrans("", "", TAG + OBJECT)


def in_html(translation: Translation, page: Page, document: Document, outputs: Sequence[Restored]) -> Translation:
    """`outputs` are the sentences that the translation was put together from."""
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


def _found(finding: Finding, marked: Page) -> Finding:
    """What was found, as a reader sees it."""
    found, expected = finding.found.translate(_UNSEEN), finding.expected.translate(_UNSEEN)
    return replace(finding, span=marked.span(finding.span), found=found, expected=expected)
