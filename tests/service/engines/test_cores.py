"""How many cores a container grants."""

import os
from pathlib import Path

import pytest

from korotko_service.engines.cores import available_cores

ALL = len(os.sched_getaffinity(0))


def cgroup(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({}, ALL),
        ({"cpu.max": "max 100000\n"}, ALL),
        ({"cpu.max": "100000 100000\n"}, 1),
        ({"cpu.max": "50000 100000\n"}, 1),
        ({"cpu.max": "100001 100000\n"}, min(2, ALL)),
        ({"cpu.max": "99999999 100000\n"}, ALL),
        ({"cpu.max": "100000 0\n"}, ALL),
        ({"cpu.max": "100000"}, ALL),
        ({"cpu.max": "not a quota"}, ALL),
        ({"cpu.max": "місяць"}, ALL),
        ({"cpu/cpu.cfs_quota_us": "100000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 1),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, ALL),
        ({"cpu/cpu.cfs_quota_us": "100000\n"}, ALL),
    ],
)
def test_a_quota_limits_the_cores(tmp_path: Path, files: dict[str, str], cores: int) -> None:
    assert available_cores(cgroup(tmp_path, files)) == cores
