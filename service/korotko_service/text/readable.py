"""The article of an HTML page as plain text, each character with its place in the HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from korotko_service.text.document import Document, Span
from korotko_service.text.elements import BESIDE_AN_ARTICLE, BLOCKS
from korotko_service.text.markup import Token, TokenKind, is_hidden
from korotko_service.text.references import decoded
from korotko_service.text.region import told_apart
from korotko_service.text.segmentation import segment

_BREAK = "\n\n"
# What browsers show for a reference to no character.
_NO_CHARACTER = "\ufffd"
# A quotation set apart is somebody's speech, as a pulled quote or a post; a page that is mostly one quotes the article itself.
_QUOTATION = "blockquote"
# Pages of teasers have an <article> for each: the longest is the page's own only if it holds at least this part of all the text.
_LEAST_SHARE = 0.5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Text to be read, or where a block begins or ends; `article` numbers the outermost <article> around it, 0 outside of any."""

    start: int
    end: int
    breaks: bool
    article: int
    is_main: bool
    is_quoted: bool


def readable(html: str, *, most: int | None = None) -> Readable:
    """The longest <article> of the page, or its <main>, or all of it, without what stands beside an article. Linear in its length.

    Navigation, footers, captions, scripts, what is hidden and the like are left out (`elements.BESIDE_AN_ARTICLE`), and quotations set
    apart unless they are most of it. Of what is left the first `most` characters are read: each takes a hundred bytes, the page one.
    """
    characters = _characters(html, _without_quotations(_of_the_article(list(_stretches(html)))))
    found = list(islice(characters, most))
    beyond = sum(1 for _ in characters)
    return Readable(text="".join(character for character, _ in found), places=tuple(place for _, place in found), beyond=beyond)


def _stretches(html: str) -> Iterator[_Stretch]:
    article = depth = mains = quotations = 0
    for token, region in told_apart(html, _is_passed_over):
        if region is None and token.name == "article":
            depth = _deeper(depth, token)
            article += depth == 1 and token.kind is TokenKind.START
        if region is None and token.name == "main":
            mains = _deeper(mains, token)
        if region is None and token.name == _QUOTATION:
            quotations = _deeper(quotations, token)
        is_text = token.kind is TokenKind.TEXT and region is None
        # An element that is passed over leaves a break where it is a block.
        breaks = not is_text and (token.name in BLOCKS or (region is not None and region.name in BLOCKS))
        if is_text or breaks:
            number = article if depth else 0
            yield _Stretch(start=token.start, end=token.end, breaks=breaks, article=number, is_main=mains > 0, is_quoted=quotations > 0)


def _is_passed_over(name: str, tag: str) -> bool:
    return name in BESIDE_AN_ARTICLE or is_hidden(tag)


def _deeper(depth: int, token: Token) -> int:
    """How many elements of the token's name are open behind it."""
    return depth + 1 if token.kind is TokenKind.START else max(0, depth - (token.kind is TokenKind.END))


def _of_the_article(stretches: list[_Stretch]) -> list[_Stretch]:
    sizes: dict[int, int] = {}
    for each in stretches:
        sizes[each.article] = sizes.get(each.article, 0) + (0 if each.breaks else each.end - each.start)
    whole = sum(sizes.values())
    longest = max((number for number in sizes if number), key=lambda number: sizes[number], default=0)
    if longest and sizes[longest] >= _LEAST_SHARE * whole:
        return [each for each in stretches if each.article == longest]
    main = [each for each in stretches if each.is_main]
    return stretches if all(each.breaks for each in main) else main


def _without_quotations(stretches: list[_Stretch]) -> list[_Stretch]:
    told = [each for each in stretches if not each.is_quoted]
    return told if _size(told) >= _LEAST_SHARE * _size(stretches) else stretches


def _size(stretches: Iterable[_Stretch]) -> int:
    return sum(each.end - each.start for each in stretches if not each.breaks)


def _characters(html: str, stretches: Iterable[_Stretch]) -> Iterator[tuple[str, tuple[int, int]]]:
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
