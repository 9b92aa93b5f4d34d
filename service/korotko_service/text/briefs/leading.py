"""The top of an article: its title, whether that begins the story or only stands above it, and where the story begins otherwise."""

import re
from dataclasses import dataclass

from korotko_service.text.briefs.leaning import opens_with_pronoun
from korotko_service.text.briefs.sense import sense
from korotko_service.text.document import TOLD_KINDS, Document, SegmentKind
from korotko_service.text.lines import opens_with_ornament
from korotko_service.text.news.headlines import headline, title_end

_MIN_WORDS = 4
# A quotation, a question, half a sentence: such a title says nothing by itself.
_TELLS_NOTHING = re.compile(r"\W*[«“„\"‘]|.*[?:…]\W*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The indices of the title's segments; `leads` is the title's index if it begins the story.

    `first` is the index of the first segment after the title that is neither a byline nor a heading, or the number of segments.
    """

    title: range
    leads: int | None
    first: int


def top_of(document: Document) -> Top:
    """The top of the article; ranking, selection and company use it."""
    title = headline(document)
    told = (index for index in range(title.stop, len(document.segments)) if document.segments[index].kind in TOLD_KINDS)
    first = next(told, len(document.segments))
    return Top(title=title, leads=_leading(document, title, first), first=first)


def tells_nothing(title: str) -> bool:
    """Whether the title says nothing by itself: a word or two, a quotation, a question."""
    return len(title.split()) < _MIN_WORDS or _TELLS_NOTHING.match(title) is not None


def _leading(document: Document, title: range, first: int) -> int | None:
    """The index of the title where the text continues it: "Mayor Li dies at 97. He led …", or a post under a line with an ornament.

    Elsewhere the first sentence repeats the title's news in more detail.
    """
    if len(title) != 1 or first == len(document.segments) or document.segments[title.start].kind is not SegmentKind.HEADLINE:
        return None
    text = document.segment_text(title.start)
    if tells_nothing(text) or title_end(text) < len(text):
        return None
    goes_on = document.segment_text(first)
    leads = opens_with_ornament(document.text, document.segments[title.start].span.start) or opens_with_pronoun(goes_on)
    return title.start if leads and not sense(text).tells_the_same_as(sense(goes_on)) else None
