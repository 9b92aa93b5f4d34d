"""Signs of typography: a model reads those that it knows, and the number stays what it was."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.check import check
from korotko_service.text.plain_signs import with_plain_signs


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


def test_dots_of_other_languages_stay() -> None:
    assert with_plain_signs("Група U.S. приїде.", "uk") == "Група U.S. приїде."


@given(st.integers(min_value=2, max_value=60), st.sampled_from("−–"))
def test_degrees_below_zero_stay_below_zero(number: int, minus: str) -> None:
    source = f"Вночі буде {minus}{number} °C."
    assert not check(source, f"Ночью будет -{number} °C.", source_language="uk", target_language="ru")
    (found,) = check(source, f"Ночью будет {number} °C.", source_language="uk", target_language="ru")
    assert found.reason == "SIGN_CHANGED"
