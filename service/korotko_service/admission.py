"""Who may enter: permits for calls, limits for sizes. A refusal comes before any real work."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from korotko_service.errors import Draining, FieldInvalid, ModelLoading, QueueFull, TextTooLong, TooManyItems

_RETRY_WHILE_LOADING_SECONDS = 2.0
_RETRY_WHILE_DRAINING_SECONDS = 0.5
_RETRY_WHILE_FULL_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one call may bring. Characters are Unicode code points."""

    max_text_characters: int
    max_concurrent_calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How many of something one call may bring: at most `most`, and at least one if `required`."""

    most: int
    noun: str
    remedy: str = "send fewer"
    required: bool = False

    def check(self, count: int, *, field: str = "") -> None:
        if self.required and not count:
            raise FieldInvalid(f"no {self.noun}; send at least one", field=field)
        if count > self.most:
            raise TooManyItems(f"{count} {self.noun}, the limit is {self.most}; {self.remedy}", field=field, limit=self.most, actual=count)


def has_room(*, held: int, inside: int, callers: int, limit: int) -> bool:
    """Whether a caller may have one more inside: while there is room, and beyond that while holding less than an equal share of it.

    So a lone caller may use all the room, nobody can keep the others out, and there are never twice as many inside as the limit.
    """
    return inside < limit or held * callers < limit


class Admission:
    """The door: closed while models load and while the server drains, full at `max_concurrent_calls`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.draining = asyncio.Event()
        self._ready = False
        self._callers: Counter[str] = Counter()
        self._empty = asyncio.Event()
        self._empty.set()

    def open(self) -> None:
        """The models are warm: let calls in."""
        self._ready = True

    def drain(self) -> None:
        """Let nobody else in; those inside finish."""
        self.draining.set()

    async def emptied(self) -> None:
        """Return when the last call has left."""
        await self._empty.wait()

    def check_open(self) -> None:
        """Raise Draining or ModelLoading while no caller at all is let in."""
        if self.draining.is_set():
            raise Draining(
                "this server is shutting down; try again: another replica or its successor will answer",
                retry_after_seconds=_RETRY_WHILE_DRAINING_SECONDS,
            )
        if not self._ready:
            raise ModelLoading("models are loading; try again shortly", retry_after_seconds=_RETRY_WHILE_LOADING_SECONDS)

    @contextmanager
    def permit(self, caller: str = "") -> Iterator[None]:
        """The right to be inside for as long as the answer takes. `caller` says who calls, so that nobody takes all the room."""
        self.check_open()
        self._check_room(caller)
        self._callers[caller] += 1
        self._empty.clear()
        try:
            yield
        finally:
            self._callers[caller] -= 1
            if not self._callers[caller]:
                del self._callers[caller]
            if not self._callers:
                self._empty.set()

    def _check_room(self, caller: str) -> None:
        held, inside, limit = self._callers[caller], self._callers.total(), self.limits.max_concurrent_calls
        if not has_room(held=held, inside=inside, callers=len(self._callers) + (caller not in self._callers), limit=limit):
            raise QueueFull(
                f"{inside} calls are being worked on, {held} of them yours, and the limit is {limit}; try again shortly",
                retry_after_seconds=_RETRY_WHILE_FULL_SECONDS,
                limit=limit,
            )

    def check_text(self, text: str, *, field: str, truncates: bool = False) -> None:
        """Refuse a text without words, or over the limit where the caller does not accept truncation."""
        if not text.strip():
            raise FieldInvalid("the text is empty; send at least one sentence", field=field)
        limit = self.limits.max_text_characters
        if len(text) > limit and not truncates:
            raise TextTooLong(
                f"{len(text)} characters, the limit is {limit}; split the text, or ask for TRUNCATION_POLICY_TRUNCATE",
                field=field,
                limit=limit,
                actual=len(text),
            )
