"""Prepares a run: clean pairs, leak check, vocabulary, shards."""

from pathlib import Path

import numpy as np

from training.augment import augmented
from training.data import Pair, read_pairs
from training.exchange_notation import centuries_in_digits
from training.held_out import check_no_leak, evaluation_sentences, read_evaluation, read_samples, without_evaluation
from training.pivot import read_pivoted
from training.recipe import Recipe
from training.shards import write_shards
from training.vocabulary import read_vocabulary, train_vocabulary


def prepare(recipe: Recipe, *, data: Path | None, evaluation: Path | None, run: Path) -> None:
    """Write `run`/vocabulary.spm, unless it is there, and the shards beside it."""
    run.mkdir(parents=True, exist_ok=True)
    held_aside = evaluation_sentences({**read_evaluation(evaluation), "samples": read_samples()})
    found = list(read_pairs(data, recipe.data))
    clean = without_evaluation(found, held_aside)
    print(f"{len(clean)} clean pairs; {len(found) - len(clean)} equal to evaluation sentences left out")
    written = [told for pair in clean for told in centuries_in_digits(pair)]
    made = without_evaluation([*augmented(written, recipe), *read_pivoted(run)], held_aside)
    pairs = [*written, *made]
    check_no_leak(pairs, held_aside)
    spm = run / "vocabulary.spm"
    # A run that goes on with other texts keeps the vocabulary of its weights.
    if not spm.exists():
        train_vocabulary(vocabulary_sample(written, recipe), recipe.vocabulary, spm)
    vocabulary = read_vocabulary(spm, sampling_alpha=recipe.vocabulary.sampling_alpha)
    write_shards(pairs, vocabulary, recipe.data, run)
    print(f"{len(made)} pairs made from them; vocabulary of {len(vocabulary)}; shards in {run}")


def vocabulary_sample(pairs: list[Pair], recipe: Recipe) -> list[str]:
    """Sentences in the proportions in which training draws the sources."""
    random = np.random.default_rng(recipe.seed)
    weights = recipe.data.source_weights
    drawn = [p for p in pairs if random.random() < weights[p.source]]
    sentences = [text for pair in drawn for text in (pair.first, pair.second)]
    most = min(len(sentences), recipe.vocabulary.sentences)
    return [sentences[number] for number in random.permutation(len(sentences))[:most]]
