"""What a model's queue lets in: no caller may use up the others' room, and there must be time for what waits ahead. Pure."""

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, field
from typing import Generic

from korotko_service.admission import has_room
from korotko_service.engines.engine import Sequence
from korotko_service.errors import DeadlineTooShort, QueueFull
from korotko_service.scheduling.backlog import Backlog, bearable_seconds
from korotko_service.scheduling.batching import BatchPolicy
from korotko_service.scheduling.cost import CostModel
from korotko_service.scheduling.fair_queue import Ahead, E, FairQueue
from korotko_service.scheduling.order import Order
from korotko_service.scheduling.waiting import Newcomer, Priority

_SHORTEST_RETRY_SECONDS = 0.1
# Refused callers come back while this share of the queue still waits: later the engine might have run dry.
_RETRY_SHARE = 0.5
# Predictions are averages, and work near its deadline breaks up batches, so predicted waits are multiplied by this. In the simulations a
# lower factor leaves accepted work late at twice the capacity, and a higher one refuses what could be done.
_MARGIN = 1.75
# What was learned this long ago may have changed: if there is nothing else to do, the next caller is let in to find out. Otherwise one run
# that hung could keep all callers of a model out for ever.
_STALE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Generic[E]):
    """In front of the queue of model `name`. `limit` is in sequences; callers with less than an equal share of it may go beyond it."""

    name: str
    limit: int
    queue: FairQueue[E]
    cost: CostModel
    policy: BatchPolicy
    backlog: Backlog = field(default_factory=Backlog)

    def predicted_seconds(self, order: Order, *, tokens: int, longest: int, running_seconds: float, now: float) -> float:
        """Time until the last of so many tokens would be answered, if they came now; 0 before the first batch."""
        ahead = self.queue.ahead(_newcomer(order, tokens), overdue=self.policy.overdue(now))
        own = self._own_seconds(order, tokens, longest)
        return own + self._delay_seconds(order, ahead, running_seconds, own)

    def check(self, sequences: SequenceOf[Sequence], order: Order, *, running_seconds: float, now: float) -> None:
        """Refuse at once what cannot be served. `running_seconds` is what all workers together still need for their current batches."""
        self._check_room(order)
        tokens, longest = sum(each.length for each in sequences), max(each.length for each in sequences)
        ahead = self.queue.ahead(_newcomer(order, tokens), overdue=self.policy.overdue(now))
        own = self._own_seconds(order, tokens, longest)
        delay, left = self._delay_seconds(order, ahead, running_seconds, own), order.deadline.remaining(now)
        if self._crowds(order, tokens, delay=delay, running_seconds=running_seconds, now=now) and own <= left:
            raise self._crowded(delay)
        needed, predicted = own + _MARGIN * delay, own + delay
        if not delay and now - self.cost.learned_at > _STALE_SECONDS:
            return
        if needed <= left and self._keeps_promises(ahead, tokens, predicted, now):
            return
        # If the work by itself takes longer than the time that is left, trying again later does not help.
        wait = None if own > left else max(_SHORTEST_RETRY_SECONDS, needed - left)
        raise DeadlineTooShort(
            f"with what was accepted before, the answer would take about {predicted * 1000:.0f} ms or more; allow more time",
            retry_after_seconds=wait,
            predicted_ms=round(predicted * 1000),
        )

    def retry_seconds(self, allowed: float) -> float | None:
        """When a call whose `allowed` seconds ran out may come back; None if even one token takes longer than that."""
        return None if allowed < self.cost.own_seconds(tokens=1, longest=1) else self._half_a_queue_seconds()

    def _half_a_queue_seconds(self) -> float:
        return max(_SHORTEST_RETRY_SECONDS, self.cost.queue_seconds(self.queue.tokens) * _RETRY_SHARE)

    def _check_room(self, order: Order) -> None:
        waiting, held = len(self.queue), self.queue.held(order.caller)
        if has_room(held=held, inside=waiting, callers=self.queue.callers(order.caller), limit=self.limit):
            return
        wait = self._half_a_queue_seconds()
        raise QueueFull(
            f"{waiting} sentences are waiting for {self.name}, {held} of them yours, the limit is {self.limit}; try again in {wait:.1f} s",
            retry_after_seconds=wait,
            model=self.name,
            limit=self.limit,
        )

    def _crowds(self, order: Order, tokens: int, *, delay: float, running_seconds: float, now: float) -> bool:
        """Whether to refuse it so that a standing queue becomes short. Streams send only as fast as they are answered, so they may wait."""
        if order.priority is Priority.BULK:
            return False
        waiting = running_seconds / self.cost.workers + self.cost.queue_seconds(self.queue.interactive_tokens)
        taken, token_seconds = self.queue.interactive_taken, self.cost.token_seconds(self.queue.interactive_tokens)
        stands = self.backlog.stands(waiting, coming=tokens, taken=taken, token_seconds=token_seconds, now=now)
        if not stands or order.begun or delay <= bearable_seconds(order.deadline.remaining(now)):
            return False
        # A call that was let in is let in whole: half of an article's languages are worth less than the work.
        return not self.queue.waits_with(order.caller, order.priority, order.deadline)

    def _crowded(self, delay: float) -> QueueFull:
        return QueueFull(
            f"more is asked of {self.name} than it can do, and the answer would wait for {delay:.1f} s; try again then",
            retry_after_seconds=delay,
            model=self.name,
            predicted_ms=round(delay * 1000),
        )

    def _keeps_promises(self, ahead: Ahead[E], tokens: int, predicted: float, now: float) -> bool:
        """Whether none of the same caller's sequences with later deadlines, which were accepted before, would be late because of these."""
        if not ahead.overtaken:
            return True
        # A caller gets its share of the engine: its own tokens take longer by the turns of others that lie between them.
        all_tokens = ahead.own + ahead.others + tokens
        each = self.cost.token_seconds(all_tokens) * all_tokens / (ahead.own + tokens) * _MARGIN
        delay = each * tokens
        finish = _MARGIN * predicted - delay
        for deadline, _, entry in ahead.overtaken:
            finish += each * entry.length
            # What would be late anyway needs no protection.
            if finish / _MARGIN <= deadline - now < finish + delay:
                return False
        return True

    def _delay_seconds(self, order: Order, ahead: Ahead[E], running_seconds: float, own: float) -> float:
        """Time until its turn comes, and what a batch of the usual size takes longer than it does by itself."""
        busy = running_seconds / self.cost.workers + self.cost.queue_seconds(ahead.own + ahead.others)
        if order.priority is Priority.BULK:
            # One worker may be kept free of bulk all the time.
            busy *= self.cost.workers / max(1, self.cost.workers - 1)
        return busy + max(0.0, self.cost.usual_seconds - own) if busy else 0.0

    def _own_seconds(self, order: Order, tokens: int, longest: int) -> float:
        return self.cost.own_seconds(tokens=tokens, longest=longest, beam_size=order.options.beam_size)


def _newcomer(order: Order, tokens: int) -> Newcomer:
    return Newcomer(caller=order.caller, priority=order.priority, deadline=order.deadline, tokens=tokens)
