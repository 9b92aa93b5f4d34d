"""Plots of a result of benchmarks/throughput.py: answers within the deadline and p99 against offered load, a line for each server."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

_SHAPES = {"sentence": "one sentence a call", "article": "one article a call: three sentences into two languages"}
_OFFERED = "offered, calls a second"


def draw(result: dict[str, Any], folder: Path, name: str) -> list[Path]:
    """Write `NAME-SHAPE.svg` for each shape of request in the result."""
    mpl.rcParams["svg.hashsalt"] = "korotko"  # The same figures give the same file.
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for shape in dict.fromkeys(row["shape"] for row in result["rows"]):
        rows = [row for row in result["rows"] if row["shape"] == shape]
        figure = _figure(shape, rows, result["conditions"]["deadline_seconds"][shape])
        paths.append(folder / f"{name}-{shape}.svg")
        figure.savefig(paths[-1], metadata={"Date": None, "Creator": None})
    return paths


def _figure(shape: str, rows: Sequence[dict[str, Any]], deadline_seconds: float) -> Figure:
    figure = Figure(figsize=(9, 3.8), layout="constrained")
    answered, latency = figure.subplots(1, 2)
    figure.suptitle(_SHAPES[shape], fontsize=11)
    for arm in dict.fromkeys(row["arm"] for row in rows if "offered_per_second" in row):
        points = sorted((row for row in rows if row["arm"] == arm and " of capacity" in row["load"]), key=_offered)
        offered = [_offered(row) for row in points]
        style = {"marker": "o", "markersize": 4, "label": arm, "linewidth": 2.5 if arm == "korotko" else 1.2}
        answered.plot(offered, [row["answers_per_second"] for row in points], **style)
        latency.plot(offered, [row.get("p99_ms") for row in points], **style)
    most = max(map(_offered, (row for row in rows if "offered_per_second" in row)))
    answered.plot([0, most], [0, most], color="0.7", linewidth=0.8, linestyle=":")
    if engine := [row for row in rows if row["arm"] == "engine"]:
        _mark_engine(answered, engine[0], rows)
    answered.set(xlabel=_OFFERED, ylabel=f"answered within {deadline_seconds:g} s, calls a second", xlim=(0, None), ylim=(0, None))
    latency.set(xlabel=_OFFERED, ylabel="p99 of calls let in, ms", yscale="log", xlim=(0, None))
    answered.legend(frameon=False, fontsize=8)
    return figure


def _offered(row: dict[str, Any]) -> float:
    return float(row["offered_per_second"])


def _mark_engine(axes: Any, engine: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """The raw engine's sentences a second, in calls of this shape."""
    busy = next(row for row in rows if row.get("answers_per_second"))
    calls = engine["sentences_per_second"] * busy["answers_per_second"] / busy["sentences_per_second"]
    axes.axhline(calls, color="0.4", linewidth=0.8, linestyle="--", label="engine offline")
