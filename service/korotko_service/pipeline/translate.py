"""Translate: every sentence of every text on its way together, every gap between them kept."""

import time
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from korotko_service.admission import Admission
from korotko_service.catalog import Catalog
from korotko_service.errors import KorotkoError
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.pipeline.candidate import mean_score
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import TranslateJob
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.marking import in_markup
from korotko_service.pipeline.reading import SENTENCES, Reading, read
from korotko_service.pipeline.rendering import Sentence, together
from korotko_service.pipeline.results import (
    Item,
    Ledger,
    SentencePair,
    Translation,
    Translations,
    applied,
    repairs,
    unless_turned_away,
    validated,
)
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.assembly import assemble
from korotko_service.text.plain.wraps import on_one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Translate:
    """The use case, given its parts."""

    admission: Admission
    catalog: Catalog
    interpreter: Interpreter
    judge: Judge
    readers: WorkerPool

    async def __call__(self, job: TranslateJob) -> Translations:
        """One translation, or the reason why there is none, for each text."""
        with self.admission.permit(job.choices.caller), self.readers.taking_turns():
            self._check(job)
            ledger = Ledger(characters=sum(map(len, job.texts)))
            items = tuple(await together(*(self._item(job, index, ledger) for index in range(len(job.texts)))))
            return Translations(
                items=validated(items) if job.choices.validate_only else unless_turned_away(items), target=job.target, ledger=ledger
            )

    def _check(self, job: TranslateJob) -> None:
        """Check what concerns the whole call: a pair that no text of it could use is refused once, not text by text."""
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
        texts = [on_one_line(document.segment_text(i)) for i in range(len(document.segments))]
        sentences = [Sentence(text=text, language=language) for text, language in zip(texts, reading.languages, strict=True)]
        if job.choices.validate_only:
            await self.interpreter.count(sentences, job.target, job.choices, ledger)
            return None
        made = await self.interpreter.interpret(sentences, job.target, job.choices, ledger)
        assembled = assemble(document, [each.text for each in made.candidates])
        translation = Translation(
            text=assembled.text,
            source=reading.source,
            sentences=tuple(
                SentencePair(source=segment.span, target=span) for segment, span in zip(document.segments, assembled.spans, strict=True)
            ),
            findings=self.judge.findings(made.candidates, assembled.spans, choices=job.choices),
            hops=made.hops,
            truncated=reading.truncated,
            applied_terms=tuple(
                term
                for segment, each, span in zip(document.segments, made.candidates, assembled.spans, strict=True)
                for term in applied(each.output, source_start=segment.span.start, target_start=span.start)
            ),
            repairs=repairs(made.candidates, assembled.spans),
            score=mean_score((each.text, each.score) for each in made.candidates),
        )
        return await self._marked(translation, reading, [each.output for each in made.candidates])

    async def _marked(self, translation: Translation, reading: Reading, outputs: SequenceOf[Restored]) -> Translation:
        page = reading.page
        if page is None:
            return translation
        return await self.readers.run_text(lambda: in_markup(translation, page, reading.document, outputs), characters=len(page.text))

    async def _reading(self, job: TranslateJob, index: int, ledger: Ledger) -> Reading:
        text, field = job.texts[index], f"texts[{index}]"
        # In HTML only the words count, and how many there are is only known once it is read.
        self.admission.check_text(text, field=field, truncates=job.choices.truncates or job.html)
        started = time.perf_counter()
        limit = self.admission.limits.max_text_characters
        reading = await self.readers.run_text(
            lambda: read(
                text,
                language=job.source,
                limit=limit,
                field=field,
                uncut=lambda given: job.choices.glossary.uncut(given, [job.target]),
                html=job.html,
            ),
            characters=job.choices.glossary.characters + len(text),
        )
        ledger.prepare_seconds = max(ledger.prepare_seconds, time.perf_counter() - started)
        ledger.sentences += len(reading.document.segments)
        SENTENCES.check(ledger.sentences, field=field)
        return reading
