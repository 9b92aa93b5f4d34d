"""Recognise a measure turned into another system or rounded: 10 miles and 16 km, 50 °F and 10 °C, 18 months and a year and a half."""

import re
from decimal import Decimal
from functools import lru_cache

from korotko_service.fidelity.mention import NumberMention

_AHEAD = 20
_MOST_OTHERS = 20  # a text that lost more is no text, and comparing each with each would cost quadratic time
_ROUNDED = 0.12  # of the exact value: translators round, "five miles" are "eight kilometres"
_HUGE = 10**9  # nobody measures so much
_EXACT = 0.02  # within one system
_FINE = 0.03  # of a temperature: ovens are set to full tens
_FACTORS = {  # one of the first in terms of the second
    ("mile", "km"): 1.609, ("mile", "m"): 1609.0, ("foot", "m"): 0.3048, ("foot", "cm"): 30.48, ("yard", "m"): 0.9144,
    ("inch", "cm"): 2.54, ("inch", "mm"): 25.4, ("pound", "kg"): 0.4536, ("ounce", "g"): 28.35, ("acre", "ha"): 0.4047,
    ("gallon", "l"): 3.785, ("ton", "kg"): 907.0, ("stone", "kg"): 6.35, ("pound", "g"): 453.6, ("pound", "ton"): 0.0004536,
    ("pint", "l"): 0.52, ("pint", "ml"): 520.0, ("ounce", "l"): 0.0296, ("ounce", "ml"): 29.6,
    ("square mile", "square km"): 2.59, ("square foot", "square m"): 0.0929, ("square mile", "ha"): 259.0, ("acre", "square km"): 0.00405,
    ("acre", "square m"): 4047.0, ("foot", "km"): 0.0003048, ("inch", "m"): 0.0254, ("nautical mile", "km"): 1.852,
}  # fmt: skip
_WITHIN = {  # the same of one system, where nothing need be rounded
    ("m", "cm"): 100.0, ("m", "mm"): 1000.0, ("cm", "mm"): 10.0, ("km", "m"): 1000.0, ("kg", "g"): 1000.0, ("ton", "kg"): 1000.0,
    ("foot", "inch"): 12.0, ("year", "month"): 12.0, ("week", "day"): 7.0, ("day", "hour"): 24.0, ("hour", "minute"): 60.0,
    ("decade", "year"): 10.0, ("century", "year"): 100.0, ("are", "square m"): 100.0,
    ("square km", "ha"): 100.0, ("ha", "square m"): 10_000.0, ("gigawatt", "megawatt"): 1000.0, ("megawatt", "kilowatt"): 1000.0,
}  # fmt: skip
_METRIC = frozenset({"km", "m", "cm", "mm", "kg", "ha", "l", "square km", "square m", "C", "degree"})
_UNITS = {
    "square mile": r"sq(?:uare|\.)?[\s-]miles?|(?:кв(?:адратн\w{1,3}|\.))\s?мил",
    "square foot": r"sq(?:uare|\.)?[\s-](?:feet|foot|ft)|(?:кв(?:адратн\w{1,3}|\.))\s?фут",
    "square km": r"sq(?:uare|\.)?\s(?:km|kilomet)|(?:кв(?:адратн\w{1,3}|\.))\s?(?:км|кілом|килом)|(?:km|км)[²2]",
    "square m": r"sq(?:uare|\.)?\smet|(?:кв(?:адратн\w{1,3}|\.))\s?м|[mм][²2]",
    "nautical mile": r"nautical\smiles?|морс\w{1,4}\sмил",
    "mile": r"miles?\b|mph\b|mi\b|мил[ьяеію]|миль",
    "foot": r"feet\b|foot\b|ft\b|['′]|фут",
    "yard": r"yards?\b|yd\b|ярд",
    "inch": r"inch|in\b|[\"″]|дюйм",
    "pound": r"pounds?\b|lbs?\b|фунт",
    "stone": r"stones?\b|st\b(?=\s[0-9])|стоун",
    "pint": r"pints?\b|пінт|пинт",
    "ounce": r"ounces?\b|oz\b|унці|унци",
    "are": r"сот(?:к[аиуі]|ок|ками?|ках)\b",
    "acre": r"acres?\b|акр",
    "gallon": r"gallons?\b|галон|галлон",
    "F": r"°?\s?F\b|degrees?\s(?:F\b|Fahrenheit)|°\s?(?:за\s)?Фаренгейт|градус\w{0,3}\s(?:за|по)\sФаренг",
    "km": r"km|kilomet|км|кілометр|километр",
    "mm": r"mm\b|мм\b|міліметр|миллиметр",
    "cm": r"cm\b|centimet|см\b|сантиметр",
    "kg": r"kg\b|kilogram|кг\b|кілограм|килограмм",
    "ha": r"ha\b|hectare|га\b|гектар",
    "g": r"g\b|grams?\b|г\b|грам",
    "m": r"m\b|met(?:er|re)s?\b|м\b|метр",
    "ml": r"ml\b|мл\b|мілілітр|миллилитр",
    "l": r"lit(?:er|re)s?\b|л\b|літр|литр",
    "C": r"°\s?[CС]\b|degrees?\s(?:C\b|Celsius)|градус\w{0,3}\s(?:за|по|Цельс)",
    "degree": r"°|degrees?\b|градус",  # of Fahrenheit in America
    "ton": r"ton(?:ne)?s?\b|тонн?",
    "gigawatt": r"GW|gigawatt|ГВт|г[иі]гаватт?",
    "megawatt": r"MW|megawatt|МВт|мегаватт?",
    "kilowatt": r"kW|kilowatt|кВт|к[иі]ловатт?",
    "year": r"years?\b|рік|рок[иу]|років|років|год[ау]?\b|лет\b",
    "month": r"months?\b|місяц|месяц",
    "week": r"weeks?\b|тиж|недел",
    "day": r"days?\b|дн[іяїе]|ден|днів|дней|діб|доб|сут",
    "hour": r"hours?\b|годин|час[аоу]",
    "minute": r"minutes?\b|хвилин|минут",
    "decade": r"decades?\b|десятиліт|десятилет",
    "century": r"centur|століт|столет",
}
_NAMED = {f"unit{place}": unit for place, unit in enumerate(_UNITS)}
_PATTERN = re.compile(
    r"[\s-]*(?:an?[\s-])?(?:" + "|".join(f"(?P<{name}>{_UNITS[unit]})" for name, unit in _NAMED.items()) + ")", re.IGNORECASE
)
_REST_OF_RANGE = re.compile(r"\s?(?:[-–—]|to|and|or|до|і|та|и|или|або)\s?[0-9]+(?:[.,][0-9]+)?")
_DEGREES = frozenset({"F", "C", "degree"})
_HEAVY = re.compile(r"([0-9]{1,2})[\s-]?(?:stone|st)[\s-]?([0-9]{1,2})[\s-]?(?:pounds?|lbs?)\b", re.I)  # "13 stone 5 pounds"
_TALL = re.compile(r"([0-9]{1,2})[\s-]?(?:foot|feet|ft|['′’])[\s-]?([0-9]{1,2})(?:[\s-]?(?:inch|in\b|[\"″”]))?", re.I)  # "6-foot-6"
_BEFORE_BRACKET = re.compile(r"[^().,;]{0,20}\(")
# A unit in the singular without a number: «на неделю» is "for 7 days", «протягом року» "over 12 months".
_LONE = re.compile(
    r"(?<![\w-])(?<![0-9]\s)(?<!-му\s)(?<!-го\s)(?:(?P<year>рік|року|год|года|річн\w{1,3}|год(?:ов|ичн)\w{1,3})|(?P<week>тиждень|тижня|недел[яюи]|(?:тижнев|недельн)\w{1,3})"
    r"|(?P<day>доб[ауи]|сутки|суток|(?:добов|суточн)\w{1,3})|(?P<hour>годин[ауи]|часа?))\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:an?|one)(?=[\s-])(?:" + _PATTERN.pattern + ")", re.IGNORECASE)  # "about a mile" is «близько 1,6 км»


def measure(text: str, mention: NumberMention) -> str:
    """Give the unit that follows a number or the range that it opens ("2 to 4 inches"), or its own («двухметровый»); else ""."""
    end = mention.span.end
    match = _PATTERN.match(text, end, end + _AHEAD) or (None if mention.in_digits else _PATTERN.search(mention.text))
    if match is None and (rest := _REST_OF_RANGE.match(text, end, end + _AHEAD)):
        match = _PATTERN.match(text, rest.end(), rest.end() + _AHEAD)
    return _NAMED[match.lastgroup or ""] if match else ""


def is_converted(source: str, mention: NumberMention, output: str, others: list[NumberMention]) -> bool:
    """Tell whether one of the other text's numbers is this one in the other system, roughly, or rounded."""
    unit, value = _measured(source, mention) if len(others) <= _MOST_OTHERS else ("", 0.0)
    if not unit:
        return False
    if any(
        _same(unit, value, *_measured(output, other), vague=not other.certain and _decimals(float(other.value)) > 0) for other in others
    ):
        return True
    if any(_same(unit, value, _NAMED[each], 1.0) for each in _units_in(output, _ONE)):
        return True
    return any(_is_factor((each, 1.0), (unit, value), _WITHIN, slack=0.0) for each in _units_in(output, _LONE))


@lru_cache(maxsize=16)  # Each number that a text lost asks the same of the other one.
def _units_in(text: str, names: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.lastgroup or "" for match in names.finditer(text)))


def told_twice(text: str, mention: NumberMention, mentions: list[NumberMention]) -> bool:
    """Tell whether the number says in brackets what the one before them says, in another unit: "200 miles (322 km)"."""
    if text[mention.span.start - 1 : mention.span.start] != "(" or len(mentions) > _MOST_OTHERS:
        return False
    before = [other for other in mentions if _BEFORE_BRACKET.fullmatch(text, other.span.end, mention.span.start)]
    mine = _measured(text, mention)
    return any(_is_factor(mine, _measured(text, other), _FACTORS, slack=_EXACT) for other in before)


def is_rounded_off(source: str, read: NumberMention, output: str, written: NumberMention) -> bool:
    """Tell whether the output has a metric measure to the nearest ten or hundred, within 2 %: what was 550 pounds is 249 kg, or 250.

    Not the other way round: what the source rounds nobody can know better.
    """
    step, fine = _step(written.value), _step(read.value)
    off = abs(read.value - written.value)
    if step <= fine or off > step / 2 or float(off) > _EXACT * float(read.value):
        return False
    unit = measure(source, read)
    return unit in _METRIC and unit == measure(output, written)


def _step(value: Decimal) -> int:
    """10 for 250, 100 for 300, 1 for 249 and whatever is no whole number."""
    return next((step for step in (1000, 100, 10) if 0 < value < _HUGE and value % step == 0), 1)


def _measured(text: str, mention: NumberMention) -> tuple[str, float]:
    """The unit and the value; of a height in feet and inches, a weight in stones and pounds, either part is the whole."""
    for tall in _TALL.finditer(text, max(mention.span.start - _AHEAD, 0), mention.span.end + _AHEAD):
        if mention.span.start in (tall.start(1), tall.start(2)):
            return "foot", int(tall.group(1)) + int(tall.group(2)) / 12
    for heavy in _HEAVY.finditer(text, max(mention.span.start - _AHEAD, 0), mention.span.end + _AHEAD):
        if mention.span.start in (heavy.start(1), heavy.start(2)):
            return "stone", int(heavy.group(1)) + int(heavy.group(2)) / 14
    return measure(text, mention), float(mention.value)


def _same(left: str, value: float, right: str, other: float, *, vague: bool = False) -> bool:
    if {left, right} <= _DEGREES and (_is_fahrenheit(left, value, right, other) or _is_fahrenheit(right, other, left, value)):
        return True
    if left == right:
        return _is_rounded(value, other) or (vague and abs(value - other) <= _ROUNDED * max(value, other))
    mine, yours = (left, value), (right, other)
    return _is_factor(mine, yours, _FACTORS, slack=_ROUNDED) or _is_factor(mine, yours, _WITHIN, slack=_EXACT)


def _is_fahrenheit(left: str, fahrenheit: float, right: str, celsius: float) -> bool:
    """Tell whether the first may be the second in Fahrenheit, whichever of the two signs was read."""
    if left == "C" or right == "F":
        return False
    off = min(abs((sign * fahrenheit - 32) / 1.8 - bent * celsius) for sign in (1, -1) for bent in (1, -1))
    return off <= max(2.0, _FINE * celsius)


def _is_factor(one: tuple[str, float], two: tuple[str, float], factors: dict[tuple[str, str], float], *, slack: float) -> bool:
    """Tell whether one measure is the other, within a share of it."""
    factor, inverse = factors.get((one[0], two[0])), factors.get((two[0], one[0]))
    if not factor and not inverse:
        return False
    exact = one[1] * factor if factor else one[1] / (inverse or 1.0)
    return abs(exact - two[1]) <= slack * max(exact, two[1])


def _is_rounded(left: float, right: float) -> bool:
    """Tell whether one is the other with fewer decimals, give or take one of the last: 64.4 km and 64 or 65 km, yet not 64 and 65."""
    fewer, more = sorted((_decimals(left), _decimals(right)))
    return fewer != more and abs(left - right) <= 10.0**-fewer and abs(left - right) <= _ROUNDED * max(left, right)


def _decimals(value: float) -> int:
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])
