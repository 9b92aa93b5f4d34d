"""A quota as a token bucket, in characters. Pure: the time is handed in."""

_SECONDS = 60.0
# Far below one character: rounding errors must not make a caller wait again after waiting as long as asked.
_ROUNDING = 1e-3


class Bucket:
    """Holds at most one minute's characters, full at first, and fills evenly.

    Taking more at once than it can hold requires it to be full and leaves it in debt, so that a long text is served and paid for
    afterwards. Over any t seconds at most `per_minute` * (1 + t / 60) characters get through, plus what the last call took beyond them.
    """

    def __init__(self, *, per_minute: int, now: float) -> None:
        """`now` is in seconds of a clock that never goes back; all later times are from the same clock."""
        if per_minute < 1:
            raise ValueError(f"a quota is at least one character a minute, not {per_minute}")
        self.per_minute = per_minute
        self._level = float(per_minute)
        self._at = now

    def take(self, characters: int, *, now: float) -> float:
        """0.0 if they are taken; otherwise none are, and the result is the seconds until they can be, if nobody else takes any."""
        self._level = min(self.per_minute, self._level + (now - self._at) * self.per_minute / _SECONDS)
        self._at = now
        missing = min(characters, self.per_minute) - self._level
        if missing > _ROUNDING:
            return missing * _SECONDS / self.per_minute
        self._level -= characters
        return 0.0

    def give_back(self, characters: int) -> None:
        """Put back what was taken and not used."""
        self._level = min(self.per_minute, self._level + characters)
