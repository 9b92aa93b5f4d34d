"""Times of day and years told in words are the numbers that they are, and another time is another number."""

import itertools

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.numbers.clock_words import clock_words
from korotko_service.fidelity.numbers.scan import scan

LANGUAGES = ("en", "uk", "ru")
PAIRS = list(itertools.permutations(range(3), 2))
SAME = [
    ("The train leaves at half past three.", "Потяг відходить о пів на четверту.", "Поезд отходит в половине четвёртого."),
    ("The train leaves at 3:30 p.m.", "Потяг відходить о пів на четверту.", "Поезд отходит в полчетвёртого."),
    ("It was a quarter past five.", "Була чверть на шосту.", "Была четверть шестого."),
    ("It was a quarter past five.", "Було чверть по п'ятій.", "Было 17:15."),
    ("It began at a quarter to six.", "Почалося за чверть шоста.", "Началось без четверти шесть."),
    ("It began at a quarter to six.", "Почалося о чверть до шостої.", "Началось в 17:45."),
    ("It began at twenty to six.", "Почалося за двадцять шоста.", "Началось без двадцати шесть."),
    ("It began at ten past five.", "Почалося о п'ятій десять.", "Началось в 5:10."),
    ("At five past one they fired.", "О п'ятій хвилині на другу батареї вистрілили.", "В пять минут второго батареи выстрелили."),
    ("At five to one, I woke up.", "За п'ять перша я прокинувся.", "Без пяти час я проснулся."),
    ("He left in nineteen eighty-four.", "Він пішов у 1984 році.", "Он ушёл в тысяча девятьсот восемьдесят четвёртом."),
    ("It was built in nineteen oh five.", "Її збудували 1905 року.", "Её построили в 1905 году."),
    ("It opens in twenty twenty-six.", "Він відкриється у 2026 році.", "Он откроется в 2026 году."),
]
OTHER = [
    ("The train leaves at half past three.", "Потяг відходить о 4:30.", "Поезд отходит в половине третьего."),
    ("It was a quarter past five.", "Була чверть на п'яту.", "Было 6:15."),
    ("It began at a quarter to six.", "Почалося о 6:45.", "Началось без четверти пять."),
    ("He left in nineteen eighty-four.", "Він пішов у 1974 році.", "Он ушёл в 1948 году."),
]
NO_TIMES = [
    ("uk", "За двадцять хвилин перша зупинка."),
    ("ru", "Гол забили в первые десять минут второго тайма."),
    ("ru", "Двадцать шестого мая было тепло."),
    ("en", "They rose from 4,870 in the second quarter to 9,510 in the third."),
    ("en", "Five to nine people came."),
    ("en", "A quarter to two thirds of them left."),
]


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0] + row[2][-10:])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_time_or_year_in_words_is_the_same_in_digits_and_in_other_words(row: tuple[str, str, str], read: int, written: int) -> None:
    assert _alarms(row, read, written) == []


@pytest.mark.parametrize("row", OTHER, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_another_time_or_year_is_told(row: tuple[str, str, str], read: int, written: int) -> None:
    assert "NUMBER_NOT_IN_SOURCE" in _alarms(row, read, written)


@pytest.mark.parametrize(("language", "text"), NO_TIMES)
def test_words_that_only_look_like_a_time_are_none(language: str, text: str) -> None:
    assert clock_words(text, language) == []


def test_a_count_of_notes_is_no_year() -> None:
    assert [int(mention.value) for mention in scan("He had twenty fifty-dollar notes.", "en")] == [20, 50]


def _alarms(row: tuple[str, str, str], read: int, written: int) -> list[str]:
    found = compare_numbers(row[read], row[written], source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    return [each.reason for each in found if each.severity > Severity.INFO]
