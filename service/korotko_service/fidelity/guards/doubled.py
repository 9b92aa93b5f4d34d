"""Find words that a model wrote twice in a row: «у травні травні», "in 2009 in 2009"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import eq

from korotko_service.text.document import Span

_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_MOST_LOOKED_AT = 8  # places where a word recurs
_LEAST_TWICE = 3  # letters of a word that no grammar doubles; 71,000 lines of FLORES and `training/texts` have "had had" and "her her"
_LEAST_PHRASE = 4  # characters of several words
_RIGHT_TWICE = frozenset("that had her did was you что его все всё так раз".split())
_STEPS = frozenset("by to after за по до від от на".split())  # "day by day by one of them" doubles nothing
_MAKING = frozenset("make makes made making call calls called calling".split())  # "what makes a border a border"
_GOES_ON = re.compile(r"-\w")  # «как кто кто-то другой»
_MOST_DOUBLED = 4  # words; five or more said twice are a loop


@lru_cache(maxsize=4)  # Several searches ask for the words of the same two texts.
def lowered_words(text: str) -> tuple[str, ...]:
    """The words in lower case, numbers and words with digits among them."""
    return tuple(map(str.lower, _WORD.findall(text)))


def span_of_words(text: str, first: int, last: int) -> Span:
    """The span from the first to the last of these words."""
    matches = list(_WORD.finditer(text))
    return Span(start=matches[first].start(), end=matches[last].end())


def find_doubled(text: str) -> Span | None:
    """Find the first words that stand twice with nothing but spaces between; the span covers both occurrences."""
    both = next(each_doubled(text), None)
    return both.span if both else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """Words said twice: both occurrences as one `span`, and the `second` with the space before it."""

    span: Span
    second: Span


def each_doubled(text: str) -> Iterator[Doubled]:
    """Give what is said twice as if each second occurrence were removed before the next search; all places are those of the text.

    In "so it was it was so it was" the second "so it was" includes the words that were between: it covers what was removed before.
    """
    if not _holds_any(lowered_words(text)):
        return
    row = _Row(text)
    at, passed = 1, list[int]()  # where words recurred, but not in a row
    while at < len(row.words):
        for period in row.periods(at):
            if len(passed) == _MOST_LOOKED_AT:
                return
            if row.is_at_once(at, period):
                yield row.doubled(at, period)
                row.take_out(at, period)
                at = max(at - _MOST_DOUBLED, 0)  # words that meet only now may double each other
                passed = [each for each in passed if each <= at]
                break
            passed.append(at)
        at += 1


def _holds_any(words: Sequence[str]) -> bool:
    """Tell whether up to four words recur in a row, whatever separates them: few sentences need a closer look."""
    for period in range(1, _MOST_DOUBLED + 1):
        if any(map(eq, words[period:], words)):
            places = [at for at in range(period, len(words) - period + 1) if words[at] == words[at - period]]
            if any(words[at : at + period] == words[at - period : at] for at in places):
                return True
    return False


class _Row:
    """The words of a text with their places; some are taken out."""

    def __init__(self, text: str) -> None:
        matches = list(_WORD.finditer(text))
        edges = [0, *(match.end() for match in matches)]
        self.words = [match.group().lower() for match in matches]
        self._places = [match.span() for match in matches]
        self._apart = [text[edge : match.start()].isspace() for edge, match in zip(edges, matches, strict=False)]
        self._goes_on = [_GOES_ON.match(text, match.end()) is not None for match in matches]

    def periods(self, at: int) -> Iterator[int]:
        """The lengths, ascending, of the phrases that end before this place and recur from it on."""
        words = self.words
        if words[at] not in words[max(at - _MOST_DOUBLED, 0) : at]:
            return
        for period in range(1, min(_MOST_DOUBLED, at, len(words) - at) + 1):
            phrase = words[at : at + period]
            is_made = period > 1 and at > period and words[at - period - 1] in _MAKING
            if words[at - period : at] == phrase and _is_odd(phrase) and not is_made:
                yield period

    def is_at_once(self, at: int, period: int) -> bool:
        """Tell whether nothing but spaces separates the words of both occurrences, and no hyphen joins the last to another word."""
        return all(self._apart[at - period + 1 : at + period]) and not self._goes_on[at + period - 1]

    def doubled(self, at: int, period: int) -> Doubled:
        start, middle, end = self._places[at - period][0], self._places[at - 1][1], self._places[at + period - 1][1]
        return Doubled(span=Span(start=start, end=end), second=Span(start=middle, end=end))

    def take_out(self, at: int, period: int) -> None:
        for row in (self.words, self._places, self._apart, self._goes_on):
            del row[at : at + period]


def _is_odd(phrase: Sequence[str]) -> bool:
    """Tell whether no grammar doubles it, as it does in "the proof that that was so"."""
    letters = sum(len(word) for word in phrase if word.isalpha())
    if len(phrase) == 1:
        return letters >= _LEAST_TWICE and phrase[0] not in _RIGHT_TWICE
    if len(phrase) == 2 and phrase[1] in _STEPS and phrase[0] not in _STEPS:
        return False
    return letters > 0 and sum(map(len, phrase)) >= _LEAST_PHRASE
