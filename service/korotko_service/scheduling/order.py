"""What goes through a scheduler: a caller's order, the entries it becomes in the queue, and the outcomes that come back."""

import asyncio
from dataclasses import dataclass, field

from korotko_service.cache import CacheMode
from korotko_service.deadline import Deadline
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.scheduling.waiting import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How urgently a caller wants its sequences, until when, and what it allows the cache. `caller` distinguishes callers, no more.

    `begun`: work was done for the same call before and would be lost, so a standing queue does not turn it away. It may wait a little for
    others that decode alike.
    """

    options: DecodingOptions = field(default_factory=DecodingOptions)
    priority: Priority = Priority.INTERACTIVE
    deadline: Deadline = field(default_factory=Deadline)
    caller: str = ""
    cache: CacheMode = CacheMode.DEFAULT
    begun: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A generation, how long its sequence waited, and how long the batch that held it ran (seconds); both 0 if it was `cached`."""

    generation: Generation
    queue_seconds: float = 0.0
    engine_seconds: float = 0.0
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A sequence in the queue and the future its caller awaits; `arrived` on the monotonic clock."""

    sequence: Sequence
    order: Order
    arrived: float
    future: asyncio.Future[Outcome]

    @property
    def length(self) -> int:
        return self.sequence.length

    @property
    def target_language(self) -> str:
        return self.sequence.target_language

    @property
    def options(self) -> DecodingOptions:
        return self.order.options

    @property
    def priority(self) -> Priority:
        return self.order.priority

    @property
    def deadline(self) -> Deadline:
        return self.order.deadline

    @property
    def caller(self) -> str:
        return self.order.caller

    @property
    def begun(self) -> bool:
        return self.order.begun

    def deliver(self, outcome: Outcome | Exception) -> None:
        """Hand the outcome to the caller, if it still waits."""
        if self.future.done():
            return
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)
