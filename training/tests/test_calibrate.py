"""The curve of confidence never falls, and model.toml gets it only once."""

import itertools
import tomllib
from pathlib import Path

import pytest

from training.calibrate import Sure, fitted, score, write


def sentences(*points: tuple[float, float]) -> list[Sure]:
    return [Sure(log_probability=x, chrf=y) for x, y in points]


def test_what_falls_is_pooled_with_its_neighbour() -> None:
    assert fitted(sentences((-4, 10), (-3, 40), (-2, 20), (-1, 50)), bins=4) == [(-4, 10), (-3, 30), (-2, 30), (-1, 50)]


def test_bins_hold_about_as_many_sentences_each_and_their_means() -> None:
    assert fitted(sentences((-4, 10), (-2, 20), (-1, 30), (0, 50)), bins=2) == [(-3, 15), (-0.5, 40)]


def test_a_curve_rises_in_log_probability_and_never_falls_in_chrf() -> None:
    points = [(-(n * 7 % 50) / 10, (n * 13 % 60) + 20.0) for n in range(200)]
    xs, ys = zip(*fitted(sentences(*points)), strict=True)
    assert all(before < after for before, after in itertools.pairwise(xs))
    assert all(before <= after for before, after in itertools.pairwise(ys))


def test_sentences_that_are_all_alike_make_one_point() -> None:
    assert fitted(sentences(*[(-1.0, 30.0)] * 20)) == [(-1.0, 30.0)]


def test_between_two_points_lies_their_line() -> None:
    curve = [(-4.0, 10.0), (-2.0, 30.0)]
    assert [score(curve, x) for x in (-9, -4, -3, -2, 0)] == [10, 10, 20, 30, 30]


def test_a_second_calibration_takes_the_place_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text('name = "x"\n\n[quality.flores-dev]\nen-uk = { chrf = 32.1 }\n\n[files]\n"a" = "sha256:0"\n')
    write(path, {"en-uk": [(-3.0, 10.0)], "uk-en": [(-2.0, 20.0)]})
    write(path, {"en-uk": [(-4.0, 15.5), (-1.0, 40.0)]})
    table = tomllib.loads(path.read_text())
    assert table["quality"] == {
        "calibration": {"en-uk": {"log_probability": [-4.0, -1.0], "chrf": [15.5, 40.0]}},
        "flores-dev": {"en-uk": {"chrf": 32.1}},
    }
    assert (table["name"], table["files"]) == ("x", {"a": "sha256:0"})


def test_a_file_that_is_no_model_toml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text('name = "x"\n')
    with pytest.raises(ValueError, match="expected one line"):
        write(path, {})
    assert path.read_text() == 'name = "x"\n'
