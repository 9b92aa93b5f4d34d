"""A number keeps its unit unless a reader knows it; what stands between two numbers is theirs, and swapped units are two faults."""

from itertools import permutations

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers

LANGUAGES = ("en", "uk", "ru")
PAIRS = list(permutations(range(3), 2))
# The same in three languages; what stands in [] is what gets lost.
LOST = [
    ("The town is 12 [miles ]away.", "Місто за 12 [миль ]звідси.", "Город в 12 [милях ]отсюда."),
    ("It will be 20 [degrees ]in the shade.", "У затінку буде 20 [градусів ]завтра.", "В тени будет 20 [градусов ]завтра."),
    ("It was 96 [degrees Fahrenheit ]there.", "Було 96 [градусів за Фаренгейтом ]там.", "Было 96 [градусов по Фаренгейту ]там."),
    ("The oven is at 180[ °C] now.", "У духовці 180[ °C] зараз.", "В духовке 180[ °C] сейчас."),
    ("The tower is 69 [feet ]tall.", "Вежа заввишки 69 [футів ]стоїть.", "Башня высотой 69 [футов ]стоит."),
    ("The fish was 70 [inches ]long.", "Риба завдовжки 70 [дюймів ]була.", "Рыба длиной 70 [дюймов ]была."),
    ("It weighed 18 [ounces ]then.", "Це важило 18 [унцій ]тоді.", "Это весило 18 [унций ]тогда."),
    ("The ball flew 40 [yards ]away.", "М'яч пролетів 40 [ярдів ]геть.", "Мяч пролетел 40 [ярдов ]прочь."),
    ("The engine has 58 [horsepower ]now.", "Двигун має 58 [кінських сил ]тепер.", "Двигатель имеет 58 [лошадиных сил ]теперь."),
    (
        "It is 12 [miles ]from the coast and 5 miles from here.",
        "Це за 12 [миль ]від узбережжя і за 5 миль звідси.",
        "Это в 12 [милях ]от побережья и в 5 милях отсюда.",
    ),
]
KEPT = [
    ("They took a 5-mile, 3-mile walk.", "Вони пройшли 5 і 3 милі.", "Они прошли 5, а потом 3 мили."),
    (
        "Keep 100 yards from bears and 25 yards from the rest of them.",
        "За 100 ярдів від ведмедів і за 25 від решти.",
        "В 100 ярдах и в 25.",
    ),
    ("It was 40 below zero.", "Було 40 градусів морозу.", "Было 40 градусов мороза."),
    ("It was minus 28 then.", "Було мінус 28 градусів.", "Было минус 28 градусов."),
    ("It was in the 90s there.", "Там було 90 тепла.", "Там было 90 градусов тепла."),
    ("It lies east of 35°W.", "Це на схід від 35 градусів.", "Это к востоку от 35 градусов."),
    ("The 12-mile zone is closed.", "12-мильна зона закрита.", "12-мильная зона закрыта."),
    ("The garden had 61 barrels of jam.", "У саду було 61 бочка повидла.", "В саду было 61 бочка повидла."),
    ("She is 25 years old.", "Їй 25.", "Ей 25."),
    ("On a road where the speed limit is 70.", "На дорозі з обмеженням 70 км/год.", "На дороге с ограничением 70 км/ч."),
    ("The negative of 6 by 6 cm is small.", "Негатив 6 на 6 см малий.", "Негатив 6х6 см мал."),
]
# What is swapped stands in [].
SWAPPED = [
    ("He ran 5 [km] with 3 [kg].", "Він пробіг 5 [км] із 3 [кг].", "Он пробежал 5 [км] с 3 [кг]."),
    (
        "It fell 15 [metres] in 12 [seconds].",
        "Воно впало на 15 [метрів] за 12 [секунд].",
        "Оно упало на 15 [метров] за 12 [секунд].",
    ),
    ("It is 30 [miles] or 48 [km].", "Це 30 [миль] або 48 [км].", "Это 30 [миль] или 48 [км]."),
    ("It was 96 [°F] and 19 [°C].", "Було 96 [°F] і 19 [°C].", "Было 96 [°F] и 19 [°C]."),
    (
        "It was 96 degrees [Fahrenheit] and 19 degrees [Celsius].",
        "Було 96 градусів за [Фаренгейтом] і 19 градусів за [Цельсієм].",
        "Было 96 градусов по [Фаренгейту] и 19 градусов по [Цельсию].",
    ),
    ("It is a 6 by 6 [cm] or 56 by 56 [mm] film.", "Це плівка 6 на 6 [см] або 56 на 56 [мм].", "Это плёнка 6 на 6 [см] или 56 на 56 [мм]."),
    ("It holds 8 [GB] and weighs 148 [grams].", "Має 8 [ГБ] і важить 148 [грамів].", "Имеет 8 [ГБ] и весит 148 [граммов]."),
]


def alarms(source: str, output: str, read: int, written: int) -> list[tuple[str, str]]:
    found = compare_numbers(source, output, source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    return [(each.reason, each.severity.name) for each in found if each.severity.name != "INFO"]


def whole(text: str) -> str:
    return text.replace("[", "").replace("]", "")


def without(text: str) -> str:
    return text[: text.index("[")] + text[text.index("]") + 1 :]


def swapped(text: str) -> str:
    before, one, between, two, behind = text.replace("]", "[").split("[")
    return before + two + between + one + behind


@pytest.mark.parametrize("row", LOST, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_number_without_its_unit_is_warned_of(row: tuple[str, str, str], read: int, written: int) -> None:
    assert alarms(whole(row[read]), without(row[written]), read, written) == [("UNIT_CHANGED", "WARNING")]
    assert alarms(whole(row[read]), whole(row[written]), read, written) == []


@pytest.mark.parametrize("row", KEPT, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_a_unit_that_a_reader_knows_may_be_left_out(row: tuple[str, str, str], read: int, written: int) -> None:
    assert alarms(row[read], row[written], read, written) == []


@pytest.mark.parametrize("row", SWAPPED, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS)
def test_swapped_units_are_two_faults(row: tuple[str, str, str], read: int, written: int) -> None:
    assert set(alarms(whole(row[read]), swapped(row[written]), read, written)) == {("UNIT_CHANGED", "SEVERE")}
    assert alarms(whole(row[read]), whole(row[written]), read, written) == []


def test_a_letter_behind_a_number_is_no_degree_of_anything_when_it_goes() -> None:
    assert alarms("The JAS 39C Gripen fell.", "JAS 39 Gripen упал.", 0, 2) == []
