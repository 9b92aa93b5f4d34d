"""A result of benchmarks/throughput.py into docs/performance.md: its tables between two marks there, and its plots beside it.

`python -m benchmarks.report RESULT.json` (needs the `bench` extra for the plots) replaces everything between `<!-- NAME -->` and
`<!-- /NAME -->`, where NAME is the file's name without its ending.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.material import ROOT
from benchmarks.plots import draw

_PAGE, _IMAGES = ROOT / "docs/performance.md", ROOT / "docs/images"
_TITLES = {"sentence": "One sentence a call", "article": "One article a call"}
_CLOSED = (
    "",
    "sentences/s",
    "slowest to fastest",
    "of the engine",
    "CPU ms a sentence",
    "of the engine by CPU",
    "p50 ms",
    "p95 ms",
    "p99 ms",
)
_OPEN = ("", "offered calls/s", "answered in time", "refused", "late", "p50 ms", "p99 ms")


def main() -> None:
    source = Path(sys.argv[1])
    result = json.loads(source.read_text(encoding="utf-8"))
    images = draw(result, _IMAGES, source.stem)
    text = "\n\n".join([_conditions(result["conditions"]), *_sections(result["rows"], images)])
    _PAGE.write_text(placed(_PAGE.read_text(encoding="utf-8"), source.stem, text), encoding="utf-8")
    print(f"{_PAGE.relative_to(ROOT)} has the tables, and {', '.join(str(path.relative_to(ROOT)) for path in images)}")


def placed(page: str, name: str, text: str) -> str:
    """The page with the text between the marks of that name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    made, count = re.subn(
        f"({re.escape(begin)}).*?({re.escape(end)})", lambda match: f"{match[1]}{text}\n{match[2]}", page, flags=re.DOTALL
    )
    if not count:
        raise SystemExit(f"the page has no place for {name}: <!-- {name} --> in a line of its own, and {end} below it")
    return made


def _conditions(conditions: dict[str, Any]) -> str:
    left_out = "".join(f" Left out: {name} ({reason})." for name, reason in conditions["left_out"].items())
    machine = f"{conditions['cores']} cores, Python {conditions['python']}, CTranslate2 {conditions['ctranslate2']}"
    windows = f"{conditions['rounds']} rounds, windows of {conditions['window_seconds']:g} s"
    return f"{machine}, {windows}, engine's best batch {conditions['engine_batch']}.{left_out}"


def _sections(rows: Sequence[dict[str, Any]], images: Sequence[Path]) -> list[str]:
    parts = []
    for image, shape in zip(images, dict.fromkeys(row["shape"] for row in rows), strict=True):
        own = [row for row in rows if row["shape"] == shape]
        closed = [row for row in own if "offered_per_second" not in row]
        opened = [row for row in own if "offered_per_second" in row]
        parts += [f"### {_TITLES[shape]}", _table(_CLOSED, map(_closed_cells, closed))]
        parts += [_table(_OPEN, map(_open_cells, opened)), f"![{_TITLES[shape]}](images/{image.name})"]
    return parts


def _table(head: Sequence[str], lines: Any) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines))


def _closed_cells(row: dict[str, Any]) -> list[str]:
    latencies = ("lone_p50_ms", "lone_p95_ms", "") if row["arm"] == "engine" else ("p50_ms", "p95_ms", "p99_ms")
    load = "rate offline, latency alone" if row["arm"] == "engine" else row["load"]
    return [
        f"{row['arm']}, {load}",
        f"{row['sentences_per_second']:.1f}",
        f"{row['slowest']:.1f} to {row['fastest']:.1f}",
        _number(row, "of_engine", 2),
        _number(row, "server_cpu_ms_per_sentence", 2),
        _number(row, "of_engine_by_cpu", 2),
        *(_number(row, name, 1) for name in latencies),
    ]


def _open_cells(row: dict[str, Any]) -> list[str]:
    counts, without = row["outcomes"], row.get("refused_without_retry_info", {})
    refused = {name: count for name, count in counts.items() if name not in ("OK", "TIMED_OUT")}
    notes = [f"{count} {name}" + (f" ({without[name]} without RetryInfo)" if name in without else "") for name, count in refused.items()]
    total = max(1, sum(counts.values()))
    return [
        f"{row['arm']}, {row['load']}",
        f"{row['offered_per_second']:.1f}",
        f"{100 * counts.get('OK', 0) / total:.1f} %, {row['answers_per_second']:.1f}/s",
        ", ".join(notes) or "none",
        f"{100 * counts.get('TIMED_OUT', 0) / total:.1f} %",
        _number(row, "p50_ms", 1),
        _number(row, "p99_ms", 1) + _recovery(row),
    ]


def _recovery(row: dict[str, Any]) -> str:
    if "never_normal" not in row:
        return ""
    often = f", not within the window in {row['never_normal']} rounds" if row["never_normal"] else ""
    return (
        f"; p50 normal again after {row['seconds_until_normal']:g} s{often}" if "seconds_until_normal" in row else "; p50 not normal again"
    )


def _number(row: dict[str, Any], name: str, places: int) -> str:
    return f"{row[name]:.{places}f}" if name in row else ""


if __name__ == "__main__":
    main()
