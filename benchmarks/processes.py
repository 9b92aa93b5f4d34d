"""What a server costs the machine: processor time and memory of a process and all its descendants, read from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _FIRST_TIME, _LAST_TIME = 1, 11, 15  # Fields of /proc/PID/stat after the name: utime, stime, cutime, cstime.


def tree(pid: int) -> list[int]:
    """The process and its living descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[_PARENT]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def cpu_seconds(pid: int) -> float:
    """Processor seconds of the tree so far, in user and kernel mode, including dead children that were waited for."""
    fields = filter(None, map(_stat, tree(pid)))
    return sum(sum(map(int, each[_FIRST_TIME:_LAST_TIME])) for each in fields) / _TICKS


def own_cpu_seconds(pid: int) -> float:
    """Those of the process alone."""
    return sum(map(int, _stat(pid)[_FIRST_TIME : _LAST_TIME - 2])) / _TICKS


def memory_bytes(pid: int) -> int:
    """Proportional set size of the tree: resident memory, with pages that several processes share counted once."""
    return sum(map(_proportional_bytes, tree(pid)))


def _stat(pid: int) -> list[str]:
    """Fields after the name, which may contain spaces; none if the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
