"""Bring up an edition from the model folders: the first at the start, the next one beside it while it serves.

A model that did not change is kept as it is. Whatever goes wrong, with a folder, a digest, an engine or a trial in one direction, the
edition that serves goes on and the log says why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from korotko_service.catalog import Catalog
from korotko_service.editions.edition import Edition, Editions
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid
from korotko_service.scheduling.fleet import Fleet, Models
from korotko_service.scheduling.loadable import Loadable
from korotko_service.scheduling.workers import WorkerPool
from korotko_service.telemetry import Metrics

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Makings(Generic[T]):
    """How an edition is made: `find` reads the folders and `verify` the files of one (both block), the rest builds parts."""

    find: Callable[[], Iterable[Manifest]]
    verify: Callable[[Manifest], None]
    loadable: Callable[[Manifest, str], Loadable]
    cases: Callable[[Catalog, Models], T]
    accept_noncommercial: bool
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """How models come into memory: at the start or at the first call, and how many bytes of weights may be there (0: any)."""

    lazy: bool = False
    budget_bytes: int = 0

    def check(self, models: Sequence[Loadable]) -> None:
        """Refuse models that can never be there: one alone, or where all are to be there at once, all together."""
        if not self.budget_bytes:
            return
        for model in models:
            if model.weight_bytes > self.budget_bytes:
                raise ModelInvalid(
                    f"model {model.name!r} alone takes {model.weight_bytes} bytes, more than memory_budget_bytes = {self.budget_bytes}"
                )
        total = sum(model.weight_bytes for model in models)
        if not self.lazy and total > self.budget_bytes:
            raise ModelInvalid(
                f"the models take {total} bytes together, more than memory_budget_bytes = {self.budget_bytes}; "
                'allow more, remove some, or set loading = "lazy"'
            )


class Succession(Generic[T]):
    """Owns which edition serves. `start` and `reload` are awaited one at a time."""

    def __init__(self, *, makings: Makings[T], memory: Memory, fleet: Fleet, loaders: WorkerPool, metrics: Metrics) -> None:
        self._makings = makings
        self._memory = memory
        self._fleet = fleet
        self._loaders = loaders
        self._metrics = metrics
        self.editions = Editions(self._made(tuple(makings.find()), None))

    async def start(self) -> None:
        """Bring the first edition into memory or, where models are loaded when they are needed, verify its files."""
        first = self.editions.current
        if self._memory.lazy:
            await self._verify(first.catalog.models)
            return
        for model in first.members.values():
            await self._fleet.load(model)

    async def reload(self) -> None:
        """Read the folders again and let what they hold now take over; where it cannot, all stays as it was.

        Returns when the last call of the edition before has ended and its models are closed.
        """
        try:
            successor = await self._successor()
        except Exception as error:
            await self._allow_unloading()  # First: whoever sees the failure counted finds all as it was before the reload.
            log.error("reload_failed", error=type(error).__name__, reason=str(error))
            self._metrics.reloads.labels("failed").inc()
            return
        before = self.editions.swap(successor)
        self._metrics.reloads.labels("done").inc()
        log.info("reloaded", models=list(successor.members), new=[model.name for model in successor.without(before)])
        await self.editions.emptied(before)
        await self._retire(before.without(successor))

    async def _successor(self) -> Edition[T]:
        """An edition that has shown that it works. New models are tried even where they would be loaded later."""
        current = self.editions.current
        found = await self._loaders.run(lambda: tuple(self._makings.find()))
        successor = self._made(found, current)
        leaving, fresh = current.without(successor), successor.without(current)
        try:
            for model in leaving:
                model.irreplaceable = True  # Its files may be gone: unloaded now, it could not come back if the reload fails.
            await self._verify(manifest for manifest in successor.catalog.models if successor.members[manifest.reference] not in fresh)
            for model in fresh:
                await self._fleet.load(model)
        except BaseException:
            await self._retire(fresh)
            raise
        for model in successor.members.values():
            model.irreplaceable = False
        return successor

    async def _allow_unloading(self) -> None:
        """After a reload that failed: only models whose files are still what they were may make room for others."""
        current = self.editions.current
        for manifest in current.catalog.models if self._memory.lazy else ():
            current.members[manifest.reference].irreplaceable = not await self._intact(manifest)

    async def _intact(self, manifest: Manifest) -> bool:
        try:
            await self._verify((manifest,))
        except (ModelInvalid, OSError):
            return False
        return True

    def _made(self, found: Sequence[Manifest], before: Edition[T] | None) -> Edition[T]:
        """The edition of the models found, with the loaded ones of the edition before where nothing about them changed."""
        makings = self._makings
        catalog = Catalog(found, accept_noncommercial=makings.accept_noncommercial)
        if not catalog.models:
            raise ModelInvalid(f"no usable model in {makings.where}; see `korotko-service models list`")
        members = {
            manifest.reference: (before and before.same(manifest)) or makings.loadable(manifest, catalog.label(manifest))
            for manifest in catalog.models
        }
        self._memory.check(tuple(members.values()))
        return Edition(catalog=catalog, members=members, cases=makings.cases(catalog, Models(fleet=self._fleet, members=members)))

    async def _verify(self, manifests: Iterable[Manifest]) -> None:
        for manifest in manifests:
            await self._loaders.run(lambda: self._makings.verify(manifest))  # noqa: B023  # Awaited before the next.

    async def _retire(self, models: Iterable[Loadable]) -> None:
        for model in models:
            await self._fleet.retire(model)
