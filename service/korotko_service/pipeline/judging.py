"""Check what models wrote against what they read, and give the caller warnings or a refusal, as it chose."""

import itertools
import time
from collections.abc import Iterable, Sequence as SequenceOf
from dataclasses import replace
from datetime import date

from korotko_service.errors import QualityRejected
from korotko_service.fidelity.agreement import Told, disagreements
from korotko_service.fidelity.amounts.relative_days import find_relative_days
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.kept import check_restored
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Brief, Item, Ledger
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics
from korotko_service.text.document import Span


class Judge:
    """Runs the checks of `fidelity` over rendered sentences and counts what they find."""

    def __init__(self, *, metrics: Metrics, readers: WorkerPool) -> None:
        self._metrics = metrics
        self._readers = readers

    async def checked(
        self, sources: SequenceOf[Sentence], candidates: SequenceOf[Candidate], *, target: str, ledger: Ledger
    ) -> list[Candidate]:
        """The candidates with their findings; none in a sentence that is in the target language already, since no model wrote it."""
        started = time.perf_counter()
        checked = await self._readers.run_text(
            lambda: [_checked(source, each, target) for source, each in zip(sources, candidates, strict=True)],
            characters=max(sum(len(each.text) for each in texts) for texts in (sources, candidates)),
        )
        ledger.check_seconds = max(ledger.check_seconds, time.perf_counter() - started)
        return checked

    def findings(
        self, candidates: SequenceOf[Candidate], spans: SequenceOf[Span], *, choices: Choices, known: SequenceOf[Finding] = ()
    ) -> tuple[Finding, ...]:
        """Findings with spans in the assembled text, including those of earlier steps (`known`).

        QualityRejected if one is severe and the caller prefers no result to a wrong one.
        """
        found = [
            replace(finding, span=finding.span.moved(span.start))
            for candidate, span in zip(candidates, spans, strict=True)
            for finding in candidate.findings
        ]
        found = sorted([*known, *found], key=lambda finding: finding.span) if known else found
        self._count(found)
        self._reject(found, choices)
        return tuple(found)

    async def agreed(self, briefs: tuple[Item[Brief], ...], choices: Choices, ledger: Ledger) -> tuple[Item[Brief], ...]:
        """The briefs, each with the warnings of `fidelity.agreement` where it contradicts the others.

        One that is outvoted is replaced by QualityRejected if the caller prefers no result to a wrong one.
        """
        told = [_told(item.name, item.value) for item in briefs if item.value is not None]
        if len(told) < 2:
            return briefs
        started = time.perf_counter()
        found = await self._readers.run_text(lambda: disagreements(told), characters=sum(len(each.text) for each in told))
        ledger.check_seconds += time.perf_counter() - started
        self._count(itertools.chain.from_iterable(found))
        rest = iter(found)
        return tuple(item if item.value is None else self._judged(item, item.value, next(rest), choices) for item in briefs)

    def dated(self, brief: Brief, language: str, published: date | None) -> Brief:
        """The brief with an info for each word such as "yesterday", which the brief itself leaves as it is."""
        found = find_relative_days(brief.text, language, published=published)
        self._count(found)
        return _with(brief, found)

    def _count(self, found: Iterable[Finding]) -> None:
        for finding in found:
            self._metrics.quality_warnings.labels(finding.reason).inc()

    def _judged(self, item: Item[Brief], brief: Brief, found: tuple[Finding, ...], choices: Choices) -> Item[Brief]:
        try:
            self._reject(found, choices)
        except QualityRejected as error:
            return Item(name=item.name, error=error)
        return replace(item, value=_with(brief, found))

    def _reject(self, found: SequenceOf[Finding], choices: Choices) -> None:
        severe = sorted({finding.reason for finding in found if finding.severity is Severity.SEVERE})
        if choices.fail_on_severe and severe:
            raise QualityRejected(
                f"the result failed the server's checks: {', '.join(severe)}; rephrase the text, or accept warnings with FAIL_ON_NOTHING",
                reasons=",".join(severe),
            )


def _checked(source: Sentence, candidate: Candidate, target: str) -> Candidate:
    if source.language == target:
        return candidate
    findings = check_restored(source.text, candidate.output, source_language=source.language, target_language=target)
    return replace(candidate, findings=findings) if findings else candidate


def _told(language: str, brief: Brief) -> Told:
    return Told(language=language, text=brief.text, sentences=len(brief.sentences), translated=brief.translated, cut=brief.cut)


def _with(brief: Brief, found: tuple[Finding, ...]) -> Brief:
    return replace(brief, findings=tuple(sorted((*brief.findings, *found), key=lambda finding: finding.span))) if found else brief
