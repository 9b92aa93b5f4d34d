"""A calibration is a curve that never falls, read strictly from model.toml."""

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from korotko_service.engines import manifest as manifests
from korotko_service.engines.calibration import Calibration, calibrations
from korotko_service.errors import ModelInvalid
from tests.service.engines.test_manifest import TABLE, write

CURVE = Calibration(log_probability=(-3.0, -1.0, -0.5), chrf=(10.0, 30.0, 60.0))


@pytest.mark.parametrize(("log_probability", "score"), [(-9, 0.1), (-3, 0.1), (-2, 0.2), (-1, 0.3), (-0.75, 0.45), (-0.5, 0.6), (0, 0.6)])
def test_between_two_points_the_score_lies_on_their_line_and_outside_stays_level(log_probability: float, score: float) -> None:
    assert CURVE.score(log_probability) == pytest.approx(score)


def test_one_point_is_a_level_line() -> None:
    level = Calibration(log_probability=(-1.0,), chrf=(40.0,))
    assert {level.score(value) for value in (-5.0, -1.0, 0.0)} == {0.4}


@given(st.floats(-50, 1), st.floats(-50, 1))
def test_more_certainty_never_means_a_lower_score(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= CURVE.score(low) <= CURVE.score(high) <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"log_probability": ()},
        {"log_probability": (-3.0, -1.0)},
        {"log_probability": (-1.0, -3.0, -0.5)},
        {"log_probability": (-3.0, -3.0, -0.5)},
        {"chrf": (30.0, 10.0, 60.0)},
        {"chrf": (10.0, 30.0, 100.5)},
        {"chrf": (-1.0, 30.0, 60.0)},
        {"chrf": (10.0, math.nan, 60.0)},
    ],
)
def test_what_is_no_such_curve_is_refused_at_birth(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"log_probability|chrf"):
        Calibration(**{"log_probability": CURVE.log_probability, "chrf": CURVE.chrf, **changes})


def test_a_model_folder_brings_its_calibration_and_its_test_sets_stay_figures(tmp_path: Path) -> None:
    points = {"en-uk": {"log_probability": [-3, -1.0, -0.5], "chrf": [10, 30, 60]}}
    table = {**TABLE, "quality": {**TABLE["quality"], "calibration": points}}
    read = manifests.read(write(tmp_path, table))
    assert read.calibration == {("en", "uk"): CURVE}
    assert {each.test_set for each in read.quality} == {"flores"}


def test_a_new_calibration_needs_no_new_loading(tmp_path: Path) -> None:
    points = {"en-uk": {"log_probability": [-1], "chrf": [10]}}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = manifests.read(write(tmp_path / "a", TABLE))
    other = manifests.read(write(tmp_path / "b", {**TABLE, "quality": {"calibration": points}}))
    named = [dict(zip("folder rest".split(), (each.identity[0], each.identity[1:]), strict=True)) for each in (one, other)]
    assert named[0]["rest"] == named[1]["rest"]


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"enuk": {"log_probability": [-1], "chrf": [10]}}, "calibration.enuk: pair 'enuk': expected something like 'en-uk'"),
        ({"en-uk": {"log_probability": [-1]}}, "calibration.en-uk: expected a table with log_probability and chrf"),
        ({"en-uk": {"log_probability": [-1], "chrf": [10], "more": 1}}, "calibration.en-uk: expected a table"),
        ({"en-uk": {"log_probability": [-1, -2], "chrf": [10, 20]}}, "calibration.en-uk: log_probability: expected values that rise"),
        ({"en-uk": {"log_probability": "x", "chrf": [10]}}, "calibration.en-uk.log_probability = 'x': expected a list"),
        ({"en-uk": {"log_probability": ["-1"], "chrf": [10]}}, "calibration.en-uk.log_probability = '-1': expected a number"),
        ({"en-uk": 5}, "calibration.en-uk: expected a table"),
        (5, "quality.calibration = 5: expected a table"),
    ],
)
def test_a_bad_calibration_is_refused_by_its_key(tmp_path: Path, points: Any, message: str) -> None:
    table = {**TABLE, "quality": {"calibration": points}}
    with pytest.raises(ModelInvalid, match=message):
        manifests.read(write(tmp_path, table))


def test_no_calibration_is_no_error() -> None:
    assert calibrations({}) == {}
