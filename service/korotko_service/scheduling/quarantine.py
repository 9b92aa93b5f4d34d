"""Which texts kill workers: suspects run alone until they are cleared, convicts are refused. Pure, time handed in.

Every text that was inside when a worker died is a suspect. A suspect runs with nothing else in the worker: if it is answered, it is
cleared; if the worker dies again, it was this text, which becomes a convict. If the worker was killed from outside, the text is blamed
only when that happens repeatedly: once may be an operator or another process's memory, again and again is the memory that this text
takes. Only digests are kept.
"""

import hashlib
from collections import OrderedDict
from enum import IntEnum

from korotko_service.engines.engine import Sequence

# A suspect that is not sent again is forgotten soon; a convict after an hour: the model may be repaired by then, or it was a coincidence.
_SUSPECT_SECONDS = 600.0
_CONVICT_SECONDS = 3600.0
# This many workers must have been killed over a text alone, and then it is kept out for a shorter time, because it may not be the cause.
_KILLINGS = 3
_KILLER_SECONDS = 600.0


class Standing(IntEnum):
    """What is known of a text."""

    CLEAR = 0
    SUSPECT = 1
    CONVICT = 2


class Quarantine:
    """One model's ledger of texts. Bounded: past `capacity` the oldest entry is forgotten."""

    def __init__(self, *, capacity: int = 4096) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[bytes, tuple[Standing, float]] = OrderedDict()
        self._killings: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def standing(self, sequence: Sequence, *, now: float) -> Standing:
        """What is known of that text in that direction."""
        if not self._entries:
            return Standing.CLEAR
        digest = _digest(sequence)
        standing, until = self._entries.get(digest, (Standing.CLEAR, now))
        if now >= until:
            self._forget(digest)
            return Standing.CLEAR
        return standing

    def suspect(self, sequence: Sequence, *, now: float) -> None:
        """Note that it was inside when a worker died."""
        if self.standing(sequence, now=now) is not Standing.CONVICT:
            self._note(sequence, Standing.SUSPECT, now + _SUSPECT_SECONDS)

    def blame(self, sequence: Sequence, *, killed: bool, now: float) -> Standing:
        """Note that it was inside alone when another worker died or was `killed`; returns its new standing."""
        if not killed:
            return self._note(sequence, Standing.CONVICT, now + _CONVICT_SECONDS)
        killings = self._killings.get(digest := _digest(sequence), 0) + 1
        if killings >= _KILLINGS:
            return self._note(sequence, Standing.CONVICT, now + _KILLER_SECONDS)
        standing = self._note(sequence, Standing.SUSPECT, now + _SUSPECT_SECONDS)
        self._killings[digest] = killings
        return standing

    def clear(self, sequence: Sequence) -> None:
        """Note that a worker answered it."""
        self._forget(_digest(sequence))

    def _note(self, sequence: Sequence, standing: Standing, until: float) -> Standing:
        digest = _digest(sequence)
        self._entries[digest] = (standing, until)
        self._entries.move_to_end(digest)
        if len(self._entries) > self._capacity:
            self._forget(next(iter(self._entries)))
        return standing

    def _forget(self, digest: bytes) -> None:
        self._entries.pop(digest, None)
        self._killings.pop(digest, None)


def _digest(sequence: Sequence) -> bytes:
    words = "\0".join((sequence.source_language, sequence.target_language, sequence.text))
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()
