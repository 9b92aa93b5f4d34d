"""Find "yesterday" and the like: words whose meaning depends on the day, and which a model sometimes exchanges."""

import re
from datetime import date, timedelta

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.weekdays import wrong_day
from korotko_service.text.document import Span

# Days from the one on which the text was written.
_WORDS = {
    "en": {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2},
    "uk": {"позавчора": -2, "вчора": -1, "учора": -1, "сьогодні": 0, "завтра": 1, "післязавтра": 2},
    "ru": {"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2},
}
_PATTERNS = {
    language: re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
    for language, words in _WORDS.items()
}


def find_relative_days(text: str, language: str, *, published: date | None) -> tuple[Finding, ...]:
    """An info for each such word, in order; `expected` is the day that it means (ISO 8601), if the day of publication is known.

    No date is put into the text itself: an article may quote somebody who spoke on another day.
    """
    if language not in _PATTERNS:
        return ()
    return tuple(_finding(match, language, published) for match in _PATTERNS[language].finditer(text))


def find_exchanged_days(source: str, output: str, *, source_language: str, target_language: str) -> list[Finding]:
    """Report WEEKDAY_NOT_IN_SOURCE: "yesterday" where the source has "today", and the like; one in 31,000 pairs of human translations.

    Such words that are only added or only lost are left alone: "this morning" is «сьогодні вранці».
    """
    if not {source_language, target_language} <= _PATTERNS.keys():
        return []
    read = _days(source, source_language)
    written = _days(output, target_language) if read else {}
    lost = ", ".join(match.group() for day, match in read.items() if day not in written)
    return [wrong_day(output, match.span(), lost) for day, match in written.items() if lost and day not in read]


def _days(text: str, language: str) -> dict[int, re.Match[str]]:
    """The last mention of each day."""
    small = text.lower()
    if not any(word in small for word in _WORDS[language]):
        return {}
    return {_WORDS[language][match.group().lower()]: match for match in _PATTERNS[language].finditer(text)}


def _finding(match: re.Match[str], language: str, published: date | None) -> Finding:
    return Finding(
        reason="RELATIVE_DATE",
        severity=Severity.INFO,
        span=Span.of(match),
        found=match.group(),
        expected=_day(published, _WORDS[language][match.group().lower()]),
    )


def _day(published: date | None, days: int) -> str:
    """The date (ISO 8601); "" where it is not known, or beyond the ends of the calendar."""
    try:
        return (published + timedelta(days=days)).isoformat() if published else ""
    except OverflowError:
        return ""
