"""Whether a queue stands: long for so long, and more coming than can be done, that who joins it only waits. Pure, time handed in.

A burst passes, and a queue is there to take it in. A queue that never becomes short answers not one call more than a short one does:
everybody in it waits for nothing, and those who come when the crowd has gone wait for what it left. Nichols and Jacobson (Controlling
Queue Delay, 2012) tell the two apart by the least delay of an interval. That much is done here too; but a queue which a burst, or a pause
of the machine, has left is worked off by itself, and nobody is turned away for it: more work must be coming than is being done.
"""

import math
from dataclasses import dataclass, field

# As much as keeps workers busy with full batches, and is gone in a second where half as much comes as can be done.
SHORT_SECONDS = 0.4
# A burst may take so long to pass.
_PASSING_SECONDS = 0.5
# Who allows more than a person would wait for an answer may wait this share of it even in a queue that stands.
_PERSON_SECONDS = 5.0
_PATIENT_SHARE = 0.5


@dataclass(slots=True)
class Backlog:
    """Has to be told of the queue's length and of the work that comes, let in or not, whenever some does.

    Between two arrivals a queue only becomes shorter, so that nothing is missed.
    """

    _long_since: float = field(default=math.inf, init=False)
    _coming: float = field(default=0.0, init=False)
    _at: float = field(default=-math.inf, init=False)

    def stands(self, seconds: float, *, coming: float, now: float) -> bool:
        """Take in that the queue is `seconds` long now, and that work of `coming` seconds asks to join it."""
        self._coming = self._coming * math.exp((self._at - now) / _PASSING_SECONDS) + coming
        self._at = now
        self._long_since = min(self._long_since, now) if seconds > SHORT_SECONDS else math.inf
        return now - self._long_since >= _PASSING_SECONDS and self._coming > _PASSING_SECONDS


def bearable_seconds(left: float) -> float:
    """The longest wait in a queue that stands, for somebody with so much time left."""
    return SHORT_SECONDS + _PATIENT_SHARE * max(0.0, left - _PERSON_SECONDS)
