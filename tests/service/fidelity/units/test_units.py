"""Units are read behind numbers, whatever their form, and what only looks like a unit is none."""

from decimal import Decimal

import pytest

from korotko_service.fidelity.numbers.scan import scan
from korotko_service.fidelity.units.forms import written
from korotko_service.fidelity.units.names import FORMED, FORMS, LANGUAGES, SIGNS, rows
from korotko_service.fidelity.units.units import unit_of, units_in

# As CLDR writes each behind a number (long and short, every plural), but for what `unit_names` leaves out; "_" is a space.
CLDR = {
    "km": ("kilometer kilometers km", "кілометр кілометри кілометрів кілометра км", "километр километра километров км"),
    "m": ("meter meters metres m", "метр метри метрів метра м", "метр метра метров м"),
    "cm": ("centimeter centimeters cm", "сантиметр сантиметри сантиметрів сантиметра см", "сантиметр сантиметра сантиметров см"),
    "mm": ("millimeter millimetres mm", "міліметр міліметри міліметрів міліметра мм", "миллиметр миллиметра миллиметров мм"),
    "mile": ("mile miles mi mph", "миля милі миль", "миля мили миль ми"),
    "nmi": ("nautical_mile nautical_miles", "морська_миля морські_милі морських_миль", "морская_миля морские_мили морских_миль"),
    "ft": ("foot feet ft", "фут фути футів фута фт", "фут фута футов фт"),
    "inch": ("inch inches", "дюйм дюйми дюймів дюйма", "дюйм дюйма дюймов"),
    "stone": ("stone stones", "стоун стоуни стоунів", "стоун стоуна стоунов"),
    "pint": ("pint pints", "пінта пінти пінт", "пинта пинты пинт"),
    "kg": ("kilogram kilograms kilos kg", "кілограм кілограми кілограмів кг", "килограмм килограмма килограммов кг"),
    "g": ("gram grams grammes g", "грам грами грамів грама г", "грамм грамма граммов г"),
    "mg": ("milligram milligrams mg", "міліграм міліграми міліграмів мг", "миллиграмм миллиграмма мг"),
    "t": ("tonne tonnes tons t", "тонна тонни тонн т", "тонна тонны тонн т"),
    "l": ("liter litres L", "літр літри літрів літра л", "литр литра литров л"),
    "ml": ("milliliter millilitres mL ml", "мілілітр мілілітри мілілітрів мл", "миллилитр миллилитра миллилитров мл"),
    "ha": ("hectare hectares ha", "гектар гектари гектарів гектара га", "гектар гектара гектаров га"),
    "ac": ("acre acres ac", "акр акри акрів акра", "акр акра акров"),
    "km²": ("km²", "км² км2", "км²"),
    "GB": ("gigabyte gigabytes GB", "гігабайт гігабайти гігабайтів ГБ GB", "гигабайт гигабайта ГБ GB"),
    "Mbit": ("megabit megabits Mb", "мегабіт мегабіти мегабітів Мбіт", "мегабит мегабита Мбит"),
    "kW": ("kilowatt kilowatts kW", "кіловат кіловати кіловатів кВт", "киловатт киловатта кВт"),
    "kWh": ("kilowatt-hours kWh", "кіловат-година кіловат-годин кВт⋅год кВт·год", "киловатт-час киловатт-часов кВт⋅ч"),
    "hp": ("horsepower hp", "к.с.", "л.с."),
    "GHz": ("gigahertz GHz", "гігагерц гігагерци ГГц", "гигагерц гигагерца ГГц"),
    "°F": ("°F", "°F", "°F"),
    "minute": ("minute minutes min", "хвилина хвилини хвилин хв", "минута минуты минут мин"),
    "hour": ("hour hours hr", "година години годин год", "час часа часов ч"),
    "day": ("day days", "день дні днів дня дн. доби діб", "день дня дней сут сутки"),
    "week": ("week weeks wks", "тиждень тижні тижнів тижня тиж.", "неделя недели недель нед."),
    "month": ("month months", "місяць місяці місяців місяця міс.", "месяц месяца месяцев мес."),
    "year": ("year years yrs", "рік роки років року р.", "год года лет г. л."),
    "century": ("century centuries", "століття століть", "век века веков"),
}
FORMS_OF_EACH = [
    (unit, language, form)
    for unit, told in CLDR.items()
    for language, forms in zip(LANGUAGES, told, strict=True)
    for form in forms.split(" ")
]


def unit(text: str, language: str) -> set[str]:
    found = unit_of(text, scan(text, language)[0], language)
    return set(found.names) if found else set()


@pytest.mark.parametrize(("name", "language", "form"), FORMS_OF_EACH)
def test_each_form_of_a_unit_is_read(name: str, language: str, form: str) -> None:
    assert name in unit(f"5 {form.replace('_', ' ')} x", language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "30 square miles", "mile²"),
        ("en", "1,200 sq km", "km²"),
        ("en", "a 2 to 4 inch layer", "inch"),
        ("en", "a 5-kilometre-long jam", "km"),
        ("en", "40 billion cubic metres", "m³"),
        ("en", "95 degrees Fahrenheit", "°F"),
        ("en", "20 metric tons", "t"),
        ("uk", "10–15 кв. км", "km²"),
        ("uk", "40 тис. км", "km"),
        ("uk", "50-метровий басейн", "m"),
        ("uk", "5-ти метрів", "m"),
        ("uk", "90-градусну спеку за Фаренгейтом", "°F"),
        ("uk", "12-мильна зона", "mile"),
        ("uk", "6 на 6 см", "cm"),
        ("ru", "6х6 см", "cm"),
        ("en", "6 by 6 cm", "cm"),
        ("en", "96 Fahrenheit", "°F"),
        ("uk", "96 градусів за Цельсієм і 19 градусів за Фаренгейтом", "°C"),
        ("uk", "150 кінських сил", "hp"),
        ("ru", "150 л. с.", "hp"),
        ("ru", "40 млрд кубометров", "m³"),
        ("ru", "1500 м", "m"),
        ("ru", "пять килограммов", "kg"),
    ],
)
def test_a_unit_is_read_in_its_surroundings(language: str, text: str, name: str) -> None:
    assert unit(text, language) == {name}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a $20m lawsuit"),
        ("en", "5 t-shirts"),
        ("en", "5 in the race"),
        ("en", "the 1980s"),
        ("en", "a 5G network"),
        ("en", "5 weekends"),
        ("uk", "5 годинників"),
        ("uk", "5 футболістів"),
        ("uk", "2 рокери"),
        ("uk", "116 роком раніше"),
        ("ru", "в 1999 г"),
        ("ru", "в 1989-м"),
        ("ru", "55 тоннелей"),
        ("ru", "5 метрополитенов"),
        ("ru", "3 часовни"),
    ],
)
def test_what_only_looks_like_a_unit_is_none(language: str, text: str) -> None:
    assert unit(text, language) == set()


def test_what_may_be_two_units_is_both() -> None:
    assert unit("40 degrees", "en") == {"°C", "°F"}
    assert unit("5 Мб", "uk") == {"MB", "Mbit"}
    assert unit("500 г.", "ru") == {"g", "year"}


def test_units_are_found_without_a_number_too() -> None:
    assert [sorted(each.names) for each in units_in("кілька кілометрів, центнер і гектар", "uk")] == [["km"], ["ha"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_written_is_read_as_the_same_unit(language: str) -> None:
    signs = [row.unit for row in rows(SIGNS) if row.unit not in FORMED]
    for name in (*signs, *FORMED):
        for value in (1, 2, 5, 21, Decimal("2.5")):
            text = written(name, Decimal(value), language)
            assert text, name
            assert name in unit(f"{value} {text}", language), name


def test_each_language_has_a_form_of_each_unit_that_is_written_as_a_word() -> None:
    assert {len(told.split("|")) for told in FORMS.values()} == {len(FORMED)}


@pytest.mark.parametrize(
    ("name", "value", "language", "before", "text"),
    [
        ("day", "1", "uk", "", "день"),
        ("day", "3", "uk", "тижні", "дні"),
        ("day", "3", "uk", "тижнів", "днів"),  # «близько 3 тижнів»
        ("day", "2.5", "uk", "тижня", "дня"),
        ("day", "21", "ru", "неделя", "день"),
        ("day", "11", "ru", "недель", "дней"),
        ("day", "3", "ru", "неделями", None),
        ("mile", "1", "en", "", "mile"),
        ("km²", "5", "ru", "", "км²"),
    ],
)
def test_a_word_takes_the_form_that_its_number_asks_for(name: str, value: str, language: str, before: str, text: str | None) -> None:
    assert written(name, Decimal(value), language, before=before) == text
