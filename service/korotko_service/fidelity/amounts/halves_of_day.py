"""Compare the halves of the day of the times that a sentence and its translation share: 8 p.m. is «20:00» or «8 вечора», not «8 ранку»."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.text.document import Span

_AHEAD, _BEHIND = 40, 12
_MOST = 20  # times on one face that are compared; a text with more says nothing
_NOON, _DAY = 12, 24
_LAST_MINUTE = Decimal("0.59")
_DAWN, _DUSK = 5, 6  # «5 ночі» is still before dawn, «6 дня» before the evening
# What may stand between an hour and its half.
HOUR = {
    "en": r"\s?(?:o['’]clock)?(?:\slocal\stime)?",
    "uk": r"(?:-\w{1,3})?(?P<hour>\sгодин\w{0,2})?",
    "ru": r"(?:-\w{1,3})?(?P<hour>\sчас\w{0,2})?",
}
_MARK = {
    "en": re.compile(
        HOUR["en"] + r"\s?(?:(?P<a>a(?:m|\.\s?m\.?)(?!\w))|(?P<p>p(?:m|\.\s?m\.?)(?!\w))|"
        r"(?:in\sthe\s|of\sthe\s|the\s|that\s|this\s)?(?:(?P<morning>morning)|(?P<day>afternoon)|(?P<evening>evening))(?!\w)"
        r"|at\s(?P<night>night)(?!\w)|(?P<tonight>tonight)(?!\w))",
        re.IGNORECASE,
    ),
    "uk": re.compile(HOUR["uk"] + r"\s(?:(?P<morning>ранку)|(?P<day>дня|пополудні|по\sобіді)|(?P<evening>вечора)|(?P<night>ночі))(?!\w)"),
    "ru": re.compile(HOUR["ru"] + r"\s(?:(?P<morning>утра)|(?P<day>дня|пополудни)|(?P<evening>вечера)|(?P<night>ночи))(?!\w)"),
}
# What tells the half of the day without standing next to the hour: «увечері, о 8-й».
_TOLD = {
    "en": re.compile(r"\b(?:p\.?m\b|afternoon|evening|(?:to|mid)?night|noon|day)", re.IGNORECASE),
    "uk": re.compile(r"веч[оеі]р|обід|полуд|дня(?!\w)|днем|вдень|ніч|ноч", re.IGNORECASE),
    "ru": re.compile(r"вече?р|обед|полд|полуд|дня(?!\w)|днём|днем|ноч", re.IGNORECASE),
}
_TIMELY = {
    "en": re.compile(r"\b(?:at|by|from|to|until|till|before|after|about|around|and|since|between|for)\s\Z", re.IGNORECASE),
    "uk": re.compile(r"(?<!\w)(?:о|об|у|в|до|з|із|від|після|близько|біля|на|по|й|і|та|перед)\s\Z", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:в|до|с|со|от|после|около|на|по|к|и|перед)\s\Z", re.IGNORECASE),
}


Face = tuple[Decimal, Decimal]


class Time(NamedTuple):
    """A number that may be an hour, on the face of a clock of twelve hours; `half` is "a", "p", or "" where it is not known."""

    face: Face
    half: str
    mention: NumberMention
    mark: re.Match[str] | None

    @property
    def span(self) -> Span:
        """The number with the word for its half."""
        return Span(start=self.mention.span.start, end=self.mark.end() if self.mark else self.mention.span.end)


class Changed(NamedTuple):
    """A time of the source, and the one that stands for it in the other half, or in none; `sole` if neither text has another like it."""

    time: Time
    said: Time
    sole: bool


def find_changed_halves(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Finding]:
    """Report HALF_OF_DAY_CHANGED: a time that the source has in the other half of the day; as severe as a wrong number.

    Only a warning where the output no longer tells the half, and so means the other one: «о 7:30» for 7:30 p.m.
    """
    return [_finding(each, source, output) for each in changed_halves(source, read, output, written, languages)]


def changed_halves(
    source: str, read: list[NumberMention], output: str, written: list[NumberMention], languages: tuple[str, str]
) -> list[Changed]:
    """Give the times whose half of the day changed or is lost, in the order of the source."""
    told = [time for time in _times(source, read, languages[0]) if time.half and _is_time(time)]
    if not told:
        return []
    said = dict[Face, list[Time]]()
    for each in _times(output, written, languages[1]):
        said.setdefault(each.face, []).append(each)
    halves = Counter((time.face, time.half) for time in told)
    changed = []
    for time in {(time.face, time.half): time for time in reversed(told)}.values():
        same = said.get(time.face, [])[:_MOST]
        other = _another(time, output, _beside(time, halves, same), languages[1])
        if other is not None:
            changed.append(Changed(time, other, len(same) == 1 and halves[time.face, time.half] == 1 and not _opposed(time, halves)))
    return changed


def _opposed(time: Time, halves: Counter[tuple[Face, str]]) -> int:
    """How often the source has the time in the other half."""
    return halves[time.face, "p" if time.half == "a" else "a"]


def _beside(time: Time, halves: Counter[tuple[Face, str]], same: list[Time]) -> list[Time]:
    """The times of the output on the same face, without as many in the other half as the source has there."""
    strange = [each for each in same if each.half not in ("", time.half)]
    known = strange[: _opposed(time, halves)]
    return [each for each in same if each not in known]


def _times(text: str, mentions: list[NumberMention], language: str) -> Iterator[Time]:
    """Every number of a text that may be an hour."""
    for mention in mentions:
        if mention.value > _DAY or mention.kind in ("month", "percent", "money", "date"):
            continue
        hour, minutes = divmod(mention.value, 1)
        if minutes <= _LAST_MINUTE:
            mark = _MARK[language].match(text, mention.span.end, mention.span.end + _AHEAD)
            yield Time((hour % _NOON, minutes), _half(int(hour), mention, mark), mention, mark)


def _is_time(time: Time) -> bool:
    """Tell a time of the source from a count that could be one: 20 people, «3 ночі» in a hotel."""
    return time.mark is not None or ":" in time.mention.text


def _half(hour: int, mention: NumberMention, mark: re.Match[str] | None) -> str:
    part = (mark.lastgroup or "") if mark else ""
    if hour in (0, _DAY):
        return "a"
    if hour > _NOON or part in ("p", "evening", "tonight"):
        return "p"
    if part in ("a", "morning"):
        return "a"
    if part == "night":
        return "a" if hour <= _DAWN or hour == _NOON else "p" if hour > _DUSK else ""
    return "p" if part == "day" and _is_hour(mention, mark) and (hour <= _DUSK or hour == _NOON) else ""


def _is_hour(mention: NumberMention, mark: re.Match[str] | None) -> bool:
    """Tell «2 години дня» and «2-га дня» from two days, «2 дня»."""
    told = mark is not None and (mark.group()[0] == "-" or mark.groupdict().get("hour", "told") is not None)
    return told or ":" in mention.text or mention.kind == "ordinal"


def _another(time: Time, output: str, said: list[Time], language: str) -> Time | None:
    """The time that stands for this one but means another; None where there is none."""
    if any(each.half == time.half or (not each.half and _is_plain(time)) for each in said):
        return None
    return next((each for each in said if each.half), None) or next((each for each in said if _is_lost(output, time, each, language)), None)


def _finding(changed: Changed, source: str, output: str) -> Finding:
    span, meant = changed.said.span, changed.time.span
    return Finding(
        reason="HALF_OF_DAY_CHANGED",
        severity=Severity.SEVERE if changed.said.half else Severity.WARNING,
        span=span,
        found=output[span.start : span.end],
        expected=source[meant.start : meant.end],
    )


def _is_plain(time: Time) -> bool:
    """Tell whether a clock of 24 hours shows the time as a face does: 1 to 11 in the morning, and noon."""
    return time.half == ("a" if time.face[0] else "p")


@lru_cache(maxsize=16)  # Each time that lost its half asks the same.
def _is_told(output: str, language: str) -> bool:
    return _TOLD[language].search(output) is not None


def _is_lost(output: str, time: Time, each: Time, language: str) -> bool:
    """Tell whether a time without a half means the other one; English may give "16:52" without it, and any language a time in words."""
    if time.mark is None or each.half or not each.mention.in_digits or _is_told(output, language):
        return False
    start = each.mention.span.start
    return ":" in each.mention.text or _TIMELY[language].search(output, max(start - _BEHIND, 0), start) is not None
