"""Read the unit that a number is in: "112 cm", «450 миллилитров», "30 square miles", «5-метровий»."""

import re
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.millions import are_millions
from korotko_service.fidelity.units.names import LANGUAGES, NAMES, PREFIXES, SIGNS, Row, rows
from korotko_service.text.document import Span

SPANS_OF_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
_AHEAD = 64  # characters looked at after a number
_LEAD = (
    r"(?:(?<=тис)\.|(?<=тыс)\.)?(?:-(?:ти|ма|мя|х|и)(?!\w))?"
    r"(?:\s?(?:[-–—x×х]|(?:to|and|or|by|до|і|й|та|и|или|або|чи|на)\s)\s?[0-9]{1,9}(?:[.,][0-9]{1,9})?)?"  # the rest of a range
    r"[\s-]{0,2}(?:(?i:metric|short|long|US|метричн\w{1,3})\s)?"
)
_SQUARE = r"(?P<square>(?i:square|sq\.?|кв\.?|квадратн\w{1,3})[\s-])?"
_CUBIC = r"(?P<cubic>(?i:cubic\s|cu\.?\s|куб\.?\s|кубічн\w{1,3}\s|кубическ\w{1,3}\s|кубо))?"
_WORDS = frozenset({"bytes", "days", "inch"})
_POWERS = {"²": "²", "³": "³", "2": "²", "3": "³", None: ""}


class Unit(NamedTuple):
    """A unit after a number: which it may be, such as "km" or "kWh", and where it is named."""

    names: frozenset[str]
    span: Span


def _all_signs(row: Row, language: str) -> list[str]:
    """The signs of the language; for Cyrillic texts also those in Latin letters, since many have "5 GB"."""
    latin = [sign for sign in row.told["en"].split() if sign[0] > "z" or (len(sign) > 1 and sign not in _WORDS)]
    return row.told[language].split() + (latin if language != "en" else [])


def _signs(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in rows(SIGNS):
        for sign in _all_signs(row, language):
            table[sign] = table.get(sign, frozenset()) | {row.unit}
    return table


def _sign(sign: str) -> str:
    """The pattern of a sign: "5 t-shirts" are no tonnes."""
    return re.escape(sign) + ("(?!-)" if len(sign) == 1 else "")


def _named(language: str) -> str:
    names = "|".join(f"(?P<{code}>{row.told[language]})" for code, row in _NAMED.items() if row.told[language] != "-")
    return rf"(?i:(?P<prefix>{'|'.join(PREFIXES)})?(?:{names})\w{{0,12}})"


def _body(language: str) -> str:
    signs = "|".join(map(_sign, sorted(_SIGNS[language], key=len, reverse=True)))
    apart = "" if language == "en" else "(?<!-)"  # «в 1989-м» is no length
    signed = rf"{apart}(?P<sign>{signs})(?P<power>[²³23])?(?![\w'’])"
    return rf"{_SQUARE}{_CUBIC}(?:{_named(language)}|{signed})"


_SIGNS = {language: _signs(language) for language in LANGUAGES}
_NAMED = {f"name{place}": row for place, row in enumerate(rows(NAMES))}
_BEHIND = {language: re.compile(_LEAD + _body(language)) for language in LANGUAGES}
_WITHIN = {language: re.compile(_named(language)) for language in LANGUAGES}
_ANYWHERE = {language: re.compile(r"(?<![^\W\d_])" + _body(language)) for language in LANGUAGES}


def unit_of(text: str, mention: NumberMention, language: str) -> Unit | None:
    """Give the unit after a number, or after the range that it opens ("2 to 4 inches")."""
    unit = unit_behind(text, mention.span.end, language)
    return unit if unit is not None and not _is_none(text, mention, unit) else None


def unit_behind(text: str, place: int, language: str) -> Unit | None:
    """Give the unit that follows a place, as it follows a number."""
    match = _BEHIND[language].match(text, place, place + _AHEAD)
    return _read(match, language) if match else None


def unit_within(word: str, language: str) -> Unit | None:
    """Give the unit that a word holds: «двухметровый»."""
    match = _WITHIN[language].search(word)
    return _read(match, language) if match else None


def _is_none(text: str, mention: NumberMention, unit: Unit) -> bool:
    """Tell whether the sign stands for something else: the millions of "$20m" and "20m people", the year of «1999 г.»."""
    if mention.kind == "money":
        return "lb" not in unit.names
    if "m" in unit.names and are_millions(text, mention.span.start, mention.span.end):
        return True
    return mention.kind == "year" and text[unit.span.start] == "г" and "g" in unit.names


@lru_cache(maxsize=16)  # Each number that lost its unit asks the same.
def units_in(text: str, language: str) -> tuple[Unit, ...]:
    """Every unit that a text names, beside a number or not."""
    return tuple(_read(match, language) for match in _ANYWHERE[language].finditer(text))


def _read(match: re.Match[str], language: str) -> Unit:
    told = {group: text for group, text in match.groupdict().items() if text is not None}
    power = "²" if "square" in told else "³" if "cubic" in told else _POWERS[told.get("power")]
    if "sign" in told:
        names, start = _SIGNS[language][told["sign"]], match.start("sign")
    else:
        code = next(each for each in _NAMED if each in told)
        prefix = PREFIXES.get(told.get("prefix", "").lower(), "")
        names = frozenset(prefix + name for name in _NAMED[code].unit.split("|"))
        start = match.start("prefix") if prefix else match.start(code)
    start = min([start, *(match.start(group) for group in ("square", "cubic") if group in told)])
    return Unit(frozenset(name + power for name in names), Span(start=start, end=match.end()))
