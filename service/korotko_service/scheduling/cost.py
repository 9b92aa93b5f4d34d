"""How long work will take, learned from the batches that ran: pure arithmetic, one model of cost per model."""

import math
from dataclasses import dataclass, field

# Weight of the newest batch in what changes fast, the speed of a machine that others slow down, and in what does not: how time grows with
# the size of a batch.
_NEWEST = 0.1
_NEWEST_LASTING = 0.02
# A machine that slows down is believed sooner than one that speeds up: what was promised at the old speed is late, and what was refused at
# the slow one comes again.
_NEWEST_SLOWER = 0.4
# One batch that takes many times as long was stopped, not slow: a few of them in a row are needed to believe in a machine that has become
# so slow.
_MOST_BELIEVED = 2.0
# Below this relative spread of batch sizes a line through them would be guesswork: then time is taken to grow with the tokens alone.
_LEAST_SPREAD = 0.2
# Where the time that every batch takes is this share of the whole, there is no more to be had from a larger one. The least size is a
# dozen sentences: below it the line is not known well enough.
_LAST_SAVING = 0.03
_LEAST_TOKENS = 512.0


@dataclass(slots=True)
class BatchTime:
    """Seconds of a batch: `start` for every one and `each` for each input token. Knows nothing until a batch ran.

    A line through seconds per token over 1 / tokens, because runs are off by a share of their time and not by seconds; times the speed
    of late.
    """

    start: float = field(default=0.0, init=False)
    each: float = field(default=0.0, init=False)
    _batches: int = field(default=0, init=False)
    _speed: float = field(default=1.0, init=False)
    _moments: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0), init=False)

    def learn(self, tokens: int, seconds: float) -> None:
        """Take in one batch; the first one counts in full, a later one up to twice what was expected of it."""
        if expected := self.start + self.each * tokens:
            seconds = min(seconds, _MOST_BELIEVED * expected)
        self._batches += 1
        inverse, rate = 1 / tokens, seconds / tokens
        weight = 1.0 if self._batches == 1 else max(_NEWEST_LASTING, min(_NEWEST, 1 / self._batches))
        new = (inverse, rate, inverse * inverse, inverse * rate)
        self._moments = tuple(old + weight * (value - old) for old, value in zip(self._moments, new, strict=True))  # type: ignore[assignment]
        start, each = self._line()
        predicted = start + each * tokens
        slower = (seconds / predicted if predicted else 1.0) - self._speed
        self._speed += (_NEWEST_SLOWER if slower > 0 else _NEWEST) * slower
        self.start, self.each = start * self._speed, each * self._speed

    def _line(self) -> tuple[float, float]:
        inverse, rate, squares, products = self._moments
        spread = squares - inverse * inverse
        if spread < (_LEAST_SPREAD * inverse) ** 2:
            return 0.0, rate
        start = max(0.0, (products - inverse * rate) / spread)
        each = rate - start * inverse
        return (start, each) if each > 0 else (0.0, rate)


@dataclass(slots=True)
class CostModel:
    """Predicts while `workers` run side by side, in batches of at most `batch_tokens`; by beam size, because a beam multiplies the work.

    0 while nothing is known, so that nobody is refused on a guess.
    """

    workers: int
    batch_tokens: int
    learned_at: float = field(default=0.0, init=False)
    _usual_tokens: float = field(default=0.0, init=False)
    _all: BatchTime = field(default_factory=BatchTime, init=False)
    _by_beam: dict[int, BatchTime] = field(default_factory=dict, init=False)

    def learn(self, *, tokens: int, seconds: float, beam_size: int = 0, now: float = 0.0) -> None:
        """Take in one batch that ended now: its input tokens and the time that its worker spent."""
        self.learned_at = now
        self._usual_tokens += (_NEWEST if self._usual_tokens else 1.0) * (tokens - self._usual_tokens)
        self._all.learn(max(1, tokens), seconds)
        self._by_beam.setdefault(beam_size, BatchTime()).learn(max(1, tokens), seconds)

    @property
    def worthwhile_tokens(self) -> float:
        """From that size on a larger batch saves next to nothing, and only makes everybody in it wait longer."""
        return max(_LEAST_TOKENS, self._all.start / self._all.each / _LAST_SAVING) if self._all.each else math.inf

    def batch_seconds(self, tokens: float) -> float:
        """Of one batch on one worker."""
        return self._all.start + self._all.each * tokens

    @property
    def usual_seconds(self) -> float:
        """Of a batch as large as those of late were."""
        return self.batch_seconds(self._usual_tokens)

    def queue_seconds(self, tokens: float) -> float:
        """Until that much work is done by all workers, in batches as large as is worthwhile, of whatever beams there were of late."""
        full = min(self.batch_tokens, self.worthwhile_tokens)
        return (self._all.each + self._all.start / full) * tokens / self.workers

    def own_seconds(self, *, tokens: int, longest: int, beam_size: int = 0) -> float:
        """For a request by itself: side by side as far as there are workers, its longest sequence in one piece."""
        time = self._by_beam.get(beam_size)
        if time is None:
            return 0.0
        batches = math.ceil(tokens / self.batch_tokens / self.workers)
        return max(time.start + time.each * longest, time.start * batches + time.each * tokens / self.workers)
