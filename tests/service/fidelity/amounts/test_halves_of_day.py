"""A time keeps its half of the day: by 24 hours, by the part of the day, or by a word elsewhere in the sentence."""

from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers

LANGUAGES = ("en", "uk", "ru")
PAIRS = list(permutations(range(3), 2))
SAME = [
    ("It begins at 8 p.m.", "Початок о 8-й вечора.", "Начало в 8 вечера."),
    ("It begins at 8 o'clock in the evening.", "Початок о 20:00.", "Начало в 20 часов."),
    ("It begins at 7:30 pm today.", "Сьогодні початок о 19:30.", "Сегодня начало в 7:30 вечера."),
    ("It fell at 3 a.m.", "Воно впало о 3-й ночі.", "Оно упало в 3 часа ночи."),
    ("They meet at 2 p.m.", "Вони зустрічаються о 2-й годині дня.", "Они встречаются в 2 часа дня."),
    ("They left at 6:15 a.m.", "Вони поїхали о 6:15.", "Они уехали в 6:15 утра."),
    ("They eat at 12 p.m.", "Вони їдять о 12:00.", "Они едят в 12 часов дня."),
    ("It fell at 12:30 a.m.", "Воно впало о 0:30.", "Оно упало в 12:30 ночи."),
    ("It is quiet between 7 p.m. and 7 a.m.", "Тиша з 19:00 до 7:00.", "Тишина с 7 вечера до 7 утра."),
    ("At 8 p.m. 8 people came.", "О 20:00 прийшли 8 осіб.", "В 8 вечера пришли 8 человек."),
]
CHANGED = [
    ("The match starts at 7:30 pm.", "Матч починається о 7:30 ранку.", "en", "uk"),
    ("It begins at 8 p.m.", "Початок о 8 ранку.", "en", "uk"),
    ("Матч почнеться о 7:30 вечора.", "The match will begin at 7.30 a.m.", "uk", "en"),
    ("Участки закрываются в 8 часов вечера.", "The stations close at 8 a.m.", "ru", "en"),
    ("Начало в 20:00.", "It begins at 8 a.m.", "ru", "en"),
    ("It fell at 3 a.m.", "Оно упало в 3 часа дня.", "en", "ru"),
    ("Open from 9 am to 9 pm.", "Відчинено з 9 ранку до 9 ранку.", "en", "uk"),
]
LOST = [
    ("It begins at 8 p.m.", "Початок о 8-й годині.", "en", "uk"),
    ("The match starts at 7:30 pm.", "Матч начинается в 7:30.", "en", "ru"),
    ("It starts at 5 p.m.", "Він починається в 5.", "en", "uk"),
    ("They meet at 2 p.m.", "Зустріч призначено на 2:00.", "en", "uk"),
    ("Пожежа почалася близько 11-ї вечора.", "The fire started at about 11.", "uk", "en"),
    ("It fell at 12:30 a.m.", "Оно упало в 12:30.", "en", "ru"),
    ("Open from 9 am to 9 pm.", "Открыто с 9 до 9.", "en", "ru"),
]
RIGHT = [
    ("They stayed 3 nights.", "Вони пробули 3 ночі.", "en", "uk"),
    ("Он приехал через 2 дня.", "He came in 2 days.", "ru", "en"),
    ("Останній автобус вирушає о 16:52.", "The last bus leaves at 4.52.", "uk", "en"),
    ("They meet at 4 in the afternoon.", "Вони зустрічаються о четвертій.", "en", "uk"),  # told in words, by the hours of a face
    ("It begins at 8 p.m.", "Увечері, о 8-й, усе почнеться.", "en", "uk"),
    ("It begins at 8 p.m.", "Начнётся всё в восемь вечера.", "en", "ru"),
    ("It begins at 8 a.m.", "Начало в 8:00.", "en", "ru"),
    ("At 8 p.m. it began.", "8 осіб прийшли на початок.", "en", "uk"),
    ("The set ended 21:19.", "Сет завершився 21:19.", "en", "uk"),
]


def found(source: str, output: str, read: str, written: str) -> list[tuple[str, str]]:
    reports = compare_numbers(source, output, source_language=read, target_language=written)
    return [(each.reason, each.severity.name) for each in reports if each.reason == "HALF_OF_DAY_CHANGED"]


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_time_is_the_same_by_24_hours_and_by_the_part_of_the_day(row: tuple[str, str, str], read: int, written: int) -> None:
    assert found(row[read], row[written], LANGUAGES[read], LANGUAGES[written]) == []


@pytest.mark.parametrize(("source", "output", "read", "written"), CHANGED)
def test_the_other_half_is_as_severe_as_another_number(source: str, output: str, read: str, written: str) -> None:
    assert found(source, output, read, written) == [("HALF_OF_DAY_CHANGED", "SEVERE")]


@pytest.mark.parametrize(("source", "output", "read", "written"), LOST)
def test_a_lost_half_is_warned_of_where_the_time_now_means_the_other(source: str, output: str, read: str, written: str) -> None:
    assert found(source, output, read, written) == [("HALF_OF_DAY_CHANGED", "WARNING")]


@pytest.mark.parametrize(("source", "output", "read", "written"), RIGHT)
def test_a_half_is_no_alarm_where_it_may_be_right(source: str, output: str, read: str, written: str) -> None:
    assert found(source, output, read, written) == []


def test_the_finding_names_both_times() -> None:
    (finding,) = compare_numbers("It is at 7:30 pm.", "Це о 7:30 ранку.", source_language="en", target_language="uk")
    assert (finding.found, finding.expected) == ("7:30 ранку", "7:30 pm")


@given(st.text(alphabet="0123456789 :.-apm'oclkгодинвечраkуін", max_size=80), st.sampled_from(PAIRS))
def test_any_flood_of_times_is_compared_with_spans_inside(text: str, pair: tuple[int, int]) -> None:
    source = ("at 8 p.m. " if pair[0] == 0 else "8-й вечора ") + text
    reports = compare_numbers(source, text, source_language=LANGUAGES[pair[0]], target_language=LANGUAGES[pair[1]])
    assert all(each.span.end <= len(text) for each in reports)
