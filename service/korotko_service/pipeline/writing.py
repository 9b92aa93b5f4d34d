"""Write a brief with a summarizer model from the article's best part, and vouch for every sentence of it."""

from dataclasses import dataclass, replace

from korotko_service.catalog import Catalog, Route
from korotko_service.engines.engine import DecodingOptions
from korotko_service.errors import KorotkoError, LanguagePairUnsupported, ModelNotFound, WorkerCrashed
from korotko_service.pipeline import drafting
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.choosing import Chosen, Draft, Ranked
from korotko_service.pipeline.condensing import Condenser
from korotko_service.pipeline.drafting import Source
from korotko_service.pipeline.jobs import Choices, Method, SummarizeJob
from korotko_service.pipeline.rendering import Renderer, Sentence
from korotko_service.pipeline.repairing import Repairer
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.rungs import greedily
from korotko_service.pipeline.shielding import render_shielded, shields_of
from korotko_service.pipeline.vouching import UNSUPPORTED, stand_in, vouch
from korotko_service.scheduling.fleet import Models
from korotko_service.scheduling.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a summarizer is to write from, what stands in for what it gets wrong, and where the cost is entered."""

    sources: list[Source]
    floor: tuple[Chosen, ...]
    job: SummarizeJob
    route: Route
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Those of the `written` sentences that can stay, with what stands in for the others; or the trouble that left none."""

    told: tuple[Chosen, ...] = ()
    written: int = 0
    trouble: str = ""

    @property
    def staying(self) -> int:
        return sum(chosen.written for chosen in self.told)

    @property
    def failing(self) -> int:
        """How many sentences were written and cannot stay; at least one if none stays."""
        return max(self.written - self.staying, int(not self.staying))

    @property
    def worth(self) -> tuple[int, int]:
        """The greater the better: more sentences that stay, then fewer that have to be replaced."""
        return (self.staying, -self.failing)

    @property
    def cause(self) -> str:
        """What is wrong with the first sentence that cannot stay."""
        return self.trouble or next((finding.found for chosen in self.told for finding in chosen.findings), UNSUPPORTED)

    def instead_of(self, first: "Made") -> "Made":
        """The same, its sentences marked as written again because of what was wrong with the first ones."""
        told = (replace(chosen, cause=first.cause) if chosen.written else chosen for chosen in self.told)
        return replace(self, told=tuple(told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The abstractive step, given its parts. If nothing can be vouched for, the brief is the extractive choice, and says so."""

    catalog: Catalog
    models: Models
    renderer: Renderer
    readers: WorkerPool
    repairer: Repairer
    prefers_abstractive: bool = False

    def route(self, job: SummarizeJob, language: str) -> Route | None:
        """The route to a summarizer, None if the brief is to be extractive; ModelNotFound only if the caller insists on one."""
        method = job.shape.method
        if method is Method.EXTRACTIVE or (method is Method.AUTO and (job.shape.headline or not self.prefers_abstractive)):
            return None
        try:
            return self.catalog.summarizer(language, model=job.choices.model)
        except ModelNotFound:
            if method is Method.ABSTRACTIVE:
                raise
            return None

    async def write(self, job: SummarizeJob, article: Ranked, floor: tuple[Chosen, ...], route: Route, ledger: Ledger) -> Draft:
        """What the brief says, in the summarizer's language, or in the article's where a sentence of the floor stands in."""
        sources: list[Source] = []
        try:
            sources = await self._sources(job, article, route, ledger)
            assignment = Assignment(sources=sources, floor=floor, job=job, route=route, ledger=ledger)
            made = await self._made(assignment, replace(job.choices, begun=len(route) > 1))
            if made.failing and self.repairer.enabled:
                made = await self._made_again(assignment, made)
        except WorkerCrashed as error:
            made = Made(trouble=error.reason)
        if any(chosen.written for chosen in made.told):
            return Draft(sentences=made.told, method=Method.ABSTRACTIVE, hops=route)
        return Draft(sentences=tuple(stand_in(chosen, made.cause) for chosen in floor), method=Method.EXTRACTIVE)

    async def _made(self, what: Assignment, choices: Choices, options: DecodingOptions | None = None) -> Made:
        """What the summarizer makes of the sources, vouched for."""
        texts, hop = [source.text for source in what.sources], what.route[-1]
        async with self.models.lent(hop.model.reference, choices.deadline) as scheduler:
            condenser = Condenser(scheduler=scheduler, readers=self.readers, options=options or DecodingOptions())
            condensed = await condenser.condense(texts, hop, what.job.shape, choices, what.ledger)
        told = await self.readers.run_text(
            lambda: vouch(condensed.sentences, what.sources, what.floor, language=hop.target), characters=sum(map(len, texts))
        )
        return Made(told=told, written=len(condensed.sentences), trouble=condensed.trouble)

    async def _made_again(self, what: Assignment, first: Made) -> Made:
        """The better of the first and a second one, decoded with other options; the first if there is no time for another."""
        started = self.repairer.clock()
        if what.job.choices.deadline.passed(started):
            return first
        try:
            second = await self._made(what, self.repairer.hurried(what.job.choices), greedily(DecodingOptions(), what.route))
        except KorotkoError:
            return first
        finally:
            what.ledger.repair_seconds += self.repairer.clock() - started
        is_better = second.worth > first.worth
        outcome = "no_better" if not is_better else "better" if second.failing else "clean"
        self.repairer.metrics.repairs.labels(Rung.DECODED_AGAIN, outcome).inc()
        return second.instead_of(first) if is_better else first

    async def count(self, job: SummarizeJob, article: Ranked, route: Route) -> int:
        """Input tokens that the first model of the route would read."""
        picked = await self._picked(job, article, route)
        async with self.models.lent(route[0].model.reference, job.choices.deadline) as scheduler:
            return sum(scheduler.count(source.text) for source in picked)

    async def _sources(self, job: SummarizeJob, article: Ranked, route: Route, ledger: Ledger) -> list[Source]:
        """The part of the article that the summarizer reads, in its language: picked first, so that only that much is translated."""
        picked, hop = await self._picked(job, article, route), route[-1]
        sentences = [Sentence(text=source.original, language=source.language) for source in picked]
        routes = self.renderer.routes(sentences, hop.source, job.choices)
        shields = await shields_of(sentences, routes, hop.source, job.choices, self.readers)
        read = await render_shielded(self.renderer, sentences, shields, routes, choices=job.choices, ledger=ledger)
        sources = [replace(source, text=each.text) for source, each in zip(picked, read, strict=True) if each.text.strip()]
        if len(route) == 1:
            return sources
        async with self.models.lent(hop.model.reference, job.choices.deadline) as scheduler:
            return drafting.best(sources, scheduler.count, hop.model.max_input_tokens, job.shape)

    async def _picked(self, job: SummarizeJob, article: Ranked, route: Route) -> list[Source]:
        async with self.models.lent(route[0].model.reference, job.choices.deadline) as scheduler:
            return await self.readers.run_text(
                lambda: self._pick(job, article, route, scheduler.count), characters=len(article.reading.document.text)
            )

    def _pick(self, job: SummarizeJob, article: Ranked, route: Route, count: drafting.Count) -> list[Source]:
        """Before a translation, the first model's tokens stand in for the summarizer's, which counts only its own language well."""
        budget = route[-1].model.max_input_tokens
        readable = [language for language in dict.fromkeys(article.reading.languages) if self._readable(language, job, route)]
        sources = drafting.candidates(article.reading, article.scores, readable)
        width = drafting.budgets(sources, count, budget, translated=len(route) > 1)
        return drafting.best(sources, count, width * budget, job.shape)

    def _readable(self, language: str, job: SummarizeJob, route: Route) -> bool:
        """Whether a sentence in that language, a quotation perhaps, can be given to the summarizer."""
        try:
            self.catalog.translation(language, route[-1].source, model=job.choices.model)
        except LanguagePairUnsupported:
            return False
        return True
