"""Choose what a brief says: the article's most telling sentences, or its title, each with its place in the article. Pure."""

from dataclasses import dataclass

from korotko_service.errors import FieldInvalid
from korotko_service.pipeline.jobs import Article, BriefShape
from korotko_service.pipeline.reading import Reading
from korotko_service.pipeline.results import ArticleField, Evidence
from korotko_service.text.document import Span
from korotko_service.text.ranking import BriefLimits, RankingHints, headline, pick, rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence of the article that goes into the brief, with the language that it is in."""

    text: str
    language: str
    evidence: Evidence


def choose(article: Article, shape: BriefShape, reading: Reading) -> tuple[Chosen, ...]:
    """The sentences of the brief in the order of the article; FieldInvalid where none fits into the caller's limit."""
    if shape.headline and (chosen := _title(article, reading)):
        return (chosen,)
    return _sentences(article, shape, reading)


def _title(article: Article, reading: Reading) -> Chosen | None:
    """The article's title: the caller's field, or a first line that reads like one."""
    if article.title.strip():
        title = article.title.strip()
        start = article.title.index(title)
        evidence = Evidence(field=ArticleField.TITLE, span=Span(start=start, end=start + len(title)), score=None)
        return Chosen(text=title, language=reading.source.language, evidence=evidence)
    index = headline(reading.document)
    return None if index is None else _chosen(reading, index, score=None)


def _sentences(article: Article, shape: BriefShape, reading: Reading) -> tuple[Chosen, ...]:
    document = reading.document
    hints = RankingHints(title=article.title or None, lede=article.lede or None, focus=shape.focus or None)
    scores = rank(document, hints=hints, language=reading.source.language)
    limits = BriefLimits(max_sentences=1 if shape.headline else shape.max_sentences, max_characters=shape.max_characters)
    picked = pick(document, scores, limits=limits)
    if not picked:
        raise FieldInvalid(
            f"no sentence of the article fits into {shape.max_characters} characters; allow more", field="brief_options.max_characters"
        )
    return tuple(_chosen(reading, index, score=scores[index]) for index in picked)


def _chosen(reading: Reading, index: int, *, score: float | None) -> Chosen:
    evidence = Evidence(field=ArticleField.BODY, span=reading.document.segments[index].span, score=score)
    return Chosen(text=reading.document.segment_text(index), language=reading.languages[index], evidence=evidence)
