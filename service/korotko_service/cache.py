"""Values computed before, by the digest of all that they depend on: bounded in bytes, the least recently used goes first."""

from collections import OrderedDict
from enum import StrEnum
from typing import Generic, TypeVar

from korotko_service.telemetry import Metrics

V = TypeVar("V")
# What an entry takes in addition to its value: a key of 16 bytes, a place in the table, the objects around them.
_ENTRY_BYTES = 400


class CacheMode(StrEnum):
    """What a caller allows: read and fill it, neither, or compute again and fill it."""

    DEFAULT = "default"
    BYPASS = "bypass"
    REFRESH = "refresh"


class Cache(Generic[V]):
    """At most `max_bytes` of entries. Keys are digests, so no text can be read out of them."""

    def __init__(self, *, max_bytes: int, metrics: Metrics) -> None:
        self._max_bytes = max_bytes
        self._metrics = metrics
        self._entries: OrderedDict[bytes, tuple[V, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: bytes) -> V | None:
        """The value, which counts as used now; None where there is none."""
        found = self._entries.get(key)
        if found is None:
            return None
        self._entries.move_to_end(key)
        return found[0]

    def put(self, key: bytes, value: V, *, value_bytes: int) -> None:
        """Keep the value in place of the key's old one, and evict the least recently used entries until all fit."""
        size = value_bytes + _ENTRY_BYTES
        self._bytes += size - self._entries.pop(key, (value, 0))[1]
        self._entries[key] = value, size
        while self._bytes > self._max_bytes:
            self._bytes -= self._entries.popitem(last=False)[1][1]
        self._metrics.cache_bytes.set(self._bytes)
        self._metrics.cache_entries.set(len(self._entries))
