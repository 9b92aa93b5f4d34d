"""Group the lines of a text into paragraphs: hard-wrapped lines together, list markers and ornaments left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Python's white space, zero-width and control characters: nothing a reader sees.
BLANK = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\xad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
TERMINALS = ".!?…‼⁇⁈⁉。！？"
CLOSERS = "\"'»”“’›)]}*_"

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_CELL = re.compile(r"[^\t]+")
_BARRED_CELL = re.compile(r"[^|]+")
_BAR = re.compile(r"\s\|\s")
_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•·■□‣⁃◦●○◆►▶✓➤→*>-]\s+|#{1,6}\s+|[▪▫◾◽🔹🔸🔺🔻👉➡✅☑✔]\ufe0f?\s*)+(?=\S)")
# Eye-catchers at the head of lines in social-media posts: arrows, symbols, emoji, flags; with their joiners and skin tones.
_SYMBOLS = r"(?:[\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f\s]*)+"
_ORNAMENTS_FIRST = re.compile(_SYMBOLS)
_ORNAMENTS_BEFORE = re.compile(rf"(?:\A|[\n\r])[^\S\n\r]*{_SYMBOLS}\Z")
_MAX_ORNAMENTS = 32
_ORNAMENTS_LAST = re.compile(rf"\s*{_SYMBOLS}\Z")
# A dash opens speech in a dialogue; it opens a list item only where the line ends with a semicolon or the line before was such an item.
_DASH = re.compile(r"[—–]\s+(?=\S)")
_DASHES = ("—", "–")
# Numbering in posts: keycaps, circles. Three or more keycaps are a figure, as in "2️⃣0️⃣2️⃣6️⃣".
_KEYCAP = r"[0-9]\ufe0f?\u20e3"
_CIRCLED = re.compile(rf"(?:(?:{_KEYCAP}){{1,2}}(?!{_KEYCAP})|[\u2460-\u2473\u2776-\u2793🔟])\ufe0f?\s*(?=\S)")
_AMOUNT = re.compile(rf"(?:{_KEYCAP})+\s*[a-zа-яіїєґё]")  # "5️⃣ people were hurt", unless the lines around begin so, too
# "2.1." numbers a section; "24.02." is a day.
_NUMBERING = re.compile(r"(?:\(?\d{1,3}[.)]|[1-9](?:\.[1-9]){1,3}\.|\(?[a-zа-яіїєґ]\))\s+(?=\S)")
_COUNTED = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_ORNAMENTS = BLANK + "*•·-–—―_=~#◦●○◆■□▪"
_RULE = "-:=| "  # the line under the head of a table
_LETTER = re.compile(r"[^\W\d_]")
_CUT_WORD = re.compile(r"[^\W\d_]-\Z")
# The number of a footnote after the last stop, where a file lost its formatting: "in line with the target.2".
NOTE = r"(?:(?<=[a-zа-яіїєґё]{4}[.!?…])|(?<=[%»”)][.!?…])|(?<=°[CС][.!?…]))\d{1,2}"
_NOTE_LAST = re.compile(rf"{NOTE}\Z")
_MAX_NOTE = 8
_FIRST_WORD = re.compile(r"[^\w\s]{0,3}(\w?)\S{0,40}")

_MAX_WRAP_CHARACTERS = 120
_MIN_WRAPPED_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a reader sees of a line, or of one of its columns: from `start` (after any list marker) to `end`, in code points."""

    start: int
    end: int
    marker: str
    after_blank: bool

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a line needs 0 <= start < end, not {self.start}..{self.end}")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blank characters at its ends; empty where there is nothing else."""
    piece = text[start:end].rstrip(BLANK)
    return start + len(piece) - len(piece.lstrip(BLANK)), start + len(piece)


def is_final(text: str, start: int, end: int) -> bool:
    """Whether the stretch closes with final punctuation, inside or outside of quotes, or before symbols such as emoji."""
    closing = text[max(start, end - 12) : end]
    return _NOTE_LAST.sub("", _ORNAMENTS_LAST.sub("", closing)).rstrip(CLOSERS)[-1:] in tuple(TERMINALS)


def before_note(text: str, start: int, end: int) -> int:
    """Where the stretch ends once the number of a footnote after its last stop is taken off."""
    match = _NOTE_LAST.search(text, max(start, end - _MAX_NOTE), end)
    return match.start() if match else end


def opens_with_ornament(text: str, start: int) -> bool:
    """Whether arrows, symbols or emoji stand between the beginning of the line and its words, which begin at `start`."""
    return _ORNAMENTS_BEFORE.search(text[max(0, start - _MAX_ORNAMENTS) : start]) is not None


def paragraphs(text: str) -> Iterator[tuple[Line, ...]]:
    """The lines grouped into paragraphs; one of several lines was wrapped by hand."""
    group: list[Line] = []
    for run in _runs(text):
        joints = _joints(text, run)
        for line, joined in zip(run, [False, *joints], strict=True):
            if group and not joined:
                yield tuple(group)
                group = []
            group.append(line)
    if group:
        yield tuple(group)


def _runs(text: str) -> Iterator[list[Line]]:
    """Groups of lines without a blank one between them."""
    run: list[Line] = []
    for line in _lines(text):
        if run and line.after_blank:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _lines(text: str) -> Iterator[Line]:
    seen, previous, in_row = 0, None, False
    stretches = [(start, end) for start, end in _stretches(text) if text[start:end].strip(_ORNAMENTS)]
    in_table, signs = _in_table([text[start:end] for start, end in stretches]), _signs_of_items(text, stretches)
    for (start, end), barred, sign in zip(stretches, in_table, signs, strict=True):
        after_blank = len(_NEWLINE.findall(text, seen, start)) > 1
        marker = _marker(text, start, end, None if after_blank else previous) or sign
        words = _behind_ornaments(text, start + len(marker), end)
        row = _cells(text, words, end, barred=barred)
        # A table row never continues on the next line, and a line with an ornament never continues the one before.
        after_blank = after_blank or len(row) > 1 or in_row or words > start + len(marker)
        for place, (first, last) in enumerate(row):
            previous = Line(start=first, end=last, marker="" if place else marker.strip(), after_blank=after_blank)
            yield previous
        seen, in_row = end, len(row) > 1


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    return (trimmed(text, match.start(), match.end()) for match in _LINE.finditer(text))


def _in_table(lines: Sequence[str]) -> list[bool]:
    """For each line: is it a table row, cells between bars? A lone line, "Author | date | place", is not, unless bars enclose it."""
    bars = [len(_BAR.findall(line)) for line in lines]
    beside = [{*bars[max(0, place - 1) : place], *bars[place + 1 : place + 2]} for place in range(len(bars))]
    return [
        (count > 1 and count in near) or (len(line) > 1 and line[0] == line[-1] == "|")
        for line, count, near in zip(lines, bars, beside, strict=True)
    ]


def _signs_of_items(text: str, stretches: Sequence[tuple[int, int]]) -> list[str]:
    """For each line its marker, where the lines around it show that it is one: the same emoji, keycaps, "2." after "1.".

    A semicolon at the end of the line shows it too. The first line of a text is its title, whatever ornament it opens with.
    """
    circled = [_CIRCLED.match(text, start, end) for start, end in stretches]
    signs = [
        number.group() if number else text[start : _behind_ornaments(text, start, end)]
        for number, (start, end) in zip(circled, stretches, strict=True)
    ]
    bare = ["①" if number else sign.replace("\ufe0f", "").rstrip() for number, sign in zip(circled, signs, strict=True)]
    numbers = [_COUNTED.match(text, start, end) for start, end in stretches]
    found: list[str] = []
    for place, (sign, number, (_, end)) in enumerate(zip(bare, numbers, stretches, strict=True)):
        near, behind = {*bare[max(0, place - 1) : place], *bare[place + 1 : place + 2]}, next(iter(numbers[place + 1 : place + 2]), None)
        if sign and (text[end - 1] == ";" or (place > 0 and sign in near)):
            found.append(signs[place])
        elif number and behind and (number[1], behind[1]) == ("1", "2"):
            found.append(number.group())
        else:
            found.append("")
    return found


def _cells(text: str, start: int, end: int, *, barred: bool) -> list[tuple[int, int]]:
    """What is between the tabs of a line, or between the bars of a table row."""
    if not barred and "\t" not in text[start:end]:
        return [(start, end)]
    pattern = _BARRED_CELL if barred else _CELL
    cells = (trimmed(text, match.start(), match.end()) for match in pattern.finditer(text, start, end))
    return [(first, last) for first, last in cells if text[first:last].strip(_RULE)]


def _marker(text: str, start: int, end: int, previous: Line | None) -> str:
    bullet = _BULLET.match(text, start, end) or (None if _AMOUNT.match(text, start, end) else _CIRCLED.match(text, start, end))
    if bullet is None and (text[end - 1] == ";" or (previous is not None and previous.marker in _DASHES)):
        bullet = _DASH.match(text, start, end)
    if bullet:
        return bullet.group()
    numbering = _NUMBERING.match(text, start, end)
    # "on November⏎12. He" is a wrapped line, not a list.
    if numbering and (previous is None or previous.marker or text[previous.end - 1] in TERMINALS + ":;,"):
        return numbering.group()
    return ""


def _behind_ornaments(text: str, start: int, end: int) -> int:
    """Where the words of a line begin; a line of nothing but ornaments keeps them."""
    match = _ORNAMENTS_FIRST.match(text, start, end)
    return match.end() if match and _LETTER.search(text, match.end(), end) else start


def _joints(text: str, run: Sequence[Line]) -> list[bool]:
    """For each line of the run but the first: does it continue the line before?"""
    going_on = [_goes_on(text, before, line) for before, line in pairwise(run)]
    width = max(line.end - line.start for line in run)
    if not any(going_on) or width > _MAX_WRAP_CHARACTERS:
        return going_on
    full = [not line.marker and _is_full(text, before, line, width) for before, line in pairwise(run)]
    wrapped = sum(full) >= _MIN_WRAPPED_SHARE * len(full)
    return [one or (wrapped and other) for one, other in zip(going_on, full, strict=True)]


def _goes_on(text: str, before: Line, line: Line) -> bool:
    if line.marker or before.marker.startswith("#") or is_final(text, before.start, before.end):
        return False
    if _CUT_WORD.search(text, max(before.start, before.end - 3), before.end) and text[line.start].islower():
        return True
    if " " not in text[before.start : before.end] or not _LETTER.search(text, before.start, before.end):
        return False
    first = _FIRST_WORD.match(text, line.start, line.end)
    return text[before.end - 1] in ",—–" or (first is not None and first.group(1).islower())


def _is_full(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether the line before broke off because the next word no longer fitted."""
    first = _FIRST_WORD.match(text, line.start, line.end)
    return before.end - before.start + 1 + (len(first.group()) if first else 0) > width
