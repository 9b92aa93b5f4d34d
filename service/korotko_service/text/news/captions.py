"""Tell the caption of a photograph from a sentence of the news."""

import re

from korotko_service.text.document import Document
from korotko_service.text.news.bylines import is_agency
from korotko_service.text.wordlists import DATE_WORDS

# Place, day, month and year in full at one end: news says when something will be ("on September 29, 2026"), captions where and when a
# picture was taken ("…, Britain, September 29, 2018.", "… в Бирмингеме 29 сентября 2018 г.", "30 вересня 2018 р. в Струміці …").
_YEAR = r"\d{4}(?: р\.?| року| г\.?| года)?"
_PATTERNS = (
    re.compile(rf", (?:[^\W\d_]+ )?(?:([^\W\d_]{{3,12}}) \d{{1,2}}, {_YEAR}|\d{{1,2}} ([^\W\d_]{{3,12}}),? {_YEAR})\.?$"),
    re.compile(rf"\b[А-ЯІЇЄҐ][\w'’ʼ-]+,? \d{{1,2}} ([^\W\d_]{{3,12}}) {_YEAR}\.?$"),
    re.compile(rf"\d{{1,2}} ([^\W\d_]{{3,12}}) {_YEAR},? (?:в|у|во|на) [А-ЯІЇЄҐ]"),
)


def is_caption(document: Document, index: int) -> bool:
    """Whether the segment is a paragraph by itself, after the first, that opens or closes with a place and a full date.

    Or followed only by an agency's name in its paragraph: "Firefighters in Porto. REUTERS/Rui Costa".
    """
    segments = document.segments
    beside = [place for place in (index - 1, index + 1) if 0 <= place < len(segments)]
    around = [place for place in beside if segments[place].paragraph == segments[index].paragraph]
    if segments[index].paragraph == 0:
        return False
    if around:
        return around == [index + 1] and is_agency(document.segment_text(index + 1))
    text = document.segment_text(index)
    *closing, opening = _PATTERNS
    match = opening.match(text) or next((found for found in (each.search(text) for each in closing) if found), None)
    return match is not None and any(word.casefold() in DATE_WORDS for word in match.groups() if word)
