"""Summarize: draft a brief in the article's language, then render only that in each language, so that provenance stays exact."""

import asyncio
import time
from dataclasses import dataclass, replace
from functools import partial

from korotko_service.admission import Admission
from korotko_service.catalog import Route
from korotko_service.errors import KorotkoError
from korotko_service.pipeline.candidate import mean_score
from korotko_service.pipeline.choosing import Chosen, Draft, Ranked, choose, ranked, spares
from korotko_service.pipeline.degrading import SHORTAGES, extract, ways
from korotko_service.pipeline.fitting import fitted, too_narrow
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import BriefShape, Choices, SummarizeJob
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.marking import as_sent
from korotko_service.pipeline.reading import Reading, read_article
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Brief, Item, Ledger, Summary, unless_turned_away, validated
from korotko_service.pipeline.standing_in import tell
from korotko_service.pipeline.writing import Writer
from korotko_service.scheduling.workers import WorkerPool

_BODY = "article.body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarize:
    """The use case, given its parts."""

    admission: Admission
    writer: Writer
    interpreter: Interpreter
    judge: Judge
    readers: WorkerPool

    async def __call__(self, job: SummarizeJob) -> Summary:
        """One brief, or the reason why there is none, for each target language."""
        with self.admission.permit(job.choices.caller), self.readers.taking_turns():
            self._check(job)
            ledger = Ledger(characters=len(job.article.body))
            started = time.perf_counter()
            characters = job.choices.glossary.characters + len(job.article.body)
            article, floor, route = await self.readers.run_text(lambda: self._read(job), characters=characters)
            ledger.prepare_seconds = time.perf_counter() - started
            reading = article.reading
            ledger.sentences = len(reading.document.segments)
            draft = await self._drafted(job, article, floor, route, ledger)
            draft = replace(draft, spares=partial(spares, job.article, job.shape, article, draft.sentences))
            briefs = tuple(await asyncio.gather(*(self._item(job, reading, draft, target, ledger) for target in job.targets)))
            briefs = await self.judge.agreed(briefs, job.choices, ledger)
            return Summary(
                briefs=validated(briefs) if job.choices.validate_only else unless_turned_away(briefs), source=reading.source, ledger=ledger
            )

    def _check(self, job: SummarizeJob) -> None:
        # In a page only the words count, and how many there are is only known once it is read.
        self.admission.check_text(job.article.body, field=_BODY, truncates=job.choices.truncates or job.article.html)

    def _read(self, job: SummarizeJob) -> tuple[Ranked, tuple[Chosen, ...], Route | None]:
        """Everything that needs no model: always the extractive choice, and the route to a summarizer if one is to write."""
        limit, glossary = self.admission.limits.max_text_characters, job.choices.glossary
        reading = read_article(
            job.article.body,
            truncates=job.choices.truncates,
            html=job.article.html,
            language=job.article.language,
            limit=limit,
            field=_BODY,
            uncut=lambda text: glossary.uncut(text, job.targets),
        )
        route = self.writer.route(job, reading.source.language)
        article = ranked(job.article, job.shape, reading)
        return article, choose(job.article, job.shape, article), route

    async def _drafted(self, job: SummarizeJob, article: Ranked, floor: tuple[Chosen, ...], route: Route | None, ledger: Ledger) -> Draft:
        draft = extract(floor)
        if route is not None and job.choices.validate_only:
            tokens = await self.writer.count(job, article, route)
            ledger.input_tokens += tokens
        elif route is not None:
            try:
                draft = replace(await self.writer.write(job, article, floor, route, ledger), floor=floor)
            except SHORTAGES:
                if not job.shape.allows_degraded:
                    raise
                draft = extract(floor, degraded=True)
        if not draft.sentences and (route is None or not job.choices.validate_only):
            raise too_narrow("sentence of the article", job.shape)
        return draft

    async def _item(self, job: SummarizeJob, reading: Reading, draft: Draft, target: str, ledger: Ledger) -> Item[Brief]:
        """One language's brief; its failure is its own."""
        try:
            brief = await self._affordable(job, draft, target, ledger)
            if brief is not None:
                brief = self.judge.dated(replace(brief, truncated=reading.truncated), target, job.article.published)
                brief = as_sent(brief, reading.article) if reading.article else brief
            return Item(name=target, value=brief)
        except KorotkoError as error:
            return Item(name=target, error=error)

    async def _affordable(self, job: SummarizeJob, draft: Draft, target: str, ledger: Ledger) -> Brief | None:
        """The brief in the first way for which there is time and room; if there is none, the refusal of the way that was asked for."""
        refusals: list[KorotkoError] = []
        for way in ways(job, draft, target, self.writer.catalog):
            try:
                brief = await self._brief(way.draft, target, job.shape, way.choices, ledger)
                return brief and replace(brief, degraded=way.degraded)
            except SHORTAGES as refusal:
                refusals.append(refusal)
        raise refusals[0]

    async def _brief(self, draft: Draft, target: str, shape: BriefShape, choices: Choices, ledger: Ledger) -> Brief | None:
        if choices.validate_only:
            sentences = [Sentence(text=each.text, language=each.language) for each in draft.sentences]
            await self.interpreter.count(sentences, target, choices, ledger)
            return None
        told = await tell(self.interpreter, draft, target, choices, ledger)
        made = fitted(told.sentences, shape)
        return Brief(
            text=made.assembled.text,
            sentences=made.sentences(),
            findings=self.judge.findings(made.candidates, made.assembled.spans, choices=choices, known=made.known(target)),
            hops=tuple(dict.fromkeys((*draft.hops, *told.hops))),
            method=draft.method,
            truncated=False,
            applied_terms=made.applied_terms(),
            repairs=made.repairs(),
            score=mean_score((each.text, each.score) for each in made.candidates),
            cut=made.cut,
        )
