"""Windows to rows: medians and spread over the rounds, ratios to the engine, and the tables that are printed."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

_MEDIANS = (
    "offered_per_second",
    "answers_per_second",
    "server_cpu_ms_per_sentence",
    "front_cpu_ms_per_sentence",
    "client_cpu_ms_per_sentence",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "refused_p99_ms",
    "lone_p50_ms",
    "lone_p95_ms",
    "seconds_until_normal",
)
_SUMS = ("outcomes", "refused_without_retry_info")


def rows(windows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each server, shape and load, in the order of their first measurement."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for window in windows:
        groups.setdefault((window["arm"], window["shape"], window["load"]), []).append(_with_costs(window))
    found = [_row(key, group) for key, group in groups.items()]
    engines = {row["shape"]: row for row in found if row["arm"] == "engine"}
    return [_compared(row, engines.get(row["shape"])) for row in found]


def _with_costs(window: dict[str, Any]) -> dict[str, Any]:
    done = window.get("sentences")
    if not done:
        return window
    costs = {f"{who}_cpu_ms_per_sentence": 1000 * window[f"{who}_cpu_seconds"] / done for who in ("server", "front", "client")}
    return {**window, **costs}


def _row(key: tuple[str, str, str], group: Sequence[dict[str, Any]]) -> dict[str, Any]:
    arm, shape, load = key
    row: dict[str, Any] = {"arm": arm, "shape": shape, "load": load}
    rates = sorted(each["sentences_per_second"] for each in group)
    row |= {"sentences_per_second": round(median(rates), 1), "slowest": round(rates[0], 1), "fastest": round(rates[-1], 1)}
    for name in _MEDIANS:
        values = [each[name] for each in group if each.get(name) is not None]
        if values:
            row[name] = round(median(values), 2)
    for name in _SUMS:
        if any(name in each for each in group):
            row[name] = dict(sum((Counter(each[name]) for each in group), Counter()))
    if load == "after the overload":
        row["never_normal"] = sum(each["seconds_until_normal"] is None for each in group)
    return row


def _compared(row: dict[str, Any], engine: dict[str, Any] | None) -> dict[str, Any]:
    """`of_engine`: sentences a second, the load generator on the same cores; `of_engine_by_cpu`: processor time of the server alone."""
    if engine is None:
        return row
    row["of_engine"] = round(row["sentences_per_second"] / engine["sentences_per_second"], 3)
    if cost := row.get("server_cpu_ms_per_sentence"):
        row["of_engine_by_cpu"] = round(engine["server_cpu_ms_per_sentence"] / cost, 3)
    if row["load"] == "1 caller" and "p50_ms" in row:
        row["latency_of_engine"] = round(row["p50_ms"] / engine["lone_p50_ms"], 3)
    return row


def show(result: dict[str, Any]) -> None:
    print(" ".join(f"{name}={value}" for name, value in result["conditions"].items()))
    for shape in dict.fromkeys(row["shape"] for row in result["rows"]):
        print(f"\n{shape}\n{_HEAD}")
        for row in result["rows"]:
            if row["shape"] == shape:
                print(_line(row))


_COLUMNS = (
    ("sent/s", "sentences_per_second", 8, 1),
    ("slowest", "slowest", 8, 1),
    ("fastest", "fastest", 8, 1),
    ("of engine", "of_engine", 10, 2),
    ("by cpu", "of_engine_by_cpu", 7, 2),
    ("cpu ms", "server_cpu_ms_per_sentence", 7, 2),
    ("front", "front_cpu_ms_per_sentence", 7, 2),
    ("client", "client_cpu_ms_per_sentence", 7, 2),
    ("offered", "offered_per_second", 8, 1),
    ("p50 ms", "p50_ms", 8, 1),
    ("p99 ms", "p99_ms", 8, 1),
)
_HEAD = f"{'':39}" + "".join(f"{title:>{width}}" for title, _, width, _ in _COLUMNS)


def _line(row: dict[str, Any]) -> str:
    cells = "".join(f"{row[key]:{width}.{places}f}" if key in row else f"{'':{width}}" for _, key, width, places in _COLUMNS)
    return f"{row['arm']:20}{row['load']:19}{cells}{_notes(row)}"


def _notes(row: dict[str, Any]) -> str:
    notes = [f"{count} {outcome}" for outcome, count in row.get("outcomes", {}).items() if outcome != "OK"]
    notes += [f"{count} {outcome} without RetryInfo" for outcome, count in row.get("refused_without_retry_info", {}).items()]
    if "lone_p50_ms" in row:
        notes.append(f"lone {row['lone_p50_ms']:.1f} ms")
    if "latency_of_engine" in row:
        notes.append(f"{row['latency_of_engine']:.2f} of the lone engine's latency")
    if row.get("never_normal") is not None:
        notes.append(f"p50 normal after {row.get('seconds_until_normal', 'never')} s, never in {row['never_normal']} rounds")
    return "".join(f"  {note}" for note in notes)
