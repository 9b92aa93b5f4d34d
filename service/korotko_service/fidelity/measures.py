"""Compare the units of the numbers that a sentence and its translation share: 112 cm are no 112 km."""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.conversions import is_converted
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.mention import NumberMention
from korotko_service.fidelity.units import SPANS_OF_TIME, Unit, unit_of, units_in
from korotko_service.text.document import Span

Key = tuple[bool, Decimal]
_MOST = 20  # numbers of a source that are turned into other units; a text with more is no sentence
_MEASURED = frozenset({"cardinal", "year", "money"})  # by their looks: "1500 m", "180 pounds"
# A number may lose what a reader knows without it: years of an age, pounds of money, degrees, horsepower.
_UNDERSTOOD = SPANS_OF_TIME | {"lb", "°C", "°F", "hp", "kn", "mile", "ft", "yd", "inch", "oz", "barrel"}


class Told(NamedTuple):
    """How the source measures a number: where first, and every unit that it has there."""

    mention: NumberMention
    unit: Unit
    names: frozenset[str]


class Changed(NamedTuple):
    """A number of the output whose unit is another one than in the source, or gone."""

    mention: NumberMention
    unit: Unit | None
    meant: Unit
    expected: str


def find_changed_measures(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Finding]:
    """Report UNIT_CHANGED: a number that the source has too, but only ever in other units; as severe as another number.

    A warning: the number has no unit any more, and the output names that unit nowhere.
    """
    return [_finding(each, output) for each in changed_measures(source, read, output, written, languages)]


def changed_measures(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Changed]:
    """Give the numbers whose unit changed, in the order of the output."""
    told = _told(source, read, languages[0])
    if not told:
        return []
    known = [mention for mention in written if mention.certain and mention.kind in _MEASURED and mention.key in told]
    found = (_compared(source, told[mention.key], output, mention, languages[1]) for mention in known)
    return [each for each in found if each is not None and not _is_another(source, read, output, each.mention)]


def _told(source: str, read: list[NumberMention], language: str) -> dict[Key, Told]:
    """The numbers of the source that have a unit."""
    told: dict[Key, Told] = {}
    bare: set[Key] = set()
    for mention in read:
        if not mention.certain or mention.kind not in _MEASURED:
            continue
        unit = unit_of(source, mention, language)
        if unit is None:
            bare.add(mention.key)
            continue
        first = told.get(mention.key)
        told[mention.key] = first._replace(names=first.names | unit.names) if first else Told(mention, unit, unit.names)
    return {key: each for key, each in told.items() if key not in bare}


def _compared(source: str, told: Told, output: str, mention: NumberMention, language: str) -> Changed | None:
    own = unit_of(output, mention, language)
    is_kept = bool(own.names & told.names) if own else not _is_lost(told.names, output, mention, language)
    return None if is_kept else Changed(mention, own, told.unit, source[told.mention.span.start : told.unit.span.end])


def _is_lost(names: frozenset[str], output: str, mention: NumberMention, language: str) -> bool:
    """Tell whether a number in digits stands without a unit that is named nowhere else."""
    return mention.in_digits and not names & _UNDERSTOOD and names.isdisjoint(_named(output, language))


@lru_cache(maxsize=16)  # Each number that lost its unit asks the same.
def _named(output: str, language: str) -> frozenset[str]:
    return frozenset[str]().union(*(unit.names for unit in units_in(output, language)))


def _is_another(source: str, read: list[NumberMention], output: str, mention: NumberMention) -> bool:
    """Tell whether it is another number of the source, turned into its unit: "10 to 16 miles" are 16 to 26 km."""
    others = [each for each in read if each.key != mention.key] if len(read) <= _MOST else []
    return is_converted(output, mention, source, others)


def _finding(changed: Changed, output: str) -> Finding:
    severity = Severity.SEVERE if changed.unit else Severity.WARNING
    span = Span(start=changed.mention.span.start, end=(changed.unit or changed.mention).span.end)
    found = output[span.start : span.end]
    return Finding(reason="UNIT_CHANGED", severity=severity, span=span, found=found, expected=changed.expected)
