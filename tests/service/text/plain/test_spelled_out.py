"""Abbreviations: a model reads them in full, and what only looks like one stays."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.fidelity.kept import check_restored
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.plain.spelled_out import spelled_out


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("uk", "Затримка на 3 год. 15 хв. через дощ.", "Затримка на 3 години 15 хвилин через дощ."),
        ("uk", "Акумулятор живить роутер 6–8 год поспіль.", "Акумулятор живить роутер 6–8 годин поспіль."),
        ("uk", "Біля с. Підгірці Стрийського р-ну Львівської обл. дощ.", "Біля села Підгірці Стрийського району Львівської області дощ."),
        ("uk", "Провадження за ч. 3 ст. 276 КК.", "Провадження за частини 3 статті 276 КК."),
        ("uk", "Актор театру ім. Франка.", "Актор театру імені Франка."),
        ("uk", "Курс упав на 14 коп.", "Курс упав на 14 копійок."),
        ("uk", "Пожежа на вул. Хрещатик у м. Київ.", "Пожежа на вулиці Хрещатик у місті Київ."),
        ("uk", "Народився 3 бер. 1943 року.", "Народився 3 березня 1943 року."),
        ("uk", "Площа 600 кв. м.", "Площа 600 квадратних метрів."),
        ("ru", "Дом куплен раньше, т. е. до выборов, в т. ч. дача.", "Дом куплен раньше, то есть до выборов, в том числе дача."),
        ("ru", "В Гагаузии и др. районах.", "В Гагаузии и других районах."),
        ("ru", "Он умер на ул. Гагарина через 47 мин.", "Он умер на улице Гагарина через 47 минут."),
        ("ru", "Через 3 ч. 15 мин. и 24 ч.", "Через 3 часа 15 минут и 24 часа."),
        ("ru", "Проголосовали 264 тыс. чел., 21 чел. и 2 чел.", "Проголосовали 264 тыс. человек, 21 человек и 2 человека."),
        ("ru", "Вода поднялась на 84 см, сгорело 120 га и 3 т.", "Вода поднялась на 84 сантиметра, сгорело 120 гектаров и 3 тонны."),
        ("uk", "Завод дає 90 тис. т добрив.", "Завод дає 90 тис. тонн добрив."),
        ("ru", "Суд по ст. 105 ч. 2 УК.", "Суд по статьи 105 части 2 УК."),
        ("ru", "МОСКВА, 18 ноя (Интерфакс)", "МОСКВА, 18 ноября (Интерфакс)"),
        ("ru", "Жители г. Риддер и Омской обл.", "Жители города Риддер и Омской области."),
        ("ru", "Омская обл. бедна.", "Омская область бедна."),
        ("uk", "У І столітті та в I ст. до н. е., за Павла І століття.", "У 1 столітті та в 1 ст. до н. е., за Павла І століття."),
        ("ru", "I век, в I веке, при Николае I век шёл; Пётр I в. Киеве.", "1 век, в 1 веке, при Николае I век шёл; Пётр I в. Киеве."),
        ("uk", "Він жив у ІІ столітті, тобто I. століття тому.", "Він жив у ІІ столітті, тобто I. століття тому."),
        ("uk", "О 12 дня, до 12 годині ночі, о 12 годині ночі; о 2 дня.", "Опівдні, до 12 годині ночі, опівночі; о 2 годині дня."),
        ("ru", "В 12 часов дня, в 12 ночи, в 1 дня и в 5 дня.", "В полдень, в полночь, в 1 час дня и в 5 часов дня."),
        ("ru", "Уложились в 3 дня, опоздание в 2 дня.", "Уложились в 3 дня, опоздание в 2 дня."),
        ("ru", "Ушло 2 дня, за 12 дней, в 12 дней; в 7 дня.", "Ушло 2 дня, за 12 дней, в 12 дней; в 7 дня."),
        ("uk", "Зріст 6'2” або 5′ 11″, широта 50°5′11″.", "Зріст 6 футів 2 дюймів або 5 футів 11 дюймів, широта 50°5′11″."),
        ("en", "It lies at 50° 5' 11\" north.", "It lies at 50° 5' 11\" north."),
        ("en", "He is 5' 11\" and 6’2” tall, at 5'12\".", "He is 5 feet 11 inches and 6 feet 2 inches tall, at 5'12\"."),
        ("ru", "К 14:00 мск (ок. 4,5 мес. назад).", "К 14:00 по московскому времени (около 4,5 месяца назад)."),
    ],
)  # fmt: skip
def test_abbreviations_are_read_in_full(language: str, text: str, read: str) -> None:
    assert spelled_out(text, language) == read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gusts of 85mph hit the coast.", "Gusts of 85 miles per hour hit the coast."),
        ("It does 30 mph, not 40mph.", "It does 30 miles per hour, not 40 miles per hour."),
        ("He fell 300ft.", "He fell 300 feet."),
        ("A 5lb baby, 12 lbs, born at 5am, not 11.30pm.", "A 5 pounds baby, 12 pounds, born at 5 am, not 11.30 pm."),
        ("A bill of £85m, at 85m, on the 85mphx, the NFT and 5ft2.", "A bill of £85m, at 85m, on the 85mphx, the NFT and 5ft2."),
        ("The LB, 5 lbf, 5 amps and 6 PM.", "The LB, 5 lbf, 5 amps and 6 PM."),
    ],
)
def test_miles_per_hour_and_feet_are_no_millions(text: str, wanted: str) -> None:
    assert spelled_out(text, "en") == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В 2025 г. Москва росла."),
        ("ru", "С. Иванов и Г. Петров пришли."),
        ("ru", "2 ст. л. соли, скорость 90 км/ч, 150 л. с."),
        ("uk", "У 2025 р. Дніпро ріс, зрубали 5 лип на площі 15 м. Потім дощ."),
        ("uk", "Швидкість 90 км/год."),
        ("en", "The p. 5 and 5 год."),
    ],
)
def test_what_is_no_abbreviation_for_sure_stays(language: str, text: str) -> None:
    assert spelled_out(text, language) == text


@given(st.text(alphabet="0123456789 .,()»хвгодмінчстмрул-Кобл\u00a0", max_size=40), st.sampled_from(["uk", "ru"]))
@settings(deadline=None)
def test_numbers_and_capitals_survive(text: str, language: str) -> None:
    read = spelled_out(text, language)
    assert [each for each in read if each.isdigit() or each.isupper()] == [each for each in text if each.isdigit() or each.isupper()]


@pytest.mark.parametrize("output", ["The town was small in the 1st century.", "The town was small in the first century."])
def test_the_first_century_in_a_roman_numeral_is_known_again(output: str) -> None:
    source = "У І столітті місто було малим."
    assert not check_restored(source, Restored(text=output), source_language="uk", target_language="en")


def test_the_checks_read_what_a_model_reads() -> None:
    source, output = "МОСКВА, 18 ноя (Интерфакс) - Рубль подорожал.", Restored(text="MOSCOW, 18 November (Interfax) - The ruble has risen.")
    assert not check_restored(source, output, source_language="ru", target_language="en")


@pytest.mark.parametrize("unit", ["а" * 31 + " ", "І ", "в I ", "5'1", "о 12 ", "в 1", "А "])
def test_a_text_made_to_be_slow_is_not(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    for language in ("en", "uk", "ru"):
        spelled_out(text, language)
    assert time.process_time() - started < 3
