"""Translate sentences as well as possible: rendered, checked, and repaired where the checks find fault."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

from korotko_service.catalog import Hop
from korotko_service.errors import KorotkoError
from korotko_service.fidelity.pieces.shield import Shield
from korotko_service.pipeline.candidate import Candidate
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.judging import Judge
from korotko_service.pipeline.opening import opened
from korotko_service.pipeline.rendering import Renderer, Sentence, hops_of
from korotko_service.pipeline.repairing import Ailing, Repairer
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.shielding import Routes, asked, check_protected, render_shielded, shields_of
from korotko_service.pipeline.unread import told_unread
from korotko_service.scheduling.workers import WorkerPool


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreted:
    """The best candidate for each sentence, in order, and every model that took part."""

    candidates: list[Candidate]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """The step that translates, given its parts."""

    renderer: Renderer
    judge: Judge
    repairer: Repairer
    readers: WorkerPool

    async def count(self, sentences: SequenceOf[Sentence], target: str, choices: Choices, ledger: Ledger) -> None:
        """Enter the input tokens that the first models would read into the ledger; refuses what `interpret` would refuse."""
        given = await self._shielded(sentences, target, choices)
        check_protected(given.shields, ledger)
        tokens = await self.renderer.count(asked(sentences, given.shields), given.routes, choices)
        ledger.input_tokens += tokens

    async def interpret(self, sentences: SequenceOf[Sentence], target: str, choices: Choices, ledger: Ledger) -> Interpreted:
        """The translations; what is in the target language already stays as it is. The catalog's refusal if a sentence has no route."""
        given = await self._shielded(sentences, target, choices)
        check_protected(given.shields, ledger)
        first = await self._first(given, choices, ledger)
        repaired = await self.repairer.repaired(first, choices, ledger)
        # Only now: no rung of the ladder can do anything about these findings.
        candidates = [told_unread(sentence, each, target) for sentence, each in zip(sentences, repaired, strict=True)]
        detours = [hop for candidate in candidates for hop in candidate.detour]
        return Interpreted(candidates=candidates, hops=tuple(dict.fromkeys((*hops_of(first.routes), *detours))))

    async def attempt(self, sentences: SequenceOf[Sentence], target: str, choices: Choices, ledger: Ledger) -> Interpreted:
        """What is only wanted if it comes soon: checked but not repaired; nothing if there is no time or a model fails."""
        started = self.repairer.clock()
        try:
            first = await self.first(sentences, target, self.repairer.hurried(choices), ledger)
        except KorotkoError:
            return Interpreted(candidates=[], hops=())
        finally:
            ledger.repair_seconds += self.repairer.clock() - started
        return Interpreted(candidates=list(first.candidates), hops=hops_of(first.routes))

    async def first(self, sentences: SequenceOf[Sentence], target: str, choices: Choices, ledger: Ledger) -> Ailing:
        """What the models answer the first time, with what there is to repair in it."""
        return await self._first(await self._shielded(sentences, target, choices), choices, ledger)

    async def _shielded(self, sentences: SequenceOf[Sentence], target: str, choices: Choices) -> "_Shielded":
        routes = self.renderer.routes(sentences, target, choices)
        shields = await shields_of(sentences, routes, target, choices, self.readers)
        return _Shielded(sentences=sentences, shields=shields, routes=routes, target=target)

    async def _first(self, given: "_Shielded", choices: Choices, ledger: Ledger) -> Ailing:
        sentences, shields, routes, target = given.sentences, given.shields, given.routes, given.target
        rendered = await render_shielded(self.renderer, sentences, shields, routes, choices=choices, ledger=ledger)
        begun = [opened(sentence, each, target) for sentence, each in zip(sentences, rendered, strict=True)]
        checked = await self.judge.checked(sentences, begun, target=target, ledger=ledger)
        return Ailing(sentences=sentences, shields=shields, candidates=checked, routes=routes, target=target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shielded:
    """Sentences, what is protected in each, and the routes to the target."""

    sentences: SequenceOf[Sentence]
    shields: list[Shield]
    routes: Routes
    target: str
