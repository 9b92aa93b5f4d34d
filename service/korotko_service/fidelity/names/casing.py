"""Tell which English words sentences write small, by a list made of the training texts (`training/casing.py`)."""

from functools import lru_cache
from pathlib import Path

RESOURCE = Path(__file__).with_name("casing.txt")


def is_small(word: str) -> bool:
    """Tell whether sentences write the word small; its own case does not matter."""
    lowered = word.lower().replace("’", "'").replace("ʼ", "'")
    return lowered in _small() or lowered.removesuffix("'s") in _small()


def is_name(first: str, second: str) -> bool:
    """Tell whether two words, one after the other, are a name: "White House", "New York"."""
    return f"{first} {second}".lower() in _small()


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(RESOURCE.read_text(encoding="utf-8").splitlines())
