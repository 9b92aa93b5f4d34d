"""Find a point of the compass that became another one: "North Korea" that came back as «Південна Корея»."""

import re
from collections import Counter

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.text.document import Span

# «до півночі» is midnight, «Югра» and «Северск» are names.
# «захід» is an event as well, and «схід сонця» the sunrise: these count where the word before them says so, or with a capital.
_BEHIND_A_POINT = "|".join(f"(?<={stem}{ending} )" for stem in ("північн", "південн") for ending in ("ий", "ого", "ому", "им"))
_POINTS = {
    "en": {
        "north": r"north(?!umb|ampt|olt)(?:ern(?:er|ers|most)?|wards?)?",
        "south": r"south(?!ampt|wark|end|port)(?:ern(?:er|ers|most)?|wards?)?",
        "east": r"east(?:ern(?:er|ers|most)?|wards?)?", "west": r"west(?!minster|phal)(?:ern(?:er|ers|most)?|wards?)?",
    },
    "uk": {
        "north": r"північн\w+|північ|(?<!до )(?<!після )(?<!близько )півночі|північчю", "south": r"півден(?:ь|н\w+)|півдн[яюі]\w*",
        "east": rf"східн\w+|(?-i:Схід|Сходу|Сході)|(?:(?<=на )|{_BEHIND_A_POINT})(?:схід|сходу|сході)",
        "west": rf"західн\w+|(?-i:Захід|Заходу|Заході)|(?:(?<=на )|{_BEHIND_A_POINT})(?:захід|заходу|заході)",
    },
    "ru": {
        "north": r"северн\w+|север(?!ск)\w{0,2}", "south": r"южн\w+|юг(?!р)\w{0,2}",
        "east": r"восточн\w+|восток\w{0,2}", "west": r"западн\w+|запад(?!н)\w{0,2}",
    },
}  # fmt: skip
# "south-east", «північно-східний»: both count.
_HALVES = {
    "en": {
        "north": r"\bnorth(?=-?(?:east|west))", "south": r"\bsouth(?=-?(?:east|west))",
        "east": r"(?<=north|south)east(?:ern)?\b", "west": r"(?<=north|south)west(?:ern)?\b",
    },
    "uk": {"north": r"\bпівнічно(?=-)", "south": r"\bпівденно(?=-)"},
    "ru": {"north": r"\bсеверо(?=-)", "south": r"\bюго(?=-)"},
}  # fmt: skip
# "35° W", "50°27′N", «50° пн. ш.», «в. д.»; any language may leave the letter as it stands in English.
_DEGREES = {
    "en": {}, "uk": {"north": r"пн\.?\s?ш", "south": r"пд\.?\s?ш", "east": r"сх\.?\s?д", "west": r"зх\.?\s?д"},
    "ru": {"north": r"с\.\s?ш", "south": r"ю\.\s?ш", "east": r"в\.\s?д", "west": r"з\.\s?д"},
}  # fmt: skip
_OPENINGS = {"en": "nsew", "uk": "псзnsew", "ru": "сювзnsew"}


def _pattern(language: str) -> re.Pattern[str]:
    halves, degrees = _HALVES[language], _DEGREES[language]
    points = {
        point: rf"\b(?:{pattern})\b"
        + (f"|{halves[point]}" if point in halves else "")
        + (rf"|\b{degrees[point]}\b" if point in degrees else "")
        + rf"|(?-i:(?:(?<=[°′″])|(?<=[°′″]\s)){point[0].upper()}\b)"
        for point, pattern in _POINTS[language].items()
    }
    # The lookahead rules out nearly every letter of a text at once.
    return re.compile(f"(?=[{_OPENINGS[language]}])(?:{'|'.join(f'(?P<{point}>{told})' for point, told in points.items())})", re.IGNORECASE)


_PATTERNS = {language: _pattern(language) for language in _POINTS}
# Whatever the pattern finds has one of these, and few sentences do.
_HINTS = {
    "en": ("north", "south", "east", "west", "°"),
    "uk": ("півні", "півд", "схід", "сход", "захід", "захо", "°"),
    "ru": ("север", "юг", "юж", "восто", "запад", "°"),
}


def find_turned(source: str, output: str, *, source_language: str, target_language: str) -> list[Finding]:
    """Report NAME_NOT_IN_SOURCE: a point of the compass that the source has less often, where one that it has is gone.

    One that is only lost or only added is left alone: "South Africa" is «ПАР», and "the West Bank" may be a bank of a river.
    """
    small = source.lower()
    if not any(hint in small for hint in _HINTS[source_language]):
        return []
    read = [(str(match.lastgroup), match.group()) for match in _PATTERNS[source_language].finditer(source)]
    if not read:
        return []
    written = list(_PATTERNS[target_language].finditer(output))
    wanted, found = Counter(point for point, _ in read), Counter(str(match.lastgroup) for match in written)
    lost, added = wanted - found, found - wanted
    if not lost or not added:
        return []
    expected = ", ".join(dict.fromkeys(word for point, word in read if point in lost))
    # Of several, the last count as the ones too many.
    strange = [match for point, times in added.items() for match in [each for each in written if each.lastgroup == point][-times:]]
    return [_turned(match, expected) for match in sorted(strange, key=lambda match: match.start())]


def _turned(match: re.Match[str], expected: str) -> Finding:
    span = Span.of(match)
    return Finding(reason="NAME_NOT_IN_SOURCE", severity=Severity.WARNING, span=span, found=match.group(), expected=expected)
