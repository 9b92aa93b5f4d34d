"""An HTML page as the text that a reader sees, each character with the HTML that it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from korotko_service.text.document import OBJECT, TAG, Document, Segment, Span
from korotko_service.text.html.elements import BLOCKS, UNREAD, UNTRANSLATED
from korotko_service.text.html.markup import Token, TokenKind, is_marked_untranslated
from korotko_service.text.html.references import decoded
from korotko_service.text.html.region import Region, told_apart
from korotko_service.text.sentences.segmentation import segment

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A text and, for each of its characters, a stretch of HTML; the stretches joined are the page, with nothing left out.

    A text in Markdown (`text/markdown/page`) is such a page too.
    """

    text: str
    sources: tuple[str, ...]
    markdown: bool = False
    _bounds: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.text) != len(self.sources):
            raise ValueError(f"{len(self.text)} characters stand for as many stretches, not {len(self.sources)}")
        object.__setattr__(self, "_bounds", tuple(accumulate(map(len, self.sources), initial=0)))

    @property
    def html(self) -> str:
        return "".join(self.sources)

    def span(self, span: Span) -> Span:
        """A stretch of the text as one of the HTML, both in code points."""
        return Span(start=self._bounds[span.start], end=self._bounds[span.end])

    def document(self, uncut: Iterable[Span] = ()) -> Document:
        """The text in segments: blocks and line breaks end one, tags inside a sentence do not; tags at its ends stay outside.

        No segment is cut inside an `uncut` stretch, unless a block ends there.
        """
        places = [place for place, character in enumerate(self.text) if character != TAG]
        found = segment(self.text.replace(TAG, ""))
        document = Document(text=self.text, segments=tuple(_placed(each, places) for each in found.segments))
        return document.joined(span for span in uncut if _BREAK not in self.text[span.start : span.end])


def page_of(html: str) -> Page:
    """Read HTML, however broken. Linear in its length; nothing of it is lost, since `page_of(html).html == html`."""
    pairs = list(_characters(html))
    return Page(text="".join(character for character, _ in pairs), sources=tuple(source for _, source in pairs))


def words_length(html: str) -> int:
    """How many characters of the HTML are text to be translated, white space included; far cheaper than the page."""
    return sum(token.end - token.start for token, region in told_apart(html, _is_untranslated) if not _standing(token, region))


def _characters(html: str) -> Iterator[tuple[str, str]]:
    """Each character of the text and its HTML; markup is gathered until something else follows."""
    start, standing = 0, ""
    for token, region in told_apart(html, _is_untranslated):
        now = _standing(token, region)
        if not now or {standing, now} == {OBJECT, _BREAK}:
            yield from _stand_in(html[start : token.start], standing)
            start, standing = token.start, now
        if now:
            standing = max(standing, now, key=_WEIGHT.__getitem__)
        else:
            yield from _read(html[token.start : token.end])
            start = token.end
    yield from _stand_in(html[start:], standing)


_WEIGHT = {"": 0, TAG: 1, OBJECT: 2, _BREAK: 2}


def _standing(token: Token, region: Region | None) -> str:
    """What replaces the token in the text: nothing if it is text to be read."""
    if token.unclosed and token.kind is not TokenKind.TEXT:
        return _BREAK
    if token.name in BLOCKS or (region is not None and region.name in BLOCKS):
        return _BREAK if region is not None or token.kind is not TokenKind.TEXT else ""
    if region is None:
        return "" if token.kind is TokenKind.TEXT else TAG
    return TAG if token.kind is TokenKind.OTHER or token.name in UNREAD else OBJECT


def _is_untranslated(name: str, tag: str) -> bool:
    return name in UNTRANSLATED or is_marked_untranslated(tag)


def _stand_in(source: str, standing: str) -> Iterable[tuple[str, str]]:
    if not source:
        return ()
    return ((_BREAK[0], source), (_BREAK[1], "")) if standing == _BREAK else ((standing, source),)


def _read(text: str) -> Iterator[tuple[str, str]]:
    return ((character or OBJECT, source) for character, source in decoded(text))


def _placed(found: Segment, places: list[int]) -> Segment:
    span = Span(start=places[found.span.start], end=places[found.span.end - 1] + 1)
    return Segment(span=span, kind=found.kind, paragraph=found.paragraph)
