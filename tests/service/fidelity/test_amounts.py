"""The same digits may still be another amount: currency, sign, place in the sentence, system of units, day of the week."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers, numbers
from korotko_service.fidelity.finding import Severity


def alarms(source: str, output: str, read: str, written: str) -> list[tuple[str, str]]:
    found = compare_numbers(source, output, source_language=read, target_language=written)
    return [(each.reason, each.severity.name) for each in found if each.severity > Severity.INFO]


MONEY = {
    "USD": {"en": ["$500", "500 dollars", "US$500", "USD 500"], "uk": ["500 доларів", "500 дол."], "ru": ["500 долларов", "$500"]},
    "EUR": {"en": ["€500", "500 euros"], "uk": ["500 євро"], "ru": ["500 евро", "€500"]},
    "UAH": {"en": ["500 hryvnias"], "uk": ["500 гривень", "500 грн"], "ru": ["500 гривен", "₴500"]},
    "GBP": {"en": ["£500", "500 pounds"], "uk": ["500 фунтів"], "ru": ["500 фунтов"]},
    "RUB": {"en": ["500 rubles"], "uk": ["500 рублів"], "ru": ["500 рублей"]},
    "%": {"en": ["500%", "500 percent"], "uk": ["500 %", "500-ти відсотків"], "ru": ["500%", "500 процентов"]},
}
FORMS = [(unit, language, form) for unit, languages in MONEY.items() for language, forms in languages.items() for form in forms]


@pytest.mark.parametrize(("unit", "language", "form"), FORMS, ids=str)
@pytest.mark.parametrize("other", MONEY)
def test_an_amount_keeps_its_currency(unit: str, language: str, form: str, other: str) -> None:
    target = "uk" if language == "en" else "en"
    found = alarms(f"It was {form} last year.", f"It was {MONEY[other][target][0]} last year.", language, target)
    assert found == ([] if unit == other else [("CURRENCY_CHANGED", "SEVERE")])


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("It cost €500, or $500 at par.", "Це коштувало 500 доларів."),  # both stand in the source
        ("The dog weighs 12 pounds.", "Собака важить 12 lb."),
        ("It cost forty bucks.", "Це коштувало 40 доларів."),
        ("It cost 500 rubles then.", "Тоді це коштувало 500 руб"),
        ("He won 500.", "Він виграв 500 доларів."),  # a translator may know
        ("They sold from $500 to $700 an ounce.", "Продавали від 500 до 700 доларів за унцію."),
        ("They gave €20,000.", "Вони дали 20 тис. євро."),
        ("They gave 500 złoty.", "Вони дали 500 злотих."),
        ("It rose 5% to $7.", "Зросло на 5 відсотків, до 7 доларів."),
        ("It cost €2.5 million.", "Це коштувало 2,5 млн євро."),
        ("It has two rubber tubes.", "Вона має дві гумові трубки."),
        ("They gave 500 Europeans money.", "Вони дали гроші 500 європейцям."),
    ],
)
def test_a_currency_is_no_alarm_where_it_may_be_right(source: str, output: str) -> None:
    assert alarms(source, output, "en", "uk") == []


@pytest.mark.parametrize(
    ("source", "output", "read", "written"),
    [
        ("EPS was $1.05.", "Прибуток на акцію становив 1,05.", "en", "uk"),
        ("It invests more than $100 million a year.", "Он инвестирует более 100 млн в год.", "en", "ru"),
        ("Штраф становить 500 ₴.", "The fine is 500 twins.", "uk", "en"),
        ("Кража 26 750 долл. в городе.", "Крадіжка 26 750 довів. у місті.", "ru", "uk"),
    ],
)
def test_an_amount_without_its_currency_is_warned_of(source: str, output: str, read: str, written: str) -> None:
    assert alarms(source, output, read, written) == [("CURRENCY_CHANGED", "WARNING")]


def test_an_amount_in_thousands_is_read_with_its_currency_behind_the_full_stop() -> None:
    assert alarms("They gave €20,000.", "Вони дали 20 тис. доларів.", "en", "uk") == [("CURRENCY_CHANGED", "SEVERE")]
    assert alarms("They gave €20,000.", "Они дали 20 тыс. евро.", "en", "ru") == []


CONVERTED = [
    ("It is 10 miles away.", "Це за 16 км звідси.", "en", "uk"),
    ("It is 10 miles away.", "Это в 16 километрах отсюда.", "en", "ru"),
    ("He is 6 feet tall, they said.", "Його зріст 1,8 метра, сказали вони.", "en", "uk"),
    ("The snow was 12 inches deep.", "Глибина снігу була 30 сантиметрів.", "en", "uk"),
    ("It was 95 degrees Fahrenheit.", "Было 35 градусов.", "en", "ru"),
    ("It was 50°F there.", "Там було 10 °C.", "en", "uk"),
    ("It weighs 220 pounds.", "Він важить 100 кг.", "en", "uk"),
    ("It burned 5,000 acres.", "Сгорело 2000 гектаров.", "en", "ru"),
    ("Wind of 75 mph was seen.", "Зафіксували вітер 120 км на годину.", "en", "uk"),
    ("Це за 16 км звідси.", "It is 10 miles away.", "uk", "en"),
    ("It covers 30 square miles.", "Площа становить 78 кв. км.", "en", "uk"),
    ("There is a difference of 20 degrees.", "Існує 7-градусна різниця.", "en", "uk"),
    ("Є 7-градусна різниця.", "Есть разница в 20 градусов.", "uk", "ru"),  # of which scale nobody says
    ("It is 12 nautical miles away.", "Это в 22 км отсюда.", "en", "ru"),
    ("He got 600 square metres.", "Він отримав 6 соток.", "en", "uk"),
    ("It is half a mile away.", "Це за 800 метрів.", "en", "uk"),
    ('The screen has 40".', "Екран має 102 см.", "en", "uk"),
    ("Собака пробігла двадцятикілометрову ділянку.", "The dog ran a section of 12 miles.", "uk", "en"),
]


@pytest.mark.parametrize(("source", "output", "read", "written"), CONVERTED)
def test_a_measure_may_be_turned_into_metric_units(source: str, output: str, read: str, written: str) -> None:
    assert alarms(source, output, read, written) == []


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("It is 10 miles away.", "Це за 61 км звідси."),
        ("It is 10 miles away.", "Це за 16 кг звідси."),
        ("It is 10 years away.", "Це за 16 км звідси."),
        ("It was 95 degrees Fahrenheit.", "Було 53 градуси."),
        ("The snow was 12 inches deep.", "Глибина снігу була 80 сантиметрів."),
    ],
)
def test_a_wrong_conversion_is_a_wrong_number(source: str, output: str) -> None:
    assert ("NUMBER_NOT_IN_SOURCE", "SEVERE") in alarms(source, output, "en", "uk")


DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "uk": ["у понеділок", "у вівторок", "у середу", "у четвер", "в п'ятницю", "у суботу", "у неділю"],
    "ru": ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"],
}


def test_a_ukrainian_sunday_is_no_russian_week() -> None:
    warned = [("WEEKDAY_NOT_IN_SOURCE", "WARNING")]
    assert alarms("Неділя, 8 лютого: ясно.", "Неделя, 8 февраля: ясно.", "uk", "ru") == warned
    assert alarms("У неділю мине тиждень.", "В воскресенье пройдет неделя.", "uk", "ru") == []


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize(("read", "written"), [("en", "uk"), ("en", "ru"), ("uk", "ru"), ("ru", "en"), ("ru", "uk"), ("uk", "en")])
def test_a_weekday_stays_the_same_day(day: int, read: str, written: str) -> None:
    source = f"x {DAYS[read][day]} x"
    assert alarms(source, f"x {DAYS[written][day]} x", read, written) == []
    assert alarms(source, f"x {DAYS[written][(day + 2) % 7]} x", read, written) == [("WEEKDAY_NOT_IN_SOURCE", "WARNING")]


@pytest.mark.parametrize(
    ("source", "output", "read", "written"),
    [
        ("The environment suffers.", "Страдает окружающая среда.", "en", "ru"),
        ("A week later it ended.", "Через неделю всё закончилось.", "en", "ru"),
        ("It froze on Tuesday night.", "У ніч на середу підморозило.", "en", "uk"),
        ("It froze overnight on Tuesday.", "У ніч на середу підморозило.", "en", "uk"),
        ("У вівторок уночі підморозило.", "В ночь на среду подморозило.", "uk", "ru"),
        ("Сьогодні вони приїхали.", "They came on Friday.", "uk", "en"),
        ("They came on Friday.", "Сьогодні вони приїхали.", "en", "uk"),
    ],
)
def test_days_are_no_alarm_where_they_may_be_right(source: str, output: str, read: str, written: str) -> None:
    assert alarms(source, output, read, written) == []


@pytest.mark.parametrize(
    ("source", "output", "expected"),
    [
        ("It was -15 degrees at night.", "Вночі було 15 градусів.", [("SIGN_CHANGED", "WARNING")]),
        ("It was 15 degrees at night.", "Вночі було −15 градусів.", [("SIGN_CHANGED", "WARNING")]),
        ("VTB (-1.8%) was last.", "Останнім був ВТБ (1,8%).", [("SIGN_CHANGED", "WARNING")]),
        ("VTB (-1.8%) was last.", "ВТБ упав на 1,8%.", []),
        ("It was minus 15 degrees.", "Було мінус 15 градусів.", []),
        ("It was -15 degrees.", "Було 15 градусів морозу.", []),
        ("It was -15 degrees.", "Був мороз у 15 градусів.", []),
        ("It was 15 degrees below zero.", "Було −15 градусів.", []),
        ("Between 10-15 degrees.", "Від 10 до 15 градусів.", []),
        ("It fell by 15 percent.", "Зміна: −15 %.", []),  # worth an info only
    ],
)
def test_a_minus_is_kept(source: str, output: str, expected: list[tuple[str, str]]) -> None:
    assert alarms(source, output, "en", "uk") == expected


@pytest.mark.parametrize(
    ("source", "output", "caught"),
    [
        ("12 died, 15 were hurt.", "15 загинули, 15 поранені.", True),
        ("12 died, 15 were hurt, 15 fled.", "12 загинули, 12 поранені, 15 втекли.", True),
        ("12 died, 15 were hurt.", "12 загинули, 15 поранені.", False),
        ("12 died, 15 were hurt.", "15 поранені, 12 загинули.", False),
        ("12 died and 12 were hurt.", "По 12 загиблих і поранених.", False),  # told once for both
        ("12 died.", "12 загинули, усі 12.", False),
    ],
)
def test_a_number_put_where_another_stood_is_caught(source: str, output: str, caught: bool) -> None:
    found = alarms(source, output, "en", "uk")
    assert (("NUMBER_NOT_IN_SOURCE", "WARNING") in found) is caught
    assert caught or found == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("3½ hours", "en", "3.5"),
        ("½ million", "en", "500000.0"),
        ("3 ½ години", "uk", "3.5"),
        ("2¼ mile", "en", "2.25"),
        ("½", "ru", "0.5"),
    ],
)
def test_fractions_of_one_character_are_read(text: str, language: str, value: str) -> None:
    assert [str(mention.value) for mention in numbers(text, language)] == [value]


@given(st.text(alphabet="0123456789-−$€% ½.,Fmікг°", max_size=60), st.text(alphabet="0123456789-−$€% ½.,Fmікг°", max_size=60))
def test_any_flood_of_signs_is_compared_with_spans_inside(source: str, output: str) -> None:
    found = compare_numbers(source, output, source_language="en", target_language="uk")
    assert all(each.span.end <= len(output) for each in found)


@pytest.mark.parametrize(
    ("source", "output", "severe"),
    [
        ("Кабан важив 249 кілограмів.", "Кабан весил 250 килограммов.", False),
        ("Кабан важив 250 кілограмів.", "Кабан весил 249 килограммов.", True),
        ("Кабан важив 249 кілограмів.", "Кабан весил 260 килограммов.", True),
        ("Було 249 поранених.", "Было 250 раненых.", True),
    ],
)
def test_a_metric_measure_may_be_rounded_but_never_made_finer(source: str, output: str, *, severe: bool) -> None:
    found = compare_numbers(source, output, source_language="uk", target_language="ru")
    assert any(each.severity is Severity.SEVERE for each in found) is severe
