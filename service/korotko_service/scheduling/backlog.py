"""Whether a queue is a standing one: long for a while, with more work coming than can be done. Pure, time handed in.

A queue is there to take in bursts, which pass. One that never becomes short answers not one call more than a short one does: everybody in
it waits for nothing, and those who come after the crowd has gone wait for what it left. Nichols and Jacobson (Controlling Queue Delay,
2012) tell the two apart by the least delay of an interval. So does this module; but what a burst or a pause of the machine has left is
worked off by itself, and nobody is turned away for that: more work must also be coming than is being done.
"""

import math
from dataclasses import dataclass, field

# Enough to keep workers busy with full batches, and gone within a second when work comes at half the capacity.
SHORT_SECONDS = 0.4
# How long a burst may take to pass.
_PASSING_SECONDS = 0.5
# Work that comes at random at just the capacity exceeds what leaves by this factor now and then for that long, the more so because it
# leaves in batches. With a higher factor a standing queue would pass for a burst where batches are long.
_TOO_MUCH = 1.3
# A call that allows more time than a person would wait may wait for this share of the excess even in a standing queue.
_PERSON_SECONDS = 5.0
_PATIENT_SHARE = 0.5


@dataclass(slots=True)
class Backlog:
    """Needs the length of the queue and the work that arrives, let in or not, at every arrival.

    Between two arrivals a queue only becomes shorter, so nothing is missed.
    """

    _long_since: float = field(default=math.inf, init=False)
    _coming: float = field(default=0.0, init=False)
    _going: float = field(default=0.0, init=False)
    _taken: int = field(default=0, init=False)
    _at: float = field(default=-math.inf, init=False)

    def stands(self, seconds: float, *, coming: int, taken: int, token_seconds: float, now: float) -> bool:
        """Whether it is a standing queue, now that it is `seconds` long, `coming` tokens ask to join it, and `taken` have left it so far.

        `token_seconds` is an estimate of what a token takes, too high rather than too low.
        """
        kept = math.exp((self._at - now) / _PASSING_SECONDS)
        self._coming = self._coming * kept + coming
        self._going = self._going * kept + taken - self._taken
        self._at, self._taken = now, taken
        self._long_since = min(self._long_since, now) if seconds > SHORT_SECONDS else math.inf
        return now - self._long_since >= _PASSING_SECONDS and self._is_too_much(token_seconds)

    def _is_too_much(self, token_seconds: float) -> bool:
        """Both must say so: after a pause of the machine too little has left to compare with, and the estimate alone is often too high."""
        return self._coming > _TOO_MUCH * self._going and self._coming * token_seconds > _PASSING_SECONDS


def bearable_seconds(left: float) -> float:
    """The longest wait in a standing queue that suits a call with `left` seconds."""
    return SHORT_SECONDS + _PATIENT_SHARE * max(0.0, left - _PERSON_SECONDS)
