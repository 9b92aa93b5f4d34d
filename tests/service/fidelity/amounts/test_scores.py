"""Rows of numbers, such as scores, keep their parts."""

import pytest

from korotko_service.fidelity.amounts.scores import find_changed_rows

CHANGED = [("They won 2-1.", "Вони перемогли 2-1-1."), ("They won 2–1.", "Вони перемогли 2:1-1."), ("A 4-2-3-1 it was.", "Це було 4-2-3.")]
KEPT = [
    ("They won 2-1.", "Вони перемогли 2:1."),
    ("They won 2-1, then 3-0.", "Вони перемогли 2:1, потім 3:0."),
    ("A 4-2-3-1 it was.", "Це було 4–2–3–1."),
    ("Between 2-1 and 2-1-1.", "Між 2-1 та 2-1-1."),
    ("Call 2-15-20.", "Дзвоніть 2-15-20."),
    ("13:30 – men's 20 km; 15:00 – slalom.", "13:30 — 20 км, чоловіки; 15:00 — слалом."),
    ("They won.", "Вони перемогли 2-1-1."),
    ("It rose 2-3 times by 2027-02-24.", "До 24.02.2027 це зросло у 2–3 рази."),
]


@pytest.mark.parametrize(("source", "output"), CHANGED)
def test_a_row_with_more_or_fewer_parts_is_told_where_it_stands(source: str, output: str) -> None:
    (found,) = find_changed_rows(source, output)
    assert (found.reason, output[found.span.start : found.span.end]) == ("NUMBER_NOT_IN_SOURCE", found.found)
    assert found.expected in source


@pytest.mark.parametrize(("source", "output"), KEPT)
def test_a_row_in_another_spelling_passes(source: str, output: str) -> None:
    assert find_changed_rows(source, output) == []
