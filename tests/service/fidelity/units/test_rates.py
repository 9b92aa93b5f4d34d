"""A speed stays a speed: "60 miles an hour" is no 60 miles, 8 m/s no 8 m a minute; and a plain distance is left alone."""

from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.check import check
from korotko_service.fidelity.mends.mending import right_measures
from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.fidelity.units.rates import rate_of
from korotko_service.fidelity.units.units import unit_of

LANGUAGES = ("en", "uk", "ru")
PAIRS = list(permutations(range(3), 2))
# The same in three languages, each with its rate and then with what a model might leave of it: a plain measure.
TOLD = [
    (
        ("The car did 60 miles per hour there.", "Автомобіль їхав там 60 миль на годину.", "Автомобиль ехал там 60 миль в час."),
        ("The car did 60 miles there.", "Автомобіль їхав там 60 миль.", "Автомобиль ехал там 60 миль."),
    ),
    (
        ("Winds of 90 km/h blew.", "Віяв вітер 90 км/год.", "Дул ветер 90 км/ч."),
        ("Winds of 90 km blew.", "Віяв вітер 90 км.", "Дул ветер 90 км."),
    ),
    (
        ("The wind reached 25 metres a second.", "Вітер сягав 25 метрів за секунду.", "Ветер достигал 25 метров в секунду."),
        ("The wind reached 25 metres.", "Вітер сягав 25 метрів.", "Ветер достигал 25 метров."),
    ),
    (
        ("The pump moves 40 l/min.", "Насос подає 40 літрів на хвилину.", "Насос подаёт 40 литров в минуту."),
        ("The pump moves 40 litres.", "Насос подає 40 літрів.", "Насос подаёт 40 литров."),
    ),
    (
        ("He takes 500 mg a day.", "Він приймає 500 мг на день.", "Он принимает 500 мг в сутки."),
        ("He takes 500 mg.", "Він приймає 500 мг.", "Он принимает 500 мг."),
    ),
    (
        ("They ship 30 tonnes of coal a week.", "Вони везуть 30 тонн вугілля на тиждень.", "Они везут 30 тонн угля в неделю."),
        ("They ship 30 tonnes of coal.", "Вони везуть 30 тонн вугілля.", "Они везут 30 тонн угля."),
    ),
    (
        ("The line gives 100 Mbit/s now.", "Лінія дає тепер 100 Мбіт/с.", "Линия даёт теперь 100 Мбит/с."),
        ("The line gives 100 Mbit now.", "Лінія дає тепер 100 Мбіт.", "Линия даёт теперь 100 Мбит."),
    ),
]
OTHER = [  # told per another time: another amount
    ("It blew at 8 m/s.", "Віяло 8 м/хв.", "Дуло 8 м/ч."),
    ("It makes 70 km per minute.", "Воно робить 70 км за секунду.", "Оно делает 70 км в час."),
    ("He takes 20 mg a week.", "Він приймає 20 мг на добу.", "Он принимает 20 мг в месяц."),
]
SAME = [  # the time stands elsewhere, or in other words
    ("In an hour the belt moves 80 km.", "За годину стрічка проходить 80 км.", "За час лента проходит 80 км."),
    ("They took 500 mg daily.", "Вони приймали 500 мг щодня.", "Они принимали 500 мг ежедневно."),
    ("The yearly harvest is 30 tonnes.", "Річний урожай — 30 тонн на рік.", "Годовой урожай — 30 тонн."),
    ("He sped up from 50 to 70 mph.", "Він розігнався з 50 до 70 миль на годину.", "Он разогнался с 50 до 70 миль/ч."),
    ("It does 50 mph, then 70 mph.", "Робить 50 миль, потім 70 миль на годину.", "Делает 50, потом 70 миль в час."),
    ("The limit is 50 km/h here.", "Тут дозволено 50 км за годину.", "Тут разрешено 50 км/час."),
    ("The ship made 12 knots.", "Корабель ішов 12 вузлів на годину.", "Корабль шёл 12 узлов."),
    ("It uses 7 litres per 100 km.", "Витрачає 7 літрів на 100 км.", "Расходует 7 литров на 100 км."),
    ("It used 250 kWh.", "Спожито 250 кВт/год.", "Израсходовано 250 кВт·ч."),
    ("He walks 8 hours a day.", "Він ходить 8 годин.", "Он ходит 8 часов в день."),
]


def alarms(source: str, output: str, read: int, written: int) -> list[tuple[str, str]]:
    found = compare_numbers(source, output, source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    return [(each.reason, each.severity.name) for each in found if each.severity.name != "INFO"]


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row[0][0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_rate_that_became_a_plain_measure_is_warned_of(row: tuple[tuple[str, ...], tuple[str, ...]], read: int, written: int) -> None:
    told, plain = row
    assert alarms(told[read], plain[written], read, written) == [("UNIT_CHANGED", "WARNING")]
    assert alarms(told[read], told[written], read, written) == []
    assert alarms(plain[read], plain[written], read, written) == []


@pytest.mark.parametrize("row", TOLD[:4], ids=lambda row: row[0][0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_plain_measure_that_became_a_speed_is_warned_of(row: tuple[tuple[str, ...], tuple[str, ...]], read: int, written: int) -> None:
    assert alarms(row[1][read], row[0][written], read, written) == [("UNIT_CHANGED", "WARNING")]


@pytest.mark.parametrize("row", OTHER, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_measure_told_per_another_time_is_another_amount(row: tuple[str, str, str], read: int, written: int) -> None:
    assert alarms(row[read], row[written], read, written) == [("UNIT_CHANGED", "SEVERE")]


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_rate_is_the_same_in_every_wording(row: tuple[str, str, str], read: int, written: int) -> None:
    assert alarms(row[read], row[written], read, written) == []


BOTH = ("It blew at 105 mph (165 km/h).", "Віяло 105 миль на годину (165 км/год).", "Дуло 105 миль в час (165 км/ч).")
ONE = ("It blew at 105 miles (165 km/h).", "Віяло 105 миль (165 км/год).", "Дуло 105 миль (165 км/ч).")


@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_rate_in_brackets_is_not_that_of_the_number_before_them(read: int, written: int) -> None:
    assert alarms(BOTH[read], ONE[written], read, written) == [("UNIT_CHANGED", "WARNING")]
    assert alarms(BOTH[read], BOTH[written], read, written) == []
    assert alarms(ONE[read], ONE[written], read, written) == []


def test_a_rate_behind_brackets_is_of_both_numbers() -> None:
    source, output = "It blew at 105 miles per hour (165 kilometres per hour).", "Дуло 105 миль (165 км) в час."
    assert alarms(source, output, 0, 2) == []


def test_a_rate_that_moved_to_another_number_is_found_at_both_and_moved_back() -> None:
    source, output = "Он проехал 127 миль со скоростью 110 миль в час.", "He rode 127 miles an hour at a speed of 110 miles."
    found = compare_numbers(source, output, source_language="ru", target_language="en")
    assert [(each.found, each.expected) for each in found] == [("127 miles an hour", "127 миль"), ("110 miles", "110 миль в час")]
    mended = right_measures(source, Restored(text=output), "ru", "en")
    assert mended is not None
    assert mended.text == "He rode 127 miles at a speed of 110 miles per hour."


@pytest.mark.parametrize(
    ("text", "language", "time"),
    [
        ("60-mile-an-hour winds", "en", "hour"),
        ("60 mph", "en", "hour"),
        ("5 barrels of crude oil per day", "en", "day"),
        ("5 km each minute", "en", "minute"),
        ("5 km a day after the race", "en", ""),
        ("5 km a second time", "en", ""),
        ("5 km an hourglass", "en", ""),
        ("5 км/г", "uk", "hour"),
        ("5 тонн зерна на рік", "uk", "year"),
        ("5 метрів відкрили в річницю", "uk", ""),
        ("на 5 градусів холодніший за денний", "uk", ""),
        ("5 км / с", "ru", "second"),
        ("5 км в часть города", "ru", ""),
    ],
)
def test_a_rate_is_read_behind_its_unit_alone(text: str, language: str, time: str) -> None:
    unit = unit_of(text, scan(text, language)[0], language)
    assert unit is not None
    rate = rate_of(text, unit, language)
    assert (rate.time if rate else "") == time


@pytest.mark.parametrize(
    ("source", "output", "read", "written", "right"),
    [
        ("It did 60 miles an hour.", "Він робив 60 миль.", "en", "uk", "Він робив 60 миль на годину."),
        ("It did 60 mph.", "Он делал 60 миль, и всё.", "en", "ru", "Он делал 60 миль в час, и всё."),
        ("Вітер 25 м/с.", "A wind of 25 m.", "uk", "en", "A wind of 25 m per second."),
        ("Он получал 116 мг в день.", "He got 116 minutes a day.", "ru", "en", "He got 116 mg a day."),
        ("It did 60 mph.", "Він робив 60 км.", "en", "uk", "Він робив 60 миль на годину."),
        ("It blew at 8 m/s.", "Віяло 8 м/год.", "en", "uk", "Віяло 8 м на секунду."),
        ("Он прошёл 127 миль.", "He went 127 miles an hour.", "ru", "en", "He went 127 miles."),
    ],
)
def test_a_lost_rate_is_put_right(source: str, output: str, read: str, written: str, right: str) -> None:
    mended = right_measures(source, Restored(text=output), read, written)
    assert mended is not None
    assert mended.text == right
    assert [each for each in check(source, right, source_language=read, target_language=written) if each.severity > 1] == []


@pytest.mark.parametrize(
    ("source", "output", "read", "written"),
    [
        ("60-mile-an-hour winds.", "Дув 60-мильний вітер.", "en", "uk"),  # an adjective
        ("He went 127 km.", "He did 127 mph.", "uk", "en"),  # the sign is the rate
    ],
)
def test_a_rate_that_no_words_put_right_is_left_alone(source: str, output: str, read: str, written: str) -> None:
    assert right_measures(source, Restored(text=output), read, written) is None


@given(st.lists(st.sampled_from("60 км миль /год на годину в час per hour mph 8 m/s a day , —".split()), max_size=40).map(" ".join))
def test_any_flood_of_rates_is_compared_with_spans_inside(text: str) -> None:
    found = compare_numbers(f"60 miles an hour {text}", text, source_language="en", target_language="uk")
    assert all(each.span.end <= len(text) for each in found)
