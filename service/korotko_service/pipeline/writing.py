"""Write a brief with a summarizer model from the article's best part, and vouch for every sentence of it."""

from dataclasses import dataclass, replace

from korotko_service.catalog import Catalog, Route
from korotko_service.errors import LanguagePairUnsupported, ModelNotFound, WorkerCrashed
from korotko_service.pipeline import drafting
from korotko_service.pipeline.choosing import Chosen, Draft, scored
from korotko_service.pipeline.condensing import Condensed, Condenser
from korotko_service.pipeline.drafting import Source
from korotko_service.pipeline.jobs import Method, SummarizeJob
from korotko_service.pipeline.reading import Reading
from korotko_service.pipeline.rendering import Renderer, Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.shielding import render_shielded, shields_of
from korotko_service.pipeline.vouching import UNSUPPORTED, stand_in, vouch
from korotko_service.scheduling.fleet import Models
from korotko_service.scheduling.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The abstractive step, given its parts. Where nothing can be vouched for, the brief is the extractive choice, and says so."""

    catalog: Catalog
    models: Models
    renderer: Renderer
    readers: WorkerPool
    prefers_abstractive: bool = False

    def route(self, job: SummarizeJob, language: str) -> Route | None:
        """The way to a summarizer, None where the brief is to be extractive; ModelNotFound only where the caller insists."""
        method = job.shape.method
        if method is Method.EXTRACTIVE or (method is Method.AUTO and (job.shape.headline or not self.prefers_abstractive)):
            return None
        try:
            return self.catalog.summarizer(language, model=job.choices.model)
        except ModelNotFound:
            if method is Method.ABSTRACTIVE:
                raise
            return None

    async def write(self, job: SummarizeJob, reading: Reading, floor: tuple[Chosen, ...], route: Route, ledger: Ledger) -> Draft:
        """What the brief says, in the summarizer's language or, where a sentence of the floor stands in, in the article's."""
        sources: list[Source] = []
        try:
            sources = await self._sources(job, reading, route, ledger)
            texts = [source.text for source in sources]
            async with self.models.lent(route[-1].model.reference, job.choices.deadline) as scheduler:
                condenser = Condenser(scheduler=scheduler, readers=self.readers)
                condensed = await condenser.condense(texts, route[-1], job.shape, job.choices, ledger)
        except WorkerCrashed as error:
            condensed = Condensed(trouble=error.reason)
        told = await self.readers.run_text(
            lambda: vouch(condensed.sentences, sources, floor, language=route[-1].target), characters=len(reading.document.text)
        )
        if any(chosen.written for chosen in told):
            return Draft(sentences=told, method=Method.ABSTRACTIVE, hops=route)
        trouble = condensed.trouble or next((finding.found for chosen in told for finding in chosen.findings), UNSUPPORTED)
        return Draft(sentences=tuple(stand_in(chosen, trouble) for chosen in floor), method=Method.EXTRACTIVE)

    async def count(self, job: SummarizeJob, reading: Reading, route: Route) -> int:
        """Input tokens that the first model of the route would read."""
        picked = await self._picked(job, reading, route)
        async with self.models.lent(route[0].model.reference, job.choices.deadline) as scheduler:
            return sum(scheduler.count(source.text) for source in picked)

    async def _sources(self, job: SummarizeJob, reading: Reading, route: Route, ledger: Ledger) -> list[Source]:
        """The part of the article that the summarizer reads, in its language: picked first, so that only that much is translated."""
        picked, hop = await self._picked(job, reading, route), route[-1]
        sentences = [Sentence(text=source.original, language=source.language) for source in picked]
        routes = self.renderer.routes(sentences, hop.source, job.choices)
        shields = await shields_of(sentences, routes, hop.source, job.choices, self.readers)
        read = await render_shielded(self.renderer, sentences, shields, routes, choices=job.choices, ledger=ledger)
        sources = [replace(source, text=each.text) for source, each in zip(picked, read, strict=True) if each.text.strip()]
        if len(route) == 1:
            return sources
        async with self.models.lent(hop.model.reference, job.choices.deadline) as scheduler:
            return drafting.best(sources, scheduler.count, hop.model.max_input_tokens, job.shape)

    async def _picked(self, job: SummarizeJob, reading: Reading, route: Route) -> list[Source]:
        async with self.models.lent(route[0].model.reference, job.choices.deadline) as scheduler:
            return await self.readers.run_text(
                lambda: self._pick(job, reading, route, scheduler.count), characters=len(reading.document.text)
            )

    def _pick(self, job: SummarizeJob, reading: Reading, route: Route, count: drafting.Count) -> list[Source]:
        """Before a translation its first model's tokens stand for the summarizer's, which counts only its own language well."""
        budget = route[-1].model.max_input_tokens
        readable = [language for language in dict.fromkeys(reading.languages) if self._readable(language, job, route)]
        sources = drafting.candidates(reading, scored(job.article, job.shape, reading), readable)
        width = drafting.budgets(sources, count, budget, translated=len(route) > 1)
        return drafting.best(sources, count, width * budget, job.shape)

    def _readable(self, language: str, job: SummarizeJob, route: Route) -> bool:
        """Whether a sentence in that language, a quotation perhaps, can be given to the summarizer."""
        try:
            self.catalog.translation(language, route[-1].source, model=job.choices.model)
        except LanguagePairUnsupported:
            return False
        return True
