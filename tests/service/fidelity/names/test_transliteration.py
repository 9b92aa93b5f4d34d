"""Ukrainian and Russian names in Latin letters, as passports have them."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.names.transliteration import letters

# The examples of Cabinet resolution 55 of 27 January 2010, letter by letter.
OFFICIAL = """
Алушта Alushta · Андрій Andrii · Борщагівка Borshchahivka · Борисенко Borysenko · Вінниця Vinnytsia · Володимир Volodymyr · Гадяч
Hadiach · Богдан Bohdan · Згурський Zghurskyi · Ґалаґан Galagan · Ґорґани Gorgany · Донецьк Donetsk · Дмитро Dmytro · Рівне Rivne
· Олег Oleh · Есмань Esman · Єнакієве Yenakiieve · Гаєвич Haievych · Короп'є Koropie · Житомир Zhytomyr · Жанна Zhanna · Жежелів
Zhezheliv · Закарпаття Zakarpattia · Казимирчук Kazymyrchuk · Медвин Medvyn · Михайленко Mykhailenko · Іванків Ivankiv · Іващенко
Ivashchenko · Їжакевич Yizhakevych · Кадиївка Kadyivka · Мар'їне Marine · Йосипівка Yosypivka · Стрий Stryi · Олексій Oleksii ·
Київ Kyiv · Коваленко Kovalenko · Лебедин Lebedyn · Леонід Leonid · Миколаїв Mykolaiv · Маринич Marynych · Ніжин Nizhyn · Наталія
Nataliia · Одеса Odesa · Онищенко Onyshchenko · Полтава Poltava · Петро Petro · Решетилівка Reshetylivka · Рибчинський Rybchynskyi
· Суми Sumy · Соломія Solomiia · Тернопіль Ternopil · Троць Trots · Ужгород Uzhhorod · Уляна Uliana · Фастів Fastiv · Філіпчук
Filipchuk · Харків Kharkiv · Христина Khrystyna · Біла Bila · Стеценко Stetsenko · Чернівці Chernivtsi · Шевченко Shevchenko ·
Шостка Shostka · Кишеньки Kyshenky · Щербухи Shcherbukhy · Гоща Hoshcha · Гаращенко Harashchenko · Юрій Yurii · Корюківка
Koriukivka · Яготин Yahotyn · Ярошенко Yaroshenko · Костянтин Kostiantyn · Знам'янка Znamianka · Феодосія Feodosiia · Розгон
Rozghon
"""
RUSSIAN = "Москва moskva · Ельцин yeltsin · Хабаровск khabarovsk · Щукин shchukin · Юрий yuriy · Королёв korolyov · Объедков obedkov"


def spelled(word: str, language: str) -> str:
    return "".join(letters(word, language))


@pytest.mark.parametrize("pair", [each.split() for each in OFFICIAL.split("·")], ids=" ".join)
def test_ukrainian_names_are_spelled_as_the_resolution_says(pair: list[str]) -> None:
    name, expected = pair
    assert spelled(name, "uk") == expected.lower()


@pytest.mark.parametrize("pair", [each.split() for each in RUSSIAN.split("·")], ids=" ".join)
def test_russian_names_are_spelled_as_in_passports(pair: list[str]) -> None:
    name, expected = pair
    assert spelled(name, "ru") == expected


def test_a_letter_of_the_other_alphabet_and_a_latin_word_are_read_too() -> None:
    assert (spelled("Ыгыатта", "uk"), spelled("Бучі", "ru"), spelled("Boeing", "uk")) == ("yhyatta", "buchi", "boeing")


@given(st.text(max_size=40), st.sampled_from(["en", "uk", "ru"]))
def test_any_word_has_one_piece_for_each_letter_but_the_apostrophes(word: str, language: str) -> None:
    kept = [letter for letter in word.lower() if letter not in "'’ʼ"]
    assert len(letters(word, language)) == len(kept)
