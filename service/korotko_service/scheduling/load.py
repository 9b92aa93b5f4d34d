"""How many sequences are usually open: a peak that fades, so that a batch is planned for callers who are about to come back."""

import math
from dataclasses import dataclass, field

# Half the peak is forgotten in this time: long compared with a caller's round trip, short compared with a change of load that users feel.
_HALF_LIFE_SECONDS = 0.25
# A lone caller counts until two seconds after it was last seen.
_FORGOTTEN = 0.5**8


@dataclass(slots=True)
class RecentLoad:
    """The highest recent count. Callers in a closed loop drop out for a few milliseconds between answer and next request."""

    _peak: float = field(default=0.0, init=False)
    _at: float = field(default=-math.inf, init=False)

    def smoothed(self, count: int, *, now: float) -> int:
        """Take in `count` at `now` (seconds); returns the fading peak, never below `count`."""
        faded = self._peak * 0.5 ** ((now - self._at) / _HALF_LIFE_SECONDS)
        self._peak, self._at = max(float(count), faded), now
        return math.ceil(self._peak - _FORGOTTEN)
