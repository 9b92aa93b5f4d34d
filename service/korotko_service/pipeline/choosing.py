"""Choose what a brief says: the article's most telling sentences, or its title, each with its place in the article. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from korotko_service.catalog import Route
from korotko_service.fidelity.finding import Finding
from korotko_service.pipeline.jobs import Article, BriefShape, Method
from korotko_service.pipeline.reading import Reading
from korotko_service.pipeline.results import ArticleField, Evidence
from korotko_service.text.company import accompanied, company
from korotko_service.text.datelines import dateline_end
from korotko_service.text.document import Span
from korotko_service.text.headlines import headline, title_end
from korotko_service.text.ranking import BriefLimits, RankingHints, pick, rank
from korotko_service.text.wraps import on_one_line

_SPARES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence that goes into the brief, with the language that it is in: the article's own, or `written` by a model.

    Where a brief is too long the sentences of the least weight go first, and with them those that need them: `needs` are the places where
    these end in the article's body. Findings have their place in `text`. Of a sentence that a model wrote anew `cause` is the reason
    against its first attempt.
    """

    text: str
    language: str
    evidence: tuple[Evidence, ...]
    weight: float = 0.0
    needs: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()
    written: bool = False
    cause: str = ""

    @property
    def quoted_from(self) -> int | None:
        """Where in the article's body the sentence begins; None for the title and for what a model wrote."""
        return self._place.start if self._place else None

    @property
    def quoted_to(self) -> int | None:
        """Where it ends there."""
        return self._place.end if self._place else None

    @property
    def _place(self) -> Span | None:
        first = self.evidence[0] if self.evidence and not self.written else None
        return first.span if first is not None and first.field is ArticleField.BODY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a brief says before it is rendered, how that was made, and the models that took part so far.

    `spares` finds the article's next best sentences, the most telling first, for a language that cannot say one of the others. `floor`
    is the extractive choice under written ones. `degraded` where a model was to write it and there was no time or room.
    """

    sentences: tuple[Chosen, ...]
    method: Method
    hops: Route = ()
    spares: Callable[[], tuple[Chosen, ...]] = tuple
    floor: tuple[Chosen, ...] = ()
    degraded: bool = False


def choose(article: Article, shape: BriefShape, reading: Reading) -> tuple[Chosen, ...]:
    """The sentences of the brief in the order of the article; none where none fits into the caller's limit."""
    if shape.headline and (chosen := _title(article, reading)):
        return (chosen,)
    return _sentences(article, shape, reading)


def _title(article: Article, reading: Reading) -> Chosen | None:
    """The article's title: the caller's field, or a first line that reads like one."""
    if article.title.strip():
        title = article.title.strip()
        start = article.title.index(title)
        evidence = Evidence(field=ArticleField.TITLE, span=Span(start=start, end=start + len(title)), score=None)
        return Chosen(text=on_one_line(title), language=reading.source.language, evidence=(evidence,))
    segments = headline(reading.document)
    if not segments:
        return None
    whole = reading.document.span(segments)
    end = whole.start + title_end(reading.document.text[whole.start : whole.end])
    return _quoted(reading, Span(start=whole.start, end=end), reading.languages[segments.start], score=None)


def scored(article: Article, shape: BriefShape, reading: Reading) -> tuple[float, ...]:
    """How much of the news each segment carries, by all that the caller said of the article."""
    hints = RankingHints(title=article.title or None, lede=article.lede or None, focus=shape.focus or None)
    return rank(reading.document, hints=hints)


def _sentences(article: Article, shape: BriefShape, reading: Reading) -> tuple[Chosen, ...]:
    scores = scored(article, shape, reading)
    limits = BriefLimits(max_sentences=shape.sentences, max_characters=shape.max_characters)
    picked = pick(reading.document, scores, limits=limits)
    needs = company(reading.document, picked)
    return tuple(_chosen(reading, index, score=scores[index], needs=needs.get(index, frozenset()) & set(picked)) for index in picked)


def spares(article: Article, shape: BriefShape, reading: Reading, chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """A few more of the article's sentences than the brief has, none of them in it, that need no other; none beside a headline."""
    if shape.headline:
        return ()
    scores = scored(article, shape, reading)
    picked = pick(reading.document, scores, limits=BriefLimits(max_sentences=len(chosen) + _SPARES))
    told = {piece.span.end for each in chosen for piece in each.evidence if piece.field is ArticleField.BODY}
    needy = company(reading.document, picked)
    more = [i for i in picked if scores[i] and i not in needy and reading.document.segments[i].span.end not in told]
    return tuple(_chosen(reading, index, score=scores[index]) for index in sorted(more, key=lambda index: -scores[index]))


def _chosen(reading: Reading, index: int, *, score: float, needs: frozenset[int] = frozenset()) -> Chosen:
    segments = reading.document.segments
    chosen = _quoted(reading, segments[index].span, reading.languages[index], score=score)
    return replace(chosen, needs=frozenset(segments[other].span.end for other in needs))


def _quoted(reading: Reading, whole: Span, language: str, *, score: float | None) -> Chosen:
    """A stretch of the article, without the dateline that may stand before it."""
    dateline = dateline_end(reading.document.text[whole.start : whole.end])
    span = Span(start=whole.start + dateline, end=whole.end) if dateline < len(whole) else whole
    evidence = Evidence(field=ArticleField.BODY, span=span, score=score)
    text = on_one_line(reading.document.text[span.start : span.end])
    return Chosen(text=text, language=language, evidence=(evidence,), weight=score or 0.0)


def in_company(sentences: Sequence[Chosen]) -> list[bool]:
    """For each of the sentences of a brief: are those that it needs still among them?"""
    ends = [each.quoted_to for each in sentences]
    kept = accompanied(ends, {each.quoted_to: each.needs for each in sentences})
    return [end in kept for end in ends]
