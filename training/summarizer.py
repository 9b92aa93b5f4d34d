"""Trains the starter summarizer from the translation network, and measures it against extractive ranking.

A translation network never translates into its source's own language, so the target token of that language becomes
the name of the task: Ukrainian with >>ukr<< is to be summarized.
"""

import json
import shutil
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.utils import clip_grad_norm_
from transformers import MarianMTModel

from training.alignment import NO_LINK
from training.batches import Batch, Example, pad_batch
from training.brief_pairs import PairStream, briefs, cut, told
from training.briefs import brief_table, compare_methods, extractive, lead, split_articles
from training.checkpoints import Progress, checkpoints, load_parts, save
from training.convert import convert
from training.data import Pair, read_news, written_rows
from training.network import batch_losses, build_network, prepare_for_training
from training.recipe import TARGET_TOKENS, Recipe
from training.spare_cores import SpareCores
from training.train import find_device
from training.translator import FolderTranslator
from training.vocabulary import Vocabulary, read_vocabulary
from training.writing import ways_of_writing

_LONGEST = 400
_POOL = 64
_LEAST_RATE = 0.01
_REPORT_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizerRecipe:
    """Every choice of this training, from summarizer.toml; it ends with the tokens or with the minutes, whichever are used up first."""

    seed: int
    million_tokens: float
    minutes: float
    learning_rate: float
    warmup_steps: int
    batch_tokens: int
    dropout: float
    frozen: tuple[str, ...]
    shares: Mapping[str, float]


def read_choices(plan: Path) -> SummarizerRecipe:
    """Read summarizer.toml; an unknown or a missing key stops the run and names itself."""
    table: dict[str, Any] = tomllib.loads(plan.read_text(encoding="utf-8"))
    return SummarizerRecipe(**{**table, "frozen": tuple(table["frozen"])})


def summarize(recipe: Recipe, plan: Path, *, data: Path, run: Path) -> None:
    """Train in `run`/summarizer from the last checkpoint of `run`; write figures for the held-out articles to its briefs.json."""
    choices = read_choices(plan)
    folder = run / "summarizer"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(run / "vocabulary.spm", folder / "vocabulary.spm")
    learnt, held_out = split_articles(data)
    vocabulary = read_vocabulary(folder / "vocabulary.spm")
    network = _network(recipe, choices, len(vocabulary), run)
    progress = _train(network, recipe, choices, _batches(_stream(learnt, data, choices), vocabulary, choices))
    save(folder, network, [], progress, 1)
    convert(recipe, run=folder, output=folder / "model", averaged=1)
    _compare(held_out, folder)


def _compare(held_out: Sequence[Mapping[str, Any]], folder: Path) -> None:
    writing = ways_of_writing(FolderTranslator(folder / "model"))
    figures = compare_methods(held_out, {"first three sentences": lead, "extractive": extractive, **writing})
    rows = {name: {language: asdict(found) for language, found in languages.items()} for name, languages in figures.items()}
    (folder / "briefs.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(brief_table(figures))


def _stream(learnt: list[dict[str, Any]], data: Path, choices: SummarizerRecipe) -> PairStream:
    rows = [*read_news(data), *written_rows(held_out=False)]
    random = np.random.default_rng(choices.seed)
    pairs = {"brief": list(briefs(learnt)), "told": list(told(learnt)), "cut": list(cut(rows, random))}
    print("pairs:", {kind: len(found) for kind, found in pairs.items()}, flush=True)
    return PairStream(pairs, choices.shares, choices.seed)


def _network(recipe: Recipe, choices: SummarizerRecipe, vocabulary_size: int, run: Path) -> MarianMTModel:
    torch.manual_seed(choices.seed)
    torch.set_flush_denormal(True)
    network = build_network(recipe.network, vocabulary_size)
    network.load_state_dict(load_parts(checkpoints(run)[-1], "weights"), strict=False)
    network.to(find_device(recipe.schedule.device))  # type: ignore[arg-type]
    prepare_for_training(network, choices.dropout)
    return network


def _train(network: MarianMTModel, recipe: Recipe, choices: SummarizerRecipe, batches: Iterable[Batch]) -> Progress:
    """The rate rises over the first steps and falls to zero over the rest."""
    frozen = [weight for name, weight in network.named_parameters() if name.startswith(choices.frozen) and weight.requires_grad]
    for weight in frozen:
        weight.requires_grad_(False)
    learning = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=choices.learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    progress, begun, cores = Progress(), time.monotonic(), SpareCores(recipe.schedule.threads)
    for made in batches:
        left = 1 - max(progress.tokens / (1e6 * choices.million_tokens), progress.seconds / (60 * choices.minutes))
        if left < _LEAST_RATE:
            break
        rate = choices.learning_rate * min(left, (progress.step + 1) / choices.warmup_steps)
        batch = made.to(network.device)
        loss = _step(network, optimizer, batch, rate, recipe.optimizer.label_smoothing)
        cores.adapt()
        progress.step, progress.tokens, progress.seconds = progress.step + 1, progress.tokens + batch.tokens, time.monotonic() - begun
        if progress.step % _REPORT_STEPS == 0:
            print(f"step {progress.step} minute {progress.seconds / 60:.1f} tokens {progress.tokens} loss {loss:.3f}", flush=True)
    for weight in frozen:
        # Only trainable weights are saved.
        weight.requires_grad_(True)
    return progress


def _step(network: MarianMTModel, optimizer: torch.optim.Optimizer, batch: Batch, rate: float, smoothing: float) -> float:
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(network.device.type, dtype=torch.bfloat16):
        loss, _looking = batch_losses(network, batch, smoothing)
    loss.backward()  # type: ignore[no-untyped-call]
    clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def _batches(stream: Iterable[Pair], vocabulary: Vocabulary, choices: SummarizerRecipe) -> Iterator[Batch]:
    """Examples of similar length together, cut where the budget of padded tokens is used up."""
    pairs = iter(stream)
    random = np.random.default_rng(choices.seed)
    while True:
        pool = sorted((_example(pair, vocabulary) for pair in islice(pairs, _POOL)), key=lambda e: len(e.source))
        pool = [example for example in pool if len(example.source) <= _LONGEST]
        size = max(1, choices.batch_tokens // (len(pool[-1].source) + 2))
        groups = [pool[start : start + size] for start in range(0, len(pool), size)]
        for number in random.permutation(len(groups)):
            yield pad_batch(groups[number], vocabulary.pad)


def _example(pair: Pair, vocabulary: Vocabulary) -> Example:
    source, target = (np.array(vocabulary.encode(side), dtype=np.uint16) for side in (pair.first, pair.second))
    language = pair.pair.partition("-")[0]
    return Example(source, target, np.full(len(target), NO_LINK, dtype=np.uint8), vocabulary.ids[TARGET_TOKENS[language]])
