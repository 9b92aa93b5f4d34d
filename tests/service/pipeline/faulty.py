"""A translator that knows three sentences by heart in three languages, and does one thing wrong: once, or every time."""

import re
from collections.abc import Callable

from korotko_service.engines.engine import Sequence
from tests import zoo

SENTENCES = {
    "en": (
        "President Volodymyr Zelenskyy met Emmanuel Macron in Paris this week.",
        "The government will spend 250 million euros on 48 new schools by 2029.",
        "Engineers repaired the old bridge in Kharkiv after the heavy storm last night.",
    ),
    "uk": (
        "Президент Володимир Зеленський зустрівся з Емманюелем Макроном у Парижі цього тижня.",
        "Уряд витратить 250 мільйонів євро на 48 нових шкіл до 2029 року.",
        "Інженери відремонтували старий міст у Харкові після сильної бурі минулої ночі.",
    ),
    "ru": (
        "Президент Владимир Зеленский встретился с Эммануэлем Макроном в Париже на этой неделе.",
        "Правительство потратит 250 миллионов евро на 48 новых школ до 2029 года.",
        "Инженеры отремонтировали старый мост в Харькове после сильной бури минувшей ночью.",
    ),
}
BODIES = {language: " ".join(sentences) for language, sentences in SENTENCES.items()}
_NUMBER = re.compile(r"XQ\d+|\d+(?:\s(?:million|мільйонів|миллионов))?")
_STRANGE_NAMES = {"en": ("Macron", "Thatcher"), "uk": ("Макроном", "Тетчер"), "ru": ("Макроном", "Тэтчер")}
_STRANGE_PLACES = {"en": ("Paris", "London"), "uk": ("Парижі", "Лондоні"), "ru": ("Париже", "Лондоне")}

Fault = Callable[[str, Sequence], str]


def by_heart(sequence: Sequence, target: str = "") -> str:
    """The right translation, with each mask in the place of its number; an unknown text comes back as it is."""
    known = {_NUMBER.sub("#", text): number for number, text in enumerate(SENTENCES[sequence.source_language])}
    number = known.get(_NUMBER.sub("#", sequence.text))
    if number is None:
        return sequence.text
    asked = iter(_NUMBER.findall(sequence.text))
    told = SENTENCES[target or sequence.target_language][number]
    return _NUMBER.sub(lambda match: given if (given := next(asked)).startswith("XQ") else match.group(), told)


def drops(text: str, _: Sequence) -> str:
    return " ".join(text.split()[:3])


def doubles(text: str, _: Sequence) -> str:
    return f"{text} {text}"


def echoes(_: str, sequence: Sequence) -> str:
    return sequence.text


def changes_digits(text: str, _: Sequence) -> str:
    return re.sub(r"(?<!XQ)\b48\b", "84", text)


def changes_a_name(text: str, sequence: Sequence) -> str:
    return text.replace(*_STRANGE_NAMES[sequence.target_language])


def changes_a_place(text: str, sequence: Sequence) -> str:
    return text.replace(*_STRANGE_PLACES[sequence.target_language])


def answers_in_another_language(_: str, sequence: Sequence) -> str:
    (other,) = {"en", "uk", "ru"} - {sequence.source_language, sequence.target_language}
    return by_heart(sequence, other)


def loops(text: str, _: Sequence) -> str:
    return text + " " + " ".join([text.rsplit(maxsplit=1)[-1].strip(".")] * 12)


def leaks_tokens(text: str, _: Sequence) -> str:
    return f">>ukr<< {text}</s>"


def falls_silent(text: str, _: Sequence) -> str:
    return ""


# Each fault, the sentence that it is planted in, and the reasons, one of which a warning has to name.
FAULTS: dict[Fault, tuple[int, frozenset[str]]] = {
    drops: (2, frozenset({"LENGTH_RATIO"})),
    doubles: (2, frozenset({"LENGTH_RATIO", "REPETITION"})),
    echoes: (1, frozenset({"UNTRANSLATED", "WRONG_LANGUAGE"})),
    changes_digits: (1, frozenset({"NUMBER_NOT_IN_SOURCE"})),
    changes_a_name: (0, frozenset({"NAME_NOT_IN_SOURCE", "NAME_MISSING"})),
    changes_a_place: (0, frozenset({"NAME_NOT_IN_SOURCE", "NAME_MISSING"})),
    answers_in_another_language: (2, frozenset({"WRONG_LANGUAGE", "UNTRANSLATED"})),
    loops: (2, frozenset({"REPETITION", "LENGTH_RATIO"})),
    leaks_tokens: (0, frozenset({"SPECIAL_TOKENS"})),
    falls_silent: (0, frozenset({"EMPTY_OUTPUT"})),
}


class Faulty(zoo.Echo):
    """Plants the fault in one sentence: the first time that it is asked for it, or always, in every piece of it."""

    def __init__(self, fault: Fault, *, always: bool) -> None:
        super().__init__()
        self._fault = fault
        self._always = always
        self._victim, _ = FAULTS[fault]
        self._planted = set[tuple[str, str]]()

    def say(self, sequence: Sequence) -> str:
        right, words = by_heart(sequence), set(SENTENCES[sequence.source_language][self._victim].split())
        is_victim = len(words & set(sequence.text.split())) > len(sequence.text.split()) / 2
        pair = (sequence.source_language, sequence.target_language)
        if not is_victim or (pair in self._planted and not self._always):
            return right
        self._planted.add(pair)
        return self._fault(right, sequence)
