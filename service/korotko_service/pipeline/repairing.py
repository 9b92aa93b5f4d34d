"""Repair sentences in which the checks find faults: rung by rung up a ladder, all of a text together, the best try kept."""

import time
from collections.abc import Callable, Mapping, Sequence as SequenceOf
from dataclasses import dataclass, replace

from korotko_service.catalog import Catalog, Route
from korotko_service.deadline import Deadline
from korotko_service.errors import KorotkoError
from korotko_service.fidelity.pieces.shield import Shield
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.opening import opened
from korotko_service.pipeline.rendering import Renderer, Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.rungs import LADDER, Attempt, Case, Step
from korotko_service.pipeline.shielding import asked, render_shielded
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

# A reply with a warning in time is worth more than a better one too late, and a server under load has others to serve.
_SHARE_OF_WHAT_IS_LEFT = 0.5
_MOST_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailing:
    """What came back for the sentences of one text: the source of each, what is protected in it, and the routes to the target."""

    sentences: SequenceOf[Sentence]
    shields: SequenceOf[Shield]
    candidates: SequenceOf[Candidate]
    routes: Mapping[str, Route]
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairer:
    """The ladder, given its parts. It never fails a call: if time runs out or a model fails, what there is stays."""

    catalog: Catalog
    renderer: Renderer
    judge: Judge
    metrics: Metrics
    readers: WorkerPool
    enabled: bool = True
    clock: Callable[[], float] = time.monotonic

    async def repaired(self, ailing: Ailing, choices: Choices, ledger: Ledger) -> list[Candidate]:
        """The best candidate for each sentence, in order: checked, and better than the first one wherever it differs."""
        if not self.enabled or not any(each.trouble for each in ailing.candidates):
            return list(ailing.candidates)
        started = self.clock()
        climb = Climb(self, ailing, self.hurried(choices), ledger)
        for step in LADDER:
            if not await climb.take(step):
                break
        ledger.repair_seconds = max(ledger.repair_seconds, self.clock() - started)
        return climb.best

    def hurried(self, choices: Choices) -> Choices:
        """The choices with a deadline for what is only wanted if it comes soon."""
        now = self.clock()
        left = min(choices.deadline.remaining(now) * _SHARE_OF_WHAT_IS_LEFT, _MOST_SECONDS)
        return replace(choices, deadline=Deadline.after(left, now=now), begun=True)


class Climb:
    """One text on its way up the ladder: the best candidate of each sentence, and the texts that have been tried for it."""

    def __init__(self, parts: Repairer, ailing: Ailing, choices: Choices, ledger: Ledger) -> None:
        self.best = list(ailing.candidates)
        self._parts = parts
        self._ailing = ailing
        self._choices = choices
        self._ledger = ledger
        self._seen = [{each.text} for each in self.best]
        # If so, only what asks no model is still tried.
        self._is_late = False

    async def take(self, step: Step) -> bool:
        """Try one rung with every sentence that is still in trouble; returns whether there is reason for the next."""
        routes = self._detours() if step.detours else self._ailing.routes
        # For a long sentence full of numbers or of repeated words this takes seconds.
        characters = sum(len(source.text) for source, each in zip(self._ailing.sentences, self.best, strict=True) if each.trouble)
        planned = await self._parts.readers.run_text(lambda: self._planned(step, routes), characters=characters)
        tried = await self._tried(step, planned, routes) if planned else {}
        if tried is None:
            self._count(step.rung, "late", len(planned))
            self._is_late, tried = True, {}
        new = {index: each for index, each in tried.items() if each.text not in self._seen[index]}
        self._count(step.rung, "same", len(tried) - len(new))
        sources = [self._ailing.sentences[index] for index in new]
        # The time of these checks is the repair's, which the ledger has as a whole.
        checked = await self._parts.judge.checked(sources, list(new.values()), target=self._ailing.target, ledger=Ledger())
        for index, candidate in zip(new, checked, strict=True):
            self._weigh(step, index, candidate)
        return any(each.trouble for each in self.best)

    def able(self, step: Step) -> list[int]:
        """The sentences, by their indices, that the rung can do something about."""
        return list(self._planned(step, self._detours() if step.detours else self._ailing.routes))

    def _planned(self, step: Step, routes: Mapping[str, Route]) -> dict[int, Attempt]:
        """A plan for each sentence that the rung can do something about, by its index."""
        ailing = self._ailing
        cases = {
            index: Case(source=ailing.sentences[index], shield=ailing.shields[index], best=candidate, target=ailing.target)
            for index, candidate in enumerate(self.best)
            if candidate.trouble and ailing.sentences[index].language in routes
        }
        plans = {index: attempt for index, case in cases.items() if (attempt := step.attempt(case))}
        return {index: attempt for index, attempt in plans.items() if not (self._is_late and attempt.sentences)}

    async def _tried(self, step: Step, planned: Mapping[int, Attempt], routes: Mapping[str, Route]) -> dict[int, Candidate] | None:
        """What the models make of the plans, unchecked; None if they have no time for it, or fail."""
        parts, ledger = self._parts, self._ledger
        sentences = [sentence for each in planned.values() for sentence in each.sentences]
        shields = [guarded for each in planned.values() for guarded in each.shields]
        if not sentences:  # plans that ask no model
            return self._opened({index: each.whole(()) for index, each in planned.items()})
        choices = replace(self._choices, options=step.options(self._choices.options, routes[sentences[0].language]))
        try:
            seconds = await parts.renderer.predicted_seconds(asked(sentences, shields), routes, choices)
            if seconds >= choices.deadline.remaining(parts.clock()):
                return None
            rendered = iter(await render_shielded(parts.renderer, sentences, shields, routes, choices=choices, ledger=ledger))
        except KorotkoError:
            return None
        tried = self._opened({index: each.whole([next(rendered) for _ in each.sentences]) for index, each in planned.items()})
        if not step.detours:
            return tried
        return {index: replace(each, detour=routes[self._ailing.sentences[index].language]) for index, each in tried.items()}

    def _opened(self, made: Mapping[int, Candidate]) -> dict[int, Candidate]:
        return {index: opened(self._ailing.sentences[index], each, self._ailing.target) for index, each in made.items()}

    def _detours(self) -> dict[str, Route]:
        """Other ways to the target language, from each language that has one."""
        model, target = self._choices.model, self._ailing.target
        detours = {language: self._parts.catalog.detour(language, target, model=model) for language in self._ailing.routes}
        return {language: route for language, route in detours.items() if route}

    def _weigh(self, step: Step, index: int, candidate: Candidate) -> None:
        """Keep the candidate if it is better than the best so far; one from a detour also has to be clean."""
        self._seen[index].add(candidate.text)
        before = self.best[index]
        # A better score alone is no reason to give up what the model said first.
        is_better = candidate.worth > before.worth and (before.rung is not None or candidate.worth[:-1] > before.worth[:-1])
        if not is_better or (step.detours and candidate.trouble):
            self._count(step.rung, "no_better", 1)
            return
        cause = before.cause or (before.trouble.reason if before.trouble else "")
        self.best[index] = replace(candidate, rung=step.rung, cause=cause)
        self._count(step.rung, "better" if candidate.trouble else "clean", 1)

    def _count(self, rung: Rung, outcome: str, sentences: int) -> None:
        self._parts.metrics.repairs.labels(rung, outcome).inc(sentences)
