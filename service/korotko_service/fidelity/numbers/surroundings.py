"""Read what stands around a number: currency, percent, ordinal endings, halves of the day."""

import re
from decimal import Decimal

from korotko_service.fidelity.numbers.millions import are_millions
from korotko_service.fidelity.numbers.notation import clock, multiply
from korotko_service.fidelity.numbers.tokens import Token

_AHEAD = 24  # characters looked at after a number
_BEHIND = 8  # and before it
_PERCENT = re.compile(r"[\s-]*(?:%|per\s?cent|pct\b|відсот|процент)", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"(?:m\b)?[\s-]*(?:[$€£¥₴₽]|dollar|euro\b|euros|pound|hryvn|rubl|roubl|долар|доллар|євро|евро|грн|гривн|гривень|руб|фунт)", re.I
)
_MONEY_BEFORE = re.compile(r"[$€£¥₴₽]\s?$")
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th)\b|-(?:[йяеєїгуюх]|го|му|ма|ти|та|те|тий|ий|ій|ше|ша|га|ге|ої|ого|ому|ый|ой|ая|ое|ые|ых|ми|им|ым|им|их|ті|тих)\b"
)
_DECADE = re.compile(r"['’]?s\b|-?(?:х|ті|тих|ті|е|і|ые|ых|их|ми)\b|\s(?:роки|років|роках|роками|годы|годов|годах|годами|рр)\b")
_CENTURY_CUT = re.compile(r"(?<!\w)['’‘]$")
_HALF_OF_DAY = re.compile(r"\s?([ap])\.?\s?m\b", re.IGNORECASE)
_DAYTIME = re.compile(
    r"(?:-\w{1,3})?\s(?:годин\w*\s|час\w*\s)?(?:ранку|утра|дня|вечора|вечера|ночі|ночи)\b|\s?o['’]clock|(?:-\w{1,3})?\s(?:годин|час)"
)
_ROUND_OF = re.compile(r"\sф[іи]нал")  # "1/8 фіналу" is the round of 16
_YEAR_OF_LIFE = re.compile(r"(?:-\w{1,3})?\s(?:році\sжиття|году\sжизни)\b")
_LETTER_SCALE = re.compile(r"(?:(?P<k>[kк])|(?P<m>m|\s?mcm)|(?P<b>b|\s?bcm))\b", re.IGNORECASE)
_UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[kcmd]?m|[кмсд]?м|CO|H|СО)$")


def kind_of(text: str, first: Token, last: Token, value: Decimal) -> str:
    after, before = text[last.end : last.end + _AHEAD], text[max(first.start - _BEHIND, 0) : first.start]
    if _PERCENT.match(after):
        return "percent"
    if _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after):
        return "money"
    if first.kind == "word":
        return "cardinal"
    if first.kind == "time" or _HALF_OF_DAY.match(after):
        return "time"
    if re.search(r"[^\W\d_]-?$", before):
        return "code"
    if first is last and len(first.text) == 4 and first.text.isdigit() and 1000 <= value <= 2100:
        return "year"
    return "ordinal" if _ORDINAL.match(after) else "cardinal"


def more_readings(text: str, last: Token, kind: str, values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """Add what the number may also be worth: an hour in the other half of the day, a decade without its century."""
    after = text[last.end : last.end + _AHEAD]
    if _ROUND_OF.match(after) and text[max(last.start - 2, 0) : last.start] == "1/":
        return (*values, values[0] * 2)
    half = _HALF_OF_DAY.match(after)
    if last.kind != "word" and (half or _DAYTIME.match(after)) and values[0] < 25:
        return _hours(values[0], half.group(1).lower() if half else "")
    if kind == "cardinal" and last.text.isdigit() and len(last.text) == 4 and last.text < "1000":
        return (*values, *clock(f"{last.text[:2]}:{last.text[2:]}"))  # 0230 UTC
    if kind == "code" and last.text.isdigit() and len(last.text) == 2:
        return (*values, values[0] + 2000)  # the SS19 collection, Expo-25
    if last.kind != "word" and _is_round_year(values[0]) and _DECADE.match(after):
        return (*values, values[0] % 100 or values[0] / 100 + 1)  # the 1980s are the 80s, the 1700s the 18th century
    if kind == "ordinal" and _YEAR_OF_LIFE.match(after):
        return (*values, values[0] - 1)  # «на дев'яносто другому році життя» one is 91
    is_cut = kind == "ordinal" or _CENTURY_CUT.search(text[max(last.start - 2, 0) : last.start])
    if is_cut and last.text.isdecimal() and len(last.text) == 2:
        return (*values, values[0] + 1900, values[0] + 2000)  # «у 68-му», "'68"
    return values


def _is_round_year(value: Decimal) -> bool:
    return 20 <= value < 2100 and value % 10 == 0 and (value % 100 >= 20 or (value >= 1000 and value % 100 == 0))


def _hours(value: Decimal, half: str) -> tuple[Decimal, ...]:
    hours = value % 12
    in_order = {"a": (hours, hours + 12, value), "p": (hours + 12, hours, value)}.get(half, (value, hours, hours + 12))
    return tuple(dict.fromkeys(in_order))


def letter_scales(text: str, token: Token, values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """Add what the k of "5k", the m of "5m" and "bcm", billions of cubic metres, may make of a number; the m of "$5m" is sure to."""
    match = _LETTER_SCALE.match(text, token.end)
    millions = are_millions(text, token.start, token.end) if match else None
    if match is None or millions is False:
        return values
    scaled = multiply(token.readings[0], Decimal(10 ** {"k": 3, "m": 6, "b": 9}[match.lastgroup or "k"]))
    return (scaled,) if millions else (*values, scaled)


def is_exponent(text: str, token: Token) -> bool:
    """Tell whether the digit belongs to a unit or a formula: "km2", "CO2"."""
    return token.text in ("2", "3") and _UNIT_BEFORE.search(text[max(token.start - 4, 0) : token.start]) is not None
