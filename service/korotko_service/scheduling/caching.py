"""A scheduler that computes nothing twice: known sequences are answered from the cache, identical ones in flight are run once."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence as SequenceOf
from dataclasses import dataclass
from typing import Unpack

from korotko_service import __version__
from korotko_service.cache import Cache, CacheMode
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.errors import WorkerCrashed
from korotko_service.scheduling.order import Entry, Order, Outcome
from korotko_service.scheduling.scheduler import Parts, Scheduler

# Increased whenever the meaning of a key or of a generation changes.
_FORMAT = 1
_KEY_BYTES = 16
# Calls that are sent together have deadlines a little apart.
_AS_URGENT = 1.25


@dataclass(slots=True)
class Flight:
    """A sequence that is being computed for its leader, and for all who came later and wait for the same."""

    entry: Entry
    followers: int = 0
    deserted: bool = False


class CachingScheduler(Scheduler):
    """Answers what it has answered before from the cache, and everything else as its parent does."""

    def __init__(self, *, cache: Cache[Generation] | None, identity: object, **parts: Unpack[Parts]) -> None:
        """`identity` is all that the engine is made from; it is part of every key, so an engine never gets another one's answers. Without a
        cache everything is computed."""
        super().__init__(**parts)
        self._cache = cache
        self._flights: dict[bytes, Flight] = {}
        self._led: dict[Entry, Flight] = {}
        self._origin = hashlib.blake2b(repr((_FORMAT, __version__, identity)).encode(), digest_size=_KEY_BYTES)
        lookups = {result: self._metrics.cache_lookups.labels(self._name, result) for result in ("hit", "miss", "joined")}
        self._hits, self._misses, self._joins = lookups["hit"].inc, lookups["miss"].inc, lookups["joined"].inc

    async def run(self, sequences: SequenceOf[Sequence], order: Order) -> list[Outcome]:
        """As the parent does; outcomes from the cache say so, and need no room in the queue."""
        if self._cache is None or order.cache is CacheMode.BYPASS or not sequences:
            return await super().run(sequences, order)
        keys = [self._key(sequence, order.options) for sequence in sequences]
        outcomes = dict(self._recalled(self._cache, keys) if order.cache is CacheMode.DEFAULT else ())
        async with self.until(order):
            while missing := [index for index in range(len(keys)) if index not in outcomes]:
                outcomes |= await self._round({index: (keys[index], sequences[index]) for index in missing}, order)
        return [outcomes[index] for index in range(len(keys))]

    def withdraw(self, entries: Iterable[Entry]) -> None:
        """As the parent does, but those that others also wait for stay."""
        alone = []
        for entry in entries:
            flight = self._led.get(entry)
            if flight is not None and flight.followers:
                flight.deserted = True
            else:
                alone.append(entry)
        super().withdraw(alone)

    async def _round(self, missing: dict[int, tuple[bytes, Sequence]], order: Order) -> dict[int, Outcome]:
        """One try: lead what nobody computes yet, follow the rest. What a leader gave up is missing from the result."""
        led: dict[int, tuple[bytes, Sequence]] = {}
        followed: dict[int, bytes] = {}
        coming, now = set[bytes](), self._clock()
        for index, (key, sequence) in missing.items():
            if order.cache is CacheMode.DEFAULT and (key in coming or self._serves(self._flights.get(key), order, now)):
                followed[index] = key
            else:
                coming.add(key)
                led[index] = key, sequence
        entries = self.accept([sequence for _, sequence in led.values()], order) if led else []
        self._misses(len(entries))
        self._joins(len(followed))
        for (key, _), entry in zip(led.values(), entries, strict=True):
            self._take_off(key, entry)
        following = [asyncio.ensure_future(self._follow(self._flights[key])) for key in followed.values()]
        try:
            found = await _all_or_first_error([*(entry.future for entry in entries), *following])
        finally:
            for task in following:
                task.cancel()
            self.withdraw(entries)
        return {index: outcome for index, outcome in zip((*led, *followed), found, strict=True) if outcome is not None}

    def _serves(self, flight: Flight | None, order: Order, now: float) -> bool:
        """Whether following costs no time: the flight is about as urgent as the order or more, and not deep in another caller's backlog."""
        if flight is None or flight.entry.priority > order.priority:
            return False
        if flight.entry.deadline.remaining(now) > _AS_URGENT * order.deadline.remaining(now):
            return False
        leader = flight.entry.caller
        soon = flight.entry not in self._queue or self._queue.held(leader) <= self._policy.max_batch_sequences
        return soon or leader == order.caller

    def _take_off(self, key: bytes, entry: Entry) -> None:
        flight = self._flights[key] = self._led[entry] = Flight(entry)
        entry.future.add_done_callback(lambda future: self._land(key, flight, future))

    def _land(self, key: bytes, flight: Flight, future: "asyncio.Future[Outcome]") -> None:
        """End the flight and cache its result; a failure is not cached."""
        del self._led[flight.entry]
        if self._flights.get(key) is flight:
            del self._flights[key]
        if self._cache is not None and not future.cancelled() and future.exception() is None:
            generation = future.result().generation
            self._cache.put(key, generation, value_bytes=len(generation.text.encode()))

    async def _follow(self, flight: Flight) -> Outcome | None:
        """What the leader gets; None if it was cancelled, or refused for reasons of its own."""
        flight.followers += 1
        future = flight.entry.future
        try:
            await asyncio.wait((future,))
            if future.cancelled() or (isinstance(error := future.exception(), Exception) and not isinstance(error, WorkerCrashed)):
                return None
            return future.result()
        finally:
            flight.followers -= 1
            if flight.deserted and not flight.followers:
                super().withdraw((flight.entry,))

    def _recalled(self, cache: Cache[Generation], keys: SequenceOf[bytes]) -> list[tuple[int, Outcome]]:
        found = [(index, Outcome(generation=known, cached=True)) for index, key in enumerate(keys) if (known := cache.get(key)) is not None]
        self._hits(len(found))
        return found

    def _key(self, sequence: Sequence, options: DecodingOptions) -> bytes:
        digest = self._origin.copy()
        digest.update(repr((sequence.source_language, sequence.target_language, options)).encode())
        digest.update(sequence.text.encode())
        return digest.digest()


async def _all_or_first_error(futures: SequenceOf[asyncio.Future[Outcome] | asyncio.Future[Outcome | None]]) -> list[Outcome | None]:
    """Like `asyncio.gather`, but when it is cancelled it does not cancel the futures: others may wait for them too."""
    done, _ = await asyncio.wait(futures, return_when=asyncio.FIRST_EXCEPTION)
    errors = [error for future in futures if future in done and (error := future.exception()) is not None]
    if errors:
        raise errors[0]
    return [future.result() for future in futures]
