"""How many cores this process really has: the scheduler's mask and the container's quota, not the machine's size."""

import math
import os
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def available_cores(cgroup: Path = _CGROUP) -> int:
    """Whole cores that can run at the same time, at least 1.

    A container limited to 1.5 CPUs on a 64-core machine gets 2: rounding down would leave half a core idle, and CTranslate2's own
    default (the machine's size) would have 64 threads throttled in turn.
    """
    cores = len(os.sched_getaffinity(0))
    quota = _quota_v2(cgroup) or _quota_v1(cgroup)
    return max(1, min(cores, math.ceil(quota))) if quota else cores


def _quota_v2(cgroup: Path) -> float | None:
    """CPUs granted by cgroup v2's `cpu.max` ("150000 100000" is 1.5), None where there is no limit."""
    quota, _, period = _read(cgroup / "cpu.max").partition(" ")
    return int(quota) / int(period) if quota.isdigit() and period.isdigit() and int(period) else None


def _quota_v1(cgroup: Path) -> float | None:
    """The same from cgroup v1's pair of files; a quota of -1 means no limit."""
    quota, period = _read(cgroup / "cpu/cpu.cfs_quota_us"), _read(cgroup / "cpu/cpu.cfs_period_us")
    return int(quota) / int(period) if quota.isdigit() and period.isdigit() and int(period) else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
