"""Find the article's title: the paragraph at its top that reads like one."""

import re
from itertools import groupby, islice

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.news.bylines import is_agency, is_title_of_site

# Dates, authors and agencies may precede it.
_SEARCHED_PARAGRAPHS = 6
_SEARCHED_SEGMENTS = 16
_MAX_CHARACTERS = 160
_MAX_KICKER_WORDS = 2
# A line that only names the kind of article or its section is no title, even if none follows.
_KICKERS = re.compile(
    r"(?:press|news|media) release|прес-?реліз|пресс?-?релиз|exclusive|ексклюзив|эксклюзив|breaking(?: news)?|live|наживо|онлайн"
    r"|терміново|срочно|молния|opinion|comment|editorial|думка|мнение|колонка|analysis|аналітика|аналитика|interview|інтерв['’ʼ]ю|интервью"
    r"|news|новини|новости|sports?|спорт|politics|політика|политика|economy|business|економіка|экономика|society|суспільство|общество"
    r"|world|світ|мир|culture|культура|science(?: news)?|наука|health|здоров['’ʼ]я|здоровье",
    re.IGNORECASE,
)
_LAST_PART = re.compile(r"\s[|–—-]\s(?=[^|–—]*\Z)")


def headline(document: Document) -> range:
    """The indices of the title's segments, since it may have two sentences; empty if nothing reads like a title.

    After a kicker such as "Exclusive" or «Прес-реліз», the heading that follows is the title.
    """
    paragraphs = [each for each in _first_paragraphs(document) if _kind(document, each) is not SegmentKind.BYLINE]
    if not paragraphs:
        return range(0)
    first, *others = paragraphs
    if _kind(document, first) is not SegmentKind.HEADLINE:
        return first if _asks_alone(document, first) else range(0)
    if others and is_kicker(_text(document, first)) and _kind(document, others[0]) is SegmentKind.HEADLINE:
        return others[0]
    return range(0) if _KICKERS.fullmatch(_text(document, first)) else first


def is_kicker(line: str) -> bool:
    """Whether the line is so short that it may only say what kind of article follows."""
    return len(line.split()) <= _MAX_KICKER_WORDS


def title_end(title: str) -> int:
    """Where the title ends, before the name of its site: " | Українська правда", " - BBC News"."""
    for match in _LAST_PART.finditer(title):
        if is_title_of_site(title) if "|" in match.group() else is_agency(title[match.end() :]):
            return match.start()
    return len(title)


def _first_paragraphs(document: Document) -> list[range]:
    groups = groupby(enumerate(document.segments[:_SEARCHED_SEGMENTS]), key=lambda place: place[1].paragraph)
    indices = ([index for index, _ in group] for _, group in islice(groups, _SEARCHED_PARAGRAPHS))
    return [range(group[0], group[-1] + 1) for group in indices]


def _kind(document: Document, paragraph: range) -> SegmentKind:
    return document.segments[paragraph.start].kind


def _text(document: Document, paragraph: range) -> str:
    span = document.span(paragraph)
    return document.text[span.start : span.end]


def _asks_alone(document: Document, paragraph: range) -> bool:
    """Whether the paragraph is a title that is a question or an exclamation: short, and with others after it."""
    text = _text(document, paragraph)
    return len(document.segments) > paragraph.stop and len(text) <= _MAX_CHARACTERS and text.endswith(("?", "!"))
