"""What becomes of a brief's sentence that no translation does justice: another one of the article stands in, or it is left out.

A brief chooses its sentences anyway, so one that reads well in this language is a better choice than one that is likely to be wrong. Only
what is severe is exchanged, and only for a sentence in which the checks find nothing: a sentence with a mere warning stays, because the
ranking held it to be the more telling one. Left out is only what tells a reader of the language nothing, and never all that there is.
"""

import re
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace

from korotko_service.catalog import Hop
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.choosing import Chosen, Draft
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.vouching import FALLBACK, stand_in
from korotko_service.text.plain_signs import without_unseen

_TELL_NOTHING = frozenset({"EMPTY_OUTPUT", "UNTRANSLATED", "WRONG_LANGUAGE", "REPETITION"})
_ROOM = re.compile("  +")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of the brief in its language, and where it comes from."""

    chosen: Chosen
    candidate: Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """All sentences of a brief, in order, and the models that took part in their translation."""

    sentences: list[Told]
    hops: tuple[Hop, ...]


async def tell(interpreter: Interpreter, draft: Draft, target: str, choices: Choices, ledger: Ledger) -> Telling:
    """The draft in the target language."""
    made = await interpreter.interpret([_sentence(each, target) for each in draft.sentences], target, choices, ledger)
    told = [Told(chosen=chosen, candidate=each) for chosen, each in zip(draft.sentences, made.candidates, strict=True)]
    severe = any(each.candidate.is_severe for each in told)
    spares = await _spares(interpreter, draft, target, choices, ledger) if severe and interpreter.repairer.enabled else []
    hops = tuple(dict.fromkeys((*made.hops, *(hop for _, more in spares for hop in more))))
    told = _exchanged(told, [spare for spare, _ in spares], interpreter)
    return Telling(sentences=_without_the_mute(told, _TELL_NOTHING if interpreter.repairer.enabled else frozenset()), hops=hops)


async def _spares(
    interpreter: Interpreter, draft: Draft, target: str, choices: Choices, ledger: Ledger
) -> list[tuple[Told, tuple[Hop, ...]]]:
    """The spare sentences that came back clean, the most telling first."""
    spares = await interpreter.readers.run(draft.spares)
    made = await interpreter.attempt([_sentence(each, target) for each in spares], target, choices, ledger)
    told = [Told(chosen=chosen, candidate=each) for chosen, each in zip(spares, made.candidates, strict=False)]
    return [(each, made.hops) for each in told if not each.candidate.trouble and each.candidate.text.strip()]


def _exchanged(told: SequenceOf[Told], spares: list[Told], interpreter: Interpreter) -> list[Told]:
    """The brief with a spare for each severe sentence, as far as they go, in the order of the article."""
    exchanged = list[Told]()
    for each in told:
        if each.candidate.is_severe and spares:
            exchanged.append(_standing_in(spares.pop(0), each))
            interpreter.repairer.metrics.repairs.labels(Rung.REPLACED, "clean").inc()
        else:
            exchanged.append(each)
    if any(each.chosen.quoted_from is None for each in exchanged):
        return exchanged
    return sorted(exchanged, key=lambda each: each.chosen.quoted_from or 0)


def _standing_in(spare: Told, instead_of: Told) -> Told:
    trouble = instead_of.candidate.trouble
    cause = instead_of.candidate.cause or (trouble.reason if trouble else "")
    was_written = instead_of.chosen.written or any(finding.reason == FALLBACK for finding in instead_of.chosen.findings)
    chosen = stand_in(spare.chosen, cause) if was_written else spare.chosen
    return Told(
        chosen=replace(chosen, weight=instead_of.chosen.weight), candidate=replace(spare.candidate, rung=Rung.REPLACED, cause=cause)
    )


def _without_the_mute(told: SequenceOf[Told], reasons: frozenset[str]) -> list[Told]:
    """Sentences that tell nothing are marked as left out where another one remains."""
    mute = [_is_mute(each.candidate, reasons) for each in told]
    if all(mute):
        return list(told)
    return [replace(each, candidate=_left_out(each.candidate)) if silent else each for each, silent in zip(told, mute, strict=True)]


def _is_mute(candidate: Candidate, reasons: frozenset[str]) -> bool:
    """Never what holds a piece that the caller wants kept."""
    if not candidate.text.strip():
        return True
    severe = {finding.reason for finding in candidate.findings if finding.severity is Severity.SEVERE}
    return bool(severe & reasons) and not candidate.output.placed


def _left_out(candidate: Candidate) -> Candidate:
    trouble = candidate.trouble
    return replace(candidate, rung=Rung.LEFT_OUT, cause=candidate.cause or (trouble.reason if trouble else ""))


def _sentence(chosen: Chosen, target: str) -> Sentence:
    """What stays in its language has one space where the article was wrapped, not one for each of "\\r\\n" and the indent behind it.

    It has nothing in it that no reader sees.
    """
    stays = chosen.language == target and not chosen.written
    return Sentence(text=_ROOM.sub(" ", without_unseen(chosen.text)) if stays else chosen.text, language=chosen.language)
