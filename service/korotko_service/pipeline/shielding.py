"""Render sentences whose protected pieces no model gets to see: masked first, and cut around the pieces where a mask is lost."""

from collections.abc import Iterable, Mapping, Sequence as SequenceOf

from korotko_service.admission import Bound
from korotko_service.catalog import Route
from korotko_service.fidelity.protection import protect
from korotko_service.fidelity.shield import Shield, shield
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Rendered, Renderer, Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.workers import WorkerPool

Routes = Mapping[str, Route]
# Pieces of one call that no model may touch. Each is looked for in what comes back and listed in the reply, so a large message of nothing
# but one term would hold up everybody for seconds.
MAX_PROTECTED = 20_000
_PROTECTED = Bound(
    most=MAX_PROTECTED,
    noun="terms, links, placeholders and tags to keep with this text",
    remedy="send the texts in several calls, or name fewer terms",
)


async def shields_of(sentences: SequenceOf[Sentence], routes: Routes, target: str, choices: Choices, readers: WorkerPool) -> list[Shield]:
    """What is protected in each sentence; nothing in one that is in the target language already, since no model reads it."""

    def find() -> list[Shield]:
        terms = choices.glossary.terms(target)
        return [shield(each.text, protect(each.text, terms) if routes[each.language] else ()) for each in sentences]

    return await readers.run_text(find, characters=choices.glossary.characters + sum(len(sentence.text) for sentence in sentences))


def check_protected(shields: SequenceOf[Shield], ledger: Ledger) -> None:
    """Refuse more protected pieces than one call may have, in these sentences and those before them."""
    ledger.protected += sum(len(each.pieces) for each in shields)
    _PROTECTED.check(ledger.protected)


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
) -> list[Candidate]:
    """The sentences in the routes' target language, in order, each protected piece exactly once in its sentence; not yet checked."""
    outputs = iter(await renderer.render(asked(sentences, shields), routes, choices, ledger))
    candidates = [_restored(each, [next(outputs) for _ in _first(each)]) for each in shields]
    lost = [index for index, each in enumerate(candidates) if each is None]
    pieces = [Sentence(text=core, language=sentences[index].language) for index in lost for core in shields[index].cores()]
    again = iter(await renderer.render(pieces, routes, choices, ledger)) if lost else iter(())
    return [each or _joined(shields[index], [next(again) for _ in shields[index].cores()]) for index, each in enumerate(candidates)]


def _first(each: Shield) -> list[str]:
    masked = each.masked
    return each.cores() if masked is None else [masked]


def _restored(each: Shield, outputs: SequenceOf[Rendered]) -> Candidate | None:
    """None where the model lost a mask."""
    if each.masked is None:
        return _joined(each, outputs)
    restored = each.unmasked(outputs[0].text)
    return None if restored is None else Candidate(output=restored, score=outputs[0].score)


def _joined(each: Shield, outputs: SequenceOf[Rendered]) -> Candidate:
    return Candidate(output=each.joined([output.text for output in outputs]), score=mean_score((o.text, o.score) for o in outputs))


def mean_score(parts: Iterable[tuple[str, float | None]]) -> float | None:
    """The mean over the texts that have a score, each with the weight of its length; None where none has one."""
    scored = [(len(text), score) for text, score in parts if score is not None and text]
    characters = sum(length for length, _ in scored)
    return sum(length * score for length, score in scored) / characters if characters else None
