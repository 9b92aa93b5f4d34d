"""Compare the numbers of a sentence with those of its translation."""

import re
from collections.abc import Iterator
from decimal import Decimal

from korotko_service.fidelity.amounts.counts import find_repeated
from korotko_service.fidelity.amounts.currencies import find_changed_units
from korotko_service.fidelity.amounts.halves_of_day import find_changed_halves
from korotko_service.fidelity.amounts.measures import find_changed_measures
from korotko_service.fidelity.amounts.order import find_swapped
from korotko_service.fidelity.amounts.relative_days import find_exchanged_days
from korotko_service.fidelity.amounts.scores import find_changed_rows
from korotko_service.fidelity.amounts.signs import find_changed_signs
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.numbers.weekdays import find_wrong_weekdays
from korotko_service.fidelity.units.conversions import is_converted, is_rounded_off, told_twice
from korotko_service.text.document import Span

__all__ = ["NumberMention", "compare_numbers", "numbers"]

_BRACKET = re.compile(r"[^().,;]{1,20}\((?=[0-9])")
_OR = re.compile(r"[^().,;]{1,12},?\s(?:or|або|или|тобто|то есть)\s(?=[-−–]?[0-9])")  # "128 °F, or 53.3 °C"
_MOST = 20  # lost numbers that are weighed against a strange one
_SMALL = 10  # up to here a written-out number often gives way to "both", "a couple", a plural


def numbers(text: str, language: str) -> tuple[NumberMention, ...]:
    """Give the numbers of a text in its order, in digits or words, except "one", bare "millions" and words that only hint at a number."""
    return tuple(mention for mention in scan(text, language) if mention.certain and mention.kind != "scale")


def compare_numbers(source: str, output: str, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Report numbers that the output invents or changes (NUMBER_NOT_IN_SOURCE) and those that it lost (NUMBER_MISSING).

    Also: amounts in another currency or unit, times in the other half of the day, other days of the week, lost minus signs, and a
    number put where another one stood. A conversion from miles, inches or °F to metric units is an info only. A lost number has
    no place in the output, so its finding spans all of it. Of correct human translations fewer than 0.5 % get a warning or worse from here
    (FLORES-200 dev, six directions).
    """
    languages = (source_language, target_language)
    read, written = scan(source, source_language), scan(output, target_language)
    reports = [
        *_unmatched(source, read, output, written, languages),
        *find_repeated(read, written),
        *find_changed_rows(source, output),
        *find_swapped(source, read, output, written, languages),
        *find_changed_units(source, read, output, written),
        *find_changed_measures(source, read, output, written, languages),
        *find_changed_halves(source, read, output, written, languages),
        *find_changed_signs(source, read, output, written),
        *find_wrong_weekdays(source, output, source_language=source_language, target_language=target_language),
        *find_exchanged_days(source, output, source_language=source_language, target_language=target_language),
    ]
    return tuple(finding for finding in reports if finding is not None)


def _unmatched(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> Iterator[Finding | None]:
    """The numbers of either text that the other lacks, slight where a careful translator may have arrived at them."""
    whole = Span(start=0, end=len(output))
    strange, lost = _without_counterpart(written, read), _without_counterpart(read, written)
    vague = [mention for mention in written if not mention.certain]
    for mention in strange:
        slight = (
            _is_slight(mention, others=lost)
            or is_converted(output, mention, source, lost or read, languages[::-1])
            or told_twice(output, mention, written, languages[1])
            or any(is_rounded_off(source, other, output, mention, languages) for other in lost[:_MOST])
        )
        yield _invented(mention, slight=slight)
    for mention in lost:
        slight = (
            _is_slight(mention, others=strange)
            or is_converted(source, mention, output, strange or [*vague, *_told_twice(source, mention, output, written)], languages)
            or any(is_rounded_off(source, mention, output, other, languages) for other in strange[:_MOST])
        )
        yield _missing(mention, whole, slight=slight)


def _told_twice(source: str, mention: NumberMention, output: str, written: list[NumberMention]) -> list[NumberMention]:
    """The output's numbers where the source says this one twice: "200 miles (322 km)" whose brackets are gone, "128 °F, or 53 °C"."""
    within = source[mention.span.start - 1 : mention.span.start] == "("
    again = within or _BRACKET.match(source, mention.span.end) is not None
    return written if (again and output.count("(") < source.count("(")) or _OR.match(source, mention.span.end) else []


def _without_counterpart(mentions: list[NumberMention], others: list[NumberMention]) -> list[NumberMention]:
    """Give the certain mentions that meet none of the others.

    Two mentions meet where the likeliest value of one is among the readings of the other: mere possibilities do not meet each other,
    or the 1930s would be the 1830s, both being "the thirties". A score "24:31" also meets "24–31", half by half.
    """
    likeliest = {other.key for other in others}
    possible = {key for other in others for key in other.keys}
    alone = [mention for mention in mentions if mention.certain and mention.key not in possible and likeliest.isdisjoint(mention.keys)]
    if not alone:
        return []
    halves = {key for other in others for key in _halves(other)}
    plain = {other.key for other in others if other.kind != "time"}
    return [mention for mention in alone if not (mention.key in halves or (_halves(mention) and _halves(mention) <= plain))]


def _halves(mention: NumberMention) -> frozenset[tuple[bool, Decimal]]:
    if mention.kind != "time" or ":" not in mention.text:
        return frozenset()
    return frozenset((False, Decimal(digits)) for digits in mention.text.split(":"))


def _invented(mention: NumberMention, *, slight: bool) -> Finding | None:
    if not mention.in_digits and mention.kind == "ordinal":
        return None
    severity = Severity.INFO if slight else Severity.WARNING if mention.kind == "scale" or _is_small(mention) else Severity.SEVERE
    return Finding(reason="NUMBER_NOT_IN_SOURCE", severity=severity, span=mention.span, found=mention.text)


def _missing(mention: NumberMention, whole: Span, *, slight: bool) -> Finding | None:
    if not mention.in_digits and mention.kind == "ordinal":
        return None
    severity = Severity.INFO if slight else Severity.WARNING
    return Finding(reason="NUMBER_MISSING", severity=severity, span=whole, expected=mention.text)


def _is_slight(mention: NumberMention, *, others: list[NumberMention]) -> bool:
    """Tell whether a careful translator might well write it otherwise: a small number in words, a lone 1, the 0 of a score in words.

    `others` are the unmatched numbers of the other text: a small number in words that stands for another one is not slight.
    """
    if mention.in_digits:
        # By its digits, not by its value: the 000 that is left of a garbled 5:000 is no zero that anybody would write.
        return not others and mention.text in ("0", "1") and mention.kind != "date"
    return _is_small(mention) and not (len(others) == 1 and _is_small(others[0]) and mention.kind == others[0].kind == "cardinal")


def _is_small(mention: NumberMention) -> bool:
    return not mention.in_digits and mention.kind not in ("month", "time", "century") and mention.value <= _SMALL
