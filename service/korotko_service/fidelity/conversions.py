"""Recognise a measure turned into another system: 10 miles and 16 km, 50 °F and 10 °C, 6 feet and 1.8 m."""

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
_PATTERNS = {unit: re.compile(rf"[\s-]*(?:{pattern})", re.I) for unit, pattern in _UNITS.items()}


def measure(text: str, mention: NumberMention) -> str:
    """Give the unit that follows a number, "" where none does."""
    after = text[mention.span.end : mention.span.end + _AHEAD]
    return next((unit for unit, pattern in _PATTERNS.items() if pattern.match(after)), "")


def is_converted(source: str, mention: NumberMention, output: str, others: list[NumberMention]) -> bool:
    """Tell whether one of the other text's numbers is this one in the other system, roughly."""
    mine = measure(source, mention) if len(others) <= _MOST_OTHERS else ""
    if not mine:
        return False
    return any(_same(mine, mention.value, measure(output, other), other.value) for other in others)


def _same(left: str, value: Decimal, right: str, other: Decimal) -> bool:
    if {left, right} == {"F", "C"}:
        fahrenheit, celsius = (float(value), float(other)) if left == "F" else (float(other), float(value))
        return min(abs((sign * fahrenheit - 32) / 1.8 - bent * celsius) for sign in (1, -1) for bent in (1, -1)) <= 2
    factor = _FACTORS.get((left, right))
    inverse = _FACTORS.get((right, left))
    if not factor and not inverse:
        return False
    exact = float(value) * factor if factor else float(value) / (inverse or 1.0)
    return abs(exact - float(other)) <= _ROUNDED * max(exact, float(other))
