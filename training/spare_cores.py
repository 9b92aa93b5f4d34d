"""Gives way to other work: trains on as many threads as there are cores that others leave idle.

A training step is a chain of short parallel pieces, each as slow as its slowest thread. If a
niced run has to share one of two cores, one thread is twice as fast as two.
"""

import os
import time
from pathlib import Path

import torch

_STAT = Path("/proc/stat")
_INTERVAL = 2.0


class SpareCores:
    """Resets torch's thread count every two seconds, up to the recipe's maximum."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen = self._measure()
        torch.set_num_threads(most)

    def adapt(self) -> None:
        """Call between steps."""
        if not _STAT.exists() or time.monotonic() - self._seen[0] < _INTERVAL:
            return
        before, self._seen = self._seen, self._measure()
        passed, busy, own = (b - a for a, b in zip(before, self._seen, strict=True))
        others = max(0.0, busy - own) / passed
        threads = max(1, min(self._most, int(len(os.sched_getaffinity(0)) - others + 0.6)))
        if threads != torch.get_num_threads():
            torch.set_num_threads(threads)

    @staticmethod
    def _measure() -> tuple[float, float, float]:
        """The time, the machine's busy seconds over all cores, and this process's own."""
        times = os.times()
        own = times.user + times.system
        if not _STAT.exists():
            return time.monotonic(), own, own
        ticks = [int(word) for word in _STAT.read_text().split("\n", 1)[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        return time.monotonic(), (sum(ticks) - idle) / os.sysconf("SC_CLK_TCK"), own
