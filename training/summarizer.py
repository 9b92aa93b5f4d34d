"""Trains the starter summarizer from the translation network, and measures it against extractive ranking.

A translation network is never asked for its source's own language, so the target token of that language becomes
the task's name: Ukrainian with >>ukr<< is to be told briefly.
"""

import json
import shutil
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.utils import clip_grad_norm_

from korotko_service.text.segmentation import segment
from training.alignment import NO_LINK
from training.batches import Example, pad_batch
from training.briefs import Method, article_text, brief_table, chosen, compare_methods, extractive, lead, split_articles
from training.checkpoints import Progress, checkpoints, load_parts, save
from training.compression import joined
from training.convert import convert
from training.data import read_news
from training.network import batch_losses, build_network, prepare_for_training
from training.recipe import LANGUAGES, TARGET_TOKENS, Recipe
from training.train import find_device
from training.translator import FolderTranslator
from training.vocabulary import Vocabulary, read_vocabulary

_PICKED = (2, 3, 4, 5)
_SENTENCES = 4
_LONGEST = 400
_POOL = 64
_LEAST_RATE = 0.01

# Source text, brief text, language.
_Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizerRecipe:
    """Every choice of this training, from summarizer.toml."""

    seed: int
    minutes: float
    learning_rate: float
    warmup_steps: int
    batch_tokens: int
    shares: Mapping[str, float]


def summarize(recipe: Recipe, plan: Path, *, data: Path, run: Path) -> None:
    """Train in `run`/summarizer from the last checkpoint of `run`; write figures of the held-out articles to its briefs.json."""
    choices = SummarizerRecipe(**tomllib.loads(plan.read_text(encoding="utf-8")))
    folder = run / "summarizer"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(run / "vocabulary.spm", folder / "vocabulary.spm")
    learnt, held_out = split_articles(data)
    _train(recipe, choices, PairStream(choices, learnt, read_news(data)), run, folder)
    convert(recipe, run=folder, output=folder / "model", averaged=1)
    methods = {"first three sentences": lead, "extractive": extractive, "written": written(FolderTranslator(folder / "model"))}
    figures = compare_methods(held_out, methods)
    rows = {name: {language: asdict(found) for language, found in languages.items()} for name, languages in figures.items()}
    (folder / "briefs.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(brief_table(figures))


def written(summarizer: FolderTranslator) -> Method:
    """The picked sentences, told again by the model in their own language."""

    def method(article: Mapping[str, Any], language: str) -> str:
        source = " ".join(chosen(segment(article_text(article, language)), _SENTENCES))
        return summarizer.translate([source], language)[0]

    return method


class PairStream:
    """Endless pairs of a text and its brief, in the recipe's shares."""

    def __init__(self, choices: SummarizerRecipe, articles: list[dict[str, Any]], news: list[dict[str, Any]]) -> None:
        self._choices = choices
        self._made = {"brief": _briefs(articles), "headline": _headlines(articles)}
        self._news = {language: [row[language] for row in news if row.get(language)] for language in LANGUAGES}

    def pairs(self) -> Iterator[_Pair]:
        random = np.random.default_rng(self._choices.seed)
        kinds, shares = zip(*self._choices.shares.items(), strict=True)
        while True:
            kind = kinds[random.choice(len(kinds), p=shares)]
            if kind in self._made:
                yield self._made[kind][random.integers(len(self._made[kind]))]
            else:
                language = LANGUAGES[random.integers(len(LANGUAGES))]
                yield (*joined(self._news[language], language, random), language)


def _briefs(articles: list[dict[str, Any]]) -> list[_Pair]:
    """Picks of several lengths, with the one brief that people wrote."""
    return [
        (" ".join(chosen(segment(article_text(article, language)), count)), article["brief"][language], language)
        for article in articles
        for language in LANGUAGES
        for count in _PICKED[1:]
    ]


def _headlines(articles: list[dict[str, Any]]) -> list[_Pair]:
    return [
        (" ".join(chosen(segment(article_text(article, language)), _PICKED[0])), article["headline_brief"][language], language)
        for article in articles
        for language in LANGUAGES
    ]


def _train(recipe: Recipe, choices: SummarizerRecipe, stream: PairStream, run: Path, folder: Path) -> None:
    torch.manual_seed(choices.seed)
    vocabulary, device = read_vocabulary(folder / "vocabulary.spm"), find_device(recipe.schedule.device)
    network = build_network(recipe.network, len(vocabulary))
    network.load_state_dict(load_parts(checkpoints(run)[-1], "weights"), strict=False)
    network.to(device)  # type: ignore[arg-type]
    prepare_for_training(network, recipe.network.dropout)
    optimizer = torch.optim.AdamW(network.parameters(), lr=choices.learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    progress, begun = Progress(), time.monotonic()
    for examples in _batches(stream, vocabulary, choices):
        batch = pad_batch(examples, vocabulary.pad).to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss, _looking = batch_losses(network, batch, recipe.optimizer.label_smoothing)
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(network.parameters(), 1.0)
        left = 1 - progress.seconds / (60 * choices.minutes)
        for group in optimizer.param_groups:
            group["lr"] = choices.learning_rate * min(left, (progress.step + 1) / choices.warmup_steps)
        optimizer.step()
        optimizer.zero_grad()
        progress.step, progress.tokens, progress.seconds = progress.step + 1, progress.tokens + batch.tokens, time.monotonic() - begun
        if progress.step % 20 == 0:
            print(f"step {progress.step} minute {progress.seconds / 60:.1f} loss {loss.item():.3f}", flush=True)
        if left < _LEAST_RATE:
            break
    save(folder, network, [optimizer], progress, 1)


def _batches(stream: PairStream, vocabulary: Vocabulary, choices: SummarizerRecipe) -> Iterator[list[Example]]:
    """Examples of like length together, cut where the budget of padded tokens is full."""
    pairs = stream.pairs()
    random = np.random.default_rng(choices.seed)
    while True:
        pool = sorted((_example(next(pairs), vocabulary) for _ in range(_POOL)), key=lambda e: len(e.source))
        pool = [example for example in pool if len(example.source) <= _LONGEST]
        size = max(1, choices.batch_tokens // (len(pool[-1].source) + 2))
        groups = [pool[start : start + size] for start in range(0, len(pool), size)]
        for number in random.permutation(len(groups)):
            yield groups[number]


def _example(pair: _Pair, vocabulary: Vocabulary) -> Example:
    text, brief, language = pair
    source, target = (np.array(vocabulary.encode(side), dtype=np.uint16) for side in (text, brief))
    return Example(source, target, np.full(len(target), NO_LINK, dtype=np.uint8), vocabulary.ids[TARGET_TOKENS[language]])
