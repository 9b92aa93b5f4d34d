"""Signs of typography: a model reads those that it knows, and the number stays what it was."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.check import check
from korotko_service.fidelity.kept import check_restored
from korotko_service.fidelity.pieces.shield import Restored
from korotko_service.text.plain.signs import with_plain_signs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ночью −18 °C, днём −11 °C.", "Ночью -18 °C, днём -11 °C."),
        ("Вночі –22 °C, вдень –14 °C.", "Вночі -22 °C, вдень -14 °C."),
        ("Вночі –18…–20 °C.", "Вночі -18…-20 °C."),
        ("Курс 76,23 (–41 коп.).", "Курс 76,23 (-41 коп.)."),
        ("Сторінки 10–12 і 5 –7.", "Сторінки 10–12 і 5 –7."),
        ("«Динамо» – «Шахтар» – 2:1.", "«Динамо» – «Шахтар» – 2:1."),
        ("Різниця 5 − 3 мала.", "Різниця 5 − 3 мала."),
    ],
)
def test_a_minus_is_a_hyphen_before_its_number(text: str, read: str) -> None:
    assert with_plain_signs(text, "uk") == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("U.S. President Mason met U.K. and E.U. leaders.", "US President Mason met UK and EU leaders."),
        ("The U.S.-led force left.", "The US-led force left."),
        ("He lives in the U.S.", "He lives in the US."),
        ("“He lives in the U.S.”", "“He lives in the US.”"),
        ("In the U.S., too, and the U.N.: nothing.", "In the US, too, and the UN: nothing."),
        ("The U.S.A. and J.U.S. Ltd.", "The USA and J.U.S. Ltd."),
    ],
)
def test_countries_are_read_without_dots(text: str, read: str) -> None:
    assert with_plain_signs(text, "en") == read


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("en", "Emissions of CO₂ and H₂SO₄ fell.", "Emissions of CO2 and H2SO4 fell."),
        (
            "en",
            "A flat of 40 m² on 5 km² of land, 3 m³ of gas.",
            "A flat of 40 square metres on 5 square kilometres of land, 3 cubic metres of gas.",
        ),
        ("uk", "Квартира 40 м², 5 км² землі.", "Квартира 40 квадратних метрів, 5 квадратних кілометрів землі."),
        ("ru", "Площадь 40 м².", "Площадь 40 квадратных метров."),
        ("en", "The price rose to １２３４ euros, 20℃, Charles Ⅲ.", "The price rose to 1234 euros, 20°C, Charles III."),
        ("uk", "Об`єднання п′ять п´ять м‘яч.", "Об'єднання п'ять п'ять м'яч."),
        (
            "uk",
            "17 лютого 2026 р. відбулося; у 1991–1995 рр. ні, з 1954 р.",
            "17 лютого 2026 року відбулося; у 1991–1995 років ні, з 1954 року.",
        ),
        ("ru", "Умер 5 марта 1953 г. в Москве. Это было в 1953 г.", "Умер 5 марта 1953 года в Москве. Это было в 1953 года."),
        (
            "en",
            "He paid £40m, not $40m or 40m euros, for the 40m race.",
            "He paid £40 million, not $40 million or 40 million euros, for the 40m race.",
        ),
        ("en", "The bri\u200bdge \u202ewas\u202c clo\u2060sed.", "The bridge was closed."),
        ("uk", "Ціна 5 р. за штуку.", "Ціна 5 р. за штуку."),
        ("en", "A 50m² flat.", "A 50 square metres flat."),
        ("uk", "Квартира 50м² (2019 р.)", "Квартира 50 квадратних метрів (2019 року)"),
        ("uk", "Битва 1240 р. під Києвом.", "Битва 1240 року під Києвом."),
        ("ru", "На пирог уходит 1500 г. муки, на хлеб 10000 г. муки.", "На пирог уходит 1500 г. муки, на хлеб 10000 г. муки."),
        ("en", "It is 10⁵ am² `y`.", "It is 10⁵ am² `y`."),
        ("en", "'It's not over,' said Smith's lawyer.", "\"It's not over,\" said Smith's lawyer."),
        ("en", "Workers' unions said ‘enough is enough’.", 'Workers\' unions said "enough is enough".'),
        ("en", "In the '90s the workers' union of 'em all", "In the '90s the workers' union of 'em all"),
        ("en", "“He said ‘no’ to me.”", "“He said “no” to me.”"),
        ("en", "\"He called it a 'big mistake',\" she said.", '"He called it a “big mistake”," she said.'),
        ("en", "Rock 'n' roll was 'big' then.", "Rock 'n' roll was \"big\" then."),
        ("en", "He said \"get 'em\" and the dogs' owner laughed.", "He said \"get 'em\" and the dogs' owner laughed."),
        ("en", "'He said \"no\" to me,' she said.", '“He said "no" to me,” she said.'),
        ("uk", "Це 'так' у ‘Дні’ про м'який м’яч і п’ять.", "Це «так» у «Дні» про м'який м’яч і п’ять."),
        ("ru", "«Роман 'Город' хорош.»", "«Роман „Город“ хорош.»"),
        ("uk", 'Голова «ТОВ "Місто"» пішов, а "Село" ні.', 'Голова «ТОВ „Місто“» пішов, а "Село" ні.'),
        ("en", "In the 21ˢᵗ century 𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴 𝑛𝑒𝑤𝑠 came 5ᵗʰ.", "In the 21st century Breaking news came 5th."),
    ],
)
def test_look_alikes_and_abbreviations_are_read_as_models_know_them(language: str, text: str, read: str) -> None:
    assert with_plain_signs(text, language) == read


def test_wide_digits_are_numbers_to_the_checks() -> None:
    restored = Restored(text="Ціна зросла на багато євро.")
    (found,) = check_restored("The price rose to １２３４ euros.", restored, source_language="en", target_language="uk")
    assert (found.reason, found.expected) == ("NUMBER_MISSING", "1234")


def test_dots_of_other_languages_stay() -> None:
    assert with_plain_signs("Група U.S. приїде.", "uk") == "Група U.S. приїде."


@given(st.integers(min_value=2, max_value=60), st.sampled_from("−–"))
def test_degrees_below_zero_stay_below_zero(number: int, minus: str) -> None:
    source = f"Вночі буде {minus}{number} °C."
    assert not check(source, f"Ночью будет -{number} °C.", source_language="uk", target_language="ru")
    (found,) = check(source, f"Ночью будет {number} °C.", source_language="uk", target_language="ru")
    assert found.reason == "SIGN_CHANGED"
