"""Find the elements of a page that are to be skipped: where each begins and where it ends."""

from collections import Counter
from collections.abc import Callable, Iterator

from korotko_service.text.html.elements import BLOCKS, ENDED_BY, VOIDS
from korotko_service.text.html.markup import Token, TokenKind, tokens


class Region:
    """A skipped element from its start tag on, and how many elements of each name are open inside it; changes with each token taken.

    `around` counts the elements that were open before it. It ends with its end tag; if that is missing, with the end tag of a block
    around it, or where the standard lets the next element end it (`<li>` ends `<li>`). A `translate="yes"` inside is ignored.
    """

    def __init__(self, *, name: str, around: Counter[str]) -> None:
        self.name = name
        self._around = around
        self._open: Counter[str] = Counter()
        self._holders = 0
        self._closed = False

    def ends_before(self, token: Token) -> bool:
        """Whether the region ended before the token."""
        if self._closed:
            return True
        if token.kind is TokenKind.END:
            strange = token.name != self.name and not self._open[token.name]
            return strange and token.name in BLOCKS and self._around[token.name] > 0
        return token.kind is TokenKind.START and not self._holders and token.name in ENDED_BY.get(self.name, ())

    def take(self, token: Token) -> None:
        """Take its next token."""
        if token.kind is TokenKind.START and token.name not in VOIDS:
            self._count(token.name, 1)
        elif token.kind is TokenKind.END and self._open[token.name]:
            self._count(token.name, -1)
        elif token.kind is TokenKind.END and token.name == self.name:
            self._closed = True

    def _count(self, name: str, step: int) -> None:
        self._open[name] += step
        # Elements whose end tag may be missing could not be counted down, and by themselves cannot hold a start tag that ends the region.
        self._holders += step * (name in BLOCKS and name not in ENDED_BY)


def told_apart(html: str, passes_over: Callable[[str, str], bool]) -> Iterator[tuple[Token, Region | None]]:
    """Each token and the region that it is part of; `passes_over` gets an element's name and its start tag."""
    region: Region | None = None
    around: Counter[str] = Counter()
    for token in tokens(html):
        if region is not None and region.ends_before(token):
            region = None
        if region is not None:
            region.take(token)
        else:
            if token.kind is TokenKind.START and token.name not in VOIDS and passes_over(token.name, html[token.start : token.end]):
                region = Region(name=token.name, around=around)
            _count(around, token)
        yield token, region


def _count(around: Counter[str], token: Token) -> None:
    if token.kind is TokenKind.START and token.name not in VOIDS:
        around[token.name] += 1
    elif token.kind is TokenKind.END and around[token.name]:
        around[token.name] -= 1
