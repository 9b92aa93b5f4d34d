"""Decide which waiting sequences form the next batch, and when: pure rules, time handed in.

Order: interactive before bulk; within both the callers take turns, each with its earliest deadline (`fair_queue`). Bulk that has waited
long enough takes turns with the interactive callers, so that it is never starved. Around the first sequence in that order the batch is
filled with those of the most similar length, because it takes as many steps as its longest sequence. What a call asks for a second time
lets full batches go first for a while: its near deadline brings it to the front, where few others decode as it does, and a batch of one
takes nearly the time of several. Patient bulk never fills up an interactive batch, which would only grow longer. While interactive
callers are about it leaves one worker free, and its own batches are short, because a batch that has begun keeps its worker. Batch size
follows the load: with few sequences open each free worker gets its share at once, so a lone caller never waits for company; with many,
a batch may wait up to `max_wait_seconds` for its share.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence as SequenceOf
from dataclasses import dataclass

from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import E, FairQueue, Line
from korotko_service.scheduling.waiting import Priority

# However near a deadline is, a batch may hold so many sequences like its first one: small batches would make all that follow late.
_LEAST_BATCH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPolicy:
    """The rules' figures. `max_batch_tokens` bounds sequences times the longest of them: what the engine keeps in memory.

    Work that was `begun` lets full batches go first for at most `company_seconds`, and for a quarter of the time that it has.

    A bulk batch that an interactive caller may have to wait for takes at most `bulk_batch_seconds`, or one and a half times what its first
    sequence would take alone where that is longer.
    """

    max_batch_tokens: int = 2048
    max_batch_sequences: int = 64
    max_wait_seconds: float = 0.02
    company_seconds: float = 1.0
    bulk_patience_seconds: float = 5.0
    bulk_batch_seconds: float = 0.02

    def next_batch(
        self,
        queue: FairQueue[E],
        *,
        open_sequences: Mapping[Priority, int],
        workers: int,
        bulk_batches: int = 0,
        cost: CostModel,
        now: float,
    ) -> list[E]:
        """What should run now, still in the queue; nothing means wait until `due`, or where that has passed until a batch ends.

        `bulk_batches` of the workers' run bulk now.

        `open_sequences` counts what waits and runs, smoothed by the caller so that it does not fall in the instant in which a batch
        was answered and its callers have not yet come back.
        """
        lines, priority = self._lines(queue, now)
        if not lines or (priority is Priority.BULK and open_sequences[Priority.INTERACTIVE] and 0 < workers - 1 <= bulk_batches):
            return []
        # Overdue bulk counts as one: a backfill of thousands must not make interactive batches long.
        waiting = sum(1 if line.flow.priority > priority else len(line.flow) for line in lines)
        share = min(self.max_batch_sequences, -(-max(open_sequences[priority], waiting) // workers))
        # Where bulk waits behind an interactive caller the worker has no time to stand still.
        alone = priority is Priority.BULK or not queue.has_bulk
        if alone and waiting < share and now < self._due(lines):
            return []
        # Twice the share is enough to find near lengths in, and keeps the least urgent out of a batch that cannot hold everything.
        window = queue.first(lines, 2 * share)
        lead = self._lead(window, most=min(share, cost.worthwhile_sequences), now=now)
        latest = math.inf
        if lead.priority is Priority.BULK and open_sequences[Priority.INTERACTIVE]:
            latest = now + max(self.bulk_batch_seconds, 1.5 * cost.batch_seconds(lead.length, lead.length))
        return self._filled(lead, window, share=share, latest=latest, cost=cost, now=now)

    def due(self, queue: FairQueue[E], *, now: float) -> float:
        """The instant at which the batch starts, however small it is; never where nothing waits."""
        return self._due(self._lines(queue, now)[0])

    def overdue(self, now: float) -> float:
        """Bulk that came then or before has waited long enough."""
        return now - self.bulk_patience_seconds

    def _lines(self, queue: FairQueue[E], now: float) -> tuple[list[Line[E]], Priority]:
        urgent = queue.urgent(overdue=self.overdue(now))
        return (urgent, Priority.INTERACTIVE) if urgent else (queue.patient(), Priority.BULK)

    def _due(self, lines: SequenceOf[Line[E]]) -> float:
        return min((line.flow.oldest.arrived for line in lines), default=math.inf) + self.max_wait_seconds

    def _lead(self, window: SequenceOf[E], *, most: float, now: float) -> E:
        """The first one, unless that may wait for others like it and somebody's batch would be full at once."""
        first = window[0]
        patience = min(self.company_seconds, (first.deadline.at - first.arrived) / 4)
        if not first.begun or first.options.reproducible or now >= first.arrived + patience:
            return first
        alike = Counter(entry.options for entry in window if not entry.options.reproducible)
        return next((entry for entry in window if alike[entry.options] >= most), first)

    def _filled(self, lead: E, window: SequenceOf[E], *, share: int, latest: float, cost: CostModel, now: float) -> list[E]:
        """The most urgent sequence and its best company: urgent ones came first into the window, near lengths come first out of it.

        The batch is over by `latest`, and by the earliest deadline in it as far as that does not make it small.
        """
        chosen, longest, tokens, end = [lead], lead.length, lead.length, lead.deadline.at
        if lead.options.reproducible:
            return chosen
        least = now + cost.batch_seconds(_LEAST_BATCH * lead.length, lead.length)
        most = min(share, cost.worthwhile_sequences)
        alike = [entry for entry in window if entry.options == lead.options and entry is not lead]
        for entry in sorted(alike, key=lambda entry: abs(entry.length - lead.length)):
            widest, end = max(longest, entry.length), min(end, entry.deadline.at)
            tokens += entry.length
            is_full = len(chosen) >= most or widest * (len(chosen) + 1) > self.max_batch_tokens
            if is_full or now + cost.batch_seconds(tokens, widest) > min(latest, max(end, least)):
                break
            chosen.append(entry)
            longest = widest
        return chosen
