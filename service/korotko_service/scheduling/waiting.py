"""What the queue and the policy know about a waiting sequence: how long it is, how urgent, and whose."""

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
    """A waiting sequence, equal only to itself. `length` in tokens, instants in seconds on the monotonic clock;
    `begun` as in Order."""

    @property
    def length(self) -> int: ...
    @property
    def target_language(self) -> str: ...
    @property
    def options(self) -> DecodingOptions: ...
    @property
    def priority(self) -> Priority: ...
    @property
    def deadline(self) -> Deadline: ...
    @property
    def arrived(self) -> float: ...
    @property
    def caller(self) -> str: ...
    @property
    def begun(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Work that asks to be let in: whose it is, how urgent, and how many tokens."""

    caller: str
    priority: Priority
    deadline: Deadline
    tokens: int
