"""Batches: directions drawn in their shares, sentences of like length together, padded to one rectangle."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from training.alignment import NO_LINK
from training.recipe import DIRECTIONS, KINDS, PAIRS, TARGET_TOKENS, DataRecipe, Recipe
from training.shards import BACKWARD, FORWARD, Shard
from training.vocabulary import Vocabulary

_END = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Source and target ids; the decoder's input is the target moved right, begun with <pad>.

    `links` holds for each target token the place of its source token in `source`, or NO_LINK.
    """

    source: torch.Tensor
    source_mask: torch.Tensor
    decoder_input: torch.Tensor
    target: torch.Tensor
    target_mask: torch.Tensor
    links: torch.Tensor
    tokens: int

    def to(self, device: torch.device) -> "Batch":
        """The same batch where the network is."""
        return Batch(
            source=self.source.to(device),
            source_mask=self.source_mask.to(device),
            decoder_input=self.decoder_input.to(device),
            target=self.target.to(device),
            target_mask=self.target_mask.to(device),
            links=self.links.to(device),
            tokens=self.tokens,
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
        kinds = np.array([recipe.kind_weights.get(kind, 0.0) for kind in KINDS])
        self._fixed = kinds[shard.kind] * ((shard.ways & (FORWARD if forward else BACKWARD)) > 0)
        self.weigh(recipe.source_weights)

    def weigh(self, source_weights: Mapping[str, float]) -> None:
        """Begin a new pass in which each source is drawn so often."""
        weights = np.array([source_weights.get(source, 0.0) for source in self._sources])
        self._keep = weights[self._shard.source] * self._fixed
        self._order: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._next = 0

    def draw(self, tokens: int, random: np.random.Generator) -> Iterator[Example]:
        """Examples whose targets hold about so many tokens."""
        drawn = 0
        while drawn < tokens:
            number = self._draw_one(random)
            target = self._target.sentence(number)
            drawn += len(target) + 1
            links = self._target.sentence_links(number)
            yield Example(self._source.sentence(number), target, links, self._token)

    def _draw_one(self, random: np.random.Generator) -> int:
        if self._next >= len(self._order):
            chosen = random.random(len(self._keep)) < self._keep
            self._order = random.permutation(np.flatnonzero(chosen))
            self._next = 0
        self._next += 1
        return int(self._order[self._next - 1])


class BatchStream:
    """An endless stream of batches; the same seed gives the same stream."""

    def __init__(self, recipe: Recipe, shards: dict[str, Shard], sources: list[str], vocabulary: Vocabulary) -> None:
        self._recipe, self._pad = recipe, vocabulary.pad
        self._decks = {direction: _deck(direction, shards, recipe.data, sources, vocabulary) for direction in DIRECTIONS}

    def begin_decay(self) -> None:
        """Draw the sources as the recipe wants it while the learning rate falls."""
        weights = {**self._recipe.data.source_weights, **self._recipe.data.decay_source_weights}
        for deck in self._decks.values():
            deck.weigh(weights)

    def batches(self, seed: int) -> Iterator[Batch]:
        """Batches for ever, from a seed that the caller changes when it resumes."""
        random = np.random.default_rng([self._recipe.seed, seed])
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
        """Batches of one padded size: sorted by length, cut where the budget is full."""
        pool.sort(key=lambda e: (len(e.target), len(e.source)))
        groups: list[list[Example]] = [[]]
        widest = 0
        for example in pool:
            widest = max(widest, len(example.target) + 1, len(example.source) + 2)
            if groups[-1] and widest * (len(groups[-1]) + 1) > 1.15 * self._recipe.schedule.batch_tokens:
                groups.append([])
                widest = max(len(example.target) + 1, len(example.source) + 2)
            groups[-1].append(example)
        return groups


def pad_batch(examples: list[Example], pad: int) -> Batch:
    """One rectangle for the sources and one for the targets."""
    source = _rectangle([[e.token, *e.source.tolist(), _END] for e in examples], pad)
    target = _rectangle([[*e.target.tolist(), _END] for e in examples], pad)
    decoder_input = torch.roll(target, 1, dims=1)
    decoder_input[:, 0] = pad
    # Where a shorter target has ended, the decoder's input does not matter.
    mask = target != pad
    links = _rectangle([_links(example) for example in examples], NO_LINK)
    return Batch(source, source != pad, decoder_input, target, mask, links, int(mask.sum()))


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
