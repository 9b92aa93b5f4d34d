"""Find the stretches of an HTML page that are its article: not the teasers, block quotations, blocks of links and boxes around it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from korotko_service.text.html.elements import BESIDE_AN_ARTICLE, BLOCKS, HEADINGS, VOIDS
from korotko_service.text.html.markup import Token, TokenKind, is_article_body, is_hidden, is_link, names_a_box
from korotko_service.text.html.region import told_apart
from korotko_service.text.lines import TERMINALS

# A block quotation is somebody's speech, such as a pulled quote or a post; a page that is mostly one quotes the article itself.
_QUOTATION = "blockquote"
# Pages of teasers have an <article> for each: the longest is the page's own only if it has at least this share of all the text.
_LEAST_SHARE = 0.5
# A paragraph that is wholly or almost wholly a link leads to another article.
_LINKED_SHARE = 0.8
# A block before the title that ends like a sentence and is at least this long is a standfirst, not a section, date or kicker.
_MIN_STANDFIRST_CHARACTERS = 40
_OF_LISTS = frozenset({"li", "ol", "ul"})
_LETTER = re.compile(r"[^\W\d_]")
# One of these may hold the whole page, whatever its class says.
_NEVER_A_BOX = frozenset({"html", "body", "main", "article", "form", *HEADINGS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text to be read, or where a block begins or ends; `article` numbers the outermost <article> around it, 0 outside any.

    `is_body` means inside schema.org's `articleBody`, `is_item` inside an item of a list.
    """

    start: int
    end: int
    breaks: bool
    article: int
    is_main: bool
    is_quoted: bool
    is_linked: bool
    is_body: bool
    is_item: bool
    heading: str

    @property
    def size(self) -> int:
        return 0 if self.breaks else self.end - self.start


def article_of(html: str) -> list[Stretch]:
    """The longest <article> of the page, or its <main>, or all of it, without what is beside an article. Linear in its length."""
    boxes: set[str] = set()

    def passes_over(name: str, tag: str) -> bool:
        if name not in _NEVER_A_BOX and names_a_box(tag):
            boxes.add(name)
            return True
        return _is_passed_over(name, tag)

    without_boxes = _narrowed(list(_stretches(html, passes_over)), html)
    # The page is read again, boxes included, only if it has any.
    return _most_of(_narrowed(list(_stretches(html, _is_passed_over)), html), without_boxes) if boxes else without_boxes


def _stretches(html: str, passes_over: Callable[[str, str], bool]) -> Iterator[Stretch]:
    article, depth = 0, dict.fromkeys(("article", "main", "table", _QUOTATION, *HEADINGS), 0)
    body, in_link, in_item = _Body(), False, False
    for token, region in told_apart(html, passes_over):
        if region is None and token.name in depth:
            depth[token.name] = _deeper(depth[token.name], token)
            article += token.name == "article" and depth["article"] == 1 and token.kind is TokenKind.START
        if region is None:
            body.take(token, html)
            in_link = _leads_on(token, html) if token.name == "a" else in_link
            # The end tag of an item may be left out, that of a list may not.
            in_item = token.kind is TokenKind.START and token.name == "li" if token.name in _OF_LISTS else in_item
        is_text = token.kind is TokenKind.TEXT and region is None
        # A skipped element leaves a break if it is a block.
        breaks = not is_text and (token.name in BLOCKS or (region is not None and region.name in BLOCKS))
        if is_text or breaks:
            yield Stretch(
                start=token.start,
                end=token.end,
                breaks=breaks,
                article=article if depth["article"] else 0,
                is_main=depth["main"] > 0,
                is_quoted=depth[_QUOTATION] > 0,
                # The cells of a table are its figures and names, linked or not.
                is_linked=in_link and not depth["table"],
                is_body=body.is_open,
                is_item=in_item,
                heading=next((name for name in HEADINGS if depth[name]), ""),
            )


class _Body:
    """Follows the element that is marked as the body of the article, token by token."""

    def __init__(self) -> None:
        self._name = ""
        self._depth = 0

    @property
    def is_open(self) -> bool:
        return self._depth > 0

    def take(self, token: Token, html: str) -> None:
        if self._depth and token.name == self._name:
            self._depth = _deeper(self._depth, token)
        elif (
            not self._depth and token.kind is TokenKind.START and token.name not in VOIDS and is_article_body(html[token.start : token.end])
        ):
            self._name, self._depth = token.name, 1


def _is_passed_over(name: str, tag: str) -> bool:
    return name in BESIDE_AN_ARTICLE or is_hidden(tag)


def _leads_on(token: Token, html: str) -> bool:
    """Whether a link is open after this tag of an <a>: a second one ends the first."""
    return token.kind is TokenKind.START and is_link(html[token.start : token.end])


def _deeper(depth: int, token: Token) -> int:
    """How many elements of the token's name are open after it."""
    return depth + 1 if token.kind is TokenKind.START else max(0, depth - (token.kind is TokenKind.END))


def _narrowed(stretches: list[Stretch], html: str) -> list[Stretch]:
    found = _of_the_article(stretches)
    found = _most_of(found, list(_body_and_title(found)))
    found = _most_of(found, [each for each in found if not each.is_quoted])
    found = _most_of(found, list(_without_links(found, html)))
    return _most_of(found, _from_its_title(found, html))


def _body_and_title(stretches: list[Stretch]) -> Iterator[Stretch]:
    """What is marked as the body, with the h1, or the h2 before it where there is no h1."""
    start = next((each.start for each in stretches if each.is_body), 0)
    has_title = any(each.heading == "h1" for each in stretches)
    for each in stretches:
        is_title = each.heading == "h1" or (not has_title and each.heading == "h2" and each.start < start)
        if each.breaks or each.is_body or is_title:
            yield each


def _of_the_article(stretches: list[Stretch]) -> list[Stretch]:
    sizes: dict[int, int] = {}
    for each in stretches:
        sizes[each.article] = sizes.get(each.article, 0) + each.size
    whole = sum(sizes.values())
    longest = max((number for number in sizes if number), key=lambda number: sizes[number], default=0)
    if longest and sizes[longest] >= _LEAST_SHARE * whole:
        return [each for each in stretches if each.article == longest]
    main = [each for each in stretches if each.is_main]
    return stretches if all(each.breaks for each in main) else main


def _most_of(stretches: list[Stretch], fewer: list[Stretch]) -> list[Stretch]:
    """The fewer, if they are most of the text."""
    return fewer if _size(fewer) >= _LEAST_SHARE * _size(stretches) else stretches


def _without_links(stretches: list[Stretch], html: str) -> Iterator[Stretch]:
    """Without the blocks of text that are links and nothing else, headings apart."""
    for breaks, group in groupby(stretches, key=lambda each: each.breaks):
        block = list(group)
        letters = [len(_LETTER.findall(html, each.start, each.end)) for each in block]
        linked = sum(count for each, count in zip(block, letters, strict=True) if each.is_linked)
        if breaks or not linked or linked < _LINKED_SHARE * sum(letters) or any(each.heading for each in block):
            yield from block


def _from_its_title(stretches: list[Stretch], html: str) -> list[Stretch]:
    """From the only h1 on: what precedes it on its page are sections, dates and kickers."""
    titles = [each for each in stretches if each.heading == "h1" and not each.breaks]
    between = [each for each in stretches if titles and titles[0].start < each.start < titles[-1].start]
    if not titles or any(not each.breaks and each.heading != "h1" for each in between):
        return stretches
    before = [each for each in stretches if each.start < titles[0].start]
    blocks = (list(group) for breaks, group in groupby(before, key=lambda each: each.breaks) if not breaks)
    return stretches if any(_is_standfirst(block, html) for block in blocks) else stretches[len(before) :]


def _is_standfirst(block: list[Stretch], html: str) -> bool:
    words = "".join(html[each.start : each.end] for each in block).strip()
    return len(words) >= _MIN_STANDFIRST_CHARACTERS and words.endswith(tuple(TERMINALS)) and not all(each.is_linked for each in block)


def _size(stretches: Iterable[Stretch]) -> int:
    return sum(each.size for each in stretches)
