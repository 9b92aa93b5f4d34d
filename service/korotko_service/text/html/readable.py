"""The article of an HTML page as plain text, each character with its place in the HTML; Markdown is read into the same shape."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from korotko_service.text.document import Document, Segment, SegmentKind, Span
from korotko_service.text.html.article import Stretch, article_of
from korotko_service.text.html.references import decoded
from korotko_service.text.sentences.segmentation import segment

_BREAK = "\n\n"
# What browsers show for a reference to no character.
_NO_CHARACTER = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a reader reads of a page; `places` has for each character of the text where its HTML begins and ends, in code points.

    Likewise for Markdown. `beyond` is how many characters follow those that were asked for; `blocks` are the stretches of the
    text that the page marks as headings or items of lists, in order.
    """

    text: str
    places: tuple[tuple[int, int], ...] = field(repr=False)
    beyond: int = 0
    blocks: tuple[tuple[Span, SegmentKind], ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.places):
            raise ValueError(f"{len(self.text)} characters have as many places, not {len(self.places)}")

    def span(self, span: Span) -> Span:
        """A non-empty stretch of the text as one of the source; marks inside it are included, those at its ends are not."""
        return Span(start=self.places[span.start][0], end=self.places[span.end - 1][1])

    def document(self, uncut: Iterable[Span] = ()) -> Document:
        """The text in segments: blocks and line breaks end one, tags inside a sentence do not."""
        found = segment(self.text)
        segments = tuple(replace(each, kind=self._kind(each)) for each in found.segments) if self.blocks else found.segments
        return Document(text=self.text, segments=segments).joined(uncut)

    def _kind(self, found: Segment) -> SegmentKind:
        """What the page marks the segment as, if its words alone make it just a sentence."""
        place = bisect_right(self.blocks, found.span.start, key=lambda block: block[0].start) - 1
        if found.kind is not SegmentKind.SENTENCE or place < 0 or self.blocks[place][0].end <= found.span.start:
            return found.kind
        return self.blocks[place][1]


def readable(html: str, *, most: int | None = None) -> Readable:
    """The longest <article> of the page, or its <main>, or all of it, without what is beside an article. Linear in its length.

    Navigation, footers, captions, scripts, hidden elements and the like are left out (`elements.BESIDE_AN_ARTICLE`); so are, unless they
    are most of it, block quotations, paragraphs that are links, boxes by their class, and what precedes the title. Of the rest the
    first `most` characters are read: each takes a hundred bytes, a character of the page one.
    """
    characters = _characters(html, article_of(html))
    found = list(islice(characters, most))
    beyond = sum(1 for _ in characters)
    return Readable(
        text="".join(character for character, _, _ in found),
        places=tuple(place for _, place, _ in found),
        beyond=beyond,
        blocks=_blocks([kind for _, _, kind in found]),
    )


def _blocks(kinds: Sequence[SegmentKind | None]) -> tuple[tuple[Span, SegmentKind], ...]:
    """The stretches of one kind each, without headings if the page is mostly headings: then these are its sentences."""
    blocks: list[tuple[Span, SegmentKind]] = []
    start = 0
    for kind, group in groupby(kinds):
        end = start + sum(1 for _ in group)
        if kind is not None:
            blocks.append((Span(start=start, end=end), kind))
        start = end
    headings = sum(len(span) for span, kind in blocks if kind is SegmentKind.HEADLINE)
    return tuple(block for block in blocks if block[1] is not SegmentKind.HEADLINE or 2 * headings < len(kinds))


def _characters(html: str, stretches: Iterable[Stretch]) -> Iterator[tuple[str, tuple[int, int], SegmentKind | None]]:
    """Each character, its place and the kind that its block gives it; white space after other white space is left out."""
    last = _BREAK
    for stretch in stretches:
        if stretch.breaks:
            if last != _BREAK:
                yield from ((character, (stretch.start, stretch.start), None) for character in _BREAK)
            last = _BREAK
            continue
        start, kind = stretch.start, _kind_of(stretch)
        for character, source in decoded(html[stretch.start : stretch.end]):
            if character != " " or last not in (" ", _BREAK):
                last = character or _NO_CHARACTER
                yield last, (start, start + len(source)), kind
            start += len(source)


def _kind_of(stretch: Stretch) -> SegmentKind | None:
    if stretch.heading:
        return SegmentKind.HEADLINE
    return SegmentKind.LIST_ITEM if stretch.is_item else None
