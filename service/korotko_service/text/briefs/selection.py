"""Pick the sentences of a brief: the best ones that fit, say different things and can stand alone."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from korotko_service.text.briefs.company import accompanied, company
from korotko_service.text.briefs.figures import figures
from korotko_service.text.briefs.independence import independence, is_no_sentence
from korotko_service.text.briefs.leading import Top, top_of
from korotko_service.text.briefs.quotation import breaks_a_quote, quoted_sentences
from korotko_service.text.briefs.sections import asked, introduced_items, replies
from korotko_service.text.briefs.sense import Sense, sense
from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.lines import is_final
from korotko_service.text.news.captions import is_caption

# MMR's balance (Carbonell & Goldstein 1998): the share of the score against the share of novelty.
_RELEVANCE = 0.8
_MAX_CONSIDERED = 200
# A summary of news keeps its amounts: after the lead, a sentence is worth this much more for each amount that the brief lacks.
# Against the hand-written briefs of 39 articles in three languages, three sentences each (training/briefs.py): mean of ROUGE-1, -2, -L
# 0.317 en, 0.261 uk, 0.265 ru, where 0.0 gives 0.305, 0.249, 0.256 (the gain, by paired bootstrap over articles: 95 % between 0.003 and
# 0.025). 0.2 to 0.35 do much the same, 0.1 hardly anything; counting every number instead, dates and ages too, brings half as much.
_AMOUNT = 0.2
_MOST_AMOUNTS = 2
# A fuller sentence replaces a short one near it; from further away it would bring in other news and push out the lead.
_NEAR = 2

_NO_NEWS = (SegmentKind.HEADLINE, SegmentKind.BYLINE)
_CAPTION = 0.4
# "Copper at its lowest since August": what a list says in half a sentence, its article mostly says in a whole one.
_FRAGMENT = 0.7
# "A right to choose any hospital." after "The plan has five parts:" says nothing to a reader without it, and little with it.
_PART = 0.4


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
    top: Top | None = None,
) -> tuple[int, ...]:
    """The indices of the brief's segments in the order of the article; never more than the limits allow.

    Greedy by maximal marginal relevance; the first by its score alone, each further one also by the amounts that it adds. Of two that
    say the same only the fuller stays, and a sentence that misleads without a neighbour comes with it or not at all (`company`), so a
    brief may be shorter than its limits. Headlines, bylines, pieces of quotations and sentences without their company are used only
    where there is nothing else. Empty only if no segment fits.
    `length_of` gives a segment's characters where the brief will not quote it word for word. `top` is for callers that have it already.
    """
    if len(scores) != len(document.segments):
        raise ValueError(f"{len(document.segments)} segments need as many scores, not {len(scores)}")
    measure = length_of or (lambda index: len(document.segments[index].span))
    top = top or top_of(document)
    pool = _pool(document, scores, top)
    introduced = introduced_items(document)
    choice = _Choice(
        worth={index: _worth(document, index, scores[index], is_introduced=index in introduced) for index in pool},
        senses={index: sense(document.segment_text(index)) for index in pool},
        figures={index: figures(document.segment_text(index)) for index in pool},
        needs=company(document, pool, top),
        limits=limits,
        measure=measure,
    )
    return tuple(sorted(choice.picked(pool) or choice.lonely(pool)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What is known about the candidate segments, and how many may be chosen."""

    worth: Mapping[int, float]
    senses: Mapping[int, Sense]
    figures: Mapping[int, frozenset[str]]
    needs: Mapping[int, frozenset[int]]
    limits: BriefLimits
    measure: Callable[[int], int]

    def picked(self, pool: Sequence[int]) -> list[int]:
        """The segments that are chosen, each with its company; empty if none can have its company."""
        left, chosen = list(pool), list[int]()
        nearest = dict.fromkeys(pool, 0.0)
        while len(chosen) < self.limits.max_sentences and (ready := [i for i in left if self._is_ready(i, chosen, left)]):
            worth = self._worth_beside(chosen, ready)
            best = max(ready, key=lambda index: _RELEVANCE * worth[index] - (1.0 - _RELEVANCE) * nearest[index])
            group = [best, *(self.needs.get(best, frozenset()) - {best, *chosen})]
            left = [index for index in left if index not in group]
            told = self._told(group, chosen)
            if told is None or not self._fits(told):
                continue
            chosen = told
            nearest = {index: max(nearest[index], *(self.senses[index].likeness(self.senses[each]) for each in group)) for index in nearest}
        # A fuller sentence may have replaced one that another needs.
        return accompanied(chosen, self.needs)

    def lonely(self, pool: Sequence[int]) -> list[int]:
        """The best segment that fits, whatever it needs."""
        return [index for index in sorted(pool, key=lambda index: -self.worth[index]) if self._fits([index])][:1]

    def _fits(self, indices: Sequence[int]) -> bool:
        room = math.inf if self.limits.max_characters is None else self.limits.max_characters
        return len(indices) <= self.limits.max_sentences and sum(map(self.measure, indices)) + len(indices) - 1 <= room

    def _is_ready(self, index: int, chosen: Sequence[int], left: Sequence[int]) -> bool:
        """Whether what the segment leans on is chosen already, and what takes it back can be chosen with it."""
        return all(other in chosen or (other > index and other in left) for other in self.needs.get(index, ()))

    def _worth_beside(self, chosen: Sequence[int], ready: Sequence[int]) -> Mapping[int, float]:
        """What each ready segment is worth; the lead is chosen without regard to amounts."""
        if not chosen:
            return self.worth
        told = frozenset[str]().union(*(self.figures[index] for index in chosen))
        added = {index: min(_MOST_AMOUNTS, len(self.figures[index] - told)) for index in ready}
        return {index: self.worth[index] * (1.0 + _AMOUNT * added[index]) for index in ready}

    def _told(self, group: Sequence[int], chosen: Sequence[int]) -> list[int] | None:
        """The chosen segments and the group; None if one of the group only repeats what is chosen."""
        told: list[int] | None = list(chosen)
        for index in group:
            told = self._with(index, told) if told is not None else None
        return told

    def _with(self, index: int, chosen: Sequence[int]) -> list[int] | None:
        """The chosen segments and this one, without those that it repeats in more words; None if one of them says all that it says.

        Where there is room for all, only what another sentence says in the same words is left out.
        """
        sense = self.senses[index]
        told_in = sense.repeats if len(self.worth) <= self.limits.max_sentences else sense.tells_the_same_as
        same = [other for other in chosen if told_in(self.senses[other])]
        if any(len(self.senses[other].terms) >= len(sense.terms) for other in same):
            return None
        return [*(other for other in chosen if other not in same or abs(other - index) > _NEAR), index]


def _pool(document: Document, scores: Sequence[float], top: Top) -> list[int]:
    """The segments worth considering: bounded in number, so that MMR stays cheap; of equals the earlier one comes first."""
    news = [index for index, one in enumerate(document.segments) if index == top.leads or one.kind not in _NO_NEWS]
    worthy = [index for index in news if scores[index] > 0] or news or range(len(scores))
    inside = quoted_sentences(document)
    worthy = [index for index in worthy if index not in inside and not breaks_a_quote(document.segment_text(index))] or worthy
    weak = asked(document) | replies(document)
    worthy = [index for index in worthy if index not in weak and not is_no_sentence(document.segment_text(index))] or worthy
    worthy = [index for index in worthy if not _completes_another(document, index)] or worthy
    return sorted(worthy, key=lambda index: (-scores[index], index))[:_MAX_CONSIDERED]


def _completes_another(document: Document, index: int) -> bool:
    """Whether it is a list item in lower case that completes the sentence above the list: "… for: 1) shelters; 2) spare parts." """
    return document.segments[index].kind is SegmentKind.LIST_ITEM and document.segment_text(index)[0].islower()


def _worth(document: Document, index: int, score: float, *, is_introduced: bool) -> float:
    """What the segment is worth to a brief, whatever else the brief has."""
    value = score * independence(document.segment_text(index))
    span = document.segments[index].span
    if is_introduced:
        value *= _PART
    elif document.segments[index].kind is SegmentKind.LIST_ITEM and not is_final(document.text, span.start, span.end):
        value *= _FRAGMENT
    return value * _CAPTION if is_caption(document, index) else value
