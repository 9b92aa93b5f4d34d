"""What a model's own certainty is worth: from the mean log-probability of a sentence's tokens to the quality that such sentences had."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from korotko_service.engines.keys import number, pair, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A curve that never falls, as points: for each `log_probability` the sentence `chrf` (0 to 100) that was measured there.

    `python -m training calibrate` fits it by isotonic regression on a test set (FLORES-200 dev for the starter).
    """

    log_probability: tuple[float, ...]
    chrf: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.log_probability or len(self.log_probability) != len(self.chrf):
            raise ValueError("log_probability and chrf: expected as many values in both, at least one")
        if not all(map(math.isfinite, (*self.log_probability, *self.chrf))):
            raise ValueError("log_probability and chrf: expected finite numbers")
        if any(after <= before for before, after in pairwise(self.log_probability)):
            raise ValueError("log_probability: expected values that rise")
        if any(after < before for before, after in pairwise(self.chrf)) or not 0 <= self.chrf[0] <= self.chrf[-1] <= 100:
            raise ValueError("chrf: expected values from 0 to 100 that do not fall")

    def score(self, log_probability: float) -> float:
        """The expected chrF over 100: on the line between two points, that of the nearest point outside them."""
        at = bisect_right(self.log_probability, log_probability)
        if at == 0 or at == len(self.log_probability):
            return self.chrf[min(at, len(self.chrf) - 1)] / 100
        (left, right), (low, high) = self.log_probability[at - 1 : at + 1], self.chrf[at - 1 : at + 1]
        return (low + (high - low) * (log_probability - left) / (right - left)) / 100


def calibrations(table: Mapping[str, Any]) -> dict[tuple[str, str], Calibration]:
    """Section [quality.calibration] of model.toml, by pair; ValueError names what is wrong."""
    keys = {name: f"quality.calibration.{name}" for name in table}
    return {pair(name, keys[name]): _calibration(points, keys[name]) for name, points in table.items()}


def _calibration(points: Any, key: str) -> Calibration:
    names = ("log_probability", "chrf")
    if not isinstance(points, dict) or set(points) != set(names):
        raise ValueError(f"{key}: expected a table with {' and '.join(names)}")
    curve = {name: tuple(number(each, f"{key}.{name}") for each in typed(points[name], f"{key}.{name}", list)) for name in names}
    try:
        return Calibration(**curve)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None
