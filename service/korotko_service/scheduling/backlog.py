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
# What comes at random at just the capacity is for so long now and then this much more than what goes, which goes in batches besides. More
# would take a standing queue for a passing one where batches are long.
_TOO_MUCH = 1.3
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
    _going: float = field(default=0.0, init=False)
    _taken: int = field(default=0, init=False)
    _at: float = field(default=-math.inf, init=False)

    def stands(self, seconds: float, *, coming: int, taken: int, token_seconds: float, now: float) -> bool:
        """Take in that the queue is `seconds` long now, that `coming` tokens ask to join it, and that `taken` have left it so far.

        A token takes `token_seconds`, by a guess that is too high rather than too low.
        """
        kept = math.exp((self._at - now) / _PASSING_SECONDS)
        self._coming = self._coming * kept + coming
        self._going = self._going * kept + taken - self._taken
        self._at, self._taken = now, taken
        self._long_since = min(self._long_since, now) if seconds > SHORT_SECONDS else math.inf
        return now - self._long_since >= _PASSING_SECONDS and self._is_too_much(token_seconds)

    def _is_too_much(self, token_seconds: float) -> bool:
        """Of what leaves alone a pause of the machine would say too little, of the guess alone it would be too often."""
        return self._coming > _TOO_MUCH * self._going and self._coming * token_seconds > _PASSING_SECONDS


def bearable_seconds(left: float) -> float:
    """The longest wait in a queue that stands, for somebody with so much time left."""
    return SHORT_SECONDS + _PATIENT_SHARE * max(0.0, left - _PERSON_SECONDS)
