"""Cut HTML into tags, comments and text as the HTML standard delimits them; joined again they are the HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from korotko_service.text.html.elements import BOX_ROLES, BOXES, FOREIGN, RAW_TEXTS


class TokenKind(StrEnum):
    """What a stretch of HTML is."""

    TEXT = "text"
    START = "start"
    END = "end"
    RAW = "raw"  # the content of a script, a style sheet or another element without tags
    OTHER = "other"  # comments, doctype, CDATA, processing instructions


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A stretch of HTML, in code points; `name` is that of its element, in lower case.

    `unclosed`: it runs to the end of the HTML because nothing ends it, so text added after it would be taken for a part of it.
    """

    kind: TokenKind
    start: int
    end: int
    name: str = ""
    unclosed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a token needs 0 <= start < end, not {self.start}..{self.end}")


# Section 13.2.5 of the HTML standard. Every repetition is possessive and no two alternatives begin alike, so any text is read
# only once. What is never closed runs to the end of the text, where a browser drops it.
_SPACE = r"[\t\n\f\r ]"
_ATTRIBUTE = (
    r"(=[^\t\n\f\r />=]*+|[^\t\n\f\r />=]++)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|(?![\"'])([^\t\n\f\r >]*+)))?+"
)
_TAG = rf"/?+(?P<name>[a-zA-Z][^\t\n\f\r />]*+)(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+"
_COMMENT = r"!--(?:-?(?=>)|.*?(?:--!?(?=>)|\Z))"
_MARKUP = re.compile(rf"<(?:{_TAG}|{_COMMENT}|!\[CDATA\[.*?(?:\]\](?=>)|\Z)|[!?/][^>]*+)(?P<close>>|\Z)", re.DOTALL)
_NAME = re.compile(r"</?[a-zA-Z][^\t\n\f\r />]*+")
_NO_WORD = re.compile(r"[\W_]+")
_ATTRIBUTES = re.compile(rf"[\t\n\f\r /]++|{_ATTRIBUTE}")


def tokens(html: str) -> Iterator[Token]:
    """The HTML from its first character to its last.

    Why not the standard library's `html.parser`: in Python 3.11.7 it takes 55 seconds for 100,000 characters of "<a ", and where a broken
    tag ends depends on the patch release. See docs/decisions.
    """
    position, foreign = 0, 0
    while match := _MARKUP.search(html, position):
        if match.start() > position:
            yield Token(kind=TokenKind.TEXT, start=position, end=match.start())
        token = _token(html, match)
        if token.name in FOREIGN:
            foreign = max(0, foreign + (1 if token.kind is TokenKind.START else -1))
        if token.kind is TokenKind.START and token.name in RAW_TEXTS and not (foreign and html.endswith("/>", 0, token.end)):
            yield from (whole := _with_raw_text(html, token))
            position = whole[-1].end
        else:
            yield token
            position = token.end
    if position < len(html):
        yield Token(kind=TokenKind.TEXT, start=position, end=len(html))


def is_marked_untranslated(tag: str) -> bool:
    """Whether the start tag says translate="no", or has the class "notranslate" of the translation services."""
    small = tag.lower()
    if "translate" not in small:
        return False
    given = _attributes(small)
    return given.get("translate", "").strip() == "no" or "notranslate" in given.get("class", "").split()


def is_hidden(tag: str) -> bool:
    """Whether the start tag has the attribute "hidden", so that no browser shows its element."""
    small = tag.lower()
    return "hidden" in small and "hidden" in _attributes(small)


def is_article_body(tag: str) -> bool:
    """Whether the start tag says itemprop="articleBody" (schema.org), as on most news sites."""
    small = tag.lower()
    return "articlebody" in small and "articlebody" in _attributes(small).get("itemprop", "").split()


def is_link(tag: str) -> bool:
    """Whether the start tag of an <a> leads anywhere; with `name` or `id` and no `href` it only names a place."""
    given = _attributes(tag.lower())
    return "href" in given or given.keys().isdisjoint(("name", "id"))


def names_a_box(tag: str) -> bool:
    """Whether the start tag's role, class or id names something beside an article, such as "newsletter-signup"."""
    small = tag.lower()
    if "class" not in small and "id" not in small and "role" not in small:
        return False
    given = _attributes(small)
    words = _NO_WORD.split(f"{given.get('class', '')} {given.get('id', '')}")
    return given.get("role", "").strip() in BOX_ROLES or not BOXES.isdisjoint(words)


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, which is in lower case; of two with the same name the first counts."""
    given: dict[str, str] = {}
    name = _NAME.match(tag)
    for match in _ATTRIBUTES.finditer(tag, name.end() if name else 0):
        if match[1]:
            given.setdefault(match[1], next((value for value in match.groups()[1:] if value is not None), ""))
    return given


def _token(html: str, match: re.Match[str]) -> Token:
    kind, name = TokenKind.OTHER, (match["name"] or "").lower()
    if name:
        kind = TokenKind.END if html[match.start() + 1] == "/" else TokenKind.START
    return Token(kind=kind, start=match.start(), end=match.end(), name=name, unclosed=not match["close"])


def _with_raw_text(html: str, token: Token) -> list[Token]:
    """The start tag of an element without tags inside, and its text: up to its end tag, which "plaintext" does not have."""
    closing = None if token.name == "plaintext" else _closing(token.name).search(html, token.end)
    end, unclosed = closing.start() if closing else len(html), closing is None
    start = replace(token, unclosed=unclosed)
    if end == token.end:
        return [start]
    kind = TokenKind.TEXT if token.name == "title" else TokenKind.RAW
    return [start, Token(kind=kind, start=token.end, end=end, name=token.name, unclosed=unclosed)]


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
