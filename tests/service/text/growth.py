"""Whether reading a text takes time in proportion to its length, however hostile the text is."""

import time
from collections.abc import Callable


def is_linear(read: Callable[[str], object], piece: str) -> bool:
    """Whether four times as much of the same piece takes no more than some four times as long, in processor time."""
    # Twice each: a collection of garbage in a long run of tests takes a second by itself.
    short, long = (min(_seconds(read, piece * (size // len(piece))) for _ in range(2)) for size in (20_000, 80_000))
    return long < 12 * short + 1.0  # a quadratic step takes several seconds more


def _seconds(read: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started
