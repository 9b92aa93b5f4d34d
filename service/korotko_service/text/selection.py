"""Pick the sentences of a brief: the best ones that fit, say different things and can stand alone."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.wordlists import DANGLING_OPENINGS
from korotko_service.text.words import terms

# MMR's balance (Carbonell & Goldstein 1998): the share of the score against the share of novelty.
_RELEVANCE = 0.8
_MAX_CONSIDERED = 200

_DANGLING = 0.7
_QUOTE = 0.7
_FRAGMENT = 0.4
_QUESTION = 0.4
_UNFINISHED = 0.7
_MAX_QUOTED_SHARE = 0.5

_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_OPENS_QUOTED = re.compile(r"[\s—–-]*[«“„\"]")
_QUOTED = re.compile(r"[«“„\"][^»”“\"]*+[»”“\"]")
_CLOSERS = "\"'»”“’)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLimits:
    """How long a brief may be; `max_characters` counts one character between sentences and None means any length."""

    max_sentences: int
    max_characters: int | None = None

    def __post_init__(self) -> None:
        if self.max_sentences < 1:
            raise ValueError(f"a brief has at least one sentence, not {self.max_sentences}")
        if self.max_characters is not None and self.max_characters < 1:
            raise ValueError(f"a brief has at least one character, not {self.max_characters}")


def pick(
    document: Document,
    scores: Sequence[float],
    *,
    limits: BriefLimits,
    length_of: Callable[[int], int] | None = None,
) -> tuple[int, ...]:
    """The indices of the brief's segments in the order of the article; never more than the limits allow.

    Greedy by maximal marginal relevance. Headlines and bylines come in only where there is nothing else. Empty only
    if no segment fits. `length_of` gives a segment's characters where the brief will not quote it word for word.
    """
    if len(scores) != len(document.segments):
        raise ValueError(f"{len(document.segments)} segments need as many scores, not {len(scores)}")
    measure = length_of or (lambda index: len(document.segments[index].span))
    pool = _pool(document, scores)
    worth = {index: scores[index] * independence(document.segment_text(index)) for index in pool}
    leaning = {index for index in pool if index and leans_on_the_one_before(document.segment_text(index))}
    bags = {index: frozenset(terms(document.segment_text(index))) for index in pool}
    chosen: list[int] = []
    nearest = dict.fromkeys(pool, 0.0)
    room = math.inf if limits.max_characters is None else limits.max_characters
    while len(chosen) < limits.max_sentences:
        pool = [index for index in pool if index not in chosen and measure(index) + bool(chosen) <= room]
        if not pool:
            break
        best = max(pool, key=lambda index: _marginal(index, worth, nearest, alone=index in leaning and index - 1 not in chosen))
        room -= measure(best) + bool(chosen)
        chosen.append(best)
        nearest = {index: max(nearest[index], _similarity(bags[index], bags[best])) for index in pool}
    return tuple(sorted(chosen))


def _pool(document: Document, scores: Sequence[float]) -> list[int]:
    """The segments worth considering: bounded in number, so that MMR stays cheap; the first of equals stands first."""
    news = [index for index, one in enumerate(document.segments) if one.kind not in (SegmentKind.HEADLINE, SegmentKind.BYLINE)]
    worthy = [index for index in news if scores[index] > 0] or news or range(len(scores))
    return sorted(worthy, key=lambda index: (-scores[index], index))[:_MAX_CONSIDERED]


def _marginal(index: int, worth: Mapping[int, float], nearest: Mapping[int, float], *, alone: bool) -> float:
    value = worth[index] * (_DANGLING if alone else 1.0)
    return _RELEVANCE * value - (1.0 - _RELEVANCE) * nearest[index]


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller sentence's terms that the other has too."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def leans_on_the_one_before(sentence: str) -> bool:
    """Whether the sentence opens with a word such as "However," or "Він" that only the sentence before explains."""
    first = _FIRST_WORD.match(sentence)
    return first is not None and first.group(1).casefold() in DANGLING_OPENINGS


def independence(sentence: str) -> float:
    """From 0 to 1: how well the sentence does in a brief, whatever stands before it: no quotes, fragments, questions."""
    value = 1.0
    if _OPENS_QUOTED.match(sentence) or _quoted_share(sentence) > _MAX_QUOTED_SHARE:
        value *= _QUOTE
    if _breaks_a_quote(sentence):
        value *= _FRAGMENT
    if sentence.rstrip(_CLOSERS).endswith("?"):
        value *= _QUESTION
    if sentence.endswith((":", "…", "...")):
        value *= _UNFINISHED
    return value


def _breaks_a_quote(sentence: str) -> bool:
    """Whether a quotation opens or closes outside of the sentence."""
    curly = sentence.count("“") + sentence.count("„") + sentence.count("”")
    return sentence.count("«") != sentence.count("»") or curly % 2 == 1 or sentence.count('"') % 2 == 1


def _quoted_share(sentence: str) -> float:
    return sum(len(match.group()) for match in _QUOTED.finditer(sentence)) / max(1, len(sentence))
