"""Recognise a measure converted to another unit or rounded: 10 miles and 16 km, 50 °F and 10 °C, 18 months and a year and a half."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.units.units import unit_behind, unit_of, unit_within

_AHEAD = 20
_MOST_OTHERS = 20  # a text that lost more is no text, and comparing each with each would cost quadratic time
_ROUNDED = 0.12  # of the exact value: translators round, "five miles" are "eight kilometres"
_HUGE = 10**9  # nobody measures so much
_EXACT = 0.02  # within one system
_FINE = 0.03  # of a temperature: ovens are set to full tens
_FACTORS = {  # one of the first in terms of the second, by their names in `names`
    ("mile", "km"): 1.609, ("mile", "m"): 1609.0, ("ft", "m"): 0.3048, ("ft", "cm"): 30.48, ("yd", "m"): 0.9144,
    ("inch", "cm"): 2.54, ("inch", "mm"): 25.4, ("lb", "kg"): 0.4536, ("oz", "g"): 28.35, ("ac", "ha"): 0.4047,
    ("gal", "l"): 3.785, ("t", "kg"): 907.0, ("stone", "kg"): 6.35, ("lb", "g"): 453.6, ("lb", "t"): 0.0004536,
    ("pint", "l"): 0.52, ("pint", "ml"): 520.0, ("oz", "l"): 0.0296, ("oz", "ml"): 29.6,
    ("mile²", "km²"): 2.59, ("ft²", "m²"): 0.0929, ("mile²", "ha"): 259.0, ("ac", "km²"): 0.00405,
    ("ac", "m²"): 4047.0, ("ft", "km"): 0.0003048, ("inch", "m"): 0.0254, ("nmi", "km"): 1.852,
}  # fmt: skip
_WITHIN = {  # the same within one system, where nothing need be rounded
    ("m", "cm"): 100.0, ("m", "mm"): 1000.0, ("cm", "mm"): 10.0, ("km", "m"): 1000.0, ("kg", "g"): 1000.0, ("t", "kg"): 1000.0,
    ("ft", "inch"): 12.0, ("year", "month"): 12.0, ("week", "day"): 7.0, ("day", "hour"): 24.0, ("hour", "minute"): 60.0,
    ("decade", "year"): 10.0, ("century", "year"): 100.0, ("are", "m²"): 100.0,
    ("km²", "ha"): 100.0, ("ha", "m²"): 10_000.0, ("GW", "MW"): 1000.0, ("MW", "kW"): 1000.0,
}  # fmt: skip
_METRIC = frozenset({"km", "m", "cm", "mm", "kg", "ha", "l", "km²", "m²", "°C"})
# Signs that are too ambiguous to count against a translation, yet good enough to excuse one: 5', 12", "12 in".
_DOUBTFUL = re.compile(r"[\s-]?(?:(?P<ft>['′])|(?P<inch>[\"″]|in\b))")
_EITHER = re.compile(r"°|градус\w*")  # in the translation of an American text a degree need not be Celsius
_ARTICLE = re.compile(r"\s?an?[\s-]")  # "half a mile"
_HEAVY = re.compile(r"([0-9]{1,2})[\s-]?(?:stone|st)[\s-]?([0-9]{1,2})[\s-]?(?:pounds?|lbs?)\b", re.I)  # "13 stone 5 pounds"
_TALL = re.compile(r"([0-9]{1,2})[\s-]?(?:foot|feet|ft|['′’])[\s-]?([0-9]{1,2})(?:[\s-]?(?:inch|in\b|[\"″”]))?", re.I)  # "6-foot-6"
_BEFORE_BRACKET = re.compile(r"[^().,;]{0,20}\(")
# A unit in the singular without a number: «на неделю» is "for 7 days", «протягом року» "over 12 months".
_LONE = re.compile(
    r"(?<![\w-])(?<![0-9]\s)(?<!-му\s)(?<!-го\s)(?:(?P<year>рік|року|год|года|річн\w{1,3}|год(?:ов|ичн)\w{1,3})|(?P<week>тиждень|тижня|недел[яюи]|(?:тижнев|недельн)\w{1,3})"
    r"|(?P<day>доб[ауи]|сутки|суток|(?:добов|суточн)\w{1,3})|(?P<hour>годин[ауи]|часа?))\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:an?|one)(?=[\s-])", re.IGNORECASE)  # "about a mile" is «близько 1,6 км»


class Measure(NamedTuple):
    """What a number measures: in which unit (whichever of these it is), and how much."""

    units: frozenset[str]
    value: float


_NOTHING = Measure(frozenset(), 0.0)


def is_converted(source: str, mention: NumberMention, output: str, others: list[NumberMention], languages: tuple[str, str]) -> bool:
    """Tell whether one of the other text's numbers is this one in the other system, roughly, or rounded."""
    mine = _measured(source, mention, languages[0]) if len(others) <= _MOST_OTHERS else _NOTHING
    if not mine.units:
        return False
    if any(
        _same(mine, _measured(output, other, languages[1]), vague=not other.certain and _decimals(float(other.value)) > 0)
        for other in others
    ):
        return True
    if any(_same(mine, Measure(units, 1.0)) for units in _ones(output, languages[1])):
        return True
    return any(_is_factor(Measure(frozenset({unit}), 1.0), mine, _WITHIN, slack=0.0) for unit in _alone(output))


@lru_cache(maxsize=16)  # Each number that a text lost asks the same of the other one.
def _ones(text: str, language: str) -> tuple[frozenset[str], ...]:
    """The units of which a text has "a" or "one"."""
    units = (unit_behind(text, match.end(), language) for match in _ONE.finditer(text))
    return tuple(dict.fromkeys(unit.names for unit in units if unit))


@lru_cache(maxsize=16)
def _alone(text: str) -> tuple[str, ...]:
    """The units that a text names in the singular, without a number."""
    return tuple(dict.fromkeys(match.lastgroup or "" for match in _LONE.finditer(text)))


def told_twice(text: str, mention: NumberMention, mentions: list[NumberMention], language: str) -> bool:
    """Tell whether the number repeats in brackets, in another unit, what the one before them says: "200 miles (322 km)"."""
    if text[mention.span.start - 1 : mention.span.start] != "(" or len(mentions) > _MOST_OTHERS:
        return False
    before = [other for other in mentions if _BEFORE_BRACKET.fullmatch(text, other.span.end, mention.span.start)]
    mine = _measured(text, mention, language)
    return any(_is_factor(mine, _measured(text, other, language), _FACTORS, slack=_EXACT) for other in before)


def is_rounded_off(source: str, read: NumberMention, output: str, written: NumberMention, languages: tuple[str, str]) -> bool:
    """Tell whether the output rounds a metric measure to tens, hundreds or thousands, within 2 %: 550 pounds are 249 kg, or 250.

    Not the other way round: what the source rounded, nobody can know more exactly.
    """
    step, fine = _step(written.value), _step(read.value)
    off = abs(read.value - written.value)
    if step <= fine or off > step / 2 or float(off) > _EXACT * float(read.value):
        return False
    return bool(_units(source, read, languages[0]) & _units(output, written, languages[1]) & _METRIC)


def _step(value: Decimal) -> int:
    """10 for 250, 100 for 300, 1 for 249 and 2.5."""
    return next((step for step in (1000, 100, 10) if 0 < value < _HUGE and value % step == 0), 1)


def _measured(text: str, mention: NumberMention, language: str) -> Measure:
    """The unit and the value; either number of a height in feet and inches, or a weight in stones and pounds, stands for the whole."""
    for tall in _TALL.finditer(text, max(mention.span.start - _AHEAD, 0), mention.span.end + _AHEAD):
        if mention.span.start in (tall.start(1), tall.start(2)):
            return Measure(frozenset({"ft"}), int(tall.group(1)) + int(tall.group(2)) / 12)
    for heavy in _HEAVY.finditer(text, max(mention.span.start - _AHEAD, 0), mention.span.end + _AHEAD):
        if mention.span.start in (heavy.start(1), heavy.start(2)):
            return Measure(frozenset({"stone"}), int(heavy.group(1)) + int(heavy.group(2)) / 14)
    return Measure(_units(text, mention, language), float(mention.value))


def _units(text: str, mention: NumberMention, language: str) -> frozenset[str]:
    """The unit after a number, or in it («двухметровый»), doubtful ones among them."""
    end = mention.span.end
    article = _ARTICLE.match(text, end)
    unit = unit_of(text, mention, language) or (unit_behind(text, article.end(), language) if article else None)
    unit = unit or (None if mention.in_digits else unit_within(mention.text, language))
    if unit is None:
        doubtful = _DOUBTFUL.match(text, end)
        return frozenset({doubtful.lastgroup or ""} if doubtful else ())
    return unit.names | {"°F"} if _EITHER.fullmatch(text, unit.span.start, unit.span.end) else unit.names


def _same(mine: Measure, yours: Measure, *, vague: bool = False) -> bool:
    if _is_fahrenheit(mine, yours) or _is_fahrenheit(yours, mine):
        return True
    if mine.units & yours.units:
        left, right = mine.value, yours.value
        return _is_rounded(left, right) or (vague and abs(left - right) <= _ROUNDED * max(left, right))
    return _is_factor(mine, yours, _FACTORS, slack=_ROUNDED) or _is_factor(mine, yours, _WITHIN, slack=_EXACT)


def _is_fahrenheit(one: Measure, two: Measure) -> bool:
    """Tell whether the first may be the second in Fahrenheit, whichever of the two scales was read."""
    if "°F" not in one.units or "°C" not in two.units:
        return False
    off = min(abs((sign * one.value - 32) / 1.8 - bent * two.value) for sign in (1, -1) for bent in (1, -1))
    return off <= max(2.0, _FINE * two.value)


def _is_factor(one: Measure, two: Measure, factors: dict[tuple[str, str], float], *, slack: float) -> bool:
    """Tell whether one measure is the other, within a share of it."""
    for mine in one.units:
        for yours in two.units:
            factor, inverse = factors.get((mine, yours)), factors.get((yours, mine))
            exact = one.value * factor if factor else one.value / inverse if inverse else None
            if exact is not None and abs(exact - two.value) <= slack * max(exact, two.value):
                return True
    return False


def _is_rounded(left: float, right: float) -> bool:
    """Tell whether one is the other with fewer decimals, give or take one of the last: 64.4 km and 64 or 65 km, yet not 64 and 65."""
    fewer, more = sorted((_decimals(left), _decimals(right)))
    return fewer != more and abs(left - right) <= 10.0**-fewer and abs(left - right) <= _ROUNDED * max(left, right)


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])
