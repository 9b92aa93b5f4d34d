"""Find the marks of Markdown inside a paragraph: emphasis, links, images, code, escapes; what is not surely such a mark stays text."""

import re
from collections.abc import Iterator, Set as AbstractSet

from korotko_service.text.html.references import decoded

# Where a link leads. Brackets in prose, "[sic](he meant May)", lead nowhere.
_TARGET = r"\((?=<?[\w.#/?-])(?=[^\s()]*[./#:@])[^\s()]{1,2000}+(?:\([^\s()]*+\)[^\s()]*+)*+(?:\s{1,3}(?:\"[^\"\n]*+\"|'[^'\n]*+'))?\)"
_IMAGE = rf"!\[[^\[\]\n]*+\]{_TARGET}"
_NAMED = r"\[[^\[\]\n]*+\]"
_TAGS = "a|abbr|b|br|center|cite|del|details|div|em|figure|hr|i|img|ins|kbd|mark|p|small|span|strong|sub|summary|sup|u"
MARK = re.compile(
    rf"""
    <(?P<element>code|kbd|samp|var)>(?P<inner>[^<>]*+)</(?P=element)>
    | (?P<whole>
      (?<![\w:]):[a-z][a-z0-9_+-]{{0,40}}[a-z0-9]:(?![\w:])
      | \[{_IMAGE}\]{_TARGET} | {_IMAGE} | !{_NAMED}{_NAMED} | [ \t]?\[\^[^\[\]\s]++\]
      | <!--[^<>]*+(?<=--)> | </?(?:{_TAGS})(?:\s[^<>=]*+=[^<>]*+|\sopen)?\s?/?>
    )
    | \[(?P<words>(?:[^\[\]]|\[[^\[\]]*+\])++)\](?:{_TARGET}|\[(?P<name>[^\[\]\n]*+)\](?!\())
    | (?P<escape>\\)[!-/:-@\[-`{{-~] | (?P<end>\\)(?=\r?\n)
    | (?<!\w)(?P<ticks>`{{1,3}})(?P<code>[^`]++)(?P=ticks)(?![`\w])
    | (?P<reference>&(?:\#[0-9]{{1,6}}|\#[xX][0-9a-fA-F]{{1,5}}|[A-Za-z]{{2,8}}[0-9]{{0,2}});)
    | (?P<bare>https?://[^\s<>()\[\]*]{{0,2000}}[^\s<>()\[\]*_.,]) | <(?P<address>(?:https?://|mailto:)[^\s<>]++|[\w.+-]{{1,64}}@[\w.-]++)>
    """,
    re.VERBOSE | re.DOTALL,
)
_FRAMED = ("code", "inner", "address")  # what is between marks, verbatim
# Underscores inside a word belong to it; asterisks there multiply or mask letters.
_RUN = re.compile(r"\*+|_+")
_MOST_IN_A_RUN = 3
# Around a part of a word: "**Kyiv**ites", not "a*b*c".
PART_OF_WORD = re.compile(
    r"(?<![\w*])(\*{1,3})[^\W\d_]{1,40}+(\1)(?=[^\W\d_])|(?<=[^\W\d_])(\*{1,3})[^\W\d_]{2,40}+(\3)(?![\w*])"
    r"|(?<=[^\W\d_])(\*{1,3})[^\W\d_]{2,40}+(\5)(?=[^\W\d_])"
)


DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n^][^\[\]\n]*+)\]:[ \t]++<?[^\s./#]*+[./#]\S*(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t\r]*+$",
    re.MULTILINE,
)


def names(text: str) -> frozenset[str]:
    """The names by which links are defined below the text, as "[port]: https://…", in lower case."""
    return frozenset(match[1].casefold() for match in DEFINITION.finditer(text))


def marks(text: str, start: int, end: int, defined: AbstractSet[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that no reader sees, in no particular order and none empty; linear in its length."""
    kept_apart: set[int] = set()
    for first, last, hidden in _spans(text, start, end, defined):
        kept_apart.update(range(first, last))
        if hidden:
            yield first, last
    yield from _emphasis(text, start, end, kept_apart)


def meant(reference: str) -> str | None:
    """The character that a reference such as "&nbsp;" stands for; None where it is none."""
    found = list(decoded(reference))
    return found[0][0] or None if len(found) == 1 else None


def linked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the words of links."""
    return [match.span("words") for match in MARK.finditer(text, start, end) if match["words"] and match["name"] is None]


def _spans(text: str, start: int, end: int, defined: AbstractSet[str]) -> Iterator[tuple[int, int, bool]]:
    """The stretches inside which emphasis may not begin or end, and whether each is hidden."""
    for match in MARK.finditer(text, start, end):
        if match["words"]:
            if match["name"] is None or (match["name"] or match["words"]).casefold() in defined:
                yield match.start(), match.start("words"), True
                yield match.end("words"), match.end(), True
            yield from _spans(text, *match.span("words"), defined)
        elif framed := next((group for group in _FRAMED if match[group]), None):
            yield match.start(), match.start(framed), True
            yield *match.span(framed), False
            yield match.end(framed), match.end(), True
        elif match["escape"]:
            yield *match.span("escape"), True
            yield match.start() + 1, match.end(), False
        elif match["bare"]:
            yield *match.span("bare"), False
        elif match["reference"]:
            yield *match.span(), meant(match.group()) is not None
        else:
            yield *match.span("end" if match["end"] else "whole"), True


def _emphasis(text: str, start: int, end: int, kept_apart: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Pairs of equal runs, "**so**": the first before a word, the second after one, or both around a part of one."""
    for match in PART_OF_WORD.finditer(text, start, end):
        if match.start() not in kept_apart:
            yield from (match.span(group) for group in range(1, 7) if match[group])
    opened: dict[str, list[int]] = {}
    for match in _RUN.finditer(text, start, end):
        run, before, behind = match.group(), text[start : match.start()][-1:], text[match.end() : min(end, match.end() + 1)]
        if len(run) > _MOST_IN_A_RUN or match.start() in kept_apart:
            continue
        if opened.get(run) and before and not before.isspace() and not behind.isalnum():
            first = opened[run].pop()
            yield first, first + len(run)
            yield match.span()
        elif behind and not behind.isspace() and not before.isalnum():
            opened.setdefault(run, []).append(match.start())
