"""One instant after which no work is begun."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """An instant on the monotonic clock, in seconds; infinite where the caller set none."""

    at: float = math.inf

    @classmethod
    def after(cls, seconds: float | None, *, now: float) -> "Deadline":
        """The deadline `seconds` from `now`; None means never."""
        return cls(math.inf if seconds is None else now + max(0.0, seconds))

    def remaining(self, now: float) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.at - now)

    def passed(self, now: float) -> bool:
        return now >= self.at
