"""Tell what an amount is in: which currency, or percent; the same number in another one is another amount."""

import re
from decimal import Decimal

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.mention import NumberMention

Key = tuple[bool, Decimal]
_AHEAD, _BEHIND = 28, 6
_UNITS = {
    "USD": (r"\$|USD", r"dollar|US dollar|долар|доллар|дол\.|долл\.|американськ\w{1,4}\sдолар|американск\w{1,4}\sдоллар"),
    "EUR": (r"€|EUR", r"euro|євро|евро"),
    "GBP": (r"£|GBP", r"pound|sterling|фунт"),
    "UAH": (r"₴|UAH", r"hryvn|гривн|гривен|грн"),
    "RUB": (r"₽|RUB", r"rubl|roubl|рубл|руб\."),
    "JPY": (r"¥|JPY|CNY", r"yen\b|yuan|renminbi|єн\b|єни\b|йен|иен|юан"),
    "PLN": (r"PLN", r"zlot|злот"),
    "%": (r"%", r"per\s?cent|pct\b|percent|відсот|процент"),
}
_AFTER = {
    unit: re.compile(rf"(?:-[а-яіїє]{{1,3}})?[\s-]*(?:(?:млн|млрд|трлн|тис|тыс)\.?[\s-]*)?(?:{signs}|{names})", re.I)
    for unit, (signs, names) in _UNITS.items()
}
_BEFORE = {unit: re.compile(rf"(?:{signs})\s?$") for unit, (signs, _) in _UNITS.items() if unit != "%"}


def unit_of(text: str, mention: NumberMention) -> str:
    """Give "USD", "EUR", … or "%"; "" where the number counts something else."""
    after = text[mention.span.end : mention.span.end + _AHEAD]
    before = text[max(mention.span.start - _BEHIND, 0) : mention.span.start]
    for unit, pattern in _BEFORE.items():
        if pattern.search(before):
            return unit
    return next((unit for unit, pattern in _AFTER.items() if pattern.match(after)), "")


def find_changed_units(source: str, read: list[NumberMention], output: str, written: list[NumberMention]) -> list[Finding]:
    """Report CURRENCY_CHANGED: an amount whose number the source has too, but only ever in another currency, or in percent for money."""
    found = []
    units: dict[Key, set[str]] = {}
    for mention in read:
        for key in mention.keys:
            units.setdefault(key, set()).add(unit_of(source, mention))
    for mention in written:
        unit, others = unit_of(output, mention), units.get(mention.key, set())
        if unit and others and unit not in others and "" not in others:
            found.append(_changed(mention, unit, ", ".join(sorted(others))))
    return found


def _changed(mention: NumberMention, unit: str, expected: str) -> Finding:
    found = f"{mention.text} {unit}"
    return Finding(reason="CURRENCY_CHANGED", severity=Severity.SEVERE, span=mention.span, found=found, expected=expected)
