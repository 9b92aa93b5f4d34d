"""Shards: the tokenized pairs on disk, one compressed file of flat arrays for each pair of languages."""

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.alignment import Sentences, align
from training.data import Pair
from training.recipe import KINDS, PAIRS, DataRecipe
from training.vocabulary import Vocabulary

# The directions in which a pair may be learnt: a side that a model wrote is only a source.
FORWARD, BACKWARD, BOTH = 1, 2, 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A pair in ids."""

    first: list[int]
    second: list[int]
    source: str
    kind: str
    ways: int = BOTH


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
    """All pairs of two languages; `source` is an index into the manifest's list of sources, `kind` into KINDS."""

    first: Side
    second: Side
    source: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    ways: NDArray[np.uint8]

    def sides(self, forward: bool) -> tuple[Side, Side]:
        return (self.first, self.second) if forward else (self.second, self.first)


def write_shards(pairs: Iterable[Pair], vocabulary: Vocabulary, recipe: DataRecipe, folder: Path) -> None:
    """Tokenize the pairs, drop long ones, and write shards and a manifest of what went in."""
    grouped: dict[str, list[_Row]] = {pair: [] for pair in PAIRS}
    for pair in pairs:
        for row in _rows(pair, vocabulary, recipe.drawn_kinds):
            if 0 < len(row.first) <= recipe.max_tokens and 0 < len(row.second) <= recipe.max_tokens:
                grouped[pair.pair].append(row)
    sources = sorted({row.source for rows in grouped.values() for row in rows})
    for name, rows in grouped.items():
        _write_shard(folder / f"{name}.npz", rows, sources)
    (folder / "manifest.json").write_text(json.dumps(_manifest(grouped, sources), indent=1), encoding="utf-8")


def read_shards(folder: Path) -> tuple[dict[str, Shard], list[str]]:
    """The shards by pair, and the names of the sources."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {pair: _read_shard(folder / f"{pair}.npz") for pair in PAIRS}, manifest["sources"]


def _rows(pair: Pair, vocabulary: Vocabulary, kinds: Container[str]) -> Iterator[_Row]:
    """The pair in each of these kinds that it has."""
    first, second = vocabulary.encode(pair.first), vocabulary.encode(pair.second)
    if pair.synthetic:
        to_people = FORWARD if pair.synthetic == "first" else BACKWARD
        for kind, ways in ((pair.kind, to_people), ("forward", BOTH - to_people)):
            if kind in kinds:
                yield _Row(first, second, pair.source, kind, ways)
        return
    if pair.kind in kinds:
        yield _Row(first, second, pair.source, pair.kind)
    if pair.kind == "plain" and "sampled" in kinds:
        yield _Row(vocabulary.sample(pair.first), vocabulary.sample(pair.second), pair.source, "sampled")


def _write_shard(path: Path, rows: list[_Row], sources: list[str]) -> None:
    first, second = _side([row.first for row in rows]), _side([row.second for row in rows])
    first_links, second_links = align(first, second)
    np.savez_compressed(
        path,
        first_ids=first.ids,
        first_starts=first.starts,
        first_links=first_links,
        second_ids=second.ids,
        second_starts=second.starts,
        second_links=second_links,
        source=np.array([sources.index(row.source) for row in rows], dtype=np.uint8),
        kind=np.array([KINDS.index(row.kind) for row in rows], dtype=np.uint8),
        ways=np.array([row.ways for row in rows], dtype=np.uint8),
    )


def _read_shard(path: Path) -> Shard:
    with np.load(path, allow_pickle=False) as arrays:
        first, second = (
            Side(Sentences(arrays[f"{side}_ids"], arrays[f"{side}_starts"]), arrays[f"{side}_links"]) for side in ("first", "second")
        )
        return Shard(first, second, arrays["source"], arrays["kind"], arrays["ways"])


def _side(sentences: list[list[int]]) -> Sentences:
    starts = np.concatenate([[0], np.cumsum([len(sentence) for sentence in sentences])])
    ids = np.array([number for sentence in sentences for number in sentence], dtype=np.uint16)
    return Sentences(ids, starts.astype(np.int64))


def _manifest(grouped: dict[str, list[_Row]], sources: list[str]) -> dict[str, object]:
    """Counts of people's pairs by source, of all pairs by kind, and of second-side tokens, for the model card."""
    counts = {pair: dict(Counter(row.source for row in rows if row.kind == "plain")) for pair, rows in grouped.items()}
    kinds = {pair: dict(Counter(row.kind for row in rows)) for pair, rows in grouped.items()}
    tokens = {pair: sum(len(row.second) for row in rows) for pair, rows in grouped.items()}
    return {"sources": sources, "pairs": counts, "kinds": kinds, "tokens": tokens}
