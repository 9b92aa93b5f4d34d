"""Shards: the tokenized pairs on disk, one compressed file of flat arrays for each pair of languages."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.data import Pair
from training.recipe import PAIRS
from training.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one language: their ids end to end, and where each begins."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def sentence(self, number: int) -> NDArray[np.uint16]:
        return self.ids[self.starts[number] : self.starts[number + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Shard:
    """All pairs of two languages; `source` numbers into the manifest's list of sources."""

    first: Side
    second: Side
    source: NDArray[np.uint8]

    def sides(self, forward: bool) -> tuple[Side, Side]:
        return (self.first, self.second) if forward else (self.second, self.first)


def write_shards(pairs: Iterable[Pair], vocabulary: Vocabulary, max_tokens: int, folder: Path) -> None:
    """Tokenize the pairs, drop long ones, and write shards and a manifest of what went in."""
    grouped: dict[str, list[tuple[list[int], list[int], str]]] = {pair: [] for pair in PAIRS}
    for pair in pairs:
        first, second = vocabulary.encode(pair.first), vocabulary.encode(pair.second)
        if 0 < len(first) <= max_tokens and 0 < len(second) <= max_tokens:
            grouped[pair.pair].append((first, second, pair.source))
    sources = sorted({source for rows in grouped.values() for _, _, source in rows})
    for name, rows in grouped.items():
        np.savez_compressed(folder / f"{name}.npz", allow_pickle=False, **_arrays(rows, sources))
    (folder / "manifest.json").write_text(json.dumps(_manifest(grouped, sources), indent=1))


def read_shards(folder: Path) -> tuple[dict[str, Shard], list[str]]:
    """The shards by pair, and the names of the sources."""
    manifest = json.loads((folder / "manifest.json").read_text())
    return {pair: _read_shard(folder / f"{pair}.npz") for pair in PAIRS}, manifest["sources"]


def _read_shard(path: Path) -> Shard:
    with np.load(path, allow_pickle=False) as arrays:
        first = Side(arrays["first_ids"], arrays["first_starts"])
        second = Side(arrays["second_ids"], arrays["second_starts"])
        return Shard(first, second, arrays["source"])


def _arrays(
    rows: list[tuple[list[int], list[int], str]], sources: list[str]
) -> dict[str, NDArray[np.generic]]:
    first, second = _side([row[0] for row in rows]), _side([row[1] for row in rows])
    return {
        "first_ids": first.ids,
        "first_starts": first.starts,
        "second_ids": second.ids,
        "second_starts": second.starts,
        "source": np.array([sources.index(row[2]) for row in rows], dtype=np.uint8),
    }


def _side(sentences: list[list[int]]) -> Side:
    starts = np.concatenate([[0], np.cumsum([len(sentence) for sentence in sentences])])
    ids = np.array([number for sentence in sentences for number in sentence], dtype=np.uint16)
    return Side(ids, starts.astype(np.int64))


def _manifest(
    grouped: dict[str, list[tuple[list[int], list[int], str]]], sources: list[str]
) -> dict[str, object]:
    """Counts of pairs and of second-side tokens, for the model card."""
    counts = {pair: dict(Counter(row[2] for row in rows)) for pair, rows in grouped.items()}
    tokens = {pair: sum(len(row[1]) for row in rows) for pair, rows in grouped.items()}
    return {"sources": sources, "pairs": counts, "tokens": tokens}
