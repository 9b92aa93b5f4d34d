"""Find the centuries that a text names, write them as each language does, and correct a translation that names another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from korotko_service.fidelity.mends.english_forms import in_order
from korotko_service.fidelity.numbers.romans import in_roman, roman
from korotko_service.fidelity.numbers.scan import CENTURY, scan
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.document import Span

_ORDER = re.compile(r"(?<![\w.,–-])(?P<number>[12]?[0-9])(?P<ending>st|nd|rd|th|-о?(?:го|му|м|й|е|те))(?!\w)")
_LAST = 39


@dataclass(frozen=True, slots=True, kw_only=True)
class Century:
    """A century's number and where it stands; `ending` is that of an ordinal in digits, «-го»."""

    number: int
    span: Span
    ending: str = ""


def in_figures(text: str) -> Iterator[Century]:
    """The centuries written as ordinals in digits: "18th century", «18-го століття», not «5 століть»."""
    for match in _ORDER.finditer(text):
        if CENTURY.match(text, match.end()) and int(match["number"]):
            yield Century(number=int(match["number"]), span=Span.of(match), ending=match["ending"])


def century(number: int, language: str) -> str:
    """The number as the language writes it before its word for a century: "18th", XVIII."""
    return in_order(str(number)) if language == "en" else in_roman(number)


def right_century(source: str, output: Restored, source_language: str, target_language: str) -> Restored | None:
    """The output with the source's century in place of a wrong one; None unless exactly one is missing and one is wrong.

    «XII століття» for "the 18th century" becomes «XVIII століття». What was protected stays as it is.
    """
    meant, said = _named(source, source_language), _named(output.text, target_language)
    lacking = {each.number for each in meant} - {each.number for each in said}
    strange = [each for each in said if each.number not in {other.number for other in meant}]
    if len(lacking) != 1 or len(strange) != 1 or not output.is_free(strange[0].span):
        return None
    return output.replaced(strange[0].span, _as_told(lacking.pop(), strange[0], output.text, target_language))


def _as_told(number: int, said: Century, output: str, language: str) -> str:
    """The number written like the wrong one: with its ending, in Roman numerals, or as the language does it."""
    if said.ending.startswith("-"):
        return f"{number}{said.ending}"
    return in_roman(number) if roman(output[said.span.start : said.span.end]) else century(number, language)


def _named(text: str, language: str) -> list[Century]:
    """The centuries in figures, in Roman numerals and as ordinals in words."""
    if CENTURY.search(text) is None:
        return []
    told = [
        Century(number=int(each.value), span=each.span) for each in scan(text, language) if each.kind == "century" and each.value <= _LAST
    ]
    return [*in_figures(text), *told]
