"""Batches: directions drawn in their shares, sentences of similar length together, padded to one rectangle."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from training.alignment import NO_LINK
from training.recipe import DIRECTIONS, KINDS, PAIRS, TARGET_TOKENS, DataRecipe, Recipe
from training.shards import BACKWARD, FORWARD, Shard
from training.vocabulary import Vocabulary

_END = 0
# Batches ready from each process: enough to last while a new pool is made.
_AHEAD = 50


@dataclass(frozen=True, slots=True)
class Batch:
    """Source ids and the decoder's input, which is the target shifted right, beginning with <pad>: rows by positions.

    What is learnt is listed flat, so that nothing has to be counted on the device: `positions` are the positions of
    real target tokens among all cells of the rectangle, `target` their ids. `linked` has for every target token
    whose source token is known its row, its position, and the position of the source token.
    """

    source: torch.Tensor
    source_mask: torch.Tensor
    decoder_input: torch.Tensor
    positions: torch.Tensor
    target: torch.Tensor
    linked: torch.Tensor

    @property
    def tokens(self) -> int:
        """Target tokens, including ends of sentences."""
        return len(self.target)

    def to(self, device: torch.device) -> "Batch":
        """The same batch on the network's device; an accelerator fetches it while it works."""
        if device.type == "cpu":
            return self
        pinned = (getattr(self, field.name).pin_memory() for field in fields(self))
        return Batch(*(tensor.to(device, non_blocking=True) for tensor in pinned))

    def twice(self) -> "Batch":
        """All rows, and all rows again below them."""
        rows, width = self.decoder_input.shape
        lower = torch.tensor([[rows], [0], [0]], device=self.linked.device)
        return Batch(
            self.source.repeat(2, 1),
            self.source_mask.repeat(2, 1),
            self.decoder_input.repeat(2, 1),
            torch.cat([self.positions, self.positions + rows * width]),
            self.target.repeat(2),
            torch.cat([self.linked, self.linked + lower], dim=1),
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence pair in one direction."""

    source: NDArray[np.uint16]
    target: NDArray[np.uint16]
    links: NDArray[np.uint8]
    token: int


class Deck:
    """One direction's examples, shuffled; each pass draws its share of every source afresh."""

    def __init__(self, shard: Shard, direction: str, recipe: DataRecipe, sources: Sequence[str], token: int) -> None:
        forward = direction in PAIRS
        self._source, self._target = shard.sides(forward=forward)
        self._shard, self._sources, self._token = shard, sources, token
        self._allowed = (shard.ways & (FORWARD if forward else BACKWARD)) > 0
        self.weigh(recipe.source_weights, recipe.kind_weights)

    def weigh(self, source_weights: Mapping[str, float], kind_weights: Mapping[str, float]) -> None:
        """Begin a new pass in which each source and each kind is drawn at these rates."""
        sources = np.array([source_weights.get(source, 0.0) for source in self._sources])
        kinds = np.array([kind_weights.get(kind, 0.0) for kind in KINDS])
        self._keep = sources[self._shard.source] * kinds[self._shard.kind] * self._allowed
        self._order: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._next = 0

    def draw(self, tokens: int, random: np.random.Generator) -> Iterator[Example]:
        """Examples whose targets have about this many tokens."""
        drawn = 0
        while drawn < tokens:
            number = self._draw_one(random)
            target = self._target.sentence(number)
            drawn += len(target) + 1
            links = self._target.sentence_links(number)
            yield Example(self._source.sentence(number), target, links, self._token)

    def _draw_one(self, random: np.random.Generator) -> int:
        if self._next >= len(self._order):
            # 0.3 is three in ten, 2.3 is all of them twice and three in ten once more.
            times = np.floor(self._keep + random.random(len(self._keep))).astype(np.int64)
            self._order = random.permutation(np.repeat(np.arange(len(times)), times))
            self._next = 0
        self._next += 1
        return int(self._order[self._next - 1])


class BatchStream:
    """An endless stream of batches; the same seed gives the same stream."""

    def __init__(self, recipe: Recipe, shards: dict[str, Shard], sources: list[str], vocabulary: Vocabulary) -> None:
        self._recipe, self._pad = recipe, vocabulary.pad
        self._decks = {direction: _deck(direction, shards, recipe.data, sources, vocabulary) for direction in DIRECTIONS}

    def begin_decay(self) -> None:
        """Draw the sources and kinds at the recipe's rates for the time when the learning rate falls."""
        data = self._recipe.data
        sources, kinds = {**data.source_weights, **data.decay_source_weights}, {**data.kind_weights, **data.decay_kind_weights}
        for deck in self._decks.values():
            deck.weigh(sources, kinds)

    def batches(self, seed: int) -> Iterator[Batch]:
        """Endless batches, from a seed that the caller changes when it resumes; other processes make them if the recipe says so."""
        workers = self._recipe.schedule.batch_workers
        if not workers:
            return self.made(seed, 0)
        # Pickled whole: tensors handed over one by one would need thousands of open files.
        made = _Worker(self, seed)
        loader = DataLoader(made, batch_size=None, num_workers=workers, prefetch_factor=_AHEAD, collate_fn=pickle.dumps)
        return map(pickle.loads, loader)

    def made(self, seed: int, worker: int) -> Iterator[Batch]:
        """One process's batches, made here."""
        random = np.random.default_rng([self._recipe.seed, seed, worker])
        while True:
            groups = self._cut(self._draw_pool(random))
            for number in random.permutation(len(groups)):
                yield pad_batch(groups[number], self._pad)

    def _draw_pool(self, random: np.random.Generator) -> list[Example]:
        schedule = self._recipe.schedule
        tokens = schedule.batch_tokens * schedule.pool_batches
        shares = self._recipe.data.direction_weights
        return [example for direction, deck in self._decks.items() for example in deck.draw(int(tokens * shares[direction]), random)]

    def _cut(self, pool: list[Example]) -> list[list[Example]]:
        """Batches of one padded size: sorted by the longer side and then by the source, cut where the budget is full."""
        pool.sort(key=lambda e: (_width(e), len(e.source)))
        groups: list[list[Example]] = [[]]
        for example in pool:
            if groups[-1] and _width(example) * (len(groups[-1]) + 1) > 1.15 * self._recipe.schedule.batch_tokens:
                groups.append([])
            groups[-1].append(example)
        return groups


class _Worker(IterableDataset[Batch]):
    """What each of the loader's processes runs."""

    def __init__(self, stream: BatchStream, seed: int) -> None:
        self._stream, self._seed = stream, seed

    def __iter__(self) -> Iterator[Batch]:
        info = get_worker_info()
        return self._stream.made(self._seed, info.id if info else 0)


def pad_batch(examples: list[Example], pad: int) -> Batch:
    """One rectangle for the sources and one for the targets."""
    source = _rectangle([[e.token, *e.source.tolist(), _END] for e in examples], pad)
    target = _rectangle([[*e.target.tolist(), _END] for e in examples], pad)
    decoder_input = torch.roll(target, 1, dims=1)
    decoder_input[:, 0] = pad
    # Where a shorter target has ended, the decoder's input does not matter.
    positions = (target.flatten() != pad).nonzero().squeeze(1)
    links = _rectangle([_links(example) for example in examples], NO_LINK)
    row, place = (links != NO_LINK).nonzero(as_tuple=True)
    linked = torch.stack([row, place, links[row, place]])
    return Batch(source, source != pad, decoder_input, positions, target.flatten()[positions], linked)


def _width(example: Example) -> int:
    """Width of the wider rectangle: the target with its end, the source with its language and its end."""
    return max(len(example.target) + 1, len(example.source) + 2)


def _links(example: Example) -> list[int]:
    """Places in the batch's source, which begins with the target token; end looks at end."""
    inner = [NO_LINK if place == NO_LINK else place + 1 for place in example.links.tolist()]
    return [*inner, len(example.source) + 1]


def _rectangle(rows: list[list[int]], pad: int) -> torch.Tensor:
    width = max(len(row) for row in rows)
    return torch.tensor([row + [pad] * (width - len(row)) for row in rows], dtype=torch.long)


def _deck(direction: str, shards: dict[str, Shard], recipe: DataRecipe, sources: list[str], vocabulary: Vocabulary) -> Deck:
    source, target = direction.split("-")
    shard = shards.get(direction) or shards[f"{target}-{source}"]
    return Deck(shard, direction, recipe, sources, vocabulary.ids[TARGET_TOKENS[target]])
