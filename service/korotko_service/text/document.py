"""A text cut into segments and gaps so that every character is accounted for.

The shape (gap, segment, gap, segment, …, gap over one unchanged string) is that of bergamot-translator's `annotation.h`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Self

# Single characters in place of what is not text: TAG for a run of tags inside a sentence, a noncharacter, which Unicode reserves for
# internal use; OBJECT for something to be read but not translated, the object replacement character, which Unicode has for that.
TAG = "\ufdd0"
OBJECT = "\ufffc"
STAND_INS = frozenset({TAG, OBJECT})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open stretch of a text, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """Where a pattern was found."""
        return cls(start=match.start(), end=match.end())

    def moved(self, by: int) -> "Span":
        """The same span, `by` code points further on."""
        return Span(start=self.start + by, end=self.end + by)


class SegmentKind(StrEnum):
    """What a segment is in the article."""

    SENTENCE = "sentence"
    HEADLINE = "headline"  # a heading line without final punctuation
    BYLINE = "byline"  # who, where, when, which agency: true, but not news
    LIST_ITEM = "list_item"


TOLD_KINDS = frozenset({SegmentKind.SENTENCE, SegmentKind.LIST_ITEM})
"""The kinds that tell the story; the others only label it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One sentence-like unit; `paragraph` counts from 0 and never decreases from one segment to the next."""

    span: Span
    kind: SegmentKind
    paragraph: int

    def __post_init__(self) -> None:
        if self.span.start == self.span.end:
            raise ValueError("a segment is never empty")
        if self.paragraph < 0:
            raise ValueError(f"paragraphs count from 0, not {self.paragraph}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text and its segments in order; the gaps are what lies between them (white space, list markers)."""

    text: str
    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        if self.segments and self.segments[-1].span.end > len(self.text):
            raise ValueError("the last segment ends behind the text")
        for before, after in pairwise(self.segments):
            if after.span.start < before.span.end or after.paragraph < before.paragraph:
                raise ValueError("segments stand in order and do not overlap")
        for segment in self.segments:
            if self.text[segment.span.start].isspace() or self.text[segment.span.end - 1].isspace():
                raise ValueError(f"the segment at {segment.span.start} opens or closes with white space")

    def segment_text(self, index: int) -> str:
        span = self.segments[index].span
        return self.text[span.start : span.end]

    def span(self, indices: range) -> Span:
        """The span of these segments, at least one, with the gaps between them."""
        return Span(start=self.segments[indices[0]].span.start, end=self.segments[indices[-1]].span.end)

    def gaps(self) -> tuple[str, ...]:
        """One more than there are segments: gap, segment, gap, …, gap gives the text back exactly."""
        starts = [0, *(segment.span.end for segment in self.segments)]
        ends = [*(segment.span.start for segment in self.segments), len(self.text)]
        return tuple(self.text[start:end] for start, end in zip(starts, ends, strict=True))

    def joined(self, uncut: Iterable[Span]) -> "Document":
        """The same text, with segments merged where a boundary falls inside one of the spans."""
        starts, ends = [s.span.start for s in self.segments], [s.span.end for s in self.segments]
        bonds = {i for span in uncut for i in range(bisect_right(ends, span.start), bisect_left(starts, span.end) - 1)}
        if not bonds:
            return self
        joined: list[Segment] = []
        for index, segment in enumerate(self.segments):
            if index - 1 in bonds:
                first = joined.pop()
                segment = Segment(  # noqa: PLW2901
                    span=Span(start=first.span.start, end=segment.span.end), kind=first.kind, paragraph=first.paragraph
                )
            joined.append(segment)
        return Document(text=self.text, segments=tuple(joined))

    def head(self, max_characters: int) -> "Document":
        """The leading whole segments that end within `max_characters`; the text is cut after the last of them."""
        kept = tuple(segment for segment in self.segments if segment.span.end <= max_characters)
        if len(kept) == len(self.segments) and len(self.text) <= max_characters:
            return self
        return Document(text=self.text[: kept[-1].span.end] if kept else "", segments=kept)
