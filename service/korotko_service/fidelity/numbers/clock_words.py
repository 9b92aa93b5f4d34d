"""Read times of day written in words: "a quarter past five", «за десять шоста», «без двадцати шесть»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.notation import clock
from korotko_service.fidelity.numbers.number_words import fold, number_word
from korotko_service.text.document import Span

_HOUR_MINUTES, _FACE_HOURS = 60, 12
# What may follow a time; otherwise «десять минут второго» may be of a second half, and "five to nine" a range.
_END = (
    r"(?=\s*(?:[.,;:!?()»”\"—–]|$)|\s(?:in|on|and|but|when|o['’]clock|local|ранку|дня|вечора|ночі|пополудні|за|і|й|та|але|коли|утра|вечера|"
    r"ночи|пополудни|по|и|но|когда)\b)"
)
_MINUTES = {
    "half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25,
    "пів": 30, "чверть": 15, "п'ять": 5, "десять": 10, "двадцять": 20, "двадцять п'ять": 25,
    "четверть": 15, "четверти": 15, "пять": 5, "двадцать": 20, "двадцать пять": 25,
    "пяти": 5, "десяти": 10, "двадцати": 20, "двадцати пяти": 25,
}  # fmt: skip
_ENGLISH_HOUR = "(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:1[0-2]|[1-9])(?![.,:]?[0-9]))"
_UKRAINIAN_HOUR = (
    r"(?P<hour>(?:перш|друг|четверт|п['’ʼ]ят|шост|сьом|восьм|дев['’ʼ]ят|десят|одинадцят|дванадцят)(?:а|у|ій|ої)|трет(?:я|ю|ій|ьої))"
)
_UKRAINIAN_MINUTES = r"(?P<minutes>чверть|двадцять(?:\sп['’ʼ]ять)?|п['’ʼ]ять|десять)(?:\sхвилини?)?"
_UKRAINIAN_MINUTE = r"(?P<minutes>п['’ʼ]ятій|десятій|двадцятій)"
_RUSSIAN_HOUR_OF = r"(?P<hour>(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат)ого|третьего)"
_RUSSIAN_HOUR = "(?P<hour>час|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать)"
_RUSSIAN_MINUTES = r"(?P<minutes>четверть|(?:двадцать(?:\sпять)?|пять|десять)\sминут)"
_RUSSIAN_MINUTES_OF = r"(?P<minutes>четверти|двадцати(?:\sпяти)?|пяти|десяти)(?:\sминут)?"
_TENS = r"(?P<minutes>{}(?:\s{})?)"
_UKRAINIAN_TENS = _TENS.format("(?:десять|п['’ʼ]ятнадцять|двадцять|тридцять|сорок|п['’ʼ]ятдесят)", "п['’ʼ]ять")
_RUSSIAN_TENS = _TENS.format("(?:десять|пятнадцать|двадцать|тридцать|сорок|пятьдесят)", "пять")
_ENGLISH_TENS = r"(?P<minutes>(?:ten|fifteen|twenty|thirty|forty|fifty)(?:-five)?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a language tells times: by minutes past the hour, by minutes before it, or by minutes of the hour that it ends."""

    pattern: re.Pattern[str]
    hour: int = 0
    before: bool = False


def _form(pattern: str, *, hour: int = 0, before: bool = False, end: str = _END) -> _Form:
    return _Form(pattern=re.compile(rf"(?<![\w-]){pattern}\b(?!-){end}", re.IGNORECASE), hour=hour, before=before)


_FORMS = {
    "en": (
        _form(rf"(?:an?\s)?(?P<minutes>half|quarter|twenty(?:[ -]five)?|five|ten)(?:\sminutes)?\spast\s{_ENGLISH_HOUR}", end=""),
        _form(rf"(?:an?\s)?(?P<minutes>quarter)\sto\s{_ENGLISH_HOUR}", hour=-1, before=True),
        _form(rf"(?P<minutes>twenty(?:[ -]five)?|five|ten)\sminutes\sto\s{_ENGLISH_HOUR}", hour=-1, before=True),
        _form(rf"at\s(?P<minutes>twenty(?:[ -]five)?|five|ten)\sto\s{_ENGLISH_HOUR}", hour=-1, before=True),
        _form(rf"at\s{_ENGLISH_HOUR}\s{_ENGLISH_TENS}"),
    ),
    "uk": (
        _form(rf"(?P<minutes>пів)\s(?:на|до)\s{_UKRAINIAN_HOUR}", hour=-1),
        _form(rf"{_UKRAINIAN_MINUTES}\sна\s{_UKRAINIAN_HOUR}", hour=-1),
        _form(rf"{_UKRAINIAN_MINUTES}\sпо\s{_UKRAINIAN_HOUR}"),
        _form(rf"о\s{_UKRAINIAN_MINUTE}\sхвилині\sна\s{_UKRAINIAN_HOUR}", hour=-1, end=""),
        _form(rf"за\s{_UKRAINIAN_MINUTES}(?<!хвилин)(?<!хвилини)\s{_UKRAINIAN_HOUR}(?<=[ая])", hour=-1, before=True, end=""),
        _form(rf"за\s{_UKRAINIAN_MINUTES}\s(?:до\s)?{_UKRAINIAN_HOUR}", hour=-1, before=True),
        _form(rf"(?P<minutes>чверть)\sдо\s{_UKRAINIAN_HOUR}", hour=-1, before=True),
        _form(rf"(?:о|об)\s{_UKRAINIAN_HOUR}(?<=ій)\s{_UKRAINIAN_TENS}", end=""),
    ),
    "ru": (
        _form(rf"(?P<minutes>половин[аеуы]\s|пол(?:-|\s)?){_RUSSIAN_HOUR_OF}", hour=-1),
        _form(rf"в\s{_RUSSIAN_MINUTES}\s{_RUSSIAN_HOUR_OF}", hour=-1, end=""),
        _form(rf"{_RUSSIAN_MINUTES}\s{_RUSSIAN_HOUR_OF}", hour=-1),
        _form(rf"без\s{_RUSSIAN_MINUTES_OF}\s{_RUSSIAN_HOUR}", hour=-1, before=True, end=""),
        _form(rf"в\s{_RUSSIAN_HOUR}\s{_RUSSIAN_TENS}"),
        _form(rf"в\s{_RUSSIAN_HOUR}\sчас(?:а|ов)?\s{_RUSSIAN_TENS}\sминут", end=""),
    ),
}

# Whatever the forms of a language find has one of these, and few sentences do.
_HINTS = {
    "en": ("past", "quarter", "five", "ten", "twenty", "fifteen", "thirty", "forty", "fifty"),
    "uk": ("пів", "чверть", "ять", "ятій", "десят", "сорок"),
    "ru": ("пол", "четверт", "пят", "десят", "двадцат", "тридцат", "сорок"),
}


def clock_words(text: str, language: str) -> list[NumberMention]:
    """Give each time told in words, in both halves of the day; the bare numbers within it are part of it."""
    small = text.lower()
    if not any(hint in small for hint in _HINTS[language]):
        return []
    return list({mention.span.end: mention for mention in _times(text, language)}.values())  # two forms may find one


def _times(text: str, language: str) -> Iterator[NumberMention]:
    for form in _FORMS[language]:
        for match in form.pattern.finditer(text):
            minutes = _minutes(match["minutes"], language)
            hour = (_worth(match["hour"], language) or 1) + form.hour or _FACE_HOURS  # «без пяти час»
            values = clock(f"{hour}:{_HOUR_MINUTES - minutes if form.before else minutes:02}")
            span = Span.of(match)
            yield NumberMention(value=values[0], kind="time", span=span, text=match.group(), readings=values)


def _minutes(told: str, language: str) -> int:
    """Read minutes that are in the table, a half, or tens and units."""
    words = fold(told).removesuffix(" минут").strip(" -")
    if words.startswith("пол"):
        return _MINUTES["half"]
    return _MINUTES.get(words) or sum(_worth(word, language) for word in re.split("[ -]", words))


def _worth(word: str, language: str) -> int:
    found = number_word(fold(word), language)
    return int(found.value) if found else int(word) if word.isdecimal() else 0
