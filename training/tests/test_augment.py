"""Numbers, dates and names change in the same way on both sides, or not at all."""

import re

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from training.augment import exchange
from training.data import Pair
from training.exchange_words import GROUPS


def _exchanged(first: str, second: str, pair: str = "en-uk", seed: int = 3) -> tuple[str, str]:
    found = exchange(Pair(source="news", pair=pair, first=first, second=second), np.random.default_rng(seed))
    return found.first, found.second


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def test_each_language_keeps_its_own_notation() -> None:
    first, second = _exchanged("It cost 12,400 euros, or 3.5% more.", "Це коштувало 12 400 євро, тобто на 3,5% більше.")
    assert re.fullmatch(r"It cost \d\d,\d\d0 euros, or \d\.\d% more\.", first)
    assert re.fullmatch(r"Це коштувало \d\d \d\d0 євро, тобто на \d,\d% більше\.", second)
    assert _digits(first) == _digits(second) != "1240035"


@settings(deadline=None, derandomize=True, database=None)
@given(st.integers(min_value=0, max_value=99_999), st.integers(min_value=0, max_value=50))
def test_the_ending_that_a_count_asks_for_stays(count: int, seed: int) -> None:
    first, second = _exchanged(f"We saw {count} people.", f"Ми бачили {count} осіб.", seed=seed)
    assert _digits(first) == _digits(second)
    fresh = _digits(first)
    assert len(fresh) == len(str(count))
    if not 1000 <= count < 2100:
        assert _form(int(fresh)) == _form(count)


def _form(count: int) -> str:
    if count % 100 in range(11, 20) or count % 10 in (0, 5, 6, 7, 8, 9):
        return "many"
    return "one" if count % 10 == 1 else "few"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("There were 5 of 5 votes.", "Було 5 з 5 голосів."),
        ("It has 40 rooms.", "Тут сорок кімнат."),
        ("They met on 24 of May.", "Вони зустрілися 24 травень."),
        ("She came 2nd.", "Вона була 2-га."),
        ("Olena spoke to Oksana.", "Олена говорила з Оксаною."),
        ("It was Ivan's idea.", "Це була ідея Івана."),
    ],
)
def test_what_does_not_stand_once_on_both_sides_stays(first: str, second: str) -> None:
    assert _exchanged(first, second) == (first, second)


def test_a_clock_stays_a_clock() -> None:
    for seed in range(30):
        first, second = _exchanged("The train left at 13:45.", "Поїзд вирушив о 13:45.", seed=seed)
        hours, minutes = re.findall(r"\d+", first)
        assert int(hours) < 24
        assert int(minutes) < 60
        assert _digits(first) == _digits(second)


def test_days_and_names_change_together() -> None:
    pairs = {_exchanged("Oleh left on Monday.", "Олег поехал в понедельник.", pair="en-ru", seed=seed) for seed in range(40)}
    names = {entry[0]: entry[2] for group in GROUPS for entry in group}
    assert len(pairs) > 20
    for first, second in pairs:
        name, day = re.fullmatch(r"(\w+) left (on \w+)\.", first).groups()  # type: ignore[union-attr]
        assert second == f"{names[name]} поехал {names[day]}."


def test_a_part_of_a_word_is_not_a_name() -> None:
    text = ("Romania met on Mondays.", "Румунія збиралася щопонеділка.")
    assert _exchanged(*text) == text


def test_the_hour_before_a_half_of_the_day_is_no_plain_number() -> None:
    text = ("He came at 3.14 a.m. and left at 10:15 a.m., on page 7.", "Він прийшов о 3:14 ранку і пішов о 10:15 ранку, на сторінці 3.")
    assert _exchanged(*text) == text
