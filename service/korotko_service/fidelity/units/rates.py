"""Read the time that a measure is per: "60 miles an hour", «60 км/год», «8 м/с», and whether a text names a time at all."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from korotko_service.fidelity.units.names import LANGUAGES, PER, RATES, rows
from korotko_service.fidelity.units.units import SPANS_OF_TIME, Unit, units_in
from korotko_service.text.document import Span

_AHEAD = 64  # characters looked at after a unit
# What stands between a unit and its time, with a word for what is measured: "30 tonnes of coal a day", «30 тонн вугілля на день».
_JOINT = {
    "en": r"(?:(?:\sof(?:\s[^\W\d_]{1,30}){1,2}?)?(?:[\s-](?:per|an?)[\s-]|\s(?:each|every)\s)|\s?/\s?)",
    "uk": r"(?:(?:\s[^\W\d_]{1,30})?\s(?:на|за|в|у)\s|\s?/\s?)",
    "ru": r"(?:(?:\s[^\W\d_]{1,30})?\s(?:в|за|на)\s|\s?/\s?)",
}
_NO_TIME = r"(?!\w|\s(?:after|later|before|earlier|ago|time)\b)"  # "he ran 5 km a day after the race"
_WRITTEN_PER = {"en": "per", "uk": "на", "ru": "в"}


class Rate(NamedTuple):
    """The time that a measure is per, such as "hour", and where the text says so, from the end of the unit on."""

    time: str
    span: Span


def _pattern(language: str) -> re.Pattern[str]:
    times = "|".join(f"(?P<{row.unit}>{'|'.join(row.told[language].split())})" for row in rows(PER))
    return re.compile(f"{_JOINT[language]}(?:{times}){_NO_TIME}")


_PER = {language: _pattern(language) for language in LANGUAGES}
_TIMES = {language: {row.unit: row.told[language].split()[0] for row in rows(PER)} for language in LANGUAGES}
_ADVERBS = {
    "second": re.compile("щосекунд|ежесекунд"),
    "minute": re.compile("щохвилин|ежеминут"),
    "hour": re.compile("hourly|щогодин|погодин|ежечас|почасов"),
    "day": re.compile("daily|щодн|щоден|ежеднев|ежесуточ|посуточ"),
    "week": re.compile("weekly|щотиж|еженед"),
    "month": re.compile("monthly|щоміся|ежемесяч"),
    "year": re.compile("annual|yearly|per annum|щорок|щоріч|ежегод"),
}


def rate_of(text: str, unit: Unit, language: str) -> Rate | None:
    """Give the time that a unit is per, said after it or within it ("mph", knots); None for a unit of time: "8 hours a day"."""
    end = unit.span.end
    within = "hour" if "kn" in unit.names else RATES.get(text[unit.span.start : end])
    if within:
        return Rate(within, Span(start=end, end=end))
    return None if unit.names <= SPANS_OF_TIME else rate_behind(text, end, language)


def rate_behind(text: str, place: int, language: str) -> Rate | None:
    """Give the "a day" or «/год» that follows a place."""
    match = _PER[language].match(text, place, place + _AHEAD)
    return Rate(match.lastgroup or "", Span(start=place, end=match.end())) if match else None


def written_per(time: str, language: str) -> str:
    """Write the time that a measure is per: " per hour", « на годину», « в час»."""
    return f" {_WRITTEN_PER[language]} {_TIMES[language][time]}"


def tells(text: str, time: str, language: str, *, but: Iterable[Span]) -> bool:
    """Tell whether a text names a time outside some spans, or has an adverb for it: "hourly", «щогодини»."""
    taken = [(span.start, span.end) for span in but]
    named = (unit.span for unit in units_in(text, language) if time in unit.names)
    alone = any(not any(start <= span.start < end for start, end in taken) for span in named)
    return alone or (time in _ADVERBS and _ADVERBS[time].search(text.lower()) is not None)
