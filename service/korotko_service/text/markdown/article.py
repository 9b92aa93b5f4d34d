"""The article in a Markdown text as plain text, each character with its place in the Markdown."""

import re
from collections.abc import Iterator

from korotko_service.text.html.readable import Readable
from korotko_service.text.markdown.lines import HEADING_END, LineKind, MarkdownLine, markdown_lines
from korotko_service.text.markdown.marks import linked, marks, meant, names

# Hardly used outside Markdown: one is enough. Asterisks, hashes, dashes and brackets alone are no sign of it.
_SIGNS = (
    re.compile(r"\[[^\[\]\n]++\]\((?:https?://|www\.|mailto:|/)[^\s()]++(?:\s\"[^\"\n]*+\")?\)"),
    re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]++(?<=\S)\*\*(?![\w*])"),
    re.compile(r"^ {0,3}#{2,6} +[^\s#].*[^\W\d_]", re.MULTILINE),
    re.compile(r"(?:\A\s*|\n[ \t\r]*\n)# +[^\s#](?=.*[^\W\d_]).*+\n[ \t\r]*\n"),
    re.compile(r"^\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t\r]*$", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\[\]\n]++\]:[ \t]+https?://\S++[ \t\r]*$", re.MULTILINE),
)
_FENCE = re.compile(r"^[ \t]*```[\w+-]*[ \t\r]*$", re.MULTILINE)
_BOX = re.compile(r"[ \t]*[-*+][ \t]+(\[[ xX]\][ \t]+)")
_LETTER = re.compile(r"[^\W\d_]")
_READ = frozenset({LineKind.WORDS, LineKind.ITEM, LineKind.HEADING, LineKind.UNDERLINED})
# As with a page: what is most of an article is no box beside it.
_LEAST_SHARE = 0.5


def is_markdown(text: str) -> bool:
    """Whether the text is Markdown beyond doubt: it has a link, words in bold, a heading, a block of code or the rule of a table."""
    return any(sign.search(text) for sign in _SIGNS) or len(_FENCE.findall(text)) > 1


def unmarked(text: str, *, most: int | None = None) -> Readable:
    """What a reader reads of Markdown: without marks of emphasis, links, images and code, and with the characters
    that references mean; the marks of headings and items stay, as in plain text.

    As with a page, block quotations, tables and lines of nothing but links are left out unless they are most of it; blocks of code,
    and images with their captions, always. Struck-out words keep their marks: without them they would pass for news. Linear in its
    length. Of a longer text the first `most` characters are read.
    """
    beyond = 0 if most is None else max(0, len(text) - most)
    text = text[:most]
    lines = markdown_lines(text)
    kinds = _read_kinds(text, lines)
    defined = names(text)
    pieces: list[tuple[str, tuple[int, int]]] = []
    for group in _paragraphs(lines, kinds):
        stretches = list(_hidden(text, group, defined))
        hidden = {place for start, end in stretches for place in range(start, end)}
        shown = {start: _shown(text, start, end) for start, end in stretches if text.startswith(("<br", "&"), start)}
        for line in group:
            if line.kind is LineKind.UNDERLINED:
                pieces += [(character, (line.start, line.start)) for character in "# "]
            for place in range(line.start, line.end):
                if place in shown:
                    pieces.append(shown[place])
                elif place not in hidden:
                    pieces.append((text[place], (place, place + 1)))
            pieces.append(("\n", (line.end, line.end)))
    return Readable(text="".join(character for character, _ in pieces), places=tuple(place for _, place in pieces), beyond=beyond)


def _shown(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """The character that a reader sees for a break or a reference, and its place."""
    character = meant(text[start:end]) if text[start] == "&" else None
    return (character, (start, end)) if character else ("\n", (start, start))


def _read_kinds(text: str, lines: list[MarkdownLine]) -> frozenset[LineKind]:
    sizes = dict.fromkeys(LineKind, 0)
    for line in lines:
        stretches = linked(text, line.start, line.end) if line.kind is LineKind.LINKS else [(line.start, line.end)]
        sizes[line.kind] += sum(len(_LETTER.findall(text, start, end)) for start, end in stretches)
    beside = {LineKind.QUOTATION, LineKind.TABLE, LineKind.LINKS}
    read = sum(sizes[kind] for kind in _READ)
    return _READ if read >= _LEAST_SHARE * (read + sum(sizes[kind] for kind in beside)) else _READ | beside


def _paragraphs(lines: list[MarkdownLine], kinds: frozenset[LineKind]) -> Iterator[list[MarkdownLine]]:
    """The lines in groups that emphasis may span; a blank line, or one that is not read, becomes an empty one."""
    group: list[MarkdownLine] = []
    for line in lines:
        is_read = line.kind in kinds
        if group and not (is_read and line.kind is LineKind.WORDS and group[-1].kind in (LineKind.WORDS, LineKind.ITEM)):
            yield group
            group = []
        group.append(line if is_read else MarkdownLine(start=line.end, end=line.end, kind=LineKind.BLANK))
    if group:
        yield group


def _hidden(text: str, group: list[MarkdownLine], defined: frozenset[str]) -> Iterator[tuple[int, int]]:
    first = group[0]
    yield from marks(text, first.start, group[-1].end, defined)
    if first.kind is LineKind.HEADING and (closing := HEADING_END.search(text[first.start : first.end])):
        yield first.start + closing.start(), first.end
    if box := _BOX.match(text, first.start, first.end):
        yield box.span(1)
