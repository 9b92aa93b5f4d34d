"""Tell the currency of an amount, or that it is a percentage; the same number in another one is another amount."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import Key, NumberMention

_AHEAD, _BEHIND = 28, 6
_UNITS = {
    "USD": (r"\$|\bUSD\b", r"dollar|US dollar|bucks|долар|доллар|дол\.|долл\.|американськ\w{1,4}\sдолар|американск\w{1,4}\sдоллар"),
    "EUR": (r"€|\bEUR\b", r"euro|євро|евро"),
    "GBP": (r"£|\bGBP\b", r"pound|lbs?\b|sterling|фунт|стерл[иі]нг"),
    "UAH": (r"₴|\bUAH\b", r"hryvn|гривн|гривен|грн"),
    "RUB": (r"₽|\bRUB\b", r"rubl|roubl|руб(?:л|\b)"),
    "JPY": (r"¥|\b(?:JPY|CNY)\b", r"yen\b|yuan|renminbi|єн\b|єни\b|йен|иен|юан"),
    "PLN": (r"\bPLN\b", r"z[lł]ot|злот"),
    "%": (r"%", r"per\s?cent|pct\b|percent|відсот|процент"),
}
_CODES = {unit: f"unit{place}" for place, unit in enumerate(_UNITS)}
_NAMED = {code: unit for unit, code in _CODES.items()}
_AFTER = re.compile(
    r"(?:-[а-яіїє]{1,3}|(?<=тис)\.|(?<=тыс)\.|m\b)?[\s-]*(?:(?:млн|млрд|трлн|тис|тыс)\.?[\s-]*)?(?:"
    + "|".join(f"(?P<{_CODES[unit]}>{signs}|{names})" for unit, (signs, names) in _UNITS.items())
    + ")",
    re.IGNORECASE,
)
_NAMED_AT_ALL = {unit: re.compile(f"{signs}|{names}", re.IGNORECASE) for unit, (signs, names) in _UNITS.items() if unit != "%"}
_BEFORE = re.compile("(?:" + "|".join(f"(?P<{_CODES[unit]}>{signs})" for unit, (signs, _) in _UNITS.items() if unit != "%") + r")\s?$")


def unit_of(text: str, mention: NumberMention) -> str:
    """Give "USD", "EUR", … or "%"; "" where the number counts something else."""
    before = text[max(mention.span.start - _BEHIND, 0) : mention.span.start]
    match = _BEFORE.search(before) or _AFTER.match(text, mention.span.end, mention.span.end + _AHEAD)
    return _NAMED[match.lastgroup or ""] if match else ""


def find_changed_units(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    """Report CURRENCY_CHANGED: an amount whose number the source has too, but only ever in another currency, or in percent for money.

    Only a warning where the number lost its currency, and the output does not name that currency elsewhere.
    """
    return [*_changed_units(source, read, output, written), *_lost_units(source, read, output, written)]


def _lost_units(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    units = {mention.key: unit for mention in read if (unit := unit_of(source, mention)) in _NAMED_AT_ALL}
    bare = [mention for mention in written if mention.key in units] if units else []
    return [
        _finding(mention, mention.text, units[mention.key], Severity.WARNING)
        for mention in bare
        if not unit_of(output, mention) and not _NAMED_AT_ALL[units[mention.key]].search(output)
    ]


def _changed_units(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    told = [(mention, unit) for mention in written if (unit := unit_of(output, mention))]
    units: dict[Key, set[str]] = {}
    for mention in read if told else ():
        unit = unit_of(source, mention)
        for key in mention.keys:
            units.setdefault(key, set()).add(unit)
    found = []
    for mention, unit in told:
        others = units.get(mention.key, set())
        if others and unit not in others and "" not in others:
            found.append(_finding(mention, f"{mention.text} {unit}", ", ".join(sorted(others)), Severity.SEVERE))
    return found


def _finding(mention: NumberMention, found: str, expected: str, severity: Severity) -> Finding:
    return Finding(reason="CURRENCY_CHANGED", severity=severity, span=mention.span, found=found, expected=expected)
