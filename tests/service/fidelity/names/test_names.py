"""Names are found by their capitals and known again in the other language."""

import itertools

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.names import compare_names, names

SAME = [
    (
        "On Monday President Zelenskyy met Steve Witkoff in Berlin.",
        "У понеділок президент Зеленський зустрівся зі Стівом Віткоффом у Берліні.",
        "В понедельник президент Зеленский встретился со Стивом Уиткоффом в Берлине.",
    ),
    (
        "The blast shook Odesa, and Mayor Trukhanov came at once.",
        "Вибух струснув Одесу, і мер Труханов одразу приїхав.",
        "Взрыв потряс Одессу, и мэр Труханов сразу приехал.",
    ),
    (
        "The talks with Trump were held in Geneva, not in Vienna.",
        "Переговори з Трампом пройшли в Женеві, а не у Відні.",
        "Переговоры с Трампом прошли в Женеве, а не в Вене.",
    ),
    (
        "Germany and the Netherlands will give the EU and NATO more money.",
        "Німеччина та Нідерланди дадуть ЄС і НАТО більше грошей.",
        "Германия и Нидерланды дадут ЕС и НАТО больше денег.",
    ),
    (
        "The head of the UN spoke in Kyiv about the Russian drones.",
        "Голова ООН говорив у Києві про російські дрони.",
        "Глава ООН говорил в Киеве о российских дронах.",
    ),
    (
        "A court in London fined the company of Roman Kovalchuk.",
        "Суд у Лондоні оштрафував компанію Романа Ковальчука.",
        "Суд в Лондоне оштрафовал компанию Романа Ковальчука.",
    ),
    (
        "The Ministry of Defence bought trucks from Scania in Sweden.",
        "Міністерство оборони купило вантажівки Scania у Швеції.",
        "Министерство обороны купило грузовики Scania в Швеции.",
    ),
    (
        "The French leader Macron flew from Paris to Beijing.",
        "Французький лідер Макрон полетів з Парижа до Пекіна.",
        "Французский лидер Макрон полетел из Парижа в Пекин.",
    ),
    (
        "The team of Shevchenko beat Dynamo in Kharkiv.",
        "Команда Шевченка обіграла «Динамо» в Харкові.",
        "Команда Шевченко обыграла «Динамо» в Харькове.",
    ),
    (
        "In Estonia the minister spoke of Japan and Georgia.",
        "В Естонії міністр говорив про Японію і Грузію.",
        "В Эстонии министр говорил о Японии и Грузии.",
    ),
    (
        "Reporters of Reuters saw smoke over Zaporizhzhia.",
        "Журналісти Reuters бачили дим над Запоріжжям.",
        "Журналисты Reuters видели дым над Запорожьем.",
    ),
    (
        "The IAEA wants Iran to admit Grossi again.",
        "МАГАТЕ хоче, щоб Іран знову впустив Гроссі.",
        "МАГАТЭ хочет, чтобы Иран снова впустил Гросси.",
    ),
]
LANGUAGES = ("en", "uk", "ru")
PAIRS = list(itertools.permutations(range(3), 2))


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0][:24])
@pytest.mark.parametrize(("read", "written"), PAIRS, ids=lambda at: LANGUAGES[at])
def test_a_right_translation_has_the_same_names(row: tuple[str, str, str], read: int, written: int) -> None:
    found = compare_names(row[read], row[written], source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    assert [each for each in found if each.severity > Severity.INFO] == []
    assert [each.found for each in found if each.reason == "NAME_NOT_IN_SOURCE"] == []


REPLACED = [
    (0, 1, "Віткоффом", "Келлогом"),
    (0, 2, "Уиткоффом", "Келлогом"),
    (1, 0, "Trukhanov", "Filatov"),
    (1, 2, "Труханов", "Филатов"),
    (2, 1, "Трампом", "Байденом"),
    (2, 0, "Trump", "Biden"),
    (5, 1, "Ковальчука", "Мельниченка"),
    (5, 2, "Ковальчука", "Мельниченко"),
    (7, 1, "Макрон", "Саркозі"),
    (7, 2, "Макрон", "Саркози"),
    (8, 1, "Шевченка", "Реброва"),
    (8, 0, "Shevchenko", "Rebrov"),
    (11, 1, "Гроссі", "Амано"),
]


@pytest.mark.parametrize(("row", "written", "name", "other"), REPLACED, ids=str)
@pytest.mark.parametrize("away", [1, 2])
def test_another_persons_name_is_a_warning(row: int, written: int, name: str, other: str, away: int) -> None:
    read = (written + away) % 3
    output = SAME[row][written].replace(name, other)
    found = compare_names(SAME[row][read], output, source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    (alarm,) = [each for each in found if each.severity > Severity.INFO]
    assert (alarm.reason, alarm.found, output[alarm.span.start : alarm.span.end]) == ("NAME_NOT_IN_SOURCE", other, other)
    assert alarm.expected


PLACES = [
    (0, 1, "Берліні", "Варшаві"),
    (2, 1, "Женеві", "Лондоні"),
    (2, 2, "Женеве", "Стокгольме"),
    (3, 1, "Нідерланди", "Угорщина"),
    (7, 2, "Пекин", "Токио"),
    (9, 1, "Естонії", "Іспанії"),
    (9, 0, "Japan", "China"),
]


@pytest.mark.parametrize(("row", "written", "name", "other"), PLACES, ids=str)
@pytest.mark.parametrize("away", [1, 2])
def test_another_country_is_severe_where_the_table_knows_both(row: int, written: int, name: str, other: str, away: int) -> None:
    read = (written + away) % 3
    output = SAME[row][written].replace(name, other)
    found = compare_names(SAME[row][read], output, source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    if other == "Лондоні":  # the table does not know London, which transliterates: a stranger, but not surely another place
        assert any(each.reason == "NAME_NOT_IN_SOURCE" and each.found == other for each in found)
    else:
        assert [each.found for each in found if each.severity is Severity.SEVERE] == [other]


@pytest.mark.parametrize(
    ("row", "written", "name", "lost"),
    [(1, 1, "мер Труханов", "Trukhanov"), (2, 2, " с Трампом", "Trump"), (7, 1, " Макрон", "Macron"), (11, 1, " Гроссі", "Grossi")],
)
def test_a_dropped_name_is_worth_an_info(row: int, written: int, name: str, lost: str) -> None:
    found = compare_names(SAME[row][0], SAME[row][written].replace(name, ""), source_language="en", target_language=LANGUAGES[written])
    assert [(each.reason, each.severity, each.expected) for each in found] == [("NAME_MISSING", Severity.INFO, lost)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Yesterday Macron met Scholz.", "en", ["Macron", "Scholz"]),
        ("Macron came. Scholz left.", "en", []),  # a capital at the start tells nothing
        ("The Ministry of Health met on Monday in May.", "en", []),
        ("BIG FIRE IN KHARKIV TODAY", "en", []),  # a headline's capitals tell nothing
        ("Учора Макрон бачив «Титанік».", "uk", ["Макрон"]),
        ("See https://Example.com and @Macron", "en", []),
        ("", "en", []),
        ("😀 42", "uk", []),
    ],
)
def test_capitals_count_where_the_grammar_asks_for_none(text: str, language: str, expected: list[str]) -> None:
    assert [name.text for name in names(text, language)] == expected
