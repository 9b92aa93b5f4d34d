"""Render sentences whose protected pieces no model gets to see: masked first, and cut around the pieces where a mask is lost."""

from collections.abc import Mapping, Sequence as SequenceOf

from korotko_service.catalog import Route
from korotko_service.fidelity.protection import protect
from korotko_service.fidelity.shield import Restored, Shield, shield
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Renderer, Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.workers import WorkerPool

Routes = Mapping[str, Route]


async def shields_of(sentences: SequenceOf[Sentence], routes: Routes, target: str, choices: Choices, readers: WorkerPool) -> list[Shield]:
    """What is protected in each sentence; nothing in one that is in the target language already, since no model reads it."""

    def find() -> list[Shield]:
        terms = choices.glossary.terms(target)
        return [shield(each.text, protect(each.text, terms) if routes[each.language] else ()) for each in sentences]

    return await readers.run_text(find, characters=sum(len(sentence.text) for sentence in sentences))


def asked(sentences: SequenceOf[Sentence], shields: SequenceOf[Shield]) -> list[Sentence]:
    """What the first models are asked for: each sentence masked, or its pieces where a mask cannot help."""
    return [
        Sentence(text=text, language=sentence.language) for sentence, each in zip(sentences, shields, strict=True) for text in _first(each)
    ]


async def render_shielded(
    renderer: Renderer,
    sentences: SequenceOf[Sentence],
    shields: SequenceOf[Shield],
    routes: Routes,
    *,
    choices: Choices,
    ledger: Ledger,
) -> list[Restored]:
    """The sentences in the routes' target language, in order, each protected piece exactly once in its sentence."""
    outputs = iter(await renderer.render(asked(sentences, shields), routes, choices, ledger))
    restored = [_restored(each, [next(outputs) for _ in _first(each)]) for each in shields]
    lost = [index for index, each in enumerate(restored) if each is None]
    pieces = [Sentence(text=core, language=sentences[index].language) for index in lost for core in shields[index].cores()]
    again = iter(await renderer.render(pieces, routes, choices, ledger)) if lost else iter(())
    return [each or shields[index].joined([next(again) for _ in shields[index].cores()]) for index, each in enumerate(restored)]


def _first(each: Shield) -> list[str]:
    masked = each.masked
    return each.cores() if masked is None else [masked]


def _restored(each: Shield, outputs: list[str]) -> Restored | None:
    """None where the model lost a mask."""
    return each.joined(outputs) if each.masked is None else each.unmasked(outputs[0])
