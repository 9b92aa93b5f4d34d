"""Decide which waiting sequences form the next batch, and when: pure rules, time handed in.

Order: interactive before bulk; within both the callers take turns, each with its earliest deadline (`fair_queue`). Bulk that has waited
long enough takes turns with the interactive callers, so that it is never starved. The batch is filled around the first sequence in that
order with those of the most similar length, because it takes as many steps as its longest sequence. Further work for a call (`begun`)
lets full batches go first for a while: its near deadline brings it to the front, where few others decode as it does, and a batch of one
takes nearly the time of several. Patient bulk never fills up an interactive batch, which would only grow longer. While interactive
callers are active, bulk leaves one worker free, and its batches are short, because a batch that has begun keeps its worker. Batch size
follows the load: with few sequences open each free worker gets its share at once, so a lone caller never waits for company; with many,
a batch may wait up to `max_wait_seconds` for its share. Further work does not wait when nothing runs, because the load that was seen may
be its own call's. If everything that waits can begin at once on several workers, similar lengths matter less than that no worker gets all
the long ones: the sequences are dealt out so that the workers end together.
"""

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence as SequenceOf
from dataclasses import dataclass

from korotko_service.engines.engine import DecodingOptions
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import E, FairQueue, Line
from korotko_service.scheduling.waiting import Priority

# A batch may hold this many sequences like its first one however near a deadline is: small batches would make all that follow late.
_LEAST_BATCH = 16
# How many languages news is translated into here.
_TARGETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPolicy:
    """The figures in the rules. `max_batch_tokens` limits the number of sequences times the longest one: what the engine keeps in memory.

    `one_target` keeps target languages apart, for a model that writes each from a list of its own (engines/vocabulary_map).

    Work that was `begun` lets full batches go first for at most `company_seconds`, and at most a quarter of the time that it has.

    A bulk batch that an interactive caller may have to wait for takes at most `bulk_batch_seconds`, or one and a half times what its first
    sequence would take alone where that is longer.
    """

    max_batch_tokens: int = 2048
    one_target: bool = False
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
        idle: int = 1,
        bulk_batches: int = 0,
        cost: CostModel,
        now: float,
    ) -> list[E]:
        """What should run now, not yet taken out of the queue; empty means wait until `due` or, if that has passed, until a batch ends.

        `idle` workers have nothing to do, including the one that asks; `bulk_batches` of those that run are bulk.

        `open_sequences` counts what waits and runs, smoothed by the caller so that it does not drop as soon as a batch is answered, before
        its callers have come back.
        """
        lines, priority = self._lines(queue, now)
        if not lines or (priority is Priority.BULK and open_sequences[Priority.INTERACTIVE] and 0 < workers - 1 <= bulk_batches):
            return []
        # A caller's overdue bulk counts as one: a backfill of thousands must not make interactive batches long.
        waiting = sum(1 if line.flow.priority > priority else len(line.flow) for line in lines)
        share = min(self.max_batch_sequences, -(-max(open_sequences[priority], waiting) // workers))
        # While bulk waits behind interactive work, the worker must not stand idle.
        alone = priority is Priority.BULK or not queue.has_bulk
        if alone and waiting < share and now < self._due(lines) and not (idle == workers and queue.first(lines, 1)[0].begun):
            return []
        # Twice the share, or one for each idle worker, is enough to find similar lengths in or to deal out, and keeps the least urgent out
        # of a batch that cannot hold everything. Where target languages are kept apart, one of them may have only a part of it.
        window = queue.first(lines, max(2, idle) * share * (_TARGETS if self.one_target else 1))
        most = min(share, cost.worthwhile_sequences)
        lead = self._lead(window, most=most, now=now)
        latest = math.inf
        if lead.priority is Priority.BULK and open_sequences[Priority.INTERACTIVE]:
            latest = now + max(self.bulk_batch_seconds, 1.5 * cost.batch_seconds(lead.length, lead.length))
        elif idle > 1 and len(window) == waiting and (idle - 1) * share < waiting <= idle * most and self._are_alike(window):
            window = _dealt(lead, window, hands=idle, most=most, cost=cost)
        return self._filled(lead, window, most=most, latest=latest, cost=cost, now=now)

    def due(self, queue: FairQueue[E], *, now: float) -> float:
        """The instant at which the batch starts, however small it is; infinity if nothing waits."""
        return self._due(self._lines(queue, now)[0])

    def overdue(self, now: float) -> float:
        """Bulk that arrived at this instant or before has waited long enough."""
        return now - self.bulk_patience_seconds

    def _lines(self, queue: FairQueue[E], now: float) -> tuple[list[Line[E]], Priority]:
        urgent = queue.urgent(overdue=self.overdue(now))
        return (urgent, Priority.INTERACTIVE) if urgent else (queue.patient(), Priority.BULK)

    def _due(self, lines: SequenceOf[Line[E]]) -> float:
        return min((line.flow.oldest.arrived for line in lines), default=math.inf) + self.max_wait_seconds

    def _lead(self, window: SequenceOf[E], *, most: float, now: float) -> E:
        """The first one, unless it may wait for others like it and there is enough of another kind for a full batch."""
        first = window[0]
        patience = min(self.company_seconds, (first.deadline.at - first.arrived) / 4)
        if not first.begun or first.options.reproducible or now >= first.arrived + patience:
            return first
        alike = Counter(self._kind(entry) for entry in window if not entry.options.reproducible)
        return next((entry for entry in window if alike[self._kind(entry)] >= most), first)

    def _kind(self, entry: E) -> tuple[DecodingOptions, str]:
        """What all sequences of a batch have in common."""
        return entry.options, entry.target_language if self.one_target else ""

    def _are_alike(self, entries: SequenceOf[E]) -> bool:
        """Whether they may share a batch."""
        return len({self._kind(entry) for entry in entries}) == 1

    def _filled(self, lead: E, window: SequenceOf[E], *, most: float, latest: float, cost: CostModel, now: float) -> list[E]:
        """The lead and its best company: the most urgent are in the window already, the most similar in length are taken from it.

        The batch is over by `latest`, and by the earliest deadline in it unless that would make it small.
        """
        chosen, longest, tokens, end = [lead], lead.length, lead.length, lead.deadline.at
        if lead.options.reproducible:
            return chosen
        least = now + cost.batch_seconds(_LEAST_BATCH * lead.length, lead.length)
        alike = [entry for entry in window if self._kind(entry) == self._kind(lead) and entry is not lead]
        for entry in sorted(alike, key=lambda entry: abs(entry.length - lead.length)):
            widest, end = max(longest, entry.length), min(end, entry.deadline.at)
            tokens += entry.length
            is_full = len(chosen) >= most or widest * (len(chosen) + 1) > self.max_batch_tokens
            if is_full or now + cost.batch_seconds(tokens, widest) > min(latest, max(end, least)):
                break
            chosen.append(entry)
            longest = widest
        return chosen


def _dealt(lead: E, entries: SequenceOf[E], *, hands: int, most: float, cost: CostModel) -> list[E]:
    """Deal all out, the longest first, each to the hand that is done first, at most `most` to a hand; returns the lead's hand."""
    dealt: list[list[E]] = [[] for _ in range(hands)]
    turns = [(0.0, 0, number) for number in range(hands)]
    for entry in sorted(entries, key=lambda entry: -entry.length):
        _, held, number = heapq.heappop(turns)
        hand = dealt[number]
        hand.append(entry)
        if held + 1 < most:
            seconds = cost.batch_seconds(sum(each.length for each in hand), hand[0].length)
            heapq.heappush(turns, (seconds, held + 1, number))
    return next(hand for hand in dealt if lead in hand)
