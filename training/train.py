"""The training loop: runs for the minutes that the recipe allows, and resumes where it was stopped."""

import math
import signal
import time
from pathlib import Path

import torch
from torch.nn.utils import clip_grad_norm_

from training.batches import Batch, BatchStream
from training.checkpoints import Progress, load_latest, save
from training.network import batch_losses, build_network, prepare_for_training
from training.optimizer import build_optimizers, rate, set_rate
from training.recipe import Recipe
from training.shards import read_shards
from training.spare_cores import SpareCores
from training.vocabulary import read_vocabulary

_REPORT_STEPS = 50


class Trainer:
    """A network, its optimizers and how far they have come."""

    def __init__(self, recipe: Recipe, run: Path) -> None:
        self._recipe, self._run = recipe, run
        torch.manual_seed(recipe.seed)
        vocabulary = read_vocabulary(run / "vocabulary.spm")
        self._device = find_device(recipe.schedule.device)
        self._network = build_network(recipe.network, len(vocabulary))
        self._network.to(self._device)  # type: ignore[arg-type]
        self._optimizers = build_optimizers(self._network, recipe.optimizer)
        self._progress = load_latest(run, self._network, self._optimizers) or Progress()
        shards, sources = read_shards(run)
        self._stream = BatchStream(recipe, shards, sources, vocabulary)
        self._stopped = False

    def stop(self, *_signal: object) -> None:
        """Save after the current step and return."""
        self._stopped = True

    def train(self, *, minutes: float | None = None, steps: int | None = None) -> None:
        """Train until the recipe's end, until `stop`, or for `minutes` or `steps` of this start."""
        schedule, progress = self._recipe.schedule, self._progress
        report, cores = Report(progress), SpareCores(schedule.threads)
        begun = saved = progress.seconds
        first = progress.step
        shape = self._recipe.network
        prepare_for_training(self._network, shape.dropout, embedding=shape.embedding_dropout, inner=shape.inner_dropout)
        # Decks start over after a stop; the step as seed keeps them from repeating themselves.
        batches = self._stream.batches(seed=progress.step)
        last, decaying = time.monotonic(), False
        while self._done() < 1 and not self._stopped:
            if not decaying and self._done() > 1 - schedule.decay_share:
                decaying = True
                self._stream.begin_decay()
                batches = self._stream.batches(seed=progress.step)
            losses = self._step(next(batches).to(self._device))
            now = time.monotonic()
            progress.seconds, last = progress.seconds + now - last, now
            cores.adapt()
            report.add(losses, progress, self._learning_rate())
            if progress.seconds - saved > 60 * schedule.checkpoint_minutes:
                saved = progress.seconds
                self._save()
            if progress.seconds - begun > 60 * (minutes or math.inf) or progress.step - first == steps:
                self.stop()
        self._save()

    def _step(self, batch: Batch) -> torch.Tensor:
        """One update; returns the mean loss of a token, and of where it looks, without waiting for them."""
        recipe = self._recipe.optimizer
        with torch.autocast(self._device.type, dtype=torch.bfloat16):
            loss, looking = batch_losses(self._network, batch, recipe.label_smoothing, consistency=recipe.consistency)
        (loss + recipe.alignment_weight * looking).backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(self._network.parameters(), recipe.max_gradient_norm)
        set_rate(self._optimizers, self._learning_rate())
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad()
        self._progress.step += 1
        self._progress.tokens += batch.tokens
        return torch.stack([loss.detach(), looking.detach()])

    def _learning_rate(self) -> float:
        return rate(self._done(), self._progress.step, self._recipe.schedule)

    def _done(self) -> float:
        return self._recipe.schedule.progress(seconds=self._progress.seconds, tokens=self._progress.tokens)

    def _save(self) -> None:
        kept = self._recipe.schedule.checkpoints_kept
        save(self._run, self._network, self._optimizers, self._progress, kept)


class Report:
    """Prints a progress line every so many steps."""

    def __init__(self, progress: Progress) -> None:
        self._losses: list[torch.Tensor] = []
        self._tokens, self._seconds = progress.tokens, progress.seconds

    def add(self, losses: torch.Tensor, progress: Progress, factor: float) -> None:
        """Record one step."""
        self._losses.append(losses)
        if len(self._losses) < _REPORT_STEPS:
            return
        speed = (progress.tokens - self._tokens) / (progress.seconds - self._seconds)
        words, looking = torch.stack(self._losses).mean(dim=0).tolist()
        print(
            f"step {progress.step} minute {progress.seconds / 60:.1f} loss {words:.3f} looking {looking:.2f} "
            f"tokens {progress.tokens} speed {speed:.0f}/s rate {factor:.2f} threads {torch.get_num_threads()}",
            flush=True,
        )
        self._losses, self._tokens, self._seconds = [], progress.tokens, progress.seconds


def find_device(name: str) -> torch.device:
    """The device of that name; "auto" is an accelerator if there is one, else the CPU."""
    if name != "auto":
        return torch.device(name)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(recipe: Recipe, *, run: Path, minutes: float | None = None, steps: int | None = None) -> None:
    """Train in `run`, which `prepare` has filled; for at most this many minutes or steps now, if given."""
    # Denormal numbers are a hundred times as slow on a CPU.
    torch.set_flush_denormal(True)
    trainer = Trainer(recipe, run)
    signal.signal(signal.SIGTERM, trainer.stop)
    trainer.train(minutes=minutes, steps=steps)
