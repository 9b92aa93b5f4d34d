"""Render sentences in another language: along the catalog's route, hop by hop, every sentence in flight together."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine, Mapping, Sequence as SequenceOf
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from korotko_service.catalog import Catalog, Hop, Route
from korotko_service.engines.engine import Generation, Sequence
from korotko_service.fidelity.names.headlines import headline_in_sentence_case
from korotko_service.fidelity.names.shouting import in_sentence_case
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.fleet import Models
from korotko_service.scheduling.scheduler import Scheduler
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.text.chunking import split_long
from korotko_service.text.languages.alphabets import as_spelt
from korotko_service.text.plain.signs import with_plain_signs
from korotko_service.text.plain.spelled_out import spelled_out
from korotko_service.text.plain.wraps import shown

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A sentence in another language, and the chrF, divided by 100, to expect from the models' certainty.

    `score` is None if no model was asked, or one without calibration. Of a pivot's two hops the lower score counts: neither model sees
    what the other one lost, so the route is at best as good as its worse half.
    """

    text: str
    score: float | None = None


class Renderer:
    """Renders sentences in a target language with the models that the catalog names."""

    def __init__(self, *, catalog: Catalog, models: Models, readers: WorkerPool) -> None:
        self._catalog = catalog
        self._models = models
        self._readers = readers

    def routes(self, sentences: SequenceOf[Sentence], target: str, choices: Choices) -> dict[str, Route]:
        """The route from each language among the sentences; the catalog's refusal if one is missing."""
        return {
            language: self._catalog.translation(language, target, model=choices.model)
            for language in dict.fromkeys(sentence.language for sentence in sentences)
        }

    async def count(self, sentences: SequenceOf[Sentence], routes: Mapping[str, Route], choices: Choices) -> int:
        """Input tokens that the first hops would read."""
        total = 0
        for language, route in routes.items():
            texts = [sentence.text for sentence in sentences if sentence.language == language and _has_words(sentence.text)]
            if route and texts:
                async with self._models.lent(route[0].model.reference, choices.deadline) as scheduler:
                    total += sum(await self._lengths(texts, scheduler))
        return total

    async def predicted_seconds(self, sentences: SequenceOf[Sentence], routes: Mapping[str, Route], choices: Choices) -> float:
        """How long `render` would take, behind all that waits already; 0 before the models' first batches."""
        longest = 0.0
        for language, route in routes.items():
            texts = [sentence.text for sentence in sentences if sentence.language == language]
            seconds = 0.0
            for hop in route if texts else ():
                async with self._models.lent(hop.model.reference, choices.deadline) as scheduler:
                    lengths = await self._lengths(texts, scheduler)
                    seconds += scheduler.predicted_seconds(sum(lengths), max(lengths), choices.order)
            longest = max(longest, seconds)
        return longest

    async def render(
        self, sentences: SequenceOf[Sentence], routes: Mapping[str, Route], choices: Choices, ledger: Ledger
    ) -> list[Rendered]:
        """The sentences in the routes' target language, in order. One without words (numbers, emoji) stays as it is."""
        outputs = [Rendered(text=shown(sentence.text)) for sentence in sentences]
        groups = {
            language: [i for i, sentence in enumerate(sentences) if sentence.language == language and _has_words(sentence.text)]
            for language in routes
        }
        carried = await together(
            *(self._carry([sentences[i].text for i in group], routes[language], choices, ledger) for language, group in groups.items())
        )
        for group, rendered in zip(groups.values(), carried, strict=True):
            for index, each in zip(group, rendered, strict=True):
                outputs[index] = each
        return outputs

    async def _carry(self, texts: list[str], route: Route, choices: Choices, ledger: Ledger) -> list[Rendered]:
        carried = [Rendered(text=shown(text)) for text in texts]
        for number, hop in enumerate(route):
            reached = await self._hop([each.text for each in carried], hop, replace(choices, begun=True) if number else choices, ledger)
            carried = [
                after if not number else Rendered(text=after.text, score=_lower(before.score, after.score))
                for before, after in zip(carried, reached, strict=True)
            ]
        return carried

    async def _hop(self, texts: list[str], hop: Hop, choices: Choices, ledger: Ledger) -> list[Rendered]:
        """One model over all texts. A sentence over the model's limit goes in pieces and comes back as one, nothing cut off."""
        async with self._models.lent(hop.model.reference, choices.deadline) as scheduler:
            return await self._run(texts, hop, scheduler, choices, ledger)

    async def _run(self, texts: list[str], hop: Hop, scheduler: Scheduler, choices: Choices, ledger: Ledger) -> list[Rendered]:
        # A text without a full stop is counted about fifteen times until it is cut: seconds for the longest that a call may bring.
        pieces = await self._readers.run_text(
            lambda: [_pieces(_legible(text, hop.source), scheduler.count, hop.model.max_input_tokens) for text in texts],
            characters=sum(map(len, texts)),
        )
        sequences = [
            Sequence(text=piece, source_language=hop.source, target_language=hop.target, length=length)
            for piece, length in itertools.chain.from_iterable(pieces)
        ]
        outcomes = await scheduler.run(sequences, choices.order)
        for sequence, outcome in zip(sequences, outcomes, strict=True):
            ledger.add(outcome, input_tokens=sequence.length)
        generations = iter(outcome.generation for outcome in outcomes)
        return [_rendered(list(itertools.islice(generations, len(group))), hop) for group in pieces]

    async def _lengths(self, texts: list[str], scheduler: Scheduler) -> list[int]:
        return await self._readers.run_text(lambda: [scheduler.count(text) for text in texts], characters=sum(map(len, texts)))


def _legible(text: str, language: str) -> str:
    """The text in the spelling and signs that models know."""
    plain = spelled_out(with_plain_signs(as_spelt(text), language), language)
    return headline_in_sentence_case(in_sentence_case(plain, language), language)


def hops_of(routes: Mapping[str, Route]) -> tuple[Hop, ...]:
    """Every hop of the routes, each once, in order."""
    return tuple(dict.fromkeys(hop for route in routes.values() for hop in route))


def _rendered(generations: SequenceOf[Generation], hop: Hop) -> Rendered:
    """The pieces of one sentence as one; its log-probability is the mean over all of their tokens."""
    text = " ".join(generation.text for generation in generations)
    calibration = hop.model.calibration.get((hop.source, hop.target))
    tokens = sum(generation.length for generation in generations)
    if calibration is None or not tokens:
        return Rendered(text=text)
    return Rendered(text=text, score=calibration.score(sum(each.score * each.length for each in generations) / tokens))


def _lower(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else min(one, other)


def _pieces(text: str, count: Callable[[str], int], budget: int) -> list[tuple[str, int]]:
    """The text, or parts of it within the budget, each with its length in tokens: counting is tokenizing, so it is done once."""
    if (length := count(text)) <= budget:
        return [(text, length)]
    parts = [text[span.start : span.end] for span in split_long(text, count=count, budget=budget)]
    return [(part, count(part)) for part in parts]


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


async def together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """Results in order; the first error cancels the rest, whose sentences then leave the queue. One alone needs no task of its own."""
    if len(work) == 1:
        return [await work[0]]
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
