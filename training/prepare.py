"""Prepares a run: clean pairs, leak check, vocabulary, shards."""

from pathlib import Path

import numpy as np

from training.data import (
    Pair,
    check_no_leak,
    evaluation_sentences,
    read_evaluation,
    read_pairs,
    without_evaluation,
)
from training.recipe import Recipe
from training.shards import write_shards
from training.vocabulary import read_vocabulary, train_vocabulary


def prepare(recipe: Recipe, *, data: Path, evaluation: Path, run: Path) -> None:
    """Write `run`/vocabulary.spm and the shards beside it."""
    run.mkdir(parents=True, exist_ok=True)
    held_aside = evaluation_sentences(read_evaluation(evaluation))
    found = list(read_pairs(data, recipe.data))
    pairs = without_evaluation(found, held_aside)
    check_no_leak(pairs, held_aside)
    print(f"{len(pairs)} clean pairs; {len(found) - len(pairs)} equal to evaluation sentences left out")
    spm = run / "vocabulary.spm"
    train_vocabulary(vocabulary_sample(pairs, recipe), recipe.vocabulary, spm)
    vocabulary = read_vocabulary(spm)
    write_shards(pairs, vocabulary, recipe.data.max_tokens, run)
    print(f"vocabulary of {len(vocabulary)}; shards in {run}")


def vocabulary_sample(pairs: list[Pair], recipe: Recipe) -> list[str]:
    """Sentences in the proportions in which training draws the sources."""
    random = np.random.default_rng(recipe.seed)
    weights = recipe.data.source_weights
    drawn = [p for p in pairs if random.random() < weights[p.source]]
    sentences = [text for pair in drawn for text in (pair.first, pair.second)]
    most = min(len(sentences), recipe.vocabulary.sentences)
    return [sentences[number] for number in random.permutation(len(sentences))[:most]]
