"""Render sentences with protected pieces that no model gets to see: masked first, or cut around the pieces if a mask is lost."""

from collections.abc import Iterator, Mapping, Sequence as SequenceOf

from korotko_service.admission import Bound
from korotko_service.catalog import Route
from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import Restored, Shield, shield
from korotko_service.pipeline.candidate import Candidate, mean_score
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.joining import as_clause
from korotko_service.pipeline.rendering import Rendered, Renderer, Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.scheduling.workers import WorkerPool

Routes = Mapping[str, Route]
_KNOWN = frozenset({"en", "uk", "ru"})
_ARTICLES = frozenset({"the", "a", "an"})
# Pieces in one call that no model may touch. Each is looked for in what comes back and listed in the reply, so a large message of nothing
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
    """What the first models are given: each sentence masked, or the parts around its pieces if a mask cannot help."""
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
    languages = [(each.language, _target(routes[each.language], each.language)) for each in sentences]
    pairs = list(zip(shields, languages, strict=True))
    candidates = [_restored(each, [next(outputs) for _ in _first(each)], pair) for each, pair in pairs]
    lost = [index for index, each in enumerate(candidates) if each is None]
    pieces = [Sentence(text=core, language=sentences[index].language) for index in lost for core in shields[index].cores()]
    again = iter(await renderer.render(pieces, routes, choices, ledger)) if lost else iter(())
    return [
        each or _joined(guarded, [next(again) for _ in guarded.cores()], pair)
        for each, (guarded, pair) in zip(candidates, pairs, strict=True)
    ]


def _target(route: Route, language: str) -> str:
    return route[-1].target if route else language


def _first(each: Shield) -> list[str]:
    masked = each.masked
    return each.cores() if masked is None else [masked]


def _restored(each: Shield, outputs: SequenceOf[Rendered], languages: tuple[str, str]) -> Candidate | None:
    """The candidate with its pieces put back; None if the model lost a mask."""
    if each.masked is None:
        return _joined(each, outputs, languages)
    restored = each.unmasked(outputs[0].text)
    return None if restored is None else Candidate(output=restored, score=outputs[0].score)


def _joined(each: Shield, outputs: SequenceOf[Rendered], languages: tuple[str, str]) -> Candidate:
    texts = [output.text for output in outputs]
    texts = list(_clauses(each.cores(), texts, languages)) if _KNOWN.issuperset(languages) else texts
    return Candidate(output=each.joined(texts), score=mean_score((o.text, o.score) for o in outputs))


def _clauses(cores: SequenceOf[str], texts: SequenceOf[str], languages: tuple[str, str]) -> Iterator[str]:
    """The translated `cores` as parts of one sentence. A lone English article is dropped, and its capital given to the next words."""
    opens = False
    for number, (core, text, following) in enumerate(zip(cores, texts, [*cores[1:], ""], strict=True)):
        if languages[0] == "en" and core.lower() in _ARTICLES:
            opens = opens or core[0].isupper()
            yield ""
            continue
        clause = as_clause(Candidate(output=Restored(text=text)), core, following, languages, first=not number)
        yield clause[:1].upper() + clause[1:] if opens else clause
        opens = opens and not clause
