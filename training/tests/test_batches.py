"""Batches contain whole sentences of similar length, whichever process makes them."""

from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.alignment import NO_LINK, Sentences
from training.batches import Batch, BatchStream, Deck, Example, pad_batch
from training.data import Pair
from training.recipe import KINDS, PAIRS, Recipe, read_recipe
from training.shards import BOTH, Shard, Side, read_shards, write_shards
from training.vocabulary import Vocabulary, read_vocabulary

_STARTER = Path(__file__).parents[2] / "seeds" / "models" / "starter" / "source.spm"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(_STARTER)


@pytest.fixture
def recipe() -> Recipe:
    smoke = read_recipe(Path(__file__).parents[1] / "smoke.toml")
    return replace(
        smoke,
        data=replace(smoke.data, source_weights={"news": 1.0}, augmented_sources=(), decay_source_weights={}),
        schedule=replace(smoke.schedule, batch_tokens=200, pool_batches=6),
    )


def _side(random: np.random.Generator, lengths: list[int]) -> Side:
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    ids = random.integers(10, 300, starts[-1]).astype(np.uint16)
    return Side(Sentences(ids, starts), np.full(len(ids), NO_LINK, dtype=np.uint8))


def _shards() -> dict[str, Shard]:
    random = np.random.default_rng(0)
    lengths = random.integers(2, 40, 90).tolist()
    return {pair: _shard(_side(random, lengths), _side(random, [n + n % 5 for n in lengths])) for pair in PAIRS}


def _shard(first: Side, second: Side) -> Shard:
    plain = np.zeros(90, dtype=np.uint8)
    return Shard(first, second, plain, plain.copy(), np.full(90, BOTH, dtype=np.uint8))


def test_another_process_makes_the_batches_that_would_be_made_here(recipe: Recipe, vocabulary: Vocabulary) -> None:
    here = BatchStream(recipe, _shards(), ["news"], vocabulary).batches(seed=3)
    apart = replace(recipe, schedule=replace(recipe.schedule, batch_workers=1))
    there = BatchStream(apart, _shards(), ["news"], vocabulary).batches(seed=3)
    for _ in range(4):
        one, other = next(here), next(there)
        assert all(torch.equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(Batch))


def test_most_of_a_batch_is_text_and_none_is_much_larger_than_asked(recipe: Recipe, vocabulary: Vocabulary) -> None:
    stream = BatchStream(recipe, _shards(), ["news"], vocabulary).batches(seed=0)
    batches = [next(stream) for _ in range(20)]
    cells = sum(batch.source.numel() + batch.decoder_input.numel() for batch in batches)
    text = sum(int(batch.source_mask.sum()) + batch.tokens for batch in batches)
    assert text > 0.75 * cells
    assert max(max(batch.source.numel(), batch.decoder_input.numel()) for batch in batches) <= 1.15 * recipe.schedule.batch_tokens


def test_a_batch_lists_its_target_tokens_and_where_each_comes_from() -> None:
    def example(source: list[int], target: list[int], links: list[int]) -> Example:
        return Example(np.array(source, dtype=np.uint16), np.array(target, dtype=np.uint16), np.array(links, dtype=np.uint8), 90)

    batch = pad_batch([example([11, 12, 13], [21, 22], [2, NO_LINK]), example([14], [23, 24, 25], [0, NO_LINK, NO_LINK])], pad=99)
    assert batch.source.tolist() == [[90, 11, 12, 13, 0], [90, 14, 0, 99, 99]]
    assert batch.decoder_input.tolist() == [[99, 21, 22, 0], [99, 23, 24, 25]]
    assert batch.positions.tolist() == [0, 1, 2, 4, 5, 6, 7]
    assert batch.target.tolist() == [21, 22, 0, 23, 24, 25, 0]
    # Row, place, place in the source, which begins with its language; an end comes from the end.
    assert batch.linked.T.tolist() == [[0, 0, 3], [0, 2, 4], [1, 0, 1], [1, 3, 2]]


def test_a_batch_read_twice_has_all_its_rows_again_below() -> None:
    example = Example(np.array([11, 12], dtype=np.uint16), np.array([21, 22], dtype=np.uint16), np.array([1, NO_LINK], dtype=np.uint8), 90)
    short = Example(np.array([13], dtype=np.uint16), np.array([23], dtype=np.uint16), np.array([NO_LINK], dtype=np.uint8), 90)
    once, written_out = pad_batch([example, short], pad=99), pad_batch([example, short, example, short], pad=99)
    twice = once.twice()
    assert all(torch.equal(getattr(twice, field.name), getattr(written_out, field.name)) for field in fields(Batch))


@pytest.mark.parametrize(("weight", "passes", "times"), [(0.5, 0.2, {1}), (1.0, 1, {1}), (2.0, 2, {2}), (2.5, 2, {1, 2, 3})])
def test_one_pass_draws_a_source_as_often_as_its_weight_says(recipe: Recipe, weight: float, passes: float, times: set[int]) -> None:
    shard = _shards()["en-uk"]
    deck = Deck(shard, "en-uk", replace(recipe.data, source_weights={"news": weight}), ["news"], 90)
    tokens = len(shard.second.text.ids) + len(shard.source)  # each target has an end
    drawn = deck.draw(int(passes * tokens), np.random.default_rng(0))
    assert set(Counter(tuple(example.source.tolist()) for example in drawn).values()) == times


def test_kinds_are_drawn_otherwise_while_the_rate_falls(recipe: Recipe, vocabulary: Vocabulary) -> None:
    data = replace(recipe.data, kind_weights={"plain": 1.0}, decay_kind_weights={"plain": 0.0, "augmented": 1.0})
    shards = _shards()
    # The last thirty pairs are told from the others by their ids.
    for shard in shards.values():
        shard.kind[60:] = KINDS.index("augmented")
        shard.first.text.ids[shard.first.text.starts[60] :] += 1000
    stream = BatchStream(replace(recipe, data=data), shards, ["news"], vocabulary)
    assert _largest(stream) < 1000
    stream.begin_decay()
    assert _largest(stream) > 1000


def test_kinds_that_are_drawn_while_the_rate_falls_alone_are_made_too(recipe: Recipe, vocabulary: Vocabulary, tmp_path: Path) -> None:
    data = replace(recipe.data, kind_weights={"plain": 1.0, "pivot": 0.0}, decay_kind_weights={"sampled": 0.5})
    pairs = [Pair(source="news", pair=pair, first="Two.", second="Two.") for pair in PAIRS]
    write_shards(pairs, vocabulary, data, tmp_path)
    made = {KINDS[kind] for shard in read_shards(tmp_path)[0].values() for kind in shard.kind.tolist()}
    assert made == {"plain", "sampled"}


def _largest(stream: BatchStream) -> int:
    batches = stream.batches(seed=0)
    # Ids of the vocabulary's end are languages and padding.
    return max(int(ids[ids < 2000].max()) for ids in (next(batches).source for _ in range(10)))
