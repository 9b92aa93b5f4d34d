"""Compare the units of the numbers that a sentence and its translation share: 112 cm is not 112 km, nor 60 miles an hour 60 miles."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import Key, NumberMention
from korotko_service.fidelity.units.conversions import is_converted
from korotko_service.fidelity.units.rates import Rate, rate_of, tells
from korotko_service.fidelity.units.units import SPANS_OF_TIME, Unit, unit_of, units_in
from korotko_service.text.document import Span
from korotko_service.text.wordlists import STOP_WORDS

_MOST = 20  # numbers that are compared; a text with more is no sentence
_MEASURED = frozenset({"cardinal", "year", "money"})  # by their looks: "1500 m", "180 pounds"
# Units that a number may lose: the years of an age go without saying, pounds may be money, and kegs, glasses and rocks are no units.
_UNDERSTOOD = SPANS_OF_TIME | {"lb", "barrel", "pint", "stone", "are"}
_SPEED = re.compile(r"speed|limit|fast|швидк|обмеж|скорост|огранич", re.IGNORECASE)  # "where the limit is 70"
_SHORT_WORD = re.compile(r"\s?([^\W\d_]{2,4})\b")
# Degrees that go without saying: "40 below", «мінус 28», «20 тепла», "in the 90s", "35°W".
_DEGREES = frozenset({"°C", "°F"})
_BELOW = re.compile(r"below|minus|plus|zero|frost|м[иі]нус|плюс|нул|мороз|тепл|[0-9](?:['’]?s|\s?°?\s?[NSEW])(?!\w)", re.IGNORECASE)
_NEAR = 12  # characters between numbers that share what is said once: "a 5-mile, 3-mile walk" is one of «5 і 3 милі»
_SPEEDS = frozenset({"second", "minute", "hour"})  # a distance that becomes one per such a time is no mere wording


class Measured(NamedTuple):
    """A number with its unit, and the time that it is per."""

    mention: NumberMention
    unit: Unit | None
    rate: Rate | None

    @property
    def time(self) -> str:
        """Such as "hour" in "60 miles an hour"; "" for a plain measure."""
        return self.rate.time if self.rate else ""

    @property
    def span(self) -> Span:
        end = (self.rate or self.unit or self.mention).span.end
        return Span(start=self.mention.span.start, end=end)


class Side(NamedTuple):
    """One of two texts with its numbers."""

    text: str
    language: str
    numbers: list[Measured]


class Told(NamedTuple):
    """How the source measures a number: where it comes first, and in all units and rates that it has there."""

    first: Measured
    names: frozenset[str]
    times: frozenset[str]


class Changed(NamedTuple):
    """A number of the output whose unit or rate (then `is_rate`) differs from the source's, or is gone or added (then `is_slight`)."""

    said: Measured
    meant: Measured
    is_rate: bool
    is_slight: bool


def find_changed_measures(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Finding]:
    """Report UNIT_CHANGED: a number that the source has too, but only ever in other units, or per another time.

    That is as severe as a wrong number. Only a warning where the number lost its unit or rate, and the output does not name that elsewhere,
    or where a plain measure became a speed. A number that the output repeats is reported once, where it is worst.
    """
    worst: dict[Key, Changed] = {}
    for each in changed_measures(source, read, output, written, languages):
        other = worst.setdefault(each.said.mention.key, each)
        if other.is_slight and not each.is_slight:
            worst[each.said.mention.key] = each
    return [_finding(each, source, output) for each in worst.values()]


def changed_measures(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Changed]:
    """Give the numbers whose unit or rate changed, in the order of the output."""
    shared = {mention.key for mention in read}.intersection([mention.key for mention in written])
    told = _told(_side(source, [mention for mention in read if mention.key in shared], languages[0])) if shared else {}
    if not told:
        return []
    here, there = _side(source, read, languages[0]), _side(output, written, languages[1])
    pairs = [(each, told[each.mention.key]) for each in there.numbers if each.mention.key in told]
    found = [_other(each, meant) or _slight(each, meant, here, there) for each, meant in pairs]
    return [each for each in found if each is not None and (each.is_rate or not _is_another(here, read, there, each.said.mention))]


def _side(text: str, mentions: list[NumberMention], language: str) -> Side:
    numbers = []
    for mention in mentions:
        if mention.certain and mention.kind in _MEASURED:
            unit = unit_of(text, mention, language)
            numbers.append(Measured(mention, unit, rate_of(text, unit, language) if unit else None))
    return Side(text, language, numbers)


def _told(side: Side) -> dict[Key, Told]:
    """The numbers of the source that have a unit at every mention."""
    told: dict[Key, Told] = {}
    for each in side.numbers:
        names = each.unit.names if each.unit else frozenset()
        before = told.get(each.mention.key) or Told(each, frozenset(), frozenset())
        told[each.mention.key] = before._replace(names=before.names | names, times=before.times | {each.time})
    bare = {each.mention.key for each in side.numbers if each.unit is None}
    return {key: each for key, each in told.items() if key not in bare}


def _other(said: Measured, told: Told) -> Changed | None:
    """The number if it has another unit, or one per another time."""
    if said.unit is None:
        return None
    if said.unit.names.isdisjoint(told.names):
        return Changed(said, told.first, is_rate=False, is_slight=False)
    is_another = said.time and "" not in told.times and said.time not in told.times
    return Changed(said, told.first, is_rate=True, is_slight=False) if is_another else None


def _slight(said: Measured, told: Told, here: Side, there: Side) -> Changed | None:
    """The number if its unit or rate is gone, or if it got a rate out of nowhere."""
    if max(len(here.numbers), len(there.numbers)) > _MOST:
        return None
    if said.unit is None:
        return Changed(said, told.first, is_rate=False, is_slight=True) if _is_lost(said, told, here, there) else None
    if said.time in told.times:
        return None
    if said.time:
        is_kept = said.time not in _SPEEDS or _is_told_elsewhere(said.time, told.first, here)
    else:
        is_kept = any(_is_told_elsewhere(time, said, there, in_brackets=False) for time in told.times)
    return None if is_kept else Changed(said, told.first, is_rate=True, is_slight=True)


def _is_lost(said: Measured, told: Told, here: Side, there: Side) -> bool:
    """Tell whether a number in digits has no unit, not even one that a number before or beside it has, or that is named by itself."""
    if not said.mention.in_digits or told.names & _UNDERSTOOD:
        return False
    if "" not in told.times and _SPEED.search(there.text) and not _has_strange_unit(said, there.text):
        return False
    if told.names <= _DEGREES and (_BELOW.search(there.text) or _is_letter(told.first, here.text)):
        return False
    later = {other.unit.span.start for other in _apart(said, there) if other.unit and other.span.start > said.span.start}
    return not any(unit.names & told.names and unit.span.start not in later for unit in units_in(there.text, there.language))


def _has_strange_unit(number: Measured, text: str) -> bool:
    """Tell whether a model may have made up a unit: «800 кф» for "800 kph"."""
    word = _SHORT_WORD.match(text, number.span.end)
    return word is not None and word.group(1).casefold() not in STOP_WORDS


def _is_letter(number: Measured, text: str) -> bool:
    """Tell whether the degrees may be a letter of a name: a Gripen "39C"."""
    return number.unit is not None and text[number.unit.span.start : number.unit.span.end].isalpha() and len(number.unit.span) == 1


def _is_told_elsewhere(time: str, number: Measured, side: Side, *, in_brackets: bool = True) -> bool:
    """Tell whether the time that a number is per in the other text is named in this one, except by a number far away.

    In «105 миль (165 км/год)» the "per hour" belongs to the bracket alone.
    """
    others = [other.span for other in _apart(number, side) if other.mention.value != 1]
    if not in_brackets:
        others += [other.span for other in side.numbers if other.rate and _is_converted_behind(number, other, side.text)]
    return tells(side.text, time, side.language, but=others)


def _is_converted_behind(number: Measured, other: Measured, text: str) -> bool:
    """Tell whether another number stands in brackets after this one, in another unit: "105 miles (165 km)"."""
    if number.unit is None or other.unit is None:
        return False
    return text[number.span.end : other.span.start] == " (" and number.unit.names.isdisjoint(other.unit.names)


def _apart(said: Measured, side: Side) -> Iterator[Measured]:
    """The other numbers that stand too far away to lend this one what is said once."""
    start, end = said.span.start, said.span.end
    return (other for other in side.numbers if other is not said and max(other.span.start - end, start - other.span.end) > _NEAR)


def _is_another(here: Side, read: list[NumberMention], there: Side, mention: NumberMention) -> bool:
    """Tell whether it is another number of the source, converted to its unit: "10 to 16 miles" are 16 to 26 km."""
    others = [each for each in read if each.key != mention.key] if len(read) <= _MOST else []
    return is_converted(there.text, mention, here.text, others, (there.language, here.language))


def _finding(changed: Changed, source: str, output: str) -> Finding:
    span, meant = changed.said.span, changed.meant.span
    return Finding(
        reason="UNIT_CHANGED",
        severity=Severity.WARNING if changed.is_slight else Severity.SEVERE,
        span=span,
        found=output[span.start : span.end],
        expected=source[meant.start : meant.end],
    )
