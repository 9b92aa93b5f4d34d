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

    Of Markdown likewise. `beyond` is how many more characters there are to read behind the most that were asked for; `blocks` are the
    stretches of the text that the page says are headings or items of lists, in order.
    """

    text: str
    places: tuple[tuple[int, int], ...] = field(repr=False)
    beyond: int = 0
    blocks: tuple[tuple[Span, SegmentKind], ...] = ()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.places):
            raise ValueError(f"{len(self.text)} characters have as many places, not {len(self.places)}")

    def span(self, span: Span) -> Span:
        """A stretch of the text, not an empty one, as one of the source; marks inside it are part of that, those at its ends are not."""
        return Span(start=self.places[span.start][0], end=self.places[span.end - 1][1])

    def document(self, uncut: Iterable[Span] = ()) -> Document:
        """The text in segments: blocks and line breaks end one, tags inside a sentence do not."""
        found = segment(self.text)
        segments = tuple(replace(each, kind=self._kind(each)) for each in found.segments) if self.blocks else found.segments
        return Document(text=self.text, segments=segments).joined(uncut)

    def _kind(self, found: Segment) -> SegmentKind:
        """What the page says that it is, where that is more than its words tell."""
        place = bisect_right(self.blocks, found.span.start, key=lambda block: block[0].start) - 1
        if found.kind is not SegmentKind.SENTENCE or place < 0 or self.blocks[place][0].end <= found.span.start:
            return found.kind
        return self.blocks[place][1]


def readable(html: str, *, most: int | None = None) -> Readable:
    """The longest <article> of the page, or its <main>, or all of it, without what stands beside an article. Linear in its length.

    Navigation, footers, captions, scripts, what is hidden and the like are left out (`elements.BESIDE_AN_ARTICLE`); and, unless they are
    most of it, quotations set apart, paragraphs that are links, boxes by their class, and what stands before its title. Of what is
    left the first `most` characters are read: each takes a hundred bytes, the page one.
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
    """The stretches of one kind; of a page that is mostly headings these are its sentences."""
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
    """Each character, its place and what its block says that it is; white space that follows on other white space is not shown."""
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
