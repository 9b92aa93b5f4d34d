"""Find what each line of a Markdown text is: words, a heading, a quotation, a table, links, or something that is not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from korotko_service.text.lines import is_final
from korotko_service.text.markdown.marks import DEFINITION, linked

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE = re.compile(r"[ \t>]*+(?:(?:[-*+]|\d{1,3}[.)])[ \t]++)?(`{3,}|~{3,})([^`\n]*)$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})[ \t]*$")
_RULED = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]+\]:[ \t]")
_QUOTED = re.compile(r" {0,3}>")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=\S)")
_IMAGES = re.compile(r"[ \t]*(?:\[?!\[[^\[\]\n]*+\](?:\([^()\n]*+\)|\[[^\[\]\n]*+\])(?:\]\([^()\n]*+\))?[ \t]*)+$")
_CAPTION = re.compile(r"[ \t]*([*_])[^*_\n]+\1[ \t]*$")
HEADING_END = re.compile(r"[ \t]+#+[ \t]*\Z|[ \t]*\{#[\w-]+\}[ \t]*\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n){1,60}---[ \t]*(?:\r?\n|\Z)")
_LETTER = re.compile(r"[^\W\d_]")


class LineKind(StrEnum):
    """What a line of Markdown is to a reader of the article."""

    WORDS = "words"
    ITEM = "item"
    HEADING = "heading"
    UNDERLINED = "underlined"  # a heading because of the line under it
    BLANK = "blank"
    QUOTATION = "quotation"
    TABLE = "table"
    LINKS = "links"  # that lead to other articles
    CODE = "code"  # between fences; front matter
    UNREAD = "unread"  # images and their captions, definitions, rules


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownLine:
    """A line without its break, in code points."""

    start: int
    end: int
    kind: LineKind


def markdown_lines(text: str) -> list[MarkdownLine]:
    """Each line of the text and what it is. Linear in its length."""
    front = _FRONT_MATTER.match(text)
    lines: list[MarkdownLine] = []
    for start, end, coded in _outside_of_code(text):
        kind = LineKind.CODE if coded or (front and start < front.end()) else _kind(text, start, end, lines)
        lines.append(MarkdownLine(start=start, end=end, kind=kind))
    return _tables(text, list(_set_apart(lines)))


def _outside_of_code(text: str) -> Iterator[tuple[int, int, bool]]:
    """Each line, and whether it is part of a block of code; a fence that is never closed opens none."""
    bounds = [(match.start(), match.start() + len(match.group().rstrip("\r\n"))) for match in _LINE.finditer(text)]
    fence, held = "", list[tuple[int, int]]()
    for start, end in bounds:
        match = _FENCE.match(text[start:end])
        if fence:
            held.append((start, end))
            if match and match[1].startswith(fence) and not match[2].strip():
                yield from ((*each, True) for each in held)
                fence, held = "", []
        elif match:
            fence, held = match[1], [(start, end)]
        else:
            yield start, end, False
    yield from ((*each, place == 0) for place, each in enumerate(held))


def _kind(text: str, start: int, end: int, lines: list[MarkdownLine]) -> LineKind:
    line = text[start:end]
    before = lines[-1].kind if lines else LineKind.BLANK
    if not line.strip():
        return LineKind.BLANK
    if _UNDERLINE.match(line):
        if before is LineKind.WORDS and (len(lines) < 2 or lines[-2].kind is not LineKind.WORDS) and not _is_sentence(text, lines[-1]):
            lines[-1] = replace(lines[-1], kind=LineKind.UNDERLINED)
        return LineKind.UNREAD
    if (
        DEFINITION.match(line)
        or _FOOTNOTE.match(line)
        or _IMAGES.match(line)
        or (_CAPTION.match(line) and _is_behind_an_image(text, lines))
    ):
        return LineKind.UNREAD
    if _QUOTED.match(line):
        return LineKind.QUOTATION
    if _HEADING.match(line):
        return LineKind.HEADING
    if _is_links(text, start, end):
        return LineKind.LINKS
    return LineKind.ITEM if _ITEM.match(line) else LineKind.WORDS


def _is_sentence(text: str, line: MarkdownLine) -> bool:
    """Whether the line ends a sentence: a rule right after it is then meant to separate paragraphs, not to make a heading."""
    return is_final(text, line.start, line.end)


def _set_apart(lines: list[MarkdownLine]) -> Iterator[MarkdownLine]:
    """The lines, with one that is a link taken for words where a paragraph was wrapped around it."""
    in_paragraph = False
    for line, behind in zip(lines, [*lines, None][1:], strict=True):
        goes_on = in_paragraph or (behind is not None and behind.kind is LineKind.WORDS)
        kind = LineKind.WORDS if line.kind is LineKind.LINKS and goes_on else line.kind
        yield replace(line, kind=kind)
        in_paragraph = kind is LineKind.WORDS


def _is_behind_an_image(text: str, lines: list[MarkdownLine]) -> bool:
    behind = next((each for each in reversed(lines[-2:]) if each.kind is not LineKind.BLANK), None)
    return behind is not None and _IMAGES.match(text[behind.start : behind.end]) is not None


def _is_links(text: str, start: int, end: int) -> bool:
    """Whether all letters of the line are inside links."""
    marked = _ITEM.match(text, start, end)
    stretches, place = linked(text, start, end), marked.end() if marked else start
    if not stretches:
        return False
    for first, last in stretches:
        if _LETTER.search(text, place, first):
            return False
        place = text.find(")", last, end) + 1
    return not _LETTER.search(text, place, end)


def _tables(text: str, lines: list[MarkdownLine]) -> list[MarkdownLine]:
    """The lines with the rows of tables marked: those around a row of dashes between bars."""
    found = list(lines)
    inside = False
    for place, line in enumerate(lines):
        words = text[line.start : line.end]
        if "|" in words and _RULED.match(words) and place and "|" in text[lines[place - 1].start : lines[place - 1].end]:
            inside = True
            found[place - 1] = replace(found[place - 1], kind=LineKind.TABLE)
        inside = inside and "|" in words
        if inside:
            found[place] = replace(line, kind=LineKind.TABLE)
    return found
