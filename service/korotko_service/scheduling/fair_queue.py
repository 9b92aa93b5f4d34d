"""The queue of one model: who goes next when several callers wait. Pure: no clock, no loop.

Callers share by start-time fair queueing (Goyal, Vin, Cheng: Start-time Fair Queueing, 1997) over tokens: each caller has a tag, the
tokens that it has been served so far, and the lowest tag goes next; a caller who was away starts at the tag now in service, so nobody
saves up turns. One caller's own sequences go by earliest deadline. Everything here is a lookup in a short sorted list, so that
a queue of thousands costs microseconds.
"""

import heapq
import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from korotko_service.deadline import Deadline
from korotko_service.scheduling.waiting import Newcomer, Priority, Waiting

E = TypeVar("E", bound=Waiting)
Place = tuple[float, int, E]
"""An entry with its deadline and the number of its arrival."""

# How many tags of callers with nothing waiting are kept before those that no longer matter are forgotten.
_REMEMBERED = 256
# A caller with something waiting is assumed to send as much again before its neighbours are done.
_MORE_TO_COME = 2
_number = itemgetter(1)


@dataclass(slots=True, kw_only=True)
class Flow(Generic[E]):
    """What one caller has waiting at one priority, in two orders."""

    priority: Priority
    tag: float
    by_deadline: list[Place[E]] = field(default_factory=list)
    by_arrival: list[Place[E]] = field(default_factory=list)
    tokens: int = 0

    @property
    def oldest(self) -> E:
        return self.by_arrival[0][-1]

    def __len__(self) -> int:
        return len(self.by_arrival)


class Line(NamedTuple, Generic[E]):
    """A caller's flow as it stands in line now: its tag, and its places in the order in which they go. (A tuple, because many are made.)"""

    flow: Flow[E]
    tag: float
    places: SequenceOf[Place[E]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead(Generic[E]):
    """What a newcomer finds: tokens of its own caller and of others that go before it, and its caller's places that it overtakes."""

    own: int
    others: float
    overtaken: SequenceOf[Place[E]]


class FairQueue(Generic[E]):
    """Entries are added in the order of their arrival and leave in any order."""

    def __init__(self) -> None:
        self._flows: dict[tuple[str, Priority], Flow[E]] = {}
        self._tags: dict[tuple[str, Priority], float] = {}
        self._places: dict[E, Place[E]] = {}
        self._ends: list[Place[E]] = []
        self._held: dict[str, int] = {}
        self._count = 0
        self._served = 0.0
        self.interactive_taken = 0
        """Interactive tokens that have been taken out to run since the beginning."""

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, entry: E) -> bool:
        return entry in self._places

    @property
    def has_bulk(self) -> bool:
        """Whether anything of low priority waits."""
        return any(flow.priority is Priority.BULK for flow in self._flows.values())

    @property
    def tokens(self) -> int:
        """All tokens that wait."""
        return sum(flow.tokens for flow in self._flows.values())

    @property
    def interactive_tokens(self) -> int:
        """All tokens that wait at that priority."""
        return sum(flow.tokens for flow in self._flows.values() if flow.priority is Priority.INTERACTIVE)

    def waits_with(self, caller: str, priority: Priority, deadline: Deadline) -> bool:
        """Whether part of the same call waits: something of that caller with exactly its deadline, since no two calls begin at once."""
        flow = self._flows.get((caller, priority))
        places = flow.by_deadline if flow else []
        position = bisect_left(places, (deadline.at,))
        return position < len(places) and places[position][0] == deadline.at

    def held(self, caller: str) -> int:
        """How many sequences of that caller wait."""
        return self._held.get(caller, 0)

    def callers(self, besides: str) -> int:
        """How many callers have something waiting; the one named counts in any case."""
        return len(self._held) + (besides not in self._held)

    def add(self, entry: E) -> None:
        self._count += 1
        place = self._places[entry] = (entry.deadline.at, self._count, entry)
        key = (entry.caller, entry.priority)
        if key not in self._flows:
            self._flows[key] = Flow(priority=entry.priority, tag=max(self._tags.pop(key, 0.0), self._served))
        flow = self._flows[key]
        insort(flow.by_deadline, place)
        flow.by_arrival.append(place)
        flow.tokens += entry.length
        self._held[entry.caller] = self.held(entry.caller) + 1
        if math.isfinite(entry.deadline.at):
            insort(self._ends, place)

    def discard(self, entry: E) -> bool:
        """Take out one that nobody waits for; whether it was there."""
        there = entry in self._places
        if there:
            self._remove(entry)
        return there

    def take(self, batch: SequenceOf[E]) -> None:
        """Take out a batch that runs now, its lead first, and charge its callers for it."""
        self._served = max(self._served, self._flows[batch[0].caller, batch[0].priority].tag)
        for entry in batch:
            flow = self._flows[entry.caller, entry.priority]
            flow.tag = max(flow.tag, self._served) + entry.length
            if entry.priority is Priority.INTERACTIVE:
                self.interactive_taken += entry.length
            self._remove(entry)
        if not self._places:
            # A busy period is over, and with it what anybody owes for it.
            self._tags.clear()
            self._served = 0.0
        elif len(self._tags) > _REMEMBERED:
            self._tags = {key: tag for key, tag in self._tags.items() if tag > self._served}

    def late(self, now: float) -> list[E]:
        """Those whose deadline has passed, taken out."""
        gone = [place[-1] for place in self._ends[: bisect_right(self._ends, (now, math.inf))]]
        for entry in gone:
            self._remove(entry)
        return gone

    def urgent(self, *, overdue: float) -> list[Line[E]]:
        """The callers who go first: interactive ones, and bulk ones whose oldest sequence came at `overdue` or before.

        Overdue bulk goes by arrival, so that none of it waits for ever.
        """
        return [
            self._line(flow, flow.by_deadline if flow.priority is Priority.INTERACTIVE else flow.by_arrival)
            for flow in self._flows.values()
            if flow.priority is Priority.INTERACTIVE or flow.oldest.arrived <= overdue
        ]

    def patient(self) -> list[Line[E]]:
        """The callers of bulk, for when nothing is urgent."""
        return [self._line(flow, flow.by_deadline) for flow in self._flows.values() if flow.priority is Priority.BULK]

    def first(self, lines: SequenceOf[Line[E]], count: int) -> list[E]:
        """The next `count` entries of these lines: always from the one with the lowest tag, among equals the earliest deadline."""
        if len(lines) == 1:
            return [place[-1] for place in lines[0].places[:count]]
        turns = [(line.tag, *line.places[0][:2], index, 0) for index, line in enumerate(lines)]
        heapq.heapify(turns)
        chosen: list[E] = []
        while turns and len(chosen) < count:
            tag, _, _, index, position = turns[0]
            places = lines[index].places
            chosen.append(entry := places[position][-1])
            if position + 1 < len(places):
                heapq.heapreplace(turns, (tag + entry.length, *places[position + 1][:2], index, position + 1))
            else:
                heapq.heappop(turns)
        return chosen

    def ahead(self, newcomer: Newcomer, *, overdue: float) -> Ahead[E]:
        """What will be served before the last of a newcomer's tokens, if the others go on sending as they do.

        From each caller with whom it takes turns, as many tokens as it needs itself, unless that one will not have so many; from its own
        caller, what has an earlier deadline; ahead of bulk, also all that is urgent.
        """
        own = self._flows.get((newcomer.caller, newcomer.priority))
        position = bisect_right(own.by_deadline, (newcomer.deadline.at, math.inf)) if own else 0
        before = math.ceil(own.tokens * position / len(own)) if own else 0
        others = [flow for flow in self._flows.values() if flow is not own]
        urgent = [flow for flow in others if flow.priority is Priority.INTERACTIVE or flow.oldest.arrived <= overdue]
        rivals, first = urgent, 0
        if newcomer.priority is Priority.BULK:
            first, rivals = sum(flow.tokens for flow in urgent), [flow for flow in others if flow.priority is Priority.BULK]
        need = before + newcomer.tokens + (max(0.0, own.tag - self._served) if own else 0.0)
        turns = sum(min(need, _MORE_TO_COME * flow.tokens) for flow in rivals)
        return Ahead(own=before, others=first + turns, overtaken=own.by_deadline[position:] if own else ())

    def _line(self, flow: Flow[E], places: SequenceOf[Place[E]]) -> Line[E]:
        return Line(flow, flow.tag if flow.tag > self._served else self._served, places)

    def _remove(self, entry: E) -> None:
        place, key = self._places.pop(entry), (entry.caller, entry.priority)
        flow = self._flows[key]
        del flow.by_deadline[bisect_left(flow.by_deadline, place)]
        del flow.by_arrival[bisect_left(flow.by_arrival, place[1], key=_number)]
        flow.tokens -= entry.length
        if math.isfinite(place[0]):
            del self._ends[bisect_left(self._ends, place)]
        if not flow.by_arrival:
            del self._flows[key]
            if flow.tag > self._served:
                self._tags[key] = flow.tag
        self._held[entry.caller] -= 1
        if not self._held[entry.caller]:
            del self._held[entry.caller]
