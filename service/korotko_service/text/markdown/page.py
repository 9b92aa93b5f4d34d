"""A Markdown text as the text that is to be translated, each character with the Markdown that it comes from."""

import re
from collections.abc import Iterator

from korotko_service.text.document import OBJECT, TAG
from korotko_service.text.html.page import Page
from korotko_service.text.markdown.lines import HEADING_END, LineKind, MarkdownLine, markdown_lines
from korotko_service.text.markdown.marks import DEFINITION, names
from korotko_service.text.markdown.stands import BREAK, Stand, stand_ins

# What precedes the words of a line: marks of quotations, lists, headings and footnotes, in any order, and the box of a task. Inside a
# paragraph only the number one begins a list, as in CommonMark: "on November⏎12. He".
_OPENING = r"""
    (?:[ \t]*+(?:>|(?:[-*+]|{number}[.)]|\#{{1,6}})(?=[ \t]+\S)|\[\^[^\[\]\s]++\]:(?=[ \t])))*+
    [ \t]*+(?:\[[ xX]\][ \t]++)?+
"""
_OPENS = re.compile(_OPENING.format(number=r"\d{1,3}"), re.VERBOSE)
_OPENS_IN_PARAGRAPH = re.compile(_OPENING.format(number="1"), re.VERBOSE)
_HARD_BREAK = re.compile(r" {2}\r?\n\Z")
# The head of a box on GitHub: "> [!NOTE]".
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*\Z")
_BAR = re.compile(r"\|")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def markdown_page(markdown: str) -> Page:
    """Read Markdown. Linear in its length; nothing of it is lost, since the stretches of the page joined are the Markdown.

    Code becomes one character, marks become others; rules, definitions and the marks that open a line go between paragraphs. A text
    without any words becomes one character as a whole.
    """
    pairs = list(_characters(markdown, _stands(markdown)))
    if not any(character.isalpha() for character, _ in pairs):
        pairs = [(OBJECT, markdown)]
    return Page(text="".join(character for character, _ in pairs), sources=tuple(source for _, source in pairs), markdown=True)


def _characters(markdown: str, stands: dict[int, Stand]) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(markdown):
        end, text = stands.get(place) or Stand(place + 1, markdown[place])
        yield text[0], markdown[place:end]
        yield from ((character, "") for character in text[1:])
        place = end


def _stands(markdown: str) -> dict[int, Stand]:
    """What replaces everything that is not a character of the text, by where it begins."""
    stands: dict[int, Stand] = {}
    defined = names(markdown)
    for paragraph in _paragraphs(markdown, stands):
        found = stand_ins(markdown, paragraph[0].start, paragraph[-1].end, defined)
        if paragraph[0].kind is LineKind.TABLE:
            found = _bars(markdown, paragraph[0]) | found
        if paragraph[0].kind is LineKind.HEADING and (closing := HEADING_END.search(markdown[paragraph[0].start : paragraph[0].end])):
            found[paragraph[0].start + closing.start()] = Stand(paragraph[0].end, TAG)
        stands |= found
    return stands


def _bars(markdown: str, row: MarkdownLine) -> dict[int, Stand]:
    """The bars of a table row, whose cells are read separately. Bars inside code or after a backslash are never reached."""
    return {bar.start(): Stand(bar.end(), BREAK) for bar in _BAR.finditer(markdown, row.start, row.end)}


def _paragraphs(markdown: str, stands: dict[int, Stand]) -> Iterator[list[MarkdownLine]]:
    """The lines that emphasis may run through, each from its first word on; what is between two lines goes into `stands`."""
    paragraph, marks, place = list[MarkdownLine](), "", 0
    for line in markdown_lines(markdown):
        is_list = bool(marks.strip("> \t")) or not paragraph
        opens = (_OPENS if is_list else _OPENS_IN_PARAGRAPH).match(markdown, line.start, line.end)
        words = MarkdownLine(start=opens.end() if opens else line.start, end=line.end, kind=line.kind)
        own = markdown[line.start : words.start]
        is_read = _is_read(markdown, line, words)
        goes_on = is_read and bool(paragraph) and _goes_on(markdown[paragraph[-1].start : line.start], paragraph[-1], marks, words, own)
        if paragraph and not goes_on:
            yield paragraph
            paragraph = []
        if not is_read:
            continue
        if place < words.start and (own.strip() or not goes_on):
            stands[place] = Stand(words.start, "\n" if goes_on else BREAK)
        marks = marks if goes_on else own
        paragraph.append(words)
        place = line.end
    if paragraph:
        yield paragraph
    stands[place] = Stand(len(markdown), BREAK)


def _is_read(markdown: str, line: MarkdownLine, words: MarkdownLine) -> bool:
    """Whether the line has words: it is not code, a rule, a definition or the head of a box."""
    if line.kind is LineKind.CODE or _ALERT.match(markdown, words.start, words.end):
        return False
    return bool(_LETTER_OR_DIGIT.search(markdown, words.start, words.end)) and not DEFINITION.match(markdown[line.start : line.end])


def _goes_on(before: str, last: MarkdownLine, marks: str, words: MarkdownLine, own: str) -> bool:
    """Whether the line may continue the one before it: in the same quotation, with no mark and no break of its own."""
    if LineKind.TABLE in (last.kind, words.kind) or "#" in marks or own.strip("> \t") or own.count(">") != marks.count(">"):
        return False
    return not _HARD_BREAK.search(before)
