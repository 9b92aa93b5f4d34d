"""Decide which waiting sequences form the next batch, and when: pure rules, time handed in.

Order: interactive before bulk, then the earliest deadline, then arrival; bulk work that has waited long enough counts as
interactive, so that it is never starved. Around the first sequence in that order the batch is filled with waiting sequences of the
most similar length, because a batch costs its padded size. Batch size follows the load: with few sequences open each free worker
gets its share at once, so a lone caller never waits for company; with many, a batch may wait up to `max_wait_seconds` for its share.
"""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions


class Priority(IntEnum):
    """How urgent work is; lower runs first."""

    INTERACTIVE = 0
    BULK = 1


class Waiting(Protocol):
    """What the policy needs to know of a waiting sequence. Instants in seconds on the monotonic clock, `length` in tokens."""

    @property
    def length(self) -> int: ...
    @property
    def options(self) -> DecodingOptions: ...
    @property
    def priority(self) -> Priority: ...
    @property
    def deadline(self) -> Deadline: ...
    @property
    def arrived(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPolicy:
    """The rules' figures. `max_batch_tokens` bounds sequences times the longest of them: what the engine really computes."""

    max_batch_tokens: int = 2048
    max_batch_sequences: int = 64
    max_wait_seconds: float = 0.02
    bulk_patience_seconds: float = 5.0

    def next_batch(self, waiting: SequenceOf[Waiting], *, open_sequences: int, workers: int, now: float) -> list[int]:
        """Indices into `waiting` that should run now; empty means wait until `due`.

        `open_sequences` counts what waits and runs, smoothed by the caller so that it does not fall in the instant in which a batch
        was answered and its callers have not yet come back.
        """
        if not waiting:
            return []
        share = self._share(max(open_sequences, len(waiting)), workers)
        if len(waiting) < share and now < self.due(waiting):
            return []
        order = sorted(range(len(waiting)), key=lambda index: self._urgency(waiting[index], now))
        return self._filled(waiting, order, share)

    def due(self, waiting: SequenceOf[Waiting]) -> float:
        """The instant at which the batch starts, however small it is."""
        return min(entry.arrived for entry in waiting) + self.max_wait_seconds

    def _share(self, open_sequences: int, workers: int) -> int:
        return min(self.max_batch_sequences, -(-open_sequences // workers))

    def _urgency(self, entry: Waiting, now: float) -> tuple[int, float, float]:
        patient = entry.priority is Priority.BULK and now - entry.arrived < self.bulk_patience_seconds
        return (int(patient), entry.deadline.at, entry.arrived)

    def _filled(self, waiting: SequenceOf[Waiting], order: list[int], share: int) -> list[int]:
        """The most urgent sequence and its best company: urgent ones come first into the window, near lengths first out of it."""
        lead = waiting[order[0]]
        if lead.options.reproducible:
            return order[:1]
        # Twice the share is enough to find near lengths in, and keeps the least urgent out of a batch that cannot hold everything.
        window = [index for index in order[1 : 2 * share] if waiting[index].options == lead.options]
        window.sort(key=lambda index: abs(waiting[index].length - lead.length))
        chosen, longest = order[:1], lead.length
        for index in window:
            widest = max(longest, waiting[index].length)
            if len(chosen) >= share or widest * (len(chosen) + 1) > self.max_batch_tokens:
                break
            chosen.append(index)
            longest = widest
        return chosen
