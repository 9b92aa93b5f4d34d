"""Extractive ranking: which sentences of an article make its brief."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from korotko_service.text.document import Document, SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingHints:
    title: str | None = None
    lede: str | None = None
    focus: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLimits:
    max_sentences: int
    max_characters: int | None = None

    def __post_init__(self) -> None:
        if self.max_sentences < 1:
            raise ValueError("a brief has at least one sentence")
        if self.max_characters is not None and self.max_characters < 1:
            raise ValueError("a brief has at least one character")


def rank(document: Document, *, hints: RankingHints, language: str | None) -> tuple[float, ...]:
    wanted = set(_stems(f"{hints.title or ''} {hints.focus or ''}"))
    scores = []
    for index, segment in enumerate(document.segments):
        if segment.kind in (SegmentKind.HEADLINE, SegmentKind.BYLINE):
            scores.append(0.0)
            continue
        overlap = len(wanted & set(_stems(document.segment_text(index)))) / max(1, len(wanted))
        scores.append(min(1.0, 0.7 / (1 + index) + 0.3 * overlap))
    return tuple(scores)


def headline(document: Document) -> int | None:
    if document.segments and document.segments[0].kind is SegmentKind.HEADLINE:
        return 0
    return None


def pick(
    document: Document,
    scores: Sequence[float],
    *,
    limits: BriefLimits,
    length_of: Callable[[int], int] | None = None,
) -> tuple[int, ...]:
    measure = length_of or (lambda index: len(document.segment_text(index)))
    chosen: list[int] = []
    characters = 0
    for index in sorted(range(len(scores)), key=lambda i: (-scores[i], i)):
        longer = characters + measure(index) + bool(chosen)
        if len(chosen) < limits.max_sentences and (limits.max_characters is None or longer <= limits.max_characters):
            chosen.append(index)
            characters = longer
    return tuple(sorted(chosen))


def _stems(text: str) -> Counter[str]:
    return Counter(word[:6] for word in re.findall(r"\w{3,}", text.casefold()))
