"""Centuries are learnt in digits and read in Roman numerals too; a century or an hour changes on both sides at once."""

import re

import numpy as np
import pytest

from training.data import Pair
from training.exchange_notation import centuries_in_digits, exchange_notation


def _pair(first: str, second: str, pair: str = "en-uk") -> Pair:
    return Pair(source="news", pair=pair, first=first, second=second)


def _exchanged(first: str, second: str, pair: str = "en-uk") -> list[tuple[str, str]]:
    told = _pair(first, second, pair)
    found = (exchange_notation(told, np.random.default_rng(seed)) for seed in range(60))
    return [(each.first, each.second) for each in found]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("A vase of the 16th century.", "Ваза XVI століття.", "Ваза 16 століття."),
        ("In the 20th century.", "У ХХ столітті.", "У 20 столітті."),
        ("The 17th, 18th and 19th centuries.", "XVII, XVIII та XIX століття.", "17, 18 та 19 століття."),
        ("A 1st-century coin.", "Монета І століття.", "Монета 1 століття."),
    ],
)
def test_a_century_is_written_in_digits_and_read_in_both_ways(first: str, second: str, expected: str) -> None:
    learnt, read = centuries_in_digits(_pair(first, second))
    assert (learnt.second, learnt.synthetic) == (expected, "")
    assert (read.second, read.synthetic) == (second, "second")


@pytest.mark.parametrize(
    ("first", "second", "pair"),
    [
        ("Louis XIV reigned.", "Правив Людовик XIV.", "en-uk"),
        ("A vase of the 16th century.", "Ваза XV століття.", "en-uk"),
        ("She came 2nd.", "Була II.", "en-uk"),
        ("Ваза XVI століття.", "Ваза XVI века.", "uk-ru"),
        ("In the sixteenth century.", "У XVI столітті.", "en-uk"),
    ],
)
def test_what_is_no_century_of_both_sides_stays_as_it_is(first: str, second: str, pair: str) -> None:
    assert list(centuries_in_digits(_pair(first, second, pair))) == [_pair(first, second, pair)]


def test_a_century_changes_on_both_sides_with_the_right_ordinal() -> None:
    found = _exchanged("A 16th-century vase.", "Ваза 16 століття.")
    assert len(set(found)) > 10
    for first, second in found:
        number, ending = re.fullmatch(r"A (\d+)(\w\w)-century vase\.", first).groups()  # type: ignore[union-attr]
        assert second == f"Ваза {number} століття."
        assert ending == {"2": "nd", "3": "rd", "21": "st"}.get(number, "th")


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [("It began at 3 p.m.", "Почалося о 15:00.", "о"), ("It began at 12:40 am.", "Почалося о 0:40.", "о"), ("At 9.15pm.", "О 21:15.", "О")],
)
def test_an_hour_changes_on_both_sides_and_stays_in_its_half_of_the_day(first: str, second: str, before: str) -> None:
    found = _exchanged(first, second)
    assert len(set(found)) > 8
    for told, other in found:
        hour, minutes, half = re.search(r"(\d+)(?:[.:](\d\d))? ?([ap])", told).groups()  # type: ignore[union-attr]
        expected = int(hour) % 12 + (12 if half == "p" else 0)
        assert half == re.search(r"([ap])\.?m", first)[1]  # type: ignore[index]
        assert f"{before} {expected}:{minutes or '00'}" in other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("At 3 p.m.", "О 16:00."),
        ("From 3 p.m. to 5 p.m.", "З 15:00 до 17:00."),
        ("At 3 a.m.", "О 3:00 ночі."),
        ("At 3 p.m.", "О третій."),
        ("In the 5th and 6th centuries.", "У 5 та 6 століттях."),
        ("In the 2nd century.", "Во 2 веке."),
        ("In the 16th century, 16 men.", "У 16 столітті 16 чоловіків."),
        ("On the 16th floor.", "На 16 поверсі."),
    ],
)
def test_what_does_not_stand_once_and_alike_stays(first: str, second: str) -> None:
    assert set(_exchanged(first, second)) == {(first, second)}


@pytest.mark.parametrize("hostile", ["1" * 100_000, "1 " * 50_000, "IX" * 50_000, "1:00 " * 20_000 + "centur", "12th " * 20_000 + "centur"])
def test_a_hostile_text_is_left_alone(hostile: str) -> None:
    assert exchange_notation(_pair(hostile, hostile), np.random.default_rng(1)) == _pair(hostile, hostile)
    assert next(centuries_in_digits(_pair(hostile, hostile))) == _pair(hostile, hostile)
