"""Put outputs back where their segments stood, and sentences into a brief."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from korotko_service.text.document import Document, Span
from korotko_service.text.lines import CLOSERS

# Signs that end a word or a figure, but not a sentence.
_SIGNS = tuple("%‰°€$£₴₽")
_QUOTES = frozenset('"»”“')


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A finished text and the span of each sentence in it (code points, half open)."""

    text: str
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if self.spans and self.spans[-1].end > len(self.text):
            raise ValueError("the last sentence ends behind the text")
        if any(after.start < before.end for before, after in pairwise(self.spans)):
            raise ValueError("sentences stand in order and do not overlap")


class BriefFormat(StrEnum):
    """How the sentences of a brief are laid out."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"


def assemble(document: Document, outputs: Sequence[str]) -> Assembled:
    """The document with each segment replaced by its output, every gap kept to the character."""
    if len(outputs) != len(document.segments):
        raise ValueError(f"{len(document.segments)} segments need as many outputs, not {len(outputs)}")
    first, *following = document.gaps()
    return _interleave(first, zip(outputs, following, strict=True))


def assemble_brief(sentences: Sequence[str], *, format: BriefFormat) -> Assembled:
    """The sentences as one paragraph, joined by a space, or one line with a bullet for each.

    In a paragraph a sentence without closing punctuation, such as a standfirst, gets a full stop before the next one, or a comma if it
    is a quotation and the next one begins in lower case. These marks belong to the gap, so each span is still its sentence as given.
    """
    if format is BriefFormat.BULLETS:
        gaps = ["\n• "] * (len(sentences) - 1) + [""]
        return _interleave("• " if sentences else "", zip(sentences, gaps, strict=False))
    gaps = [_gap(before, after) for before, after in pairwise(sentences)] + [""]
    return _interleave("", zip(sentences, gaps, strict=False))


def _gap(before: str, after: str) -> str:
    if _closes(before):
        return " "
    return ", " if before[-1] in _QUOTES and after[:1].islower() else ". "


def _closes(sentence: str) -> bool:
    """Whether it ends with punctuation, closing quotes aside: "Talk of 'love'" and "a rise to 20 %" do not."""
    last = sentence.rstrip(CLOSERS)[-1:]
    return not (last.isalnum() or last in _SIGNS)


def _interleave(opening: str, pairs: Iterable[tuple[str, str]]) -> Assembled:
    parts, spans, position = [opening], [], len(opening)
    for sentence, gap in pairs:
        spans.append(Span(start=position, end=position + len(sentence)))
        parts += [sentence, gap]
        position += len(sentence) + len(gap)
    return Assembled(text="".join(parts), spans=tuple(spans))
