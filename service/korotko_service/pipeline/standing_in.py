"""Replace a brief's sentence if no translation of it is good enough: another one of the article stands in, or it is left out.

A brief chooses its sentences anyway, so one that reads well in this language is a better choice than one that is likely to be wrong. Only
severe ones are replaced, and only by a sentence in which the checks find nothing: a sentence with a mere warning stays, because the ranking
found it the more telling one. The lead has no other sentence like it: without it a brief tells no news. So only the article's title may
replace it, if that tells the same; otherwise it stays, with its findings, unless it tells a reader of the language nothing. A sentence is
left out only if it tells nothing and there is no replacement, and never if nothing else is there.
"""

import re
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace

from korotko_service.catalog import Hop
from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.choosing import Chosen, Draft, lead_of
from korotko_service.pipeline.interpreting import Interpreter
from korotko_service.pipeline.jobs import Choices
from korotko_service.pipeline.rendering import Sentence
from korotko_service.pipeline.results import Ledger
from korotko_service.pipeline.vouching import FALLBACK, stand_in
from korotko_service.text.plain.signs import without_unseen

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spares:
    """What can stand in and came back clean: the title for the lead, and other sentences, the best first."""

    title: Told | None = None
    sentences: tuple[Told, ...] = ()
    hops: tuple[Hop, ...] = ()


async def tell(interpreter: Interpreter, draft: Draft, target: str, choices: Choices, ledger: Ledger) -> Telling:
    """The draft in the target language."""
    made = await interpreter.interpret([_sentence(each, target) for each in draft.sentences], target, choices, ledger)
    told = [Told(chosen=chosen, candidate=each) for chosen, each in zip(draft.sentences, made.candidates, strict=True)]
    if not interpreter.repairer.enabled:
        return Telling(sentences=_without_the_mute(told, frozenset()), hops=made.hops)
    severe = any(each.candidate.is_severe for each in told)
    spares = await _spares(interpreter, draft, target, choices, ledger) if severe else _Spares()
    exchanged = _exchanged(told, lead_of(draft.sentences), spares)
    for each in exchanged:
        if each.candidate.rung is Rung.REPLACED:
            interpreter.repairer.metrics.repairs.labels(Rung.REPLACED, "clean").inc()
    return Telling(sentences=_without_the_mute(exchanged, _TELL_NOTHING), hops=tuple(dict.fromkeys((*made.hops, *spares.hops))))


async def _spares(interpreter: Interpreter, draft: Draft, target: str, choices: Choices, ledger: Ledger) -> _Spares:
    spares = await interpreter.readers.run(draft.spares)
    chosen = [*([spares.title] if spares.title else []), *spares.sentences]
    made = await interpreter.attempt([_sentence(each, target) for each in chosen], target, choices, ledger)
    told = [Told(chosen=each, candidate=candidate) for each, candidate in zip(chosen, made.candidates, strict=False)]
    clean = [each for each in told if not each.candidate.trouble and each.candidate.text.strip()]
    title = next((each for each in clean if each.chosen is spares.title), None)
    return _Spares(title=title, sentences=tuple(each for each in clean if each is not title), hops=made.hops if clean else ())


def _exchanged(told: SequenceOf[Told], lead: Chosen, spares: _Spares) -> list[Told]:
    """The brief with a spare for each severe sentence, as long as there are any, in the order of the article; a title comes first."""
    titles, others, left = list[Told](), list[Told](), list(spares.sentences)
    for each in told:
        is_lead = each.chosen is lead
        if not each.candidate.is_severe:
            others.append(each)
        elif is_lead and spares.title:
            titles.append(_standing_in(spares.title, each))
        elif left and (not is_lead or _is_mute(each.candidate, _TELL_NOTHING)):
            others.append(_standing_in(left.pop(0), each))
        else:
            others.append(each)
    if any(each.chosen.quoted_from is None for each in others):
        return [*titles, *others]
    return [*titles, *sorted(others, key=lambda each: each.chosen.quoted_from or 0)]


def _standing_in(spare: Told, instead_of: Told) -> Told:
    trouble = instead_of.candidate.trouble
    cause = instead_of.candidate.cause or (trouble.reason if trouble else "")
    was_written = instead_of.chosen.written or any(finding.reason == FALLBACK for finding in instead_of.chosen.findings)
    chosen = stand_in(spare.chosen, cause) if was_written else spare.chosen
    return Told(
        chosen=replace(chosen, weight=instead_of.chosen.weight), candidate=replace(spare.candidate, rung=Rung.REPLACED, cause=cause)
    )


def _without_the_mute(told: SequenceOf[Told], reasons: frozenset[str]) -> list[Told]:
    """The sentences, those that tell nothing marked as left out if another one remains."""
    mute = [_is_mute(each.candidate, reasons) for each in told]
    if all(mute):
        return list(told)
    return [replace(each, candidate=_left_out(each.candidate)) if silent else each for each, silent in zip(told, mute, strict=True)]


def _is_mute(candidate: Candidate, reasons: frozenset[str]) -> bool:
    """Whether it tells nothing; never if it holds a piece that the caller wants kept."""
    if not candidate.text.strip():
        return True
    severe = {finding.reason for finding in candidate.findings if finding.severity is Severity.SEVERE}
    return bool(severe & reasons) and not candidate.output.placed


def _left_out(candidate: Candidate) -> Candidate:
    trouble = candidate.trouble
    return replace(candidate, rung=Rung.LEFT_OUT, cause=candidate.cause or (trouble.reason if trouble else ""))


def _sentence(chosen: Chosen, target: str) -> Sentence:
    """What stays in its language has one space where the article was wrapped, not one for each of "\\r\\n" and the indent after it.

    Characters that no reader sees are removed from it.
    """
    stays = chosen.language == target and not chosen.written
    return Sentence(text=_ROOM.sub(" ", without_unseen(chosen.text)) if stays else chosen.text, language=chosen.language)
