"""What replaces the marks of a Markdown paragraph while it is translated: stand-ins, and the characters that escapes mean."""

import re
from collections.abc import Iterator, Set as AbstractSet
from typing import NamedTuple

from korotko_service.text.document import OBJECT, TAG
from korotko_service.text.html.elements import BLOCKS
from korotko_service.text.markdown.marks import MARK, meant

BREAK = "\n\n"

_RUN = re.compile(r"\*+|_+|~+|\|+")
_RUNS = frozenset({"*", "**", "***", "_", "__", "___", "~~", "||"})
_SHORTCUT = re.compile(r"\[([^\[\]\n]++)\](?![\[(:])")
_TAG_NAME = re.compile(r"</?([a-z]+)")
_MOST_OF_A_WORD = 40  # characters between two marks inside one word


class Stand(NamedTuple):
    """Where a replaced stretch of Markdown ends, and what replaces it."""

    end: int
    text: str


def stand_ins(text: str, start: int, end: int, defined: AbstractSet[str]) -> dict[int, Stand]:
    """The stand-ins of a paragraph by where they begin; linear in its length.

    A run of emphasis at the edge of a word is carried past the model, with its partner or without, so that none is ever added or lost.
    Around a part of a word it is dropped: a translation has no such part.
    """
    found: dict[int, Stand] = {}
    kept_apart: set[int] = set()
    for first, last, standing in _marks(text, start, end, defined):
        kept_apart.update(range(first, last))
        if standing is not None:
            found[first] = Stand(last, standing)
    for match in _SHORTCUT.finditer(text, start, end):
        if match[1].casefold() in defined and match.start() not in kept_apart:
            kept_apart.update(range(*match.span()))
            found[match.start()] = Stand(match.end(), OBJECT)
    runs = [run for run in _RUN.finditer(text, start, end) if run.group() in _RUNS and run.start() not in kept_apart]
    return found | _emphasis(text, runs, start, end)


def _marks(text: str, start: int, end: int, defined: AbstractSet[str]) -> Iterator[tuple[int, int, str | None]]:
    """Each mark and what replaces it; None if it stays text, though no emphasis may begin or end in it."""
    for match in MARK.finditer(text, start, end):
        if match["words"]:
            yield from _link(text, match, defined)
        elif match["ticks"] or match["element"] or match["address"]:
            yield *match.span(), OBJECT
        elif match["escape"]:
            yield *match.span(), text[match.start() + 1]
        elif match["end"]:
            yield *match.span("end"), BREAK
        elif match["reference"]:
            character = meant(match.group())
            # No model gives a hard space back: the reference is protected as it is.
            yield *match.span(), None if character is None or character.isspace() else character
        elif match["bare"]:
            yield *match.span(), None
        else:
            tag = _TAG_NAME.match(match.group())
            yield *match.span(), BREAK if tag and tag[1] in BLOCKS else TAG


def _link(text: str, match: re.Match[str], defined: AbstractSet[str]) -> Iterator[tuple[int, int, str | None]]:
    """The marks of a link; where its words are its name, it is replaced whole: translating them would lose its target."""
    name = match["name"]
    if name == "" and match["words"].casefold() in defined:
        yield *match.span(), OBJECT
        return
    leads = name is None or name.casefold() in defined
    if leads:
        yield match.start(), match.start("words"), TAG
        yield match.end("words"), match.end(), TAG
    yield from _marks(text, *match.span("words"), defined)


def _emphasis(text: str, runs: list[re.Match[str]], start: int, end: int) -> dict[int, Stand]:
    found: dict[int, Stand] = {}
    opened: dict[str, tuple[re.Match[str], bool]] = {}
    for run in runs:
        before, behind = text[max(start, run.start() - 1) : run.start()], text[run.end() : min(end, run.end() + 1)]
        inside = before.isalpha() and behind.isalpha() and run.group()[0] == "*"
        opens, closes = behind.strip() and not before.isalnum(), before.strip() and not behind.isalnum()
        if opens or closes:
            found[run.start()] = Stand(run.end(), TAG)
        partner = opened.pop(run.group(), None)
        if partner and (inside or closes):
            first, inner = partner
            if (inside or inner) and _is_part_of_a_word(text, first, run, whole=not inner):
                found |= _swallowed(text, first, run)
            elif inside:
                opened[run.group()] = run, inside
        elif inside or opens:
            opened[run.group()] = run, inside
    return found


def _is_part_of_a_word(text: str, first: re.Match[str], last: re.Match[str], *, whole: bool) -> bool:
    """Whether two runs, one of them inside a word, mark a part of it: "f**k" and "s**t" do not, nor does "a*b*c".

    `whole`: the first is before a word.
    """
    start, end = first.end(), last.start()
    if not (text[start].isalnum() and text[end - 1].isalnum()):
        return False
    marked = text[start:end] if end - start <= _MOST_OF_A_WORD else " "
    return whole or (len(marked) + len(first.group()) > 2 and not any(map(str.isspace, marked)))


def _swallowed(text: str, first: re.Match[str], last: re.Match[str]) -> dict[int, Stand]:
    """The two runs as parts of the letters that they enclose."""
    start, end = first.end(), last.start()
    if end - start == 1:
        return {first.start(): Stand(last.end(), text[start])}
    return {first.start(): Stand(start + 1, text[start]), end - 1: Stand(last.end(), text[end - 1])}
