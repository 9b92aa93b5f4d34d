"""Which texts a worker did not survive: suspects run alone until one is cleared, convicts are refused unseen. Pure, time handed in.

A text that was inside when a worker died is a suspect, with all its company. A suspect runs with nothing else in the worker: answered, it
is cleared; if the worker dies again, it was this text, and it is a convict. Only digests are kept.
"""

import hashlib
from collections import OrderedDict
from enum import IntEnum

from korotko_service.engines.engine import Sequence

# A suspect that nobody brings again is forgotten soon; a convict after an hour, for the model may be mended or the death have been chance.
_SUSPECT_SECONDS = 600.0
_CONVICT_SECONDS = 3600.0


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

    def __len__(self) -> int:
        return len(self._entries)

    def standing(self, sequence: Sequence, *, now: float) -> Standing:
        """What is known of that text in that direction."""
        if not self._entries:
            return Standing.CLEAR
        digest = _digest(sequence)
        standing, until = self._entries.get(digest, (Standing.CLEAR, now))
        if now >= until:
            self._entries.pop(digest, None)
            return Standing.CLEAR
        return standing

    def suspect(self, sequence: Sequence, *, now: float) -> None:
        """It was inside when a worker died."""
        if self.standing(sequence, now=now) is not Standing.CONVICT:
            self._note(sequence, Standing.SUSPECT, now + _SUSPECT_SECONDS)

    def convict(self, sequence: Sequence, *, now: float) -> None:
        """It was inside alone when another worker died."""
        self._note(sequence, Standing.CONVICT, now + _CONVICT_SECONDS)

    def clear(self, sequence: Sequence) -> None:
        """A worker answered it."""
        self._entries.pop(_digest(sequence), None)

    def _note(self, sequence: Sequence, standing: Standing, until: float) -> None:
        digest = _digest(sequence)
        self._entries[digest] = (standing, until)
        self._entries.move_to_end(digest)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)


def _digest(sequence: Sequence) -> bytes:
    words = "\0".join((sequence.source_language, sequence.target_language, sequence.text))
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()
