"""Summarize: draft a brief in the article's language, then render only that in each language, so that provenance stays exact."""

import asyncio
import time
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from functools import partial

from korotko_service.admission import Admission
from korotko_service.catalog import Route
from korotko_service.errors import FieldInvalid, KorotkoError
from korotko_service.fidelity.finding import Finding
from korotko_service.fidelity.shield import Restored
from korotko_service.pipeline.candidate import Rung
from korotko_service.pipeline.choosing import Chosen, Draft, choose, in_company, spares
from korotko_service.pipeline.degrading import SHORTAGES, extract, ways
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import BriefShape, Choices, SummarizeJob
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.marking import as_sent
from korotko_service.pipeline.reading import Reading, read_article
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import (
    AppliedTerm,
    Brief,
    BriefSentence,
    Item,
    Ledger,
    Repair,
    Summary,
    applied,
    repairs,
    unless_turned_away,
    validated,
)
from korotko_service.pipeline.shielding import mean_score
from korotko_service.pipeline.standing_in import Told, tell
from korotko_service.pipeline.writing import Writer
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.assembly import Assembled, assemble_brief
from korotko_service.text.document import Span

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
        with self.admission.permit(job.choices.caller):
            self._check(job)
            ledger = Ledger(characters=len(job.article.body))
            started = time.perf_counter()
            characters = job.choices.glossary.characters + len(job.article.body)
            reading, floor, route = await self.readers.run_text(lambda: self._read(job), characters=characters)
            ledger.prepare_seconds = time.perf_counter() - started
            ledger.sentences = len(reading.document.segments)
            draft = await self._drafted(job, reading, floor, route, ledger)
            draft = replace(draft, spares=partial(spares, job.article, job.shape, reading, draft.sentences))
            briefs = tuple(await asyncio.gather(*(self._item(job, reading, draft, target, ledger) for target in job.targets)))
            briefs = await self.judge.agreed(briefs, job.choices, ledger)
            return Summary(
                briefs=validated(briefs) if job.choices.validate_only else unless_turned_away(briefs), source=reading.source, ledger=ledger
            )

    def _check(self, job: SummarizeJob) -> None:
        self.admission.check_targets(job.targets, field="target_language_codes")
        # Of a page it is the words that count, and only reading tells how many there are.
        self.admission.check_text(job.article.body, field=_BODY, truncates=job.choices.truncates or job.article.html)

    def _read(self, job: SummarizeJob) -> tuple[Reading, tuple[Chosen, ...], Route | None]:
        """Everything that needs no model: the extractive choice always, and the way to a summarizer where one is to write."""
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
        return reading, choose(job.article, job.shape, reading), route

    async def _drafted(self, job: SummarizeJob, reading: Reading, floor: tuple[Chosen, ...], route: Route | None, ledger: Ledger) -> Draft:
        draft = extract(floor)
        if route is not None and job.choices.validate_only:
            ledger.input_tokens += await self.writer.count(job, reading, route)
        elif route is not None:
            try:
                draft = replace(await self.writer.write(job, reading, floor, route, ledger), floor=floor)
            except SHORTAGES:
                if not job.shape.allows_degraded:
                    raise
                draft = extract(floor, degraded=True)
        if not draft.sentences and (route is None or not job.choices.validate_only):
            raise _too_narrow("sentence of the article", job.shape)
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
        """The brief in the first way for which there is time and room; where there is none, what was against the one asked for."""
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
            ledger.input_tokens += await self.interpreter.count(sentences, target, choices)
            return None
        told = await tell(self.interpreter, draft, target, choices, ledger)
        kept, assembled = _fitted(told.sentences, shape)
        chosen, candidates = [each.chosen for each in kept], [each.candidate for each in kept]
        return Brief(
            text=assembled.text,
            sentences=tuple(BriefSentence(span=span, evidence=each.evidence) for each, span in zip(chosen, assembled.spans, strict=True)),
            findings=self.judge.findings(candidates, assembled.spans, choices=choices, known=_placed(chosen, assembled.spans, target)),
            hops=tuple(dict.fromkeys((*draft.hops, *told.hops))),
            method=draft.method,
            truncated=False,
            applied_terms=_applied(chosen, [each.output for each in candidates], assembled.spans),
            repairs=_repairs(told.sentences, kept, assembled),
            score=mean_score((each.text, each.score) for each in candidates),
            cut=sum(each.candidate.rung is not Rung.LEFT_OUT for each in told.sentences) - len(kept),
        )


def _applied(chosen: SequenceOf[Chosen], outputs: SequenceOf[Restored], spans: SequenceOf[Span]) -> tuple[AppliedTerm, ...]:
    return tuple(
        term
        for each, output, span in zip(chosen, outputs, spans, strict=True)
        for term in applied(output, source_start=each.quoted_from, target_start=span.start)
    )


def _fitted(told: SequenceOf[Told], shape: BriefShape) -> tuple[list[Told], Assembled]:
    """The sentences that fit into the caller's hard limit, the least weighty left out first: a translation may outgrow its source."""
    kept = _accompanied([each for each in told if each.candidate.rung is not Rung.LEFT_OUT])
    kept = _accompanied([each for each in kept if shape.max_characters is None or len(each.candidate.text) <= shape.max_characters])
    while kept:
        assembled = assemble_brief([each.candidate.text for each in kept], format=shape.format)
        if shape.max_characters is None or len(assembled.text) <= shape.max_characters:
            return kept, assembled
        least = min(kept, key=lambda each: each.chosen.weight)
        kept = _accompanied([each for each in kept if each is not least])
    raise _too_narrow("translated sentence", shape)


def _accompanied(told: list[Told]) -> list[Told]:
    """Those that have the sentences beside them without which they mislead; all where none has."""
    return [each for each, whole in zip(told, in_company([each.chosen for each in told]), strict=True) if whole] or told


def _repairs(told: SequenceOf[Told], kept: SequenceOf[Told], assembled: Assembled) -> tuple[Repair, ...]:
    """What was repaired in the brief, and what is missing from it: that has an empty place, before the sentence that follows."""
    found, ahead = list[Repair](), 0
    for each in told:
        if each.candidate.rung is Rung.LEFT_OUT:
            place = assembled.spans[ahead].start if ahead < len(kept) else len(assembled.text)
            found += repairs([each.candidate], [Span(start=place, end=place)])
        elif ahead < len(kept) and each is kept[ahead]:
            found += repairs([each.candidate], [assembled.spans[ahead]]) or _written_anew(each.chosen, assembled.spans[ahead])
            ahead += 1
    return tuple(found)


def _written_anew(chosen: Chosen, span: Span) -> tuple[Repair, ...]:
    return (Repair(span=span, reason=chosen.cause, rung=Rung.DECODED_AGAIN),) if chosen.cause else ()


def _placed(chosen: SequenceOf[Chosen], spans: SequenceOf[Span], target: str) -> list[Finding]:
    """What was found when the sentences were chosen, in the brief's places: the whole sentence where it was translated since."""
    return [
        replace(
            finding,
            span=span if each.language != target else finding.span.moved(span.start),
        )
        for each, span in zip(chosen, spans, strict=True)
        for finding in each.findings
    ]


def _too_narrow(what: str, shape: BriefShape) -> FieldInvalid:
    return FieldInvalid(f"no {what} fits into {shape.max_characters} characters; allow more", field="brief_options.max_characters")
