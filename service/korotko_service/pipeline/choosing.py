"""Choose what a brief says: the article's most telling sentences, or its title, each with its place in the article. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from korotko_service.catalog import Route
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.pipeline.jobs import Article, BriefShape, Method
from korotko_service.pipeline.reading import Reading
from korotko_service.pipeline.results import ArticleField, Evidence
from korotko_service.text.briefs.company import accompanied, company
from korotko_service.text.briefs.leading import Top, top_of
from korotko_service.text.briefs.ranking import BriefLimits, RankingHints, pick, rank
from korotko_service.text.briefs.retelling import tells_in_short
from korotko_service.text.document import Span
from korotko_service.text.news.datelines import dateline_end
from korotko_service.text.news.headlines import title_end
from korotko_service.text.plain.wraps import on_one_line
from korotko_service.text.sentences.partings import is_cut_from_speech

_SPARES = 2
UNPUNCTUATED = "UNPUNCTUATED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sentence that goes into the brief, with the language that it is in: the article's own, or `written` by a model.

    If a brief is too long, the sentences of the least weight are dropped first, and with them those that need them: `needs` are the places
    in the article's body where the needed ones end. Findings have their place in `text`. `cause` is why a model had to write it again.
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
class Spares:
    """What can stand in for a sentence of a brief: for the lead the title, for others the next best sentences, the best first."""

    title: Chosen | None = None
    sentences: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a brief says before it is rendered, how that was made, and the models that took part so far.

    `spares` finds what can stand in for a sentence in a language where its translation fails. `floor` is the extractive choice behind
    written sentences. `degraded`: a model was to write it, and there was no time or room.
    """

    sentences: tuple[Chosen, ...]
    method: Method
    hops: Route = ()
    spares: Callable[[], Spares] = Spares
    floor: tuple[Chosen, ...] = ()
    degraded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An article as read, what stands at its top, and how much of the news each segment carries."""

    reading: Reading
    top: Top
    scores: tuple[float, ...]


def ranked(article: Article, shape: BriefShape, reading: Reading) -> Ranked:
    """The article, ranked with all that the caller said about it."""
    hints = RankingHints(title=article.title or None, lede=article.lede or None, focus=shape.focus or None)
    top = top_of(reading.document)
    return Ranked(reading=reading, top=top, scores=rank(reading.document, hints=hints, top=top))


def choose(article: Article, shape: BriefShape, found: Ranked) -> tuple[Chosen, ...]:
    """The sentences of the brief in the order of the article; none if none fits into the caller's limit."""
    if shape.headline and (chosen := _title(article, found)):
        return (chosen,)
    return _sentences(shape, found)


def _title(article: Article, found: Ranked) -> Chosen | None:
    """The article's title: the caller's field, or a first line that reads like one."""
    reading = found.reading
    if article.title.strip():
        title = article.title.strip()
        start = article.title.index(title)
        evidence = Evidence(field=ArticleField.TITLE, span=Span(start=start, end=start + len(title)), score=None)
        return Chosen(text=on_one_line(title), language=reading.source.language, evidence=(evidence,))
    if not found.top.title:
        return None
    whole = reading.document.span(found.top.title)
    end = whole.start + title_end(reading.document.text[whole.start : whole.end])
    return _quoted(reading, Span(start=whole.start, end=end), reading.languages[found.top.title.start], score=None)


def _sentences(shape: BriefShape, found: Ranked) -> tuple[Chosen, ...]:
    document, scores = found.reading.document, found.scores
    limits = BriefLimits(max_sentences=shape.sentences, max_characters=shape.max_characters)
    picked = pick(document, scores, limits=limits, top=found.top)
    needs = company(document, picked, found.top)
    return tuple(_chosen(found, index, needs=needs.get(index, frozenset()) & set(picked)) for index in picked)


def lead_of(sentences: Sequence[Chosen]) -> Chosen:
    """The sentence that tells the news: the weightiest, the first of equals."""
    return max(sentences, key=lambda each: each.weight)


def spares(article: Article, shape: BriefShape, found: Ranked, chosen: Sequence[Chosen]) -> Spares:
    """The title if it tells the lead's news, and a few more of the article's sentences that need no other; none for a headline."""
    if shape.headline:
        return Spares()
    document, scores = found.reading.document, found.scores
    picked = pick(document, scores, limits=BriefLimits(max_sentences=len(chosen) + _SPARES), top=found.top)
    told = {piece.span.end for each in chosen for piece in each.evidence if piece.field is ArticleField.BODY}
    needy = company(document, picked, found.top)
    more = [i for i in picked if scores[i] and i not in needy and document.segments[i].span.end not in told]
    sentences = tuple(_chosen(found, index) for index in sorted(more, key=lambda index: -scores[index]))
    return Spares(title=_title_for(lead_of(chosen), article, found), sentences=sentences)


def _title_for(lead: Chosen, article: Article, found: Ranked) -> Chosen | None:
    """The title if it says in short what the article says in the places that the lead comes from."""
    title, places = _title(article, found), [each.span for each in lead.evidence if each.field is ArticleField.BODY]
    if title is None or title.quoted_from in {each.start for each in places}:
        return None
    told = " ".join(found.reading.document.text[each.start : each.end] for each in places)
    return title if tells_in_short(title.text, told) else None


def _chosen(found: Ranked, index: int, *, needs: frozenset[int] = frozenset()) -> Chosen:
    segments = found.reading.document.segments
    chosen = _quoted(found.reading, segments[index].span, found.reading.languages[index], score=found.scores[index])
    whole = Span(start=0, end=len(chosen.text))
    is_cut = is_cut_from_speech(found.reading.document, index)
    findings = (Finding(reason=UNPUNCTUATED, severity=Severity.WARNING, span=whole),) if is_cut else ()
    return replace(chosen, needs=frozenset(segments[other].span.end for other in needs), findings=findings)


def _quoted(reading: Reading, whole: Span, language: str, *, score: float | None) -> Chosen:
    """A stretch of the article, without the dateline that it may begin with."""
    dateline = dateline_end(reading.document.text[whole.start : whole.end])
    span = Span(start=whole.start + dateline, end=whole.end) if dateline < len(whole) else whole
    evidence = Evidence(field=ArticleField.BODY, span=span, score=score)
    text = on_one_line(reading.document.text[span.start : span.end])
    return Chosen(text=text, language=language, evidence=(evidence,), weight=score or 0.0)


def in_company(sentences: Sequence[Chosen]) -> list[bool]:
    """For each sentence of a brief, whether those that it needs are still there."""
    ends = [each.quoted_to for each in sentences]
    kept = accompanied(ends, {each.quoted_to: each.needs for each in sentences})
    return [end in kept for end in ends]
