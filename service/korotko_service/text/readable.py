"""The article of an HTML page as plain text, each character with its place in the HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from korotko_service.text.article import Stretch, article_of
from korotko_service.text.document import Document, Span
from korotko_service.text.references import decoded
from korotko_service.text.segmentation import segment

_BREAK = "\n\n"
# What browsers show for a reference to no character.
_NO_CHARACTER = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a reader reads of a page; `places` has for each character of the text where its HTML begins and ends, in code points.

    `beyond` is how many more characters there are to read behind the most that were asked for.
    """

    text: str
    places: tuple[tuple[int, int], ...] = field(repr=False)
    beyond: int = 0

    def __post_init__(self) -> None:
        if len(self.text) != len(self.places):
            raise ValueError(f"{len(self.text)} characters have as many places, not {len(self.places)}")

    def span(self, span: Span) -> Span:
        """A stretch of the text, not an empty one, as one of the HTML; the tags inside it are part of that, those at its ends are not."""
        return Span(start=self.places[span.start][0], end=self.places[span.end - 1][1])

    def document(self, uncut: Iterable[Span] = ()) -> Document:
        """The text in segments: blocks and line breaks end one, tags inside a sentence do not."""
        return segment(self.text).joined(uncut)


def readable(html: str, *, most: int | None = None) -> Readable:
    """The longest <article> of the page, or its <main>, or all of it, without what stands beside an article. Linear in its length.

    Navigation, footers, captions, scripts, what is hidden and the like are left out (`elements.BESIDE_AN_ARTICLE`); and, unless they are
    most of it, quotations set apart, paragraphs that are links, boxes by their class, and what stands before its title. Of what is
    left the first `most` characters are read: each takes a hundred bytes, the page one.
    """
    characters = _characters(html, article_of(html))
    found = list(islice(characters, most))
    beyond = sum(1 for _ in characters)
    return Readable(text="".join(character for character, _ in found), places=tuple(place for _, place in found), beyond=beyond)


def _characters(html: str, stretches: Iterable[Stretch]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each character and its place; white space that follows on other white space is not shown."""
    last = _BREAK
    for stretch in stretches:
        if stretch.breaks:
            if last != _BREAK:
                yield from ((character, (stretch.start, stretch.start)) for character in _BREAK)
            last = _BREAK
            continue
        start = stretch.start
        for character, source in decoded(html[stretch.start : stretch.end]):
            if character != " " or last not in (" ", _BREAK):
                last = character or _NO_CHARACTER
                yield last, (start, start + len(source))
            start += len(source)
