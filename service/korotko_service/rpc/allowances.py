"""What a caller may do and how much of it: roles, and quotas in characters."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from korotko_service.access import Holder, Role
from korotko_service.errors import KorotkoError, QualityRejected, QuotaExceeded, RoleMissing, WorkerCrashed
from korotko_service.pipeline.results import Item
from korotko_service.quota import Bucket
from korotko_service.scheduling.waiting import Priority

_OF_PRIORITY = {Priority.INTERACTIVE: Role.INTERACTIVE, Priority.BULK: Role.BULK}
_INSTEAD = {Role.INTERACTIVE: "; or send the call with PRIORITY_BULK", Role.BULK: "; or send single calls with PRIORITY_INTERACTIVE"}
_AFTER_WORK = (QualityRejected, WorkerCrashed)
GiveBack = Callable[[int], None]


class Allowances:
    """The buckets of callers with a quota, each kept as long as that quota stays the same, whatever else about the caller changes."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    @contextmanager
    def allowed(self, holder: Holder, role: Role, *, priority: Priority | None, characters: int, now: float) -> Iterator[GiveBack]:
        """Check the roles and take the characters; RoleMissing or QuotaExceeded. A refusal inside the block gives them back, unless models
        had already worked; the function that is yielded gives back a part of them."""
        _check(holder, role)
        if priority is not None:
            _check(holder, _OF_PRIORITY[priority])
        bucket = self._taken(holder, characters, now)
        give_back = bucket.give_back if bucket else _nothing
        try:
            yield give_back
        except KorotkoError as error:
            if not isinstance(error, _AFTER_WORK):
                give_back(characters)
            raise

    def _taken(self, holder: Holder, characters: int, now: float) -> Bucket | None:
        if holder.characters_per_minute is None:
            return None
        bucket = self._buckets.get(holder.name)
        if bucket is None or bucket.per_minute != holder.characters_per_minute:
            bucket = self._buckets[holder.name] = Bucket(per_minute=holder.characters_per_minute, now=now)
        if wait := bucket.take(characters, now=now):
            seconds = ceil(wait * 1000) / 1000
            raise QuotaExceeded(
                f"the quota of {bucket.per_minute} characters a minute is used up; send these {characters} again in {seconds} s, "
                "or ask the server's operator for more",
                subject=f"caller:{holder.name}",
                retry_after_seconds=seconds,
                limit=bucket.per_minute,
                actual=characters,
            )
        return bucket


def unworked(texts: Iterable[str], items: Iterable[Item[Any]]) -> int:
    """How many characters are in texts that were refused before any model worked on them."""
    return sum(len(text) for text, item in zip(texts, items, strict=False) if _refused(item))


def fruitless(items: Collection[Item[Any]]) -> bool:
    """Whether every item was refused, each for a reason that comes before any model's work."""
    return bool(items) and all(map(_refused, items))


def _refused(item: Item[Any]) -> bool:
    return item.error is not None and not isinstance(item.error, _AFTER_WORK)


def _nothing(_: int) -> None:
    """Without a quota there is nothing to give back."""


def _check(holder: Holder, role: Role) -> None:
    if role not in holder.roles:
        held = ", ".join(each for each in Role if each in holder.roles) or "none"
        raise RoleMissing(
            f"this call needs the role {role.value!r}, and this token has {held}; ask the server's operator for it{_INSTEAD.get(role, '')}",
            role=role.value,
            roles=held,
        )
