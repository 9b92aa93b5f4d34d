"""Compare the days of the week in a sentence with those in its translation."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.words import lowered, words
from korotko_service.text.document import Span

_ENGLISH = "monday tuesday wednesday thursday friday saturday sunday"
_UKRAINIAN = (
    "понеділ:ок ка ку ком ки ків кам ками ках", "вівтор:ок ка ку ком ки ків кам ками ках", "серед:а и у ою ам ами ах|середі",
    "четвер:- га гу гом ги гів гам|четвер:га гу гом", "п'ятниц:я і ю ею ь ям ями ях", "субот:а и у і ою ам ами ах|субот:",
    "неділ:я і ю ею ь ям ями ях",
)  # fmt: skip
_RUSSIAN = (
    "понедельник:- а у ом е и ов ам ами ах", "вторник:- а у ом е и ов ам ами ах", "сред:а ы у е ой ам ами ах",
    "четверг:- а у ом е и ов ам ами ах", "пятниц:а ы у е ей ам ами ах", "суббот:а ы у е ой ам ами ах|суббот:",
    "воскресень:е я ю ем и ям ями ях|воскресений:",
)  # fmt: skip
_APOSTROPHES = "'’ʼ"
_SUNDAY = 7
# The false friends: «неділя» is Sunday, «неделя» a week.
_UKRAINIAN_WEEK, _RUSSIAN_WEEK = re.compile(r"\bтиж(?:д|н)", re.IGNORECASE), re.compile(r"\bнедел[яиюе]\w{0,3}\b", re.IGNORECASE)
_OVERNIGHT = re.compile(r"\b(?:overnight|night)\s(?:on|of)\s\Z", re.IGNORECASE)
_NIGHT = re.compile(r"\s(?:night|[ву]ночі|ночью)\b", re.IGNORECASE)


def _table(days: tuple[str, ...]) -> dict[str, int]:
    table: dict[str, int] = {}
    for number, line in enumerate(days, start=1):
        for part in line.split("|"):
            stem, _, endings = part.partition(":")
            for ending in endings.split() or [""]:
                for mark in _APOSTROPHES:
                    table[(stem + ending.strip("-")).replace("'", mark)] = number
    return table


_TABLES = {
    "en": {day + plural: number for number, day in enumerate(_ENGLISH.split(), start=1) for plural in ("", "s", "'s", "’s")},
    "uk": _table(_UKRAINIAN),
    "ru": _table(_RUSSIAN),
}


def weekday(word: str, language: str) -> int | None:
    """Give the day's number, 1 for Monday to 7, for a word in small letters, or None."""
    return _TABLES[language].get(word)


def find_wrong_weekdays(source: str, output: str, *, source_language: str, target_language: str) -> list[Finding]:
    """Report WEEKDAY_NOT_IN_SOURCE: a day that the source does not name, where one that it names is gone.

    Also a Ukrainian Sunday that became a Russian week. Days that are only added or only lost are left alone: «среда» is Wednesday and the
    surroundings, and "today" may be rendered by the day.
    """
    read, written = _days(source, source_language), _days(output, target_language)
    lost = {day for day in read if not _nights(day, source, read[day]) & set(written)}
    if not lost:
        return []
    expected = ", ".join(source[start:end] for day in sorted(lost) for start, end in read[day][:1])
    strange = [day for day in written if not _nights(day, output, written[day]) & set(read)]
    strange = [day for day in strange if not any(day in _nights(own, source, read[own]) for own in read)]
    places = [place for day in strange for place in written[day]]
    if _SUNDAY in lost and (source_language, target_language) == ("uk", "ru") and not _UKRAINIAN_WEEK.search(source):
        places += [match.span() for match in _RUSSIAN_WEEK.finditer(output)]
    return [wrong_day(output, place, expected) for place in places]


def wrong_day(output: str, place: tuple[int, int], expected: str) -> Finding:
    """The finding for a day, of the week or relative to today, that stands where the source has another."""
    start, end = place
    span = Span(start=start, end=end)
    return Finding(reason="WEEKDAY_NOT_IN_SOURCE", severity=Severity.WARNING, span=span, found=output[start:end], expected=expected)


def _nights(day: int, text: str, places: list[tuple[int, int]]) -> set[int]:
    """The days that may be named for one: "Tuesday night", «у вівторок уночі» is «ніч на середу»."""
    is_night = any(_NIGHT.match(text, end) or _OVERNIGHT.search(text, 0, start) for start, end in places)
    return {day, day % 7 + 1} if is_night else {day}


def _days(text: str, language: str) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    table = _TABLES[language]
    if table.keys().isdisjoint(lowered(text)):
        return found
    for match, word in zip(words(text), lowered(text), strict=True):
        day = table.get(word)
        if day and (language != "en" or match.group()[0].isupper()):
            found.setdefault(day, []).append((match.start(), match.end()))
    return found
