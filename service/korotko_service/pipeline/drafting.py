"""Decide what a summarizer reads, in which chunks, and how much it may write. Pure."""

import math
from collections.abc import Callable, Iterable, Sequence as SequenceOf
from dataclasses import dataclass
from statistics import fmean

from korotko_service.engines.engine import FinishReason, Generation
from korotko_service.pipeline.jobs import BriefShape
from korotko_service.pipeline.reading import Reading
from korotko_service.text.chunking import chunk, split_long
from korotko_service.text.document import SegmentKind, Span
from korotko_service.text.lines import is_final
from korotko_service.text.plain.wraps import on_one_line, shown
from korotko_service.text.sentences.segmentation import segment

Count = Callable[[str], int]

# News says the main thing early and again: for an article of up to three budgets the best sentences that fit into one will do. Of a longer
# one they would be too small a part, so up to four budgets of them are read in chunks, and then the chunks' briefs.
_BUDGETS_IN_ONE_PASS = 3
_BUDGETS_READ = 4
# A focus has an effect only if sentences are left out: then the model reads this many for each one that it is to write.
_READ_PER_FOCUSED_SENTENCE = 3
# Sequences share a batch only if their options are equal, so bounds are rounded to this many tokens.
_STEP = 16
_SLACK = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence of the article as the summarizer reads it: `text` is `original`, or its translation into the summarizer's language."""

    text: str
    original: str
    language: str
    span: Span
    score: float


def candidates(reading: Reading, scores: SequenceOf[float], languages: Iterable[str]) -> list[Source]:
    """The article's sentences in languages that the summarizer can be given; headings and bylines only if there is nothing else."""
    readable = frozenset(languages)
    able = [index for index, language in enumerate(reading.languages) if language in readable]
    weak = (SegmentKind.HEADLINE, SegmentKind.BYLINE)
    news = [index for index in able if reading.document.segments[index].kind not in weak] or able
    return [_source(reading, index, scores[index]) for index in news]


def budgets(sources: SequenceOf[Source], count: Count, budget: int, *, translated: bool) -> int:
    """How many budgets of text to read; one if it has to be translated: translating a whole long article costs more than it adds."""
    if translated:
        return 1
    total = sum(count(source.text) for source in sources)
    return 1 if total <= _BUDGETS_IN_ONE_PASS * budget else _BUDGETS_READ


def best(sources: SequenceOf[Source], count: Count, budget: int, shape: BriefShape) -> list[Source]:
    """The best-ranked sentences that together fit into the budget, in the order of the article; the best one even if it does not fit."""
    most = _READ_PER_FOCUSED_SENTENCE * shape.sentences if shape.focus else len(sources)
    ranked = sorted(range(len(sources)), key=lambda index: (-sources[index].score, index))[:most]
    kept, room = list[int](), budget
    for index in ranked:
        length = count(sources[index].text)
        if length <= room or not kept:
            kept.append(index)
            room -= length
    return [sources[index] for index in sorted(kept)]


def chunks(texts: Iterable[str], count: Count, budget: int) -> list[str]:
    """The sentences in chunks of at most `budget` tokens each; an overlong sentence goes in pieces, nothing is left out."""
    units = [piece for text in texts for piece in _pieces(text, count, budget)]
    groups = chunk([count(unit) for unit in units], budget=budget)
    return [joined for group in groups for joined in _within([units[index] for index in group], count, budget)]


def bounds(texts: SequenceOf[str], lengths: SequenceOf[int], chunked: SequenceOf[int], shape: BriefShape, limit: int) -> tuple[int, int]:
    """The fewest and the most tokens to write for each chunk, from the length that the brief is to have.

    `lengths` are those of the sentences read and `chunked` those of the chunks: the article's own sentences show how many tokens a
    sentence and a character are in this language and model. If there are several chunks, each becomes half as long at most.
    """
    wanted = shape.sentences * fmean(lengths)
    if shape.max_characters is not None:
        wanted = min(wanted, shape.max_characters * sum(lengths) / sum(map(len, texts)))
    most = _STEP * math.ceil(wanted * _SLACK / _STEP)
    if len(chunked) > 1:
        most = min(most, max(_STEP, sum(chunked) // len(chunked) // 2))
    most = min(most, limit)
    least = min(most, *chunked) // 3
    # At least one, because 0 would mean the minimum that the model was published with, whatever the brief is to be.
    return max(1, least - least % _STEP), most


def whole_sentences(generations: Iterable[Generation]) -> tuple[str, ...]:
    """The sentences that were written, each once; the last of a text cut off by the limit of tokens is left out unless it is whole."""
    found = dict[str, str]()
    for generation in generations:
        document = segment(generation.text)
        texts = [document.segment_text(index) for index in range(len(document.segments))]
        if texts and generation.finish_reason is FinishReason.LENGTH and not is_final(texts[-1], 0, len(texts[-1])):
            texts.pop()
        for text in texts:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


def fits(sentences: SequenceOf[str], shape: BriefShape) -> bool:
    """Whether the sentences, with one character between two, are within what the caller wants."""
    characters = sum(map(len, sentences)) + len(sentences) - 1
    return len(sentences) <= shape.sentences and (shape.max_characters is None or characters <= shape.max_characters)


def _source(reading: Reading, index: int, score: float) -> Source:
    text = shown(on_one_line(reading.document.segment_text(index)))
    return Source(text=text, original=text, language=reading.languages[index], span=reading.document.segments[index].span, score=score)


def _pieces(text: str, count: Count, budget: int) -> list[str]:
    if count(text) <= budget:
        return [text]
    return [text[span.start : span.end] for span in split_long(text, count=count, budget=budget)]


def _within(units: list[str], count: Count, budget: int) -> list[str]:
    """The units joined, in halves if the whole is over the budget: a tokenizer may make more tokens of it than of its parts."""
    joined = " ".join(units)
    if len(units) == 1 or count(joined) <= budget:
        return [joined]
    middle = len(units) // 2
    return [*_within(units[:middle], count, budget), *_within(units[middle:], count, budget)]
