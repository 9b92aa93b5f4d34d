"""How long work will take, learned from the batches that ran: pure arithmetic, one model of cost per model."""

from dataclasses import dataclass, field

# Weight of the newest batch. The figure settles within some twenty batches and follows a machine that others slow down.
_NEWEST = 0.1


@dataclass(slots=True)
class CostModel:
    """Seconds per input token while `workers` run side by side, as an exponential average. Knows nothing until a batch ran."""

    workers: int
    _seconds_per_token: float | None = field(default=None, init=False)

    def learn(self, *, tokens: int, seconds: float) -> None:
        """Take in one batch: its input tokens and the time that its worker spent."""
        observed = seconds / max(1, tokens)
        old = self._seconds_per_token
        self._seconds_per_token = observed if old is None else old + _NEWEST * (observed - old)

    def seconds(self, tokens: int) -> float:
        """Predicted time for `tokens` spread over all workers; 0 while nothing is known, so that nobody is refused on a guess."""
        return (self._seconds_per_token or 0.0) * tokens / self.workers
