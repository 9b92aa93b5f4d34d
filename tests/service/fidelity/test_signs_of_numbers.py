"""A minus that a translation lost or made up is put right without a model."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.signs import right_signs
from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.text.document import Span
from tests.service.fidelity.put_right import expect_put_right, warned

MENDED = [
    ("Температура знизилася до −12 °C.", "The temperature fell to 12 °C.", "uk", "en", "The temperature fell to -12 °C."),
    ("It was 15 degrees at night.", "Вночі було −15 градусів.", "en", "uk", "Вночі було 15 градусів."),
    ("VTB (-1.8%) was last.", "Останнім був ВТБ (1,8%).", "en", "uk", "Останнім був ВТБ (-1,8%)."),
    ("Ночью −18 °C, днём −11 °C.", "At night 18 °C, by day 11 °C.", "ru", "en", "At night -18 °C, by day -11 °C."),
]
LEFT = [
    ("Температура −12 °C.", "A temperature of minus 12 °C.", "uk", "en"),  # right, in words
    ("It was 15 degrees.", "Було 15 градусів морозу.", "en", "uk"),  # no sign to take out
    ("It went from −12 °C to 12 °C.", "Від 12 °C до 12 °C.", "en", "uk"),  # which of the two?
    ("It lost 5%.", "Впало на −5%.", "en", "uk"),  # an info
    ("Сторінки 10–12.", "Pages 10–12.", "uk", "en"),
]


@pytest.mark.parametrize(("source", "output", "read", "written", "right"), MENDED)
def test_a_wrong_sign_is_put_right(source: str, output: str, read: str, written: str, right: str) -> None:
    assert warned(source, output, read, written)
    expect_put_right(right_signs, (source, output, read, written), right)


@pytest.mark.parametrize(("source", "output", "read", "written"), LEFT)
def test_what_is_right_or_unclear_is_left_alone(source: str, output: str, read: str, written: str) -> None:
    assert right_signs(source, Restored(text=output), read, written) is None


def test_what_is_protected_stays_as_it_is() -> None:
    piece = Protected(span=Span(start=9, end=12), text="12", kind=Kind.TERM)
    output = Restored(text="It is 12 °C.", placed=(Placed(piece=piece, span=Span(start=6, end=8)),), pieces=(piece,))
    assert right_signs("Зараз тут −12 °C.", output, "uk", "en") is None


@given(st.integers(min_value=2, max_value=60), st.sampled_from("−–-"))
def test_degrees_below_zero_are_put_back_below_zero(number: int, minus: str) -> None:
    mended = right_signs(f"Вночі буде {minus}{number} °C.", Restored(text=f"Ночью будет {number} °C."), "uk", "ru")
    assert mended is not None
    assert mended.text == f"Ночью будет -{number} °C."
