"""When what a bulk stream was refused is tried again, and when its caller is told instead."""

import logging
import math
import random
import time
from collections.abc import Callable

from korotko._errors import KorotkoError
from korotko._unreachable import no_connection

DEFAULT_PATIENCE_SECONDS = 60.0
_PAUSES_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)

_log = logging.getLogger("korotko")


class Patience:
    """How long a stream waits for a server that was there: one that restarts, loads its models or is full, or for the caller's quota.

    Where nobody ever was there is nothing to wait for, so a wrong address is told at once. An answer makes the patience whole again.
    """

    def __init__(self, seconds: float, timeout: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`seconds` from a refusal on, `timeout` for the whole stream, from its beginning on."""
        if not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise TypeError(f"patience is a number of seconds, not {type(seconds).__name__}: {seconds!r}")
        if not 0 <= seconds < math.inf:
            raise ValueError(f"patience is a finite number of seconds, 0 or more, not {seconds!r}")
        self._seconds = seconds
        self._timeout = timeout
        self._clock = clock
        self._ends = math.inf
        self._was_there = False
        self._refusals = 0
        self._refused_at = 0.0

    def begin(self) -> None:
        """The stream begins, and its time with it."""
        self._ends = self._clock() + self._timeout

    def seconds_left(self) -> float:
        """What is left of the stream's time."""
        return max(self._ends - self._clock(), 0.0)

    def answered(self) -> None:
        """The server is there and does its work."""
        self._was_there = True
        self._refusals = 0

    def pause(self, error: KorotkoError) -> float | None:
        """The seconds until the next try after this refusal or break; None where there is to be none."""
        self._was_there |= not no_connection(error.message)
        if not self._was_there or not _passes(error):
            return None
        if self._refusals == 0:
            self._refused_at = self._clock()
        pause = self._next_pause() if error.retry_after is None else error.retry_after
        if pause >= min(self._refused_at + self._seconds, self._ends) - self._clock():
            return None
        if self._refusals == 0:
            _log.info("a stream waits for its server (%s), at most %g s", error.reason or error.code, self._seconds)
        self._refusals += 1
        return pause

    def _next_pause(self) -> float:
        """Longer each time, and not the same for all who lost the same server."""
        pause = _PAUSES_SECONDS[min(self._refusals, len(_PAUSES_SECONDS) - 1)]
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def _passes(error: KorotkoError) -> bool:
    """Whether it is over by itself: a server that is away or says when to come back. One that was late would be late again."""
    return error.retryable and (error.code in ("UNAVAILABLE", "CANCELLED") or error.retry_after is not None)
