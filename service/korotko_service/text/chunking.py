"""Fit text into a model's token budget: pack segments into chunks, cut an overlong sentence into pieces."""

import re
from collections.abc import Callable, Iterator, Sequence

from korotko_service.text.document import Span

# From the best place to cut to the worst; a pattern ends where the next piece may begin.
_CUTS = (
    re.compile(r"[.!?…;][»”“\"')\]]*(?=\s)"),
    re.compile(r"[:—–](?=\s)"),
    re.compile(r",(?=\s)"),
    re.compile(
        r"(?=\s(?:and|but|or|which|that|while|because|та|але|або|що|який|яка|яке|які|бо|і|й|но|или|что|который|которая|которое|которые|и|а)\s)",
        re.IGNORECASE,
    ),
    re.compile(r"(?=\s)"),
)
# A piece shorter than this share of what fits gives the model too little context: the next worse kind of cut is tried instead.
_MIN_FILL = 0.4


def chunk(lengths: Sequence[int], *, budget: int) -> tuple[range, ...]:
    """Consecutive segments, given by their lengths in tokens, packed greedily into chunks of at most `budget` tokens.

    A segment that alone exceeds the budget gets a chunk of its own.
    """
    if budget < 1:
        raise ValueError(f"a budget is at least one token, not {budget}")
    chunks: list[range] = []
    start = filled = 0
    for index, length in enumerate(lengths):
        if index > start and filled + length > budget:
            chunks.append(range(start, index))
            start, filled = index, 0
        filled += length
    if start < len(lengths):
        chunks.append(range(start, len(lengths)))
    return tuple(chunks)


def split_long(text: str, *, count: Callable[[str], int], budget: int) -> tuple[Span, ...]:
    """Cut one sentence into pieces of at most `budget` tokens, at the best clause boundary each time.

    The pieces cover the text except for white space between them. `count` gives a text's number of tokens and is called
    O(pieces * log n) times; a single character that exceeds the budget still becomes a piece.
    """
    if budget < 1:
        raise ValueError(f"a budget is at least one token, not {budget}")
    return tuple(_pieces(text, count, budget))


def _pieces(text: str, count: Callable[[str], int], budget: int) -> Iterator[Span]:
    start, stop = _trimmed(text, 0, len(text))
    while start < stop:
        end = _longest_fit(text, start, stop, count, budget)
        if end < stop:
            end = _best_cut(text, start, end)
        _, end = _trimmed(text, start, end)
        yield Span(start=start, end=end)
        start, _ = _trimmed(text, end, stop)


def _longest_fit(text: str, start: int, stop: int, count: Callable[[str], int], budget: int) -> int:
    """The farthest end (at least one character on) up to which the text fits: galloping, then bisection."""
    fits, step = start + 1, 4 * budget
    while fits < stop and count(text[start : min(fits + step, stop)]) <= budget:
        fits, step = min(fits + step, stop), 2 * step
    breaks = min(fits + step, stop)
    while breaks - fits > 1:
        middle = (fits + breaks) // 2
        if count(text[start:middle]) <= budget:
            fits = middle
        else:
            breaks = middle
    return fits


def _best_cut(text: str, start: int, end: int) -> int:
    least = start + max(1, int((end - start) * _MIN_FILL))
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text, start, end + 1) if least <= match.end() <= end]
        if places:
            return places[-1]
    return end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
