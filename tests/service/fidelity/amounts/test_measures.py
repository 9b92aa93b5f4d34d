"""A number that is kept keeps its unit; translators may spell it out, shorten it, and turn it into another with its number."""

from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers

LANGUAGES = ("en", "uk", "ru")
SAME = [
    ("Snow 112 cm deep fell.", "Випав сніг завглибшки 112 сантиметрів.", "Выпал снег глубиной 112 см."),
    ("The boy weighs 30 kg.", "Хлопець важить 30 кілограмів.", "Мальчик весит 30 кило."),
    ("The file takes up 5 GB.", "Файл займає 5 гігабайтів.", "Файл занимает 5 ГБ."),
    ("It went at 20 mph.", "Він їхав 20 миль на годину.", "Он ехал 20 миль в час."),
    ("It was 40 °F there.", "Там було 40 градусів за Фаренгейтом.", "Там было 40 °F."),
    ("He gave 450 ml of blood.", "Він здав 450 мілілітрів крові.", "Он сдал 450 мл крови."),
    ("They used 250 kWh.", "Вони спожили 250 кВт·год.", "Они потребили 250 кВт⋅ч."),
    ("It covers 65 square metres.", "Її площа 65 кв. м.", "Её площадь 65 м²."),
    ("The line gives 100 megabits per second.", "Лінія дає 100 Мбіт/с.", "Линия даёт 100 Мбит/с."),
    ("He waited 12 hours.", "Він чекав 12 годин.", "Он ждал 12 часов."),
    ("He was out for 6 weeks.", "Він вибув на 6 тижнів.", "Он выбыл на 6 недель."),
    ("It lasted five years.", "Це тривало п'ять років.", "Это длилось пять лет."),
    ("It has 150 horsepower.", "Він має 150 к. с.", "В нём 150 лошадиных сил."),
]
OTHER = {  # put in the place of the unit, each is another amount
    "112 cm": ("112 km", "112 км", "112 метров"),
    "30 kg": ("30 g", "30 г", "30 тонн"),
    "5 GB": ("5 MB", "5 МБ", "5 килобайт"),
    "20 mph": ("20 km/h", "20 км/год", "20 км/ч"),
    "40 °F": ("40 °C", "40 градусів Цельсія", "40 °C"),
    "450 ml": ("450 millimetres", "450 міліметрів", "450 мм"),
    "250 kWh": ("250 kW", "250 кВт", "250 киловатт"),
    "65 square metres": ("65 metres", "65 м", "65 гектаров"),
    "100 megabits": ("100 megabytes", "100 гігабайтів", "100 кВт"),
    "12 hours": ("12 days", "12 днів", "12 минут"),
    "6 weeks": ("6 months", "6 місяців", "6 дней"),
    "150 horsepower": ("150 kilometres", "150 кілометрів", "150 вольт"),
}
PAIRS = list(permutations(range(3), 2))


def found(source: str, output: str, read: str, written: str) -> list[tuple[str, str, str]]:
    reports = compare_numbers(source, output, source_language=read, target_language=written)
    return [(each.reason, each.severity.name, each.found) for each in reports if each.severity.name != "INFO"]


def test_a_number_that_the_output_repeats_is_reported_once_and_where_it_is_worst() -> None:
    source = "The snow was 112 cm deep."
    assert found(source, "Сніг 112 км, а потім знову 112 км.", "en", "uk") == [("UNIT_CHANGED", "SEVERE", "112 км")]
    assert ("UNIT_CHANGED", "SEVERE", "112 км") in found(source, "Сніг 112 завглибшки, і це зовсім не мало, 112 км.", "en", "uk")
    assert len(found(source, "Сніг 112 завглибшки, і це зовсім не мало, 112 км.", "en", "uk")) == 1


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_unit_is_the_same_in_every_spelling(row: tuple[str, str, str], read: int, written: int) -> None:
    assert found(row[read], row[written], LANGUAGES[read], LANGUAGES[written]) == []


@pytest.mark.parametrize("amount", OTHER)
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_another_unit_is_as_severe_as_another_number(amount: str, read: int, written: int) -> None:
    row = next(each for each in SAME if f" {amount}" in each[0])
    wrong = OTHER[amount][written]
    ((reason, severity, told),) = found(row[read], f"x {wrong} x", LANGUAGES[read], LANGUAGES[written])
    assert (reason, severity, told) == ("UNIT_CHANGED", "SEVERE", wrong)


@pytest.mark.parametrize(
    ("source", "output", "read", "written"),
    [
        ("Snow 112 cm deep fell.", "Випало сніг 112 сніг.", "en", "uk"),
        ("The dose is 500 mg a day.", "Доза 500 мгів на день.", "en", "uk"),
        ("Добавьте 200 г муки.", "Add 200 flour.", "ru", "en"),
        ("Процесор працює на частоті 3,2 ГГц.", "The processor works at 3.2 GGz.", "uk", "en"),
        ("The wave came at a speed of 800 kph.", "Волна шла со скоростью 800 кф.", "en", "ru"),
        ("The wave came at a speed of 800 kph.", "Хвиля йшла зі швидкістю 800 кфу.", "en", "uk"),
    ],
)
def test_a_unit_that_is_nowhere_any_more_is_warned_of(source: str, output: str, read: str, written: str) -> None:
    assert [each[:2] for each in found(source, output, read, written)] == [("UNIT_CHANGED", "WARNING")]


@pytest.mark.parametrize(
    ("source", "output", "read", "written"),
    [
        ("It is 10 miles away.", "Це за 16 км звідси.", "en", "uk"),  # converted with its number
        ("They went from 10 to 16 miles.", "Вони пройшли від 16 до 26 км.", "en", "uk"),
        ("He lost 5 kg, or 6 kg.", "Він схуд на 5 або 6 кг.", "en", "uk"),
        ("He lost 5 kg and then 6.", "Він схуд на 5 кг, а тоді на 6 кг.", "en", "uk"),  # a translator may know
        ("It costs 500 pounds.", "Це коштує £500.", "en", "uk"),
        ("She is 25 years old.", "Їй 25.", "en", "uk"),
        ("The speed limit is 90 miles an hour.", "Обмеження швидкості — 90.", "en", "uk"),
        ("He drove at a speed of 90 mph and crashed.", "Он ехал со скоростью 90 и разбился.", "en", "ru"),
        ("The speed limit is 90 mph on this road.", "Обмеження швидкості — 90 на цій дорозі.", "en", "uk"),
        ("He drove at a speed of 90 mph for an hour.", "Він їхав зі швидкістю 90 протягом години.", "en", "uk"),
        ("It was 40 degrees.", "Було 40 °C.", "en", "uk"),
        ("В 1999 г. он уехал.", "У 1999 році він поїхав.", "ru", "uk"),
        ("Ему 5 г.", "He is 5 years old.", "ru", "en"),
        ("Sales reached €610m.", "Продажі сягнули 610 млн євро.", "en", "uk"),
        ("Вони чекали до 8 годин.", "They waited until 8 o'clock.", "uk", "en"),
        ("5 km in 5 hours.", "5 годин на 5 км.", "en", "uk"),
        ("На 89-й хвилині він забив.", "He scored in the 89th minute.", "uk", "en"),
    ],
)
def test_a_unit_is_no_alarm_where_it_may_be_right(source: str, output: str, read: str, written: str) -> None:
    assert [each for each in found(source, output, read, written) if each[0] == "UNIT_CHANGED"] == []


def test_the_finding_names_both_amounts_and_stands_at_the_wrong_one() -> None:
    output = "Донор подарил 450 миллиметров крови."
    (finding,) = compare_numbers("He gave 450 millilitres of blood.", output, source_language="en", target_language="ru")
    assert (finding.found, finding.expected) == ("450 миллиметров", "450 millilitres")
    assert output[finding.span.start : finding.span.end] == "450 миллиметров"


@given(st.text(alphabet="0123456789 -–.,кмгвтгодчsqKMWhFC°²'/", max_size=80), st.sampled_from(PAIRS))
def test_any_flood_of_units_is_compared_with_spans_inside(text: str, pair: tuple[int, int]) -> None:
    reports = compare_numbers(f"5 km {text}", text, source_language=LANGUAGES[pair[0]], target_language=LANGUAGES[pair[1]])
    assert all(each.span.end <= len(text) for each in reports)
