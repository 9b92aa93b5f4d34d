"""Translate: every sentence of every text on its way together, every gap between them kept."""

import asyncio
import time
from dataclasses import dataclass

from korotko_service.admission import Admission
from korotko_service.catalog import Catalog
from korotko_service.errors import KorotkoError
from korotko_service.pipeline.jobs import TranslateJob
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.reading import Reading, read
from korotko_service.pipeline.rendering import Renderer, Sentence, hops_of
from korotko_service.pipeline.results import (
    Item,
    Ledger,
    SentencePair,
    Translation,
    Translations,
    applied,
    unless_turned_away,
    validated,
)
from korotko_service.pipeline.shielding import asked, render_shielded, shields_of
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.assembly import assemble


@dataclass(frozen=True, slots=True, kw_only=True)
class Translate:
    """The use case, given its parts."""

    admission: Admission
    catalog: Catalog
    renderer: Renderer
    judge: Judge
    readers: WorkerPool

    async def __call__(self, job: TranslateJob) -> Translations:
        """One translation, or the reason why there is none, for each text."""
        with self.admission.permit():
            self._check(job)
            ledger = Ledger(characters=sum(map(len, job.texts)))
            items = tuple(await asyncio.gather(*(self._item(job, index, ledger) for index in range(len(job.texts)))))
            return Translations(
                items=validated(items) if job.choices.validate_only else unless_turned_away(items), target=job.target, ledger=ledger
            )

    def _check(self, job: TranslateJob) -> None:
        """What concerns the whole call: a pair that no text of it could use is refused once, not text by text."""
        self.admission.check_texts(len(job.texts), field="texts")
        if job.source is not None:
            self.catalog.translation(job.source, job.target, model=job.choices.model)
        else:
            self.catalog.check_target(job.target, model=job.choices.model)

    async def _item(self, job: TranslateJob, index: int, ledger: Ledger) -> Item[Translation]:
        """One text's translation; its failure is its own."""
        try:
            return Item(value=await self._translated(job, index, ledger))
        except KorotkoError as error:
            return Item(error=error)

    async def _translated(self, job: TranslateJob, index: int, ledger: Ledger) -> Translation | None:
        reading = await self._reading(job, index, ledger)
        document = reading.document
        sentences = [Sentence(text=document.segment_text(i), language=reading.languages[i]) for i in range(len(document.segments))]
        routes = self.renderer.routes(sentences, job.target, job.choices)
        shields = await shields_of(sentences, routes, job.target, job.choices, self.readers)
        if job.choices.validate_only:
            ledger.input_tokens += await self.renderer.count(asked(sentences, shields), routes, job.choices)
            return None
        outputs = await render_shielded(self.renderer, sentences, shields, routes, choices=job.choices, ledger=ledger)
        assembled = assemble(document, [output.text for output in outputs])
        findings = await self.judge.findings(sentences, outputs, assembled.spans, target=job.target, choices=job.choices, ledger=ledger)
        return Translation(
            text=assembled.text,
            source=reading.source,
            sentences=tuple(
                SentencePair(source=segment.span, target=span) for segment, span in zip(document.segments, assembled.spans, strict=True)
            ),
            findings=findings,
            hops=hops_of(routes),
            truncated=reading.truncated,
            applied_terms=tuple(
                term
                for segment, output, span in zip(document.segments, outputs, assembled.spans, strict=True)
                for term in applied(output, source_start=segment.span.start, target_start=span.start)
            ),
        )

    async def _reading(self, job: TranslateJob, index: int, ledger: Ledger) -> Reading:
        text, field = job.texts[index], f"texts[{index}]"
        self.admission.check_text(text, field=field, truncates=job.choices.truncates)
        started = time.perf_counter()
        limit = self.admission.limits.max_text_characters
        reading = await self.readers.run_text(
            lambda: read(
                text, language=job.source, limit=limit, field=field, uncut=lambda given: job.choices.glossary.uncut(given, [job.target])
            ),
            characters=len(text),
        )
        ledger.prepare_seconds = max(ledger.prepare_seconds, time.perf_counter() - started)
        ledger.sentences += len(reading.document.segments)
        return reading
