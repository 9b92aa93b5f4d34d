"""Compare the briefs of one article: every language should have the same numbers, names and count of sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.names import compare_names
from korotko_service.text.document import Span

DISAGREE = "BRIEFS_DISAGREE"
_KNOWN = frozenset({"en", "uk", "ru"})
_STRANGE = ("NUMBER_NOT_IN_SOURCE", "NAME_NOT_IN_SOURCE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One language's brief; `translated` where a model stands between it and the article's own sentences.

    `cut` counts the sentences left out to meet the caller's limit of characters: that they are missing is no fault.
    """

    language: str
    text: str
    sentences: int
    translated: bool
    cut: int = 0


def disagreements(briefs: Sequence[Told]) -> tuple[tuple[Finding, ...], ...]:
    """Give for each brief what only it says, and what only it does not say (BRIEFS_DISAGREE).

    A warning, since a translator may rightly have added or left out a name; severe where two other briefs agree on a number and a
    translated brief has another one in its place. What the article says in its own language is never outvoted by translations of it.
    Only briefs in "en", "uk" and "ru" are compared, and a brief with fewer sentences than another need not say all that the other says.
    """
    judged = [brief for brief in briefs if brief.language in _KNOWN]
    return tuple(
        _sorted(_findings(brief, [other for other in judged if other is not brief])) if brief in judged else () for brief in briefs
    )


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: finding.span))


def _findings(brief: Told, others: list[Told]) -> list[Finding]:
    if not others or (not brief.translated and all(other.translated for other in others)):
        return []
    outvoted = len(others) > 1 and brief.translated
    return [*_count(brief, others), *_paired(_said_alone(brief, others), _left_out(brief, others), outvoted=outvoted)]


def _paired(alone: list[Finding], lacking: list[Finding], *, outvoted: bool) -> list[Finding]:
    """Pair what is said alone with what is lacking, where there is as much of both: each pair is one finding."""
    if len(alone) != len(lacking):
        return [*alone, *lacking]
    pairs = zip(alone, lacking, strict=True)
    return [replace(said, expected=lost.expected, severity=_weight(said, lost, outvoted=outvoted)) for said, lost in pairs]


def _weight(said: Finding, lost: Finding, *, outvoted: bool) -> Severity:
    changed = any(map(str.isdigit, said.found)) and any(map(str.isdigit, lost.expected))
    return Severity.SEVERE if outvoted and changed else Severity.WARNING


def _count(brief: Told, others: list[Told]) -> list[Finding]:
    counts = {other.sentences + other.cut for other in others}
    if len(counts) != 1 or brief.sentences + brief.cut in counts:
        return []
    return [_finding(brief, found=str(brief.sentences), expected=str(counts.pop()))]


def _said_alone(brief: Told, others: list[Told]) -> list[Finding]:
    """The numbers and names that no other brief has; nothing where one of the others has fewer sentences."""
    if any(other.sentences < brief.sentences for other in others):
        return []
    first, *rest = others
    alone = _strange(brief, first)
    # Usually there is nothing, and the others need not be compared.
    for other in rest if alone else ():
        also = _strange(brief, other)
        alone = {span: finding for span, finding in alone.items() if span in also}
    return [_finding(brief, span=span, found=finding.found, expected=finding.expected) for span, finding in alone.items()]


def _left_out(brief: Told, others: list[Told]) -> list[Finding]:
    """What the others agree on and the brief lacks; nothing where the numbers of sentences differ."""
    if any(other.sentences != brief.sentences for other in others):
        return []
    first, *rest = others
    lacking = _strange(first, brief)
    for other in rest if lacking else ():
        alone = _strange(first, other, least=Severity.INFO)
        lacking = {span: finding for span, finding in lacking.items() if span not in alone}
    return [_finding(brief, expected=finding.found) for finding in lacking.values()]


def _strange(brief: Told, other: Told, *, least: Severity = Severity.WARNING) -> dict[Span, Finding]:
    """What the brief says and the other does not, by its place, without differences slighter than `least`."""
    found = [
        *compare_numbers(other.text, brief.text, source_language=other.language, target_language=brief.language),
        *compare_names(other.text, brief.text, source_language=other.language, target_language=brief.language),
    ]
    return {each.span: each for each in found if each.reason in _STRANGE and each.severity >= least}


def _finding(brief: Told, *, span: Span | None = None, found: str = "", expected: str = "") -> Finding:
    place = span or Span(start=0, end=len(brief.text))
    return Finding(reason=DISAGREE, severity=Severity.WARNING, span=place, found=found, expected=expected)
