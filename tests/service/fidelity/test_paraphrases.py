"""Numbers that a translator tells by other means: fractions, tens, nights, units of thousands."""

import itertools

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.numbers import compare_numbers

LANGUAGES = ("en", "uk", "ru")
RIGHT = [
    ("Some 75% of voters agree.", "Згодні три чверті виборців.", "Согласны три четверти избирателей."),
    ("It rose by one third.", "Зросло на 33 %.", "Выросло на 33 %."),
    ("Some 50 % agree.", "Згодна половина.", "Согласна половина."),
    ("About fifty people came.", "Прийшло близько п'яти десятків людей.", "Пришло около пяти десятков человек."),
    ("Twenty houses burned down.", "Згоріло два десятки будинків.", "Сгорели два десятка домов."),
    ("Some 36 boats left.", "Відпливли три дюжини човнів.", "Уплыли три дюжины лодок."),
    ("On the night of 5–6 March it burned.", "У ніч на 6 березня горіло.", "В ночь на 6 марта горело."),
    ("It weighs 2,500 lbs.", "Він важить 1,1 тонни.", "Он весит 1,1 тонны."),
    ("It burned 12 sq km of forest.", "Згоріло 1200 га лісу.", "Сгорело 1200 га леса."),
    ("Capacity is 1.2 GW.", "Потужність — 1200 МВт.", "Мощность — 1200 МВт."),
    ("Exports fell to 12.1 bcm.", "Експорт упав до 12,1 млрд куб. м.", "Экспорт упал до 12,1 млрд куб. м."),
    ("They use 121 mcm a day.", "Вони беруть 121 млн куб. м на добу.", "Они берут 121 млн куб. м в сутки."),
    ("Seventy-odd thousand fans came.", "Прийшло понад сімдесят тисяч.", "Пришло более семидесяти тысяч."),
    ("They get 5 lakh rupees each.", "Вони отримають по 500 тисяч рупій.", "Они получат по 500 тысяч рупий."),
    ("It was 128 °F, or 53.3 °C.", "Було 53,3 °C.", "Было 53,3 °C."),
    ("Output rose by 100 %.", "Випуск зріс удвічі.", "Выпуск вырос вдвое."),
    ("The under-21 side won.", "Молодіжна збірна перемогла.", "Молодёжная сборная победила."),
    ("He ran a half marathon.", "Він пробіг 21 кілометр.", "Он пробежал 21 километр."),
    ("He came on Christmas Day.", "Він приїхав 25 грудня.", "Он приехал 25 декабря."),
    ("The attacks of 9/11 changed it.", "Теракти 11 вересня 2001 року змінили це.", "Теракты 11 сентября 2001 года изменили это."),
    ("A crowd of 500 came.", "Прийшли пів тисячі людей.", "Пришла толпа из полутысячи человек."),
    ("He wrote to her at ten past four.", "О четвертій десять він написав їй.", "В четыре часа десять минут он написал ей."),
]


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), list(itertools.permutations(range(3), 2)), ids=lambda at: LANGUAGES[at])
def test_a_number_told_by_other_means_is_the_same(row: tuple[str, str, str], read: int, written: int) -> None:
    found = compare_numbers(row[read], row[written], source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    assert [each for each in found if each.severity > Severity.INFO] == []


WRONG = [
    ("Some 75% of voters agree.", "Згодна чверть виборців."),
    ("Some 25% of voters agree.", "Згодні дві третини виборців."),
    ("Sixty people came.", "Прийшло п'ять десятків людей."),
    ("On the night of 5–6 March it burned.", "У ніч на 8 березня горіло."),
    ("On the night of 5–9 March it burned.", "У ніч на 9 березня горіло."),
    ("It burned 12 sq km of forest.", "Згоріло 120 га лісу."),
    ("Capacity is 1.2 GW.", "Потужність — 120 МВт."),
    ("Exports fell to 12.1 bcm.", "Експорт упав до 12,1 трлн куб. м."),
    ("Seventy-odd thousand fans came.", "Прийшло понад сім тисяч."),
    ("They get 5 lakh rupees each.", "Вони отримають по 50 тисяч рупій."),
    ("Output rose by 200 %.", "Випуск зріс удвічі."),
    ("The under-21 side won.", "Збірна перемогла."),
    ("He came on Christmas Day.", "Він приїхав 24 грудня."),
    ("The attacks of 9/11 changed it.", "Теракти 11 жовтня змінили це."),
    ("He wrote to her at ten past four.", "О п'ятій десять він написав їй."),
]


@pytest.mark.parametrize(("source", "output"), WRONG)
def test_another_number_is_still_a_warning(source: str, output: str) -> None:
    found = compare_numbers(source, output, source_language="en", target_language="uk")
    assert [each for each in found if each.severity > Severity.INFO] != []
