"""When a bulk stream tries again what was refused, and when its caller gets the error instead."""

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
    """How long a stream waits for a known server that is restarting, loading its models or full, or for the caller's quota.

    If no server ever answered, it does not wait, so a wrong address is reported at once. Every answer restores the full patience.
    """

    def __init__(self, seconds: float, timeout: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`seconds` count from a refusal, `timeout` from the beginning of the stream."""
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
        """The stream begins, and its timeout starts to count."""
        self._ends = self._clock() + self._timeout

    def seconds_left(self) -> float:
        """What is left of the stream's time."""
        return max(self._ends - self._clock(), 0.0)

    def answered(self) -> None:
        """The server is there and works."""
        self._was_there = True
        self._refusals = 0

    def pause(self, error: KorotkoError) -> float | None:
        """The seconds until the next try after this refusal or break; None for no more tries."""
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
        """A back-off: longer each time, and not the same for all clients that lost the same server."""
        pause = _PAUSES_SECONDS[min(self._refusals, len(_PAUSES_SECONDS) - 1)]
        return pause * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def _passes(error: KorotkoError) -> bool:
    """Whether waiting helps: the server is away or says when to come back. A call that was late would be late again."""
    return error.retryable and (error.code in ("UNAVAILABLE", "CANCELLED") or error.retry_after is not None)
