"""Workers, queue, policy and gate in made-up time: thousands of arrivals in a second of real time, every run the same."""

import heapq
import random
from collections.abc import Callable, Iterator, Sequence as SequenceOf
from dataclasses import dataclass, field

from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Sequence
from korotko_service.errors import KorotkoError
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import FairQueue
from korotko_service.scheduling.gate import Gate
from korotko_service.scheduling.load import RecentLoad
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Priority

PLAIN, BEAM, ALONE = DecodingOptions(), DecodingOptions(beam_size=4), DecodingOptions(reproducible=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrival:
    """A sequence as queue and policy see it."""

    length: int = 10
    target_language: str = "uk"
    options: DecodingOptions = PLAIN
    priority: Priority = Priority.INTERACTIVE
    deadline: Deadline = field(default_factory=Deadline)
    arrived: float = 0.0
    caller: str = ""
    begun: bool = False


def alike(count: int, **changes: object) -> list[Arrival]:
    return [Arrival(**changes) for _ in range(count)]  # type: ignore[arg-type]


def chosen(
    policy: BatchPolicy,
    waiting: list[Arrival],
    *,
    open_sequences: int = 0,
    open_bulk: int = 0,
    workers: int = 1,
    idle: int = 1,
    bulk_batches: int = 0,
    cost: CostModel | None = None,
    now: float = 0.0,
) -> list[int]:
    """Which of those waiting, in the order of their arrival, run now."""
    queue: FairQueue[Arrival] = FairQueue()
    for arrival in waiting:
        queue.add(arrival)
    batch = policy.next_batch(
        queue,
        open_sequences={Priority.INTERACTIVE: open_sequences, Priority.BULK: open_bulk},
        workers=workers,
        idle=idle,
        bulk_batches=bulk_batches,
        cost=cost or CostModel(workers=workers, batch_tokens=policy.max_batch_tokens),
        now=now,
    )
    return [waiting.index(entry) for entry in batch]


def size(batch: SequenceOf[Arrival]) -> tuple[int, int]:
    """Its tokens, and those of its longest sequence."""
    return sum(each.length for each in batch), max(each.length for each in batch)


def milliseconds_per_token(batch: SequenceOf[Arrival]) -> float:
    """Seconds of a batch that costs a millisecond for each padded token."""
    return max(each.length for each in batch) * len(batch) / 1000


def as_the_starter(batch: SequenceOf[Arrival]) -> float:
    """Seconds of a batch as measured with it: a step for each token of the longest sequence, and in it a part for each unfinished one."""
    tokens, longest = size(batch)
    return 0.0014 * longest + 0.0005 * tokens


@dataclass(kw_only=True)
class Simulation:
    """Without a `limit` everybody is let in. `done` has the instant of each answer, `refused` the reasons.

    A refusal costs `refusal_seconds` of a processor, which delays the batches that run. `again` says what an answered caller sends next.
    """

    policy: BatchPolicy
    arrivals: list[Arrival]
    workers: int = 2
    limit: int = 0
    refusal_seconds: float = 0.0
    seconds: Callable[[SequenceOf[Arrival]], float] = milliseconds_per_token
    again: Callable[[float], Arrival | None] = lambda now: None
    started: dict[Arrival, float] = field(default_factory=dict)
    done: dict[Arrival, float] = field(default_factory=dict)
    refused: dict[Arrival, KorotkoError] = field(default_factory=dict)
    late: list[Arrival] = field(default_factory=list)
    batches: list[list[Arrival]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue: FairQueue[Arrival] = FairQueue()
        self.cost = CostModel(workers=self.workers, batch_tokens=self.policy.max_batch_tokens)
        self.gate = Gate(name="zoo", limit=self.limit, queue=self.queue, cost=self.cost, policy=self.policy)
        self.load = {priority: RecentLoad() for priority in Priority}
        self.busy: list[tuple[float, int, list[Arrival], float]] = []
        self.coming = sorted(self.arrivals, key=_instant, reverse=True)

    def run(self) -> "Simulation":
        now = 0.0
        while self.coming or self.queue or self.busy:
            self._finish(now)
            while self.coming and self.coming[-1].arrived <= now:
                self._arrive(self.coming.pop(), now)
            self.late += self.queue.late(now)
            batch = self._next(now) if len(self.busy) < self.workers else []
            if not batch and (self.coming or self.queue or self.busy):
                now = min(self._instants(now))
        return self

    def wait(self, arrival: Arrival) -> float:
        """Seconds between arrival and answer."""
        return self.done[arrival] - arrival.arrived

    def _arrive(self, arrival: Arrival, now: float) -> None:
        sequence = Sequence(text="…", source_language="en", target_language="uk", length=arrival.length)
        order = Order(
            options=arrival.options, priority=arrival.priority, deadline=arrival.deadline, caller=arrival.caller, begun=arrival.begun
        )
        try:
            if self.limit:
                # Nobody knows when a batch will end, only how long such batches take.
                running = sum(max(0.0, self.cost.batch_seconds(*size(batch)) - (now - began)) for *_, batch, began in self.busy)
                self.gate.check([sequence], order, running_seconds=running, now=now)
        except KorotkoError as refusal:
            self.refused[arrival] = refusal
            lost = self.refusal_seconds / self.workers
            self.busy = [(end + lost, number, batch, began) for end, number, batch, began in self.busy]
        else:
            self.queue.add(arrival)

    def _next(self, now: float) -> list[Arrival]:
        entries = [each for _, _, batch, _ in self.busy for each in batch] + list(self.queue._places)
        open_sequences = {priority: sum(each.priority is priority for each in entries) for priority in Priority}
        open_sequences = {priority: self.load[priority].smoothed(count, now=now) for priority, count in open_sequences.items()}
        batch = self.policy.next_batch(
            self.queue,
            open_sequences=open_sequences,
            workers=self.workers,
            idle=self.workers - len(self.busy),
            bulk_batches=sum(batch[0].priority is Priority.BULK for *_, batch, _ in self.busy),
            cost=self.cost,
            now=now,
        )
        if batch:
            self.queue.take(batch)
            self.batches.append(batch)
            self.started |= dict.fromkeys(batch, now)
            heapq.heappush(self.busy, (now + self.seconds(batch), len(self.batches), batch, now))
        return batch

    def _finish(self, now: float) -> None:
        while self.busy and self.busy[0][0] <= now:
            end, _, batch, began = heapq.heappop(self.busy)
            self.done |= dict.fromkeys(batch, end)
            if back := [each for each in (self.again(end) for _ in batch) if each]:
                self.coming = sorted([*self.coming, *back], key=_instant, reverse=True)
            tokens, longest = size(batch)
            self.cost.learn(tokens=tokens, longest=longest, seconds=end - began, beam_size=batch[0].options.beam_size, now=end)

    def _instants(self, now: float) -> Iterator[float]:
        """Instants after `now` at which something may change."""
        if self.coming:
            yield self.coming[-1].arrived
        if self.busy:
            yield self.busy[0][0]
        if self.queue and len(self.busy) < self.workers:
            due = self.policy.due(self.queue, now=now)
            assert due > now or self.queue.has_bulk, "a free worker left due work waiting"
            yield due if due > now else now + 0.1


def _instant(arrival: Arrival) -> float:
    return arrival.arrived


def crowd(count: int, *, seconds: float, seed: int, bulk_share: float = 0.0, callers: int = 1) -> list[Arrival]:
    """Sequences of all lengths that arrive at random over that time."""
    chance = random.Random(seed)
    return [
        Arrival(
            length=chance.randint(3, 80),
            options=chance.choices([PLAIN, BEAM, ALONE], [90, 8, 2])[0],
            priority=Priority.BULK if chance.random() < bulk_share else Priority.INTERACTIVE,
            arrived=chance.uniform(0, seconds),
            caller=f"caller {chance.randrange(callers)}",
        )
        for _ in range(count)
    ]
