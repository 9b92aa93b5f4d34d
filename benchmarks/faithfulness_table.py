"""Rows of the faithfulness measurement as a table in Markdown: results of a server with repair, then of one without."""

from collections.abc import Sequence

_COLUMNS = {
    "number_recall": "numbers kept %",
    "name_recall": "names kept %",
    "loops": "loops %",
    "echoes": "echoes %",
    "empty": "empty %",
    "dropped": "dropped %",
    "warned": "flagged %",
    "severe": "severe %",
    "cpu_ms": "ms of a core",
    "check_ms": "of these checks",
    "output_tokens": "tokens",
}
_COUNTS = {"invented_numbers": "not in the article", "invented_unflagged": "of these unflagged"}

Row = dict[str, object]


def table(rows: Sequence[Row]) -> str:
    """One line a direction or brief language; where two servers were measured, "with repair / without"."""
    groups: dict[tuple[object, object], dict[object, Row]] = {}
    for row in rows:
        groups.setdefault((row["data"], row["row"]), {})[row["arm"]] = row
    head = ["data", "", "sentences", *_COLUMNS.values(), "repaired %", *_COUNTS.values()]
    lines = [_line(head), _line(["---"] * len(head))]
    for (data, name), by_arm in groups.items():
        arms = list(by_arm.values())
        cells = [_both(arms, key) for key in _COLUMNS]
        counts = [_both(arms, key) if data == "briefs" else "" for key in _COUNTS]
        lines.append(_line([str(data), str(name), str(arms[0]["sentences"]), *cells, str(arms[0]["repaired"]), *counts]))
    return "\n".join(lines)


def _both(arms: Sequence[Row], key: str) -> str:
    return " / ".join(f"{arm[key]:g}" for arm in arms)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
