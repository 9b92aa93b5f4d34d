"""Short names that differ in "o" and "u" alone are two persons'; longer ones are spelled in many ways."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.names import compare_names
from korotko_service.fidelity.names.rounding import are_rounded_apart


@pytest.mark.parametrize(("one", "other"), [("Scholz", "Шульц"), ("Шольца", "Шульц"), ("Schultz", "Шольцем")])
def test_an_o_is_no_u_in_a_name_of_one_syllable(one: str, other: str) -> None:
    assert are_rounded_apart(one, other)
    assert are_rounded_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Scholz", "Шольцем"), ("Trump", "Трамп"), ("Bodø", "Буде"), ("Morocco", "Мурокко"), ("", "Шульц"), ("Ng", "Шульц")]
)
def test_what_is_spelled_alike_otherwise_accented_or_longer_is_left_alone(one: str, other: str) -> None:
    assert not are_rounded_apart(one, other)


def test_the_wrong_short_name_is_a_warning_that_expects_the_right_one() -> None:
    found = compare_names("They saw Olaf Scholz.", "Вони бачили Олафа Шульца.", source_language="en", target_language="uk")
    warned = [(each.found, each.expected) for each in found if each.severity is Severity.WARNING]
    assert warned == [("Шульца", "Scholz")]
