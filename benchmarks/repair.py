"""Measure what each rung of the repair ladder achieves: python -m benchmarks.repair --eval DIR (docs/repair.md).

DIR holds flores-dev.{en,uk,ru} and ntrex-articles.jsonl. Every rung is tried alone on the model's first answers, then the ladder as a
whole. Costs are tokens read and written, and processor time of this process, in which the engine runs, so a busy machine matters little.
"""

import argparse
import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence as SequenceOf
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from benchmarks.chrf import chrf
from benchmarks.material import LANGUAGES
from korotko_service.app import App
from korotko_service.cache import CacheMode
from korotko_service.config import Settings
from korotko_service.fidelity.amounts.numbers import numbers
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.repairing import Ailing, Climb
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.rungs import LADDER, Step
from training.held_out import flores, joined, ntrex

# What was computed for one rung must not be free for another.
_CHOICES = Choices(cache=CacheMode.BYPASS)


@dataclass(slots=True)
class Tally:
    """The outcomes of the sentences that a rung was tried on, by their worst reason."""

    tokens: int = 0
    cpu_seconds: float = 0.0
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    gains: list[float] = field(default_factory=list)

    def add(self, first: SequenceOf[Candidate], best: SequenceOf[Candidate], references: SequenceOf[str], tried: Iterable[int]) -> None:
        for index in tried:
            before, after = first[index], best[index]
            outcome = "no better" if after is before else "better" if after.trouble else "clean"
            self.outcomes[before.trouble.reason if before.trouble else ""][outcome] += 1
            if after is not before:
                self.gains.append(chrf(after.text, references[index]) - chrf(before.text, references[index]))

    def row(self, name: str, first: "Tally") -> str:
        """Costs in per cent of those of the first answers, whose tally is given."""
        total = sum(self.outcomes.values(), Counter())
        gain = sum(self.gains) / len(self.gains) if self.gains else 0.0
        reasons = "; ".join(
            f"{reason} {each['clean']}+{each['better']} of {each.total()}" for reason, each in sorted(self.outcomes.items())
        )
        kept = f"{total['clean']} + {total['better']} of {total.total()}"
        costs = f"{self.tokens / first.tokens:.0%} | {self.cpu_seconds / first.cpu_seconds:.0%}"
        return f"| {name} | {kept} | {costs} | {gain:+.1f} | {reasons} |"


@dataclass(slots=True)
class Share:
    """Counts over all sentences: with a warning, with a severe one; numbers in the sources and those that are missing."""

    sentences: int = 0
    flagged: int = 0
    severe: int = 0
    numbers: int = 0
    missing: int = 0
    invented: int = 0

    def add(self, sources: SequenceOf[Sentence], candidates: SequenceOf[Candidate]) -> None:
        for source, each in zip(sources, candidates, strict=True):
            self.sentences += 1
            self.flagged += each.trouble is not None
            self.severe += each.is_severe
            wanted = len(numbers(source.text, source.language))
            self.numbers += wanted
            self.missing += min(wanted, sum(finding.reason == "NUMBER_MISSING" for finding in each.findings))
            self.invented += sum(
                finding.reason == "NUMBER_NOT_IN_SOURCE" and finding.severity >= Severity.WARNING for finding in each.findings
            )

    def __str__(self) -> str:
        recall = 1 - self.missing / max(1, self.numbers)
        return (
            f"{self.flagged / self.sentences:.1%} flagged, {self.severe / self.sentences:.1%} severe, "
            f"number recall {recall:.3f} of {self.numbers}, {self.invented} numbers not in the source"
        )


async def measure(evaluation: Path, limit: int, model: str) -> None:
    settings = Settings(port=0, max_queued_sequences=1_000_000, log_level="ERROR", isolation="thread", models=(model,) if model else ())
    async with App(settings) as app:
        interpreter = app.use_cases.translate.interpreter
        for name, texts in _sets(evaluation):
            await _measure_set(name, {language: each[:limit] for language, each in texts.items()}, interpreter)


async def _measure_set(name: str, texts: dict[str, list[str]], interpreter: Interpreter) -> None:
    alone, marginal, ladder = [Tally() for _ in LADDER], [Tally() for _ in LADDER], Tally()
    before, after, start = defaultdict[str, Share](Share), defaultdict[str, Share](Share), Tally()
    for source, target in permutations(LANGUAGES, 2):
        sentences, ledger = [Sentence(text=text, language=source) for text in texts[source]], Ledger()
        begun = time.process_time()
        first = await interpreter.first(sentences, target, _CHOICES, ledger)
        start.cpu_seconds += time.process_time() - begun
        start.tokens += _tokens(ledger)
        for step, tally in zip(LADDER, alone, strict=True):
            await _climb(interpreter, first, [step], [tally], texts[target])
        best = await _climb(interpreter, first, LADDER, marginal, texts[target])
        troubled = [index for index, each in enumerate(first.candidates) if each.trouble]
        ladder.add(first.candidates, best, texts[target], troubled)
        for pair in (f"{source}-{target}", "all"):
            before[pair].add(sentences, first.candidates)
            after[pair].add(sentences, best)
    ladder.tokens, ladder.cpu_seconds = sum(tally.tokens for tally in marginal), sum(tally.cpu_seconds for tally in marginal)
    print(f"\n{name}\n\n| rung | clean + better of tried | tokens | cpu | chrF of kept | by the worst reason |\n|---|---|---|---|---|---|")
    for title, tallies in (("alone", alone), ("in its turn", marginal)):
        for step, tally in zip(LADDER, tallies, strict=True):
            print(tally.row(f"{step.rung}, {title}", start))
    print(ladder.row("the whole ladder", start) + "\n")
    for pair in before:
        print(f"{pair} before: {before[pair]}\n{pair} after:  {after[pair]}", flush=True)


async def _climb(
    interpreter: Interpreter, first: Ailing, steps: SequenceOf[Step], tallies: SequenceOf[Tally], references: SequenceOf[str]
) -> list[Candidate]:
    """The steps one after another; each tally records the outcomes of the sentences that its step applied to."""
    ledger = Ledger()
    climb = Climb(interpreter.repairer, first, _CHOICES, ledger)
    for step, tally in zip(steps, tallies, strict=True):
        before, spent, tried, begun = list(climb.best), _tokens(ledger), climb.able(step), time.process_time()
        await climb.take(step)
        tally.cpu_seconds += time.process_time() - begun
        tally.tokens += _tokens(ledger) - spent
        tally.add(before, climb.best, references, tried)
    return climb.best


def _tokens(ledger: Ledger) -> int:
    return ledger.input_tokens + ledger.output_tokens


def _sets(evaluation: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    yield "FLORES-200 dev", flores(evaluation)
    yield "NTREX-128 articles", joined(ntrex(evaluation))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, required=True, help="the folder with the test sets")
    parser.add_argument("--limit", type=int, default=200, help="sentences of each set")
    parser.add_argument("--model", default="", help="a model folder, or a folder of them; else the starter")
    chosen = parser.parse_args()
    asyncio.run(measure(chosen.eval, chosen.limit, chosen.model))
