"""Roman numerals are read as they were written."""

from hypothesis import given, strategies as st

from korotko_service.fidelity.numbers.romans import in_roman, roman


@given(st.integers(min_value=2, max_value=39))
def test_a_number_comes_back_from_its_roman_numeral(number: int) -> None:
    assert roman(in_roman(number)) == number


def test_numerals_are_latin_capitals() -> None:
    assert [in_roman(number) for number in (1, 4, 9, 18, 39)] == ["I", "IV", "IX", "XVIII", "XXXIX"]
