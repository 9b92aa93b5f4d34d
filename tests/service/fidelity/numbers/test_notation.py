"""Digits are read by the conventions of their language."""

from decimal import Decimal

import pytest

from korotko_service.fidelity.numbers.notation import DIGITS, readings


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "12,400", ["12400"]),
        ("uk", "12,400", ["12.4", "12400"]),
        ("en", "12.400", ["12.4", "12400"]),
        ("uk", "12.400", ["12400", "12.4"]),
        ("ru", "1 234,56", ["1234.56"]),
        ("en", "1,234.56", ["1234.56"]),
        ("uk", "10:30", ["10.30", "22.30"]),
        ("uk", "10.45", ["10.45", "22.45"]),
        ("en", "81:00", ["81"]),
    ],
)
def test_digits_have_the_readings_of_their_language(language: str, text: str, expected: list[str]) -> None:
    match = DIGITS.fullmatch(text)
    assert match is not None
    assert list(dict.fromkeys(readings(match.lastgroup or "", text, language))) == [Decimal(value) for value in expected]


def test_four_digits_after_a_space_are_no_group() -> None:
    assert [match.group() for match in DIGITS.finditer("12 4000, 2011 300")] == ["12", "4000", "2011", "300"]
