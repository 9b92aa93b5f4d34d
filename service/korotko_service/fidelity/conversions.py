"""Recognise a measure turned into another system or rounded: 10 miles and 16 km, 50 °F and 10 °C, 2,54 см and 2.5 cm."""

import re
from decimal import Decimal

from korotko_service.fidelity.mention import NumberMention

_AHEAD = 20
_MOST_OTHERS = 20  # a text that lost more is no text, and comparing each with each would cost quadratic time
_ROUNDED = 0.12  # of the exact value: translators round, "five miles" are "eight kilometres"
_FACTORS = {  # one of the first in terms of the second
    ("mile", "km"): 1.609, ("mile", "m"): 1609.0, ("foot", "m"): 0.3048, ("foot", "cm"): 30.48, ("yard", "m"): 0.9144,
    ("inch", "cm"): 2.54, ("inch", "mm"): 25.4, ("pound", "kg"): 0.4536, ("ounce", "g"): 28.35, ("acre", "ha"): 0.4047,
    ("gallon", "l"): 3.785, ("ton", "kg"): 907.0, ("square mile", "square km"): 2.59, ("square foot", "square m"): 0.0929,
}  # fmt: skip
_UNITS = {
    "square mile": r"sq(?:uare|\.)?\smiles?|(?:кв(?:адратн\w{1,3}|\.))\s?мил",
    "square foot": r"sq(?:uare|\.)?\s(?:feet|foot|ft)|(?:кв(?:адратн\w{1,3}|\.))\s?фут",
    "square km": r"sq(?:uare|\.)?\s(?:km|kilomet)|(?:кв(?:адратн\w{1,3}|\.))\s?(?:км|кілом|килом)|(?:km|км)[²2]",
    "square m": r"sq(?:uare|\.)?\smet|(?:кв(?:адратн\w{1,3}|\.))\s?м|[mм][²2]",
    "mile": r"miles?\b|mph\b|mi\b|мил[ьяеію]|миль",
    "foot": r"feet\b|foot\b|ft\b|['′]|фут",
    "yard": r"yards?\b|yd\b|ярд",
    "inch": r"inch|in\b|[\"″]|дюйм",
    "pound": r"pounds?\b|lbs?\b|фунт",
    "ounce": r"ounces?\b|oz\b|унці|унци",
    "acre": r"acres?\b|акр",
    "gallon": r"gallons?\b|галон|галлон",
    "F": r"°\s?F\b|degrees?\s(?:F\b|Fahrenheit)|°\s?(?:за\s)?Фаренгейт|градус\w{0,3}\s(?:за|по)\sФаренг",
    "km": r"km|kilomet|км|кілометр|километр",
    "mm": r"mm\b|мм\b|міліметр|миллиметр",
    "cm": r"cm\b|centimet|см\b|сантиметр",
    "kg": r"kg\b|kilogram|кг\b|кілограм|килограмм",
    "ha": r"ha\b|hectare|га\b|гектар",
    "g": r"g\b|grams?\b|г\b|грам",
    "m": r"m\b|met(?:er|re)s?\b|м\b|метр",
    "l": r"lit(?:er|re)s?\b|л\b|літр|литр",
    "C": r"°\s?[CС]?|degrees?\b|градус",
    "ton": r"tons?\b|тонн?",
}
_NAMED = {f"unit{place}": unit for place, unit in enumerate(_UNITS)}
_PATTERN = re.compile(r"[\s-]*(?:" + "|".join(f"(?P<{name}>{_UNITS[unit]})" for name, unit in _NAMED.items()) + ")", re.IGNORECASE)
_REST_OF_RANGE = re.compile(r"\s?(?:[-–—]|to|and|or|до|і|та|и|или|або)\s?[0-9]+(?:[.,][0-9]+)?")
_ONE = re.compile(r"\b(?:an?|one)(?=[\s-])(?:" + _PATTERN.pattern + ")", re.IGNORECASE)  # "about a mile" is «близько 1,6 км»


def measure(text: str, mention: NumberMention) -> str:
    """Give the unit that follows a number, or the range that it opens ("2 to 4 inches"); "" where none does."""
    end = mention.span.end
    match = _PATTERN.match(text, end, end + _AHEAD)
    if match is None and (rest := _REST_OF_RANGE.match(text, end, end + _AHEAD)):
        match = _PATTERN.match(text, rest.end(), rest.end() + _AHEAD)
    return _NAMED[match.lastgroup or ""] if match else ""


def is_converted(source: str, mention: NumberMention, output: str, others: list[NumberMention]) -> bool:
    """Tell whether one of the other text's numbers is this one in the other system, roughly, or rounded."""
    mine = measure(source, mention) if len(others) <= _MOST_OTHERS else ""
    if not mine:
        return False
    if any(_same(mine, mention.value, unit, other.value) for other in others if (unit := measure(output, other))):
        return True
    return any(_same(mine, mention.value, _NAMED[match.lastgroup or ""], Decimal(1)) for match in _ONE.finditer(output))


def _same(left: str, value: Decimal, right: str, other: Decimal) -> bool:
    if left == right:
        return _is_rounded(value, other)
    if {left, right} == {"F", "C"}:
        fahrenheit, celsius = (float(value), float(other)) if left == "F" else (float(other), float(value))
        return min(abs((sign * fahrenheit - 32) / 1.8 - bent * celsius) for sign in (1, -1) for bent in (1, -1)) <= 2
    factor = _FACTORS.get((left, right))
    inverse = _FACTORS.get((right, left))
    if not factor and not inverse:
        return False
    exact = float(value) * factor if factor else float(value) / (inverse or 1.0)
    return abs(exact - float(other)) <= _ROUNDED * max(exact, float(other))


def _is_rounded(left: Decimal, right: Decimal) -> bool:
    """Tell whether one is the other with fewer decimals, give or take one of the last: 64.4 km and 64 or 65 km, yet not 64 and 65."""
    fewer, more = sorted((_decimals(left), _decimals(right)))
    return (
        fewer != more and abs(left - right) <= Decimal(1).scaleb(-fewer) and float(abs(left - right)) <= _ROUNDED * float(max(left, right))
    )


def _decimals(value: Decimal) -> int:
    return max(-int(value.normalize().as_tuple().exponent), 0)
