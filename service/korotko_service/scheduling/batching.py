"""Decide which waiting sequences form the next batch, and when: pure rules, time handed in.

Order: interactive before bulk; within both the callers take turns, each with its earliest deadline (`fair_queue`). Bulk that has waited
long enough takes turns with the interactive callers, so that it is never starved. Around the first sequence in that order the batch is
filled with those of the most similar length, because it takes as many steps as its longest sequence. What a call asks for a second time
lets full batches go first for a while: its near deadline brings it to the front, where few others decode as it does, and a batch of one
takes nearly the time of several. Patient bulk never fills up an interactive batch, which would only grow longer. While interactive
callers are about it leaves one worker free, and its own batches are short, because a batch that has begun keeps its worker. Batch size
follows the load: with few sequences open each free worker gets its share at once, so a lone caller never waits for company; with many,
a batch may wait up to `max_wait_seconds` for its share; but not what comes a second time when nothing runs any more, for the load that
was seen may be the very call that it comes from. Where all that waits begins at once, on several workers, like lengths do not
matter but that none has all the long ones: they are dealt out so that the workers end together.
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

# However near a deadline is, a batch may hold so many sequences like its first one: small batches would make all that follow late.
_LEAST_BATCH = 16
# As many as news are translated into here.
_TARGETS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPolicy:
    """The rules' figures. `max_batch_tokens` bounds sequences times the longest of them: what the engine keeps in memory.

    `one_target` keeps target languages apart, for a model that writes each from a list of its own (engines/lists).

    Work that was `begun` lets full batches go first for at most `company_seconds`, and for a quarter of the time that it has.

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
        """What should run now, still in the queue; nothing means wait until `due`, or where that has passed until a batch ends.

        `idle` workers have nothing to do, the one that asks among them; `bulk_batches` of the workers' run bulk now.

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
        if alone and waiting < share and now < self._due(lines) and not (idle == workers and queue.first(lines, 1)[0].begun):
            return []
        # Twice the share, or that of all who are idle, is enough to find near lengths in or to deal out, and keeps the least urgent out of
        # a batch that cannot hold everything. Of several target languages that are kept apart one may have but a part of it.
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
        alike = Counter(self._kind(entry) for entry in window if not entry.options.reproducible)
        return next((entry for entry in window if alike[self._kind(entry)] >= most), first)

    def _kind(self, entry: E) -> tuple[DecodingOptions, str]:
        """What is equal for all of a batch."""
        return entry.options, entry.target_language if self.one_target else ""

    def _are_alike(self, entries: SequenceOf[E]) -> bool:
        """Whether they may share a batch."""
        return len({self._kind(entry) for entry in entries}) == 1

    def _filled(self, lead: E, window: SequenceOf[E], *, most: float, latest: float, cost: CostModel, now: float) -> list[E]:
        """The most urgent sequence and its best company: urgent ones came first into the window, near lengths come first out of it.

        The batch is over by `latest`, and by the earliest deadline in it as far as that does not make it small.
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
    """The hand that the lead is in where all are dealt out, at most so many to each: the longest first, each to whoever is done first."""
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
