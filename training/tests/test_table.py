"""Figures become one table beside those of peers, and a difference by chance does not count as one."""

from dataclasses import asdict

from training.ablate import compare
from training.evaluate import measure
from training.recipe import DIRECTIONS
from training.table import quality_table

_TEXTS = {
    "en": [f"The city of {n} people opened a bridge." for n in range(40)],
    "uk": [f"Місто, де {n} людей, відкрило міст." for n in range(40)],
    "ru": [f"Город, где {n} человек, открыл мост." for n in range(40)],
}
_RIGHT = {direction: _TEXTS[direction[3:]] for direction in DIRECTIONS}
_WRONG = {direction: [text[:9] for text in _TEXTS[direction[3:]]] for direction in DIRECTIONS}


def test_the_table_has_every_direction_and_names_the_test_sets_of_peers() -> None:
    figures = {d: asdict(measure(_TEXTS[d[:2]], _RIGHT[d], _TEXTS[d[3:]])) for d in DIRECTIONS}
    rows = quality_table({"flores-dev": figures}).splitlines()
    assert rows[0] == "| measured | en-uk | en-ru | uk-en | ru-en | uk-ru | ru-uk |"
    assert rows[2] == "| **flores-dev chrF2** |" + " **100.0** |" * 6
    assert {row.count("|") for row in rows} == {8}
    assert any("devtest" in row and "60.1" in row for row in rows)


def test_equal_outputs_do_not_differ() -> None:
    found = compare(_RIGHT, _RIGHT, _TEXTS)
    assert (found.chrf, found.difference, found.better, found.worse) == (100.0, 0.0, 0, 0)
    assert found.number_recall == 1.0


def test_outputs_that_lost_most_of_the_text_are_worse_in_every_direction() -> None:
    found = compare(_WRONG, _RIGHT, _TEXTS)
    assert (found.better, found.worse) == (0, 6)
    assert found.difference < -50
