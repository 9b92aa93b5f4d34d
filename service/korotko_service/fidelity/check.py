"""Run every check on one sentence and its translation."""

from collections.abc import Iterator
from dataclasses import replace

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.guards.balance import find_unbalanced
from korotko_service.fidelity.guards.guard import guard
from korotko_service.fidelity.guards.sentence_count import find_sentence_count
from korotko_service.fidelity.names.compass import find_turned
from korotko_service.fidelity.names.names import compare_names
from korotko_service.fidelity.pieces.changed import find_changed_pieces

_GONE = frozenset({"NUMBER_MISSING", "NAME_MISSING"})
_ADDED = frozenset({"NUMBER_NOT_IN_SOURCE", "NAME_NOT_IN_SOURCE"})
_KNOWN = frozenset({"en", "uk", "ru"})


def check(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Find what is suspicious in `output` as a translation of `source`, in the order of the output's text.

    Nothing is checked where both languages are the same: the text was not translated. Numbers, names and the language of the output are
    checked between "en", "uk" and "ru"; for other languages only what needs no knowledge of them: loops, echoes, length, tokens of a model.
    Of correct human translations 1 to 2.5 % get a warning or worse on FLORES-200 dev and 3 to 5 % on NTREX-128, which is freely
    translated: see docs/faithfulness.md.
    """
    if source_language == target_language:
        return ()
    guarded = guard(source, output, source_language=source_language, target_language=target_language)
    kept = (*find_changed_pieces(source, output), *find_unbalanced(source, output))
    counted: tuple[Finding, ...] = ()
    told: list[Finding] = []
    named: tuple[Finding, ...] = ()
    if {source_language, target_language} <= _KNOWN:
        counted = compare_numbers(source, output, source_language=source_language, target_language=target_language)
        told = find_sentence_count(source, output, source_language, target_language)
        turned = find_turned(source, output, source_language=source_language, target_language=target_language)
        named = (*turned, *compare_names(source, output, source_language=source_language, target_language=target_language))
    return tuple(sorted(_weighed((*guarded, *kept, *told, *counted, *_new(named, guarded))), key=_place))


def _new(named: tuple[Finding, ...], guarded: tuple[Finding, ...]) -> Iterator[Finding]:
    """The names that no guard has reported as misspelt: for those, a comparison by sound may expect the wrong name of the source."""
    told = {each.span for each in guarded if each.reason == "NAME_NOT_IN_SOURCE"}
    return (each for each in named if each.span not in told or each.severity is Severity.SEVERE)


def _weighed(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """An odd length becomes a warning where a name or a number is gone or added too: part of the sentence went or came with it."""
    reasons = {finding.reason for finding in found}
    return tuple(
        replace(each, severity=Severity.WARNING)
        if each.reason == "LENGTH_RATIO" and each.severity is Severity.INFO and reasons & (_GONE if each.found < each.expected else _ADDED)
        else each
        for each in found
    )


def _place(finding: Finding) -> tuple[int, int, int, str, str, str]:
    span = finding.span
    return (span.start, span.end, -finding.severity, finding.reason, finding.found, finding.expected)
