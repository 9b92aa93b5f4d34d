"""How long work will take, learned from the batches that ran: pure arithmetic, one model of cost per model.

A decoder takes a step for each token of the longest sequence; each step reads all the weights, and does some work for every sequence that
is not finished. So a batch takes `step` for each token of its longest sequence and `each` for each token of all of them; padding costs
nothing.
"""

import math
from dataclasses import dataclass, field

# Weight of the newest batch in what changes fast (the speed of a machine that others slow down), and in what does not (how time grows with
# the size of a batch).
_NEWEST = 0.1
_NEWEST_LASTING = 0.02
# A slow-down is believed sooner than a speed-up: what was promised at the old speed would be late, while what was refused at the slow one
# comes again.
_NEWEST_SLOWER = 0.4
# A batch that takes many times as long as expected was interrupted, not slow: it takes a few in a row to believe that the machine has
# become that slow.
_MOST_BELIEVED = 2.0
# Below this relative spread of the longest sequences' shares a line would be guesswork: a lone caller's sentences never show what a batch
# of them would cost. Then the ratio of a step's cost to a sequence's part in it stays as last known, and is this at first: the starter
# takes 46 ms for a sentence alone, and 22 in a crowd that keeps all cores busy.
_LEAST_SPREAD = 0.5
_USUAL_STEPS = 1.0
# Where the steps' own time is only this share of that of the sequences, more sequences side by side save little. The least count is
# always worthwhile: the line may be wrong.
_LAST_SAVING = 0.1
_LEAST_SEQUENCES = 16.0


@dataclass(slots=True)
class BatchTime:
    """Seconds of a batch: `step` for each token of its longest sequence and `each` for each token. Before the first batch it only knows
    that a step costs about `steps` times a sequence's part in it.

    A line of seconds per token over the longest sequence's share of the tokens, because runs are off by a share of their time and not by
    seconds; times the recent speed.
    """

    steps: float = _USUAL_STEPS
    step: float = field(default=0.0, init=False)
    each: float = field(default=0.0, init=False)
    _batches: int = field(default=0, init=False)
    _speed: float = field(default=1.0, init=False)
    _moments: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0), init=False)

    def learn(self, tokens: int, longest: int, seconds: float) -> None:
        """Learn from one batch; the first counts in full, a later one up to twice the time that was expected of it."""
        if expected := self.seconds(tokens, longest):
            seconds = min(seconds, _MOST_BELIEVED * expected)
        self._batches += 1
        part, rate = longest / tokens, seconds / tokens
        weight = 1.0 if self._batches == 1 else max(_NEWEST_LASTING, min(_NEWEST, 1 / self._batches))
        new = (part, rate, part * part, part * rate)
        self._moments = tuple(old + weight * (value - old) for old, value in zip(self._moments, new, strict=True))  # type: ignore[assignment]
        step, each = self._line()
        predicted = step * longest + each * tokens
        slower = (seconds / predicted if predicted else 1.0) - self._speed
        self._speed += (_NEWEST_SLOWER if slower > 0 else _NEWEST) * slower
        self.step, self.each = step * self._speed, each * self._speed

    def seconds(self, tokens: float, longest: float) -> float:
        """Time of a batch of that size."""
        return self.step * longest + self.each * tokens

    def _line(self) -> tuple[float, float]:
        part, rate, squares, products = self._moments
        spread = squares - part * part
        if spread >= (_LEAST_SPREAD * part) ** 2:
            step = max(0.0, (products - part * rate) / spread)
            each = rate - step * part
            if each > 0:
                self.steps = step / each
        each = rate / (1 + self.steps * part)
        return self.steps * each, each


@dataclass(slots=True)
class CostModel:
    """Predicts for `workers` side by side and batches of at most `batch_tokens`; by beam size, because a beam multiplies the work.

    Predictions are 0 while nothing is known, so that nobody is refused on a guess. `steps` is what each BatchTime begins with.
    """

    workers: int
    batch_tokens: int
    steps: float = _USUAL_STEPS
    learned_at: float = field(default=0.0, init=False)
    _usual_tokens: float = field(default=0.0, init=False)
    _usual_longest: float = field(default=0.0, init=False)
    _all: BatchTime = field(init=False)
    _by_beam: dict[int, BatchTime] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._all = BatchTime(steps=self.steps)

    def learn(self, *, tokens: int, longest: int, seconds: float, beam_size: int = 0, now: float = 0.0) -> None:
        """Learn from one batch that ended now: its input tokens, those of its longest sequence, and the time that its worker spent."""
        self.learned_at = now
        weight = _NEWEST if self._usual_tokens else 1.0
        self._usual_tokens += weight * (tokens - self._usual_tokens)
        self._usual_longest += weight * (longest - self._usual_longest)
        self._all.learn(tokens, longest, seconds)
        self._by_beam.setdefault(beam_size, BatchTime(steps=self.steps)).learn(tokens, longest, seconds)

    @property
    def worthwhile_sequences(self) -> float:
        """The size from which on a larger batch saves next to nothing, and only makes everybody in it wait longer."""
        return max(_LEAST_SEQUENCES, self._all.step / self._all.each / _LAST_SAVING) if self._all.each else math.inf

    def batch_seconds(self, tokens: float, longest: float) -> float:
        """Time of one batch on one worker."""
        return self._all.seconds(tokens, longest)

    @property
    def usual_seconds(self) -> float:
        """Time of a batch as large as recent ones."""
        return self.batch_seconds(self._usual_tokens, self._usual_longest)

    def queue_seconds(self, tokens: float) -> float:
        """Time until all workers have done that much work, with the beams of recent batches."""
        return self.token_seconds(tokens) * tokens

    def token_seconds(self, tokens: float) -> float:
        """Time of each token in a queue of that many: each worker's part in one batch, or in batches as large as is worthwhile."""
        if not self._usual_longest:
            return 0.0
        part, most = (each / self._usual_longest for each in (tokens / self.workers, self.batch_tokens))
        return (self._all.each + self._all.step / max(1.0, min(part, most, self.worthwhile_sequences))) / self.workers

    def own_seconds(self, *, tokens: int, longest: int, beam_size: int = 0) -> float:
        """Time of a request by itself, spread over all workers except that its longest sequence stays in one piece."""
        time = self._by_beam.get(beam_size)
        if time is None:
            return 0.0
        batches = math.ceil(tokens / self.batch_tokens / self.workers)
        return time.seconds(max(longest, tokens / self.workers), batches * longest)
