"""An edition: what serves together and never changes; a call keeps the one that it began with."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from korotko_service.catalog import Catalog
from korotko_service.engines.manifest import Manifest
from korotko_service.scheduling.loadable import Loadable

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edition(Generic[T]):
    """A catalog, its models by reference (name@version), and the use cases over both."""

    catalog: Catalog
    members: Mapping[str, Loadable]
    cases: T

    def ready(self, manifest: Manifest) -> bool:
        """Whether that model is in memory and in order."""
        model = self.members[manifest.reference]
        return model.scheduler is not None and not model.out_of_order

    def same(self, manifest: Manifest) -> Loadable | None:
        """The model of this edition that is what the manifest describes, to the last byte and setting."""
        known = next((each for each in self.catalog.models if each.reference == manifest.reference), None)
        return self.members[known.reference] if known and known.identity == manifest.identity else None

    def without(self, other: "Edition[T]") -> tuple[Loadable, ...]:
        """Models of this edition that the other one does not have."""
        shared = set(other.members.values())
        return tuple(model for model in self.members.values() if model not in shared)


class Editions(Generic[T]):
    """The edition that serves, and how many calls are inside each."""

    def __init__(self, first: Edition[T]) -> None:
        self.current = first
        self._calls: Counter[Edition[T]] = Counter()
        self._left = asyncio.Event()

    @contextmanager
    def lease(self) -> Iterator[T]:
        """The current use cases. Their models stay until the block ends, whatever serves newcomers meanwhile."""
        edition = self.current
        self._calls[edition] += 1
        try:
            yield edition.cases
        finally:
            self._calls[edition] -= 1
            self._left.set()

    def swap(self, successor: Edition[T]) -> Edition[T]:
        """Let newcomers have the successor, in one step; gives the edition before."""
        before, self.current = self.current, successor
        return before

    async def emptied(self, edition: Edition[T]) -> None:
        """Return when the last call inside an edition that serves no newcomers has ended."""
        while self._calls[edition]:
            self._left.clear()
            await self._left.wait()
        del self._calls[edition]
