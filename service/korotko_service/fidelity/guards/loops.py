"""Find loops: a character, a word or a phrase that a model could not stop writing."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.guards.doubled import find_doubled, lowered_words, span_of_words
from korotko_service.text.document import Span

_JOINTS = re.compile("[-\u2010\u2011,]")  # «Бора-Бора» may come as "Bora Bora", «дуже, дуже» as "very very"
_CHARACTER_RUN = re.compile(r"(\S)\1{7,}")
_LONGEST_WORD_PERIOD = 24
_LONGEST_CHARACTER_PERIOD = 8
_LEAST_CHARACTER_LOOP = 16  # code points of one unbroken loop, such as "хахахахахахахаха"
_PHRASE = 4  # words of a phrase that returns again and again, though not in a row
_PHRASE_TIMES = 3
_PROBE, _STRIDE = 4, 8  # code points; see _may_loop


def find_loops(source: str, output: str) -> list[Finding]:
    """Report the first loop of the output, unless the source loops likewise; up to four words said twice in a row are a warning."""
    for find in (_word_loop, _character_loop, _returning_phrase):
        span = find(output)
        if span is not None and find(source) is None:
            return [_finding(output, span, Severity.SEVERE)]
    twice = find_doubled(output)
    if twice is None or find_doubled(_JOINTS.sub(" ", source)) is not None:
        return []
    return [_finding(output, twice, Severity.WARNING)]


def _finding(output: str, span: Span, severity: Severity) -> Finding:
    return Finding(reason="REPETITION", severity=severity, span=span, found=output[span.start : span.end][:80])


def _word_loop(text: str) -> Span | None:
    """Find words that repeat with some period: one word or a phrase 3 times, five words or more twice."""
    words = lowered_words(text)
    for period in _periods(words):
        found = _periodic(words, period, _times(period))
        if found is not None:
            return span_of_words(text, found[0], found[1] - 1)
    return None


def _periods(words: Sequence[str]) -> list[int]:
    """The periods, ascending, at which enough words recur: nearly every sentence has none, and needs no closer look."""
    if len(set(words)) == len(words):
        return []
    last: dict[str, int] = {}
    back = []  # how far back each word occurred last
    for at, word in enumerate(words):
        if word in last:
            back.append(at - last[word])
        last[word] = at
    # In a loop of a phrase that has a word twice, that word recurs sooner than the period: all words that recur within it count.
    back.sort()
    longest = min(_LONGEST_WORD_PERIOD, len(words) // 2)
    return [period for period in range(1, longest + 1) if bisect_right(back, period) >= period * (_times(period) - 1)]


def _times(period: int) -> int:
    return 3 if period < 5 else 2


def _periodic(row: Sequence[str], period: int, times: int) -> tuple[int, int] | None:
    """Find a stretch that repeats with the period at least that many times, and give its start and end."""
    run = 0
    for at in range(period, len(row)):
        run = run + 1 if row[at] == row[at - period] else 0
        following = at + 1 == len(row) or row[at + 1] != row[at + 1 - period]
        if run >= period * (times - 1) and following:
            return at - run - period + 1, at + 1
    return None


def _character_loop(text: str) -> Span | None:
    run = _CHARACTER_RUN.search(text)
    if run is not None:
        return Span.of(run)
    if not _may_loop(text):
        return None
    for period in range(2, _LONGEST_CHARACTER_PERIOD + 1):
        found = _periodic(text, period, max(4, -(-_LEAST_CHARACTER_LOOP // period)))
        if found is not None:
            return Span(start=found[0], end=found[1])
    return None


def _may_loop(text: str) -> bool:
    """Probe the text at every eighth character.

    A loop is at least 16 characters long and four periods, so that some probe of four characters lies in it with its next repetition: at
    most 7 before the probe, then 4 and the period, 15 in all with a period up to 4, and 19 of 32 with a period of 8.
    """
    for at in range(0, len(text) - _PROBE, _STRIDE):
        if text.find(text[at : at + _PROBE], at + 1, at + _PROBE + _LONGEST_CHARACTER_PERIOD) > 0:
            return True
    return False


def _returning_phrase(text: str) -> Span | None:
    words = lowered_words(text)
    # Of twelve words that each occur three times or more, at least eight are repetitions.
    if len(words) - len(set(words)) < _PHRASE * (_PHRASE_TIMES - 1):
        return None
    often = {word for word, times in Counter(words).items() if times >= _PHRASE_TIMES}
    if sum(word in often for word in words) < _PHRASE * _PHRASE_TIMES:
        return None
    phrases = list(zip(*(words[at:] for at in range(_PHRASE)), strict=False))
    phrase, times = max(Counter(phrases).items(), key=lambda pair: pair[1], default=((), 0))
    if times < _PHRASE_TIMES:
        return None
    last = len(phrases) - 1 - phrases[::-1].index(phrase)
    return span_of_words(text, last, last + _PHRASE - 1)
