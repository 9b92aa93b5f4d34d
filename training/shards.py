"""Shards: the tokenized pairs on disk, one compressed file of flat arrays for each pair of languages."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.alignment import Sentences, align
from training.data import Pair
from training.recipe import PAIRS
from training.vocabulary import Vocabulary

_Row = tuple[list[int], list[int], str]


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a shard; `links` has for each id the place of the token that it translates, or NO_LINK."""

    text: Sentences
    links: NDArray[np.uint8]

    def sentence(self, number: int) -> NDArray[np.uint16]:
        return self.text.ids[self._part(number)]

    def sentence_links(self, number: int) -> NDArray[np.uint8]:
        return self.links[self._part(number)]

    def _part(self, number: int) -> slice:
        return slice(self.text.starts[number], self.text.starts[number + 1])


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
    grouped: dict[str, list[_Row]] = {pair: [] for pair in PAIRS}
    for pair in pairs:
        first, second = vocabulary.encode(pair.first), vocabulary.encode(pair.second)
        if 0 < len(first) <= max_tokens and 0 < len(second) <= max_tokens:
            grouped[pair.pair].append((first, second, pair.source))
    sources = sorted({source for rows in grouped.values() for _, _, source in rows})
    for name, rows in grouped.items():
        _write_shard(folder / f"{name}.npz", rows, sources)
    (folder / "manifest.json").write_text(json.dumps(_manifest(grouped, sources), indent=1), encoding="utf-8")


def read_shards(folder: Path) -> tuple[dict[str, Shard], list[str]]:
    """The shards by pair, and the names of the sources."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {pair: _read_shard(folder / f"{pair}.npz") for pair in PAIRS}, manifest["sources"]


def _write_shard(path: Path, rows: list[_Row], sources: list[str]) -> None:
    first, second = _side([row[0] for row in rows]), _side([row[1] for row in rows])
    first_links, second_links = align(first, second)
    np.savez_compressed(
        path,
        first_ids=first.ids,
        first_starts=first.starts,
        first_links=first_links,
        second_ids=second.ids,
        second_starts=second.starts,
        second_links=second_links,
        source=np.array([sources.index(row[2]) for row in rows], dtype=np.uint8),
    )


def _read_shard(path: Path) -> Shard:
    with np.load(path, allow_pickle=False) as arrays:
        first, second = (
            Side(Sentences(arrays[f"{side}_ids"], arrays[f"{side}_starts"]), arrays[f"{side}_links"]) for side in ("first", "second")
        )
        return Shard(first, second, arrays["source"])


def _side(sentences: list[list[int]]) -> Sentences:
    starts = np.concatenate([[0], np.cumsum([len(sentence) for sentence in sentences])])
    ids = np.array([number for sentence in sentences for number in sentence], dtype=np.uint16)
    return Sentences(ids, starts.astype(np.int64))


def _manifest(grouped: dict[str, list[_Row]], sources: list[str]) -> dict[str, object]:
    """Counts of pairs and of second-side tokens, for the model card."""
    counts = {pair: dict(Counter(row[2] for row in rows)) for pair, rows in grouped.items()}
    tokens = {pair: sum(len(row[1]) for row in rows) for pair, rows in grouped.items()}
    return {"sources": sources, "pairs": counts, "tokens": tokens}
