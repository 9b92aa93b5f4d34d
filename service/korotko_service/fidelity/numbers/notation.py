"""Read numbers written in digits, by the conventions of a language."""

import re
from decimal import Context, Decimal

SPACES = " \u00a0\u202f\u2009"
_APOSTROPHES = "'’"  # "100’000", as in Switzerland
# In this order, the more specific first. No alternative can run long and then fail, so time stays linear.
DIGITS = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}(?![0-9]))"
    r"|(?P<phone>\+[0-9]{1,3}[ \u00a0(-]{1,2}[0-9]{2,3}[ \u00a0)-]{1,2}[0-9]{2,3}[ \u00a0-][0-9]{2}[ \u00a0-]?[0-9]{2})"
    r"|(?P<fraction>(?:[0-9]{1,6}\s?)?[½¼¾⅓⅔⅛]|[0-9]{1,3}[ \u00a0][1-9]/[2-9](?![0-9/]))"
    r"|(?P<time>[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    rf"|(?P<spaced>[0-9]{{1,3}}(?:(?:[{SPACES}][0-9]{{3}})+|(?:[{_APOSTROPHES}][0-9]{{3}})+)(?![0-9])(?:[.,][0-9]+)?)"
    r"|(?P<comma>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?)"
    r"|(?P<dot>[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?)"
    r"|(?P<version>[0-9]+(?:\.[0-9]+){2,})"
    r"|(?P<plain>(?:(?<=[\s(])\.)?[0-9]+(?:[.,][0-9]+)?)"
)
_EXACT = Context(prec=200)  # products of what people write stay exact; a flood of digits is rounded, never refused
_FRACTIONS = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal("0.33"), "⅔": Decimal("0.67"), "⅛": Decimal("0.125"),
}  # fmt: skip
_LAST_HOUR = 24
_POINTS = re.compile(r"[.,]")
_CLOCK = re.compile(r"([0-2]?[0-9])[.:]([0-5][0-9])")


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """Multiply without the rounding of the default context."""
    return _EXACT.multiply(left, right)


def add(left: Decimal, right: Decimal) -> Decimal:
    """Add without the rounding of the default context."""
    return _EXACT.add(left, right)


def readings(kind: str, text: str, language: str) -> tuple[Decimal, ...]:
    """Give what digits matched by group `kind` of DIGITS may be worth, the reading native to the language first.

    English groups by commas, with a decimal point; Ukrainian and Russian by spaces, with a decimal comma. So "12,400" is 12400 in
    English, but 12.4 or (copied from English) 12400 in Ukrainian. A time is worth hours.minutes: "22:30" is 22.30, or 10.30 at night.
    """
    if kind == "time":
        return clock(text)
    if kind in {"phone", "version"}:
        return (Decimal("".join(filter(str.isdigit, text))),)
    if kind == "fraction":
        return (_mixed(text),)
    if kind == "spaced":
        return (ungrouped(text),)
    if kind == "comma":
        return _grouped(text, ",", ".", native=language == "en")
    if kind == "dot":
        return _grouped(text, ".", ",", native=False if language == "en" else text.count(".") > 1 or "," in text or None)
    if text[0] == ".":  # .08 % is 0.08, and a .45 has a calibre of 45; ".0.5" is a stray full stop before a number
        rest = text[1:]
        return (_decimal(rest),) if _POINTS.search(rest) else (_decimal(text), _decimal(rest))
    return (_decimal(text),) + (clock(text) if _CLOCK.fullmatch(text) else ())


def _mixed(text: str) -> Decimal:
    """Read "5½" or "5 1/2"."""
    if "/" not in text:
        return add(Decimal(text[:-1].strip() or 0), _FRACTIONS[text[-1]])
    whole, part = text.replace("\u00a0", " ").split(" ")
    over, under = map(int, part.split("/"))
    return add(Decimal(whole), round(Decimal(over) / Decimal(under), 2))


def ungrouped(text: str) -> Decimal:
    """Read digits, in groups or not, with either decimal sign: "12 400,5"."""
    return _decimal("".join(character for character in text if character not in SPACES and character not in _APOSTROPHES))


def clock(text: str) -> tuple[Decimal, ...]:
    """Read "10:30" or "10.30" as hours.minutes in both halves of the day; seconds follow the minutes as two more digits."""
    hours, *rest = re.split(r"[.:]", text)
    minutes = Decimal("0." + "".join(rest)) if rest else Decimal(0)
    hour = int(hours)
    hands = (hour, hour % 12, hour % 12 + 12) if hour <= _LAST_HOUR else (hour,)
    return tuple(dict.fromkeys(Decimal(value) + minutes for value in hands))


def _grouped(text: str, separator: str, point: str, *, native: bool | None) -> tuple[Decimal, ...]:
    """Read "1,234,567" or "12,400": with one group only, a language that does not group so may mean a decimal."""
    whole = _decimal(text.replace(separator, "").replace(point, "."))
    if native or text.count(separator) > 1 or point in text:
        return (whole,)
    decimal = _decimal(text)
    return (whole, decimal) if native is None else (decimal, whole)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
