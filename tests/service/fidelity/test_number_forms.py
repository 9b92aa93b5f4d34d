"""Forms that one language writes out and another does not: the same number passes, and another one in its place does not."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.numbers import compare_numbers

# source language, target language, source, its translation, what is right in it, and wrong
FORMS = [
    ("en", "uk", "They saved 26,477 people.", "Врятували 26 тисяч 477 людей.", "477", "478"),
    ("en", "uk", "They saved 7,026 people.", "Врятували 7 тисяч 26 людей.", "26", "62"),
    ("uk", "ru", "Це 5 тис. 300 грн.", "Это 5300 гривен.", "5300", "5800"),
    ("en", "uk", "A half-million city was cut off.", "Півмільйонне місто було відрізане.", "Півмільйонне", "Тримільйонне"),
    ("en", "ru", "He waived a multi-million payoff of $40.", "Он отказался от многомиллионной выплаты в 40 долларов.", "40", "50"),
    ("en", "ru", "He served in 1943–6.", "Он служил в 1943–46 годах.", "46", "47"),
    ("en", "ru", "The crisis of 2007–08 is over.", "Кризис 2007–2008 годов позади.", "2008", "2009"),
    ("ru", "en", "Сезон-2018/19 начался.", "The 2018/2019 season has begun.", "2019", "2017"),
    ("en", "ru", "By the 1700s they had left.", "К XVIII веку они уехали.", "XVIII", "XVI"),
    ("en", "ru", "The 60s and 70s are back.", "1960–1970-е снова в моде.", "1960", "1950"),
    ("en", "uk", "In 2017 he came first.", "У 17-му році він прийшов першим.", "17", "18"),
    ("en", "uk", "They saw it in 2014-2015.", "Вони бачили це в 14–15-му роках.", "14", "13"),
    ("en", "uk", "They pay UAH 30’000 a month.", "Платять 30 тис. гривень на місяць.", "30", "50"),
    ("en", "ru", "It had a $300+ billion impact.", "Ущерб составил 300 миллиардов долларов.", "300", "200"),
    ("en", "ru", "The rate fell to .08%.", "Доля упала до 0,08 %.", "0,08", "0,06"),
    ("en", "ru", "They lead by 10 1/2 to 5 1/2.", "Они ведут со счетом 10,5 на 5,5.", "10,5", "11,5"),
    ("en", "uk", "The G7 will meet.", "Лідери зустрінуться у «Великій сімці».", "сімці", "вісімці"),
    ("en", "uk", "They dropped 500 kg bombs.", "Скидали п’ятсоткілограмові бомби.", "п’ятсот", "шістсот"),
    ("en", "ru", "He came at 1:30 a.m.", "Он пришел в половине второго ночи.", "второго", "третьего"),
    ("en", "uk", "She rose at 5.30am.", "Вона встала о пів на шосту ранку.", "шосту", "сьому"),
    ("en", "ru", "A plan for 12 months was made.", "План составлен на год.", "на год", "на день"),
    ("en", "ru", "It is a 7-day programme.", "Это программа на неделю.", "на неделю", "на сутки"),
    ("en", "ru", "They work 24/7 now.", "Теперь они работают круглосуточно.", "круглосуточно", "днем"),
    ("en", "uk", "It lasts for 6 months.", "Це триває півроку.", "півроку", "рік"),
    ("en", "ru", "It was half an hour ago.", "Это было 30 минут назад.", "30", "40"),
    ("en", "ru", "He weighs 12 stone.", "Он весит 76 кг.", "76", "56"),
    ("en", "ru", "He weighs 13 stone 5 pounds.", "Он весит 85 кг.", "85", "65"),
    ("en", "ru", "Highs of 90 degrees are expected.", "Ожидается до 32 градусов.", "32", "42"),
    ("en", "ru", "Bake it at 350F.", "Выпекайте при 180 градусах.", "180", "150"),
    ("en", "ru", "A 6,000-square-foot home burned.", "Сгорел дом площадью 557 квадратных метров.", "557", "757"),
    ("en", "uk", "They flew at 30,000 feet.", "Вони летіли на висоті 9 км.", "9", "7"),
    ("en", "ru", "It is 12 nautical miles away.", "До него 22 км.", "22", "29"),
    ("en", "ru", "Add 8 ounces of milk.", "Добавьте 240 мл молока.", "240", "340"),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[2])
def test_a_number_may_be_written_as_the_language_likes(form: tuple[str, ...]) -> None:
    read, written, source, output, _, _ = form
    assert _warned(source, output, read, written) == set()
    assert _warned(output, source, written, read) == set()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[2])
def test_another_number_in_its_place_is_warned_of(form: tuple[str, ...]) -> None:
    read, written, source, output, right, wrong = form
    assert _warned(source, output.replace(right, wrong), read, written)


def test_a_date_behind_a_thousand_is_no_part_of_it() -> None:
    assert _warned("Five thousand came on 25 February.", "П’ять тисяч прийшли. П’ять тисяч 25 лютого.", "en", "uk") == set()


def _warned(source: str, output: str, read: str, written: str) -> set[str]:
    found = compare_numbers(source, output, source_language=read, target_language=written)
    return {finding.reason for finding in found if finding.severity >= Severity.WARNING}
