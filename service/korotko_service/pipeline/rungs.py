"""The rungs of the repair ladder: other ways to translate a sentence, each a plan that is made without running a model. Pure."""

from collections.abc import Callable, Sequence as SequenceOf
from dataclasses import dataclass, replace

from korotko_service.catalog import Route
from korotko_service.engines.engine import MAX_BEAM_SIZE, DecodingOptions
from korotko_service.fidelity.amounts.signs import right_signs
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.guards.latin import correct_names
from korotko_service.fidelity.mends.centuries import right_century
from korotko_service.fidelity.mends.localising import carriable, latin_names
from korotko_service.fidelity.mends.mending import right_measures
from korotko_service.fidelity.mends.twice import said_once
from korotko_service.fidelity.pieces.protection import Protected
from korotko_service.fidelity.pieces.shield import Restored, Shield, shield
from korotko_service.pipeline.candidate import Candidate, Rung
from korotko_service.pipeline.joining import moved, one_sentence
from korotko_service.pipeline.rendering import Sentence
from korotko_service.text.chunking import split_long
from korotko_service.text.document import Span

_NUMBERS = frozenset({"NUMBER_NOT_IN_SOURCE", "NUMBER_MISSING", "CURRENCY_CHANGED", "UNIT_CHANGED"})
_NAMES = frozenset({"NAME_NOT_IN_SOURCE", "NAME_MISSING"})
_KNOWN = frozenset({"en", "uk", "ru"})
_CYRILLIC = frozenset({"uk", "ru"})
# A clause of fewer words gives a model too little context; a sentence of fewer than twice as many is not cut.
_LEAST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence that needs another try: what is protected in it, the best so far, and the language it goes to."""

    source: Sentence
    shield: Shield
    best: Candidate
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Texts to render, and how their renderings are put together into the sentence."""

    sentences: tuple[Sentence, ...]
    shields: tuple[Shield, ...]
    whole: Callable[[SequenceOf[Candidate]], Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung: for which cases it has a plan, the options that it decodes with, and whether it leaves the usual route."""

    rung: Rung
    attempt: Callable[[Case], Attempt | None]
    options: Callable[[DecodingOptions, Route], DecodingOptions] = lambda options, route: options
    detours: bool = False


def again(case: Case) -> Attempt:
    """The same sentence once more; the options make the difference."""
    return Attempt(sentences=(case.source,), shields=(case.shield,), whole=lambda parts: parts[0])


def severe(case: Case) -> Attempt | None:
    """The same sentence once more, only if it is likely to be wrong."""
    return again(case) if case.best.is_severe else None


def split(case: Case) -> Attempt | None:
    """The sentence in clauses of about half its words; None if it is short, or if a cut would go through a protected piece."""
    text = case.source.text
    words = _words(text)
    if words < 2 * _LEAST_WORDS:
        return None
    spans = _clauses(text, budget=max(_LEAST_WORDS, words * 3 // 5))
    pieces = case.shield.pieces
    held = [[piece for piece in pieces if span.start <= piece.span.start and piece.span.end <= span.end] for span in spans]
    if len(spans) < 2 or sum(map(len, held)) < len(pieces):
        return None
    shields = tuple(_part(text, span, inside) for span, inside in zip(spans, held, strict=True))
    return Attempt(
        sentences=tuple(Sentence(text=each.text, language=case.source.language) for each in shields),
        shields=shields,
        whole=lambda parts: one_sentence(case.shield, spans, parts, (case.source.language, case.target)),
    )


def protected(case: Case) -> Attempt | None:
    """The sentence with a mask for each number that the check misses, or for all if it names none, and for each name that it misses and
    that is in Latin letters in a Cyrillic text. None if nothing of that kind is wrong.

    Other names are left to the model. A spelling by rule is what translators chose for 17 % of the names from Ukrainian or Russian into
    English and for 45 % from Ukrainian into Russian (FLORES-200 dev), since names decline; the checks would forgive the rest. Latin names
    in Cyrillic texts stay as they are in 149 of 150 cases.
    """
    carried = [each for each in (*_numbers(case), *_names(case)) if not _overlaps(each, case.shield)]
    if not carried:
        return None
    pieces = sorted([*case.shield.pieces, *carried], key=lambda piece: piece.span)
    guarded = shield(case.source.text, pieces)
    return Attempt(sentences=(case.source,), shields=(guarded,), whole=lambda parts: _without(parts[0], case.shield.pieces))


def mended(case: Case) -> Attempt | None:
    """The best answer without immediate repetitions, and with its misspelt English names, units, halves of the day, centuries and minus
    signs as the source has them; None if nothing of that is wrong.

    No model is asked. Masking such names was tried instead: what a model wrote around the mask was 3 points of chrF further from the
    reference.
    """
    source, best = case.source, case.best.output
    output = said_once(source.text, best) or best
    output = correct_names(source.text, output, source.language, case.target) or output
    output = right_measures(source.text, output, source.language, case.target) or output
    output = right_century(source.text, output, source.language, case.target) or output
    output = right_signs(source.text, output, source.language, case.target) or output
    return Attempt(sentences=(), shields=(), whole=lambda parts: replace(case.best, output=output, findings=())) if output != best else None


def narrowly(options: DecodingOptions, route: Route) -> DecodingOptions:
    """A beam of two at most: for a clause it finds what a beam of four finds, in two thirds of the time."""
    return replace(options, beam_size=min(2, _beam(options, route)))


def greedily(options: DecodingOptions, route: Route) -> DecodingOptions:
    """No beam, no three tokens twice, and a penalty on every repeated token."""
    return replace(options, beam_size=1, no_repeat_ngram_size=3, repetition_penalty=1.2)


def carefully(options: DecodingOptions, route: Route) -> DecodingOptions:
    """As `greedily`, but with the usual beam, or with the widest if none is usual."""
    beam = _beam(options, route)
    return replace(greedily(options, route), beam_size=beam if beam > 1 else MAX_BEAM_SIZE)


def _beam(options: DecodingOptions, route: Route) -> int:
    """The caller's beam, else that of the last model on the route; 1 if no model is asked."""
    return options.beam_size or (route[-1].model.decoding.beam_size if route else 1)


# In the order of what helps most at the least cost, as measured with the starter: docs/repair.md. The two before the last are only for
# severe findings: after the others they cure one sentence in fifty. A detour's result has to be clean as well: what was merely better was
# 8 points of chrF further from the reference than before. Mending costs nothing, and is done again with what the others made.
LADDER: tuple[Step, ...] = (
    Step(rung=Rung.MENDED, attempt=mended),
    Step(rung=Rung.SPLIT, attempt=split, options=narrowly),
    Step(rung=Rung.PROTECTED, attempt=protected),
    Step(rung=Rung.DECODED_AGAIN, attempt=again, options=greedily),
    Step(rung=Rung.DECODED_AGAIN, attempt=severe, options=carefully),
    Step(rung=Rung.REROUTED, attempt=severe, detours=True),
    Step(rung=Rung.MENDED, attempt=mended),
)


def _clauses(text: str, *, budget: int) -> tuple[Span, ...]:
    """Clauses of about `budget` words; what is left of a sentence after the last whole one goes with it."""
    spans = split_long(text, count=_words, budget=budget)
    is_rest = len(spans) > 1 and _words(text[spans[-1].start :]) < _LEAST_WORDS
    return (*spans[:-2], Span(start=spans[-2].start, end=spans[-1].end)) if is_rest else spans


def _words(text: str) -> int:
    return len(text.split())


def _troubles(case: Case) -> list[Finding]:
    return [finding for finding in case.best.findings if finding.severity >= Severity.WARNING]


def _numbers(case: Case) -> list[Protected]:
    wrong = {each.expected for each in _troubles(case) if each.reason in _NUMBERS}
    if not wrong or not {case.source.language, case.target} <= _KNOWN:
        return []
    text = case.source.text
    numbers = carriable(text, case.source.language, case.target)
    missed = [each for each in numbers if any(_is_meant(expected, text[each.span.start : each.span.end]) for expected in wrong)]
    return missed or list(numbers)


def _names(case: Case) -> list[Protected]:
    missed = {name for each in _troubles(case) if each.reason in _NAMES for name in each.expected.split(", ")}
    return [each for each in latin_names(case.source.text) if each.text in missed] if case.source.language in _CYRILLIC else []


def _is_meant(expected: str, number: str) -> bool:
    return bool(expected) and (expected in number or number in expected)


def _overlaps(piece: Protected, guarded: Shield) -> bool:
    return any(piece.span.start < each.span.end and each.span.start < piece.span.end for each in guarded.pieces)


def _part(text: str, span: Span, inside: SequenceOf[Protected]) -> Shield:
    return shield(text[span.start : span.end], [moved(piece, -span.start) for piece in inside])


def _without(candidate: Candidate, pieces: SequenceOf[Protected]) -> Candidate:
    """The candidate with only these pieces as protected ones: the checks then read the numbers that were put back like any others."""
    output = candidate.output
    kept = tuple(placed for placed in output.placed if placed.piece in pieces)
    return replace(candidate, output=Restored(text=output.text, placed=kept, pieces=tuple(pieces)))
