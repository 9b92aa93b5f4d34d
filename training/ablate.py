"""Measures the choices of the data plan: short forks of one checkpoint, compared with the unchanged recipe."""

import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sacrebleu
from sacrebleu.significance import PairedTest

from training.checkpoints import checkpoints
from training.convert import convert
from training.evaluate import number_recall
from training.held_out import read_evaluation
from training.recipe import DIRECTIONS, Recipe
from training.train import train
from training.translator import FolderTranslator

_LINKED = ("en-uk.npz", "en-ru.npz", "uk-ru.npz", "manifest.json", "vocabulary.spm")
_RESAMPLED = 1000

# Outputs of a fork: set, then direction, then sentences.
Outputs = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One fork compared with the unchanged recipe on one set: mean chrF2 of six directions, and the significance of the difference."""

    chrf: float
    difference: float
    better: int
    worse: int
    number_recall: float


def ablate(recipe: Recipe, plan: Path, *, evaluation: Path, run: Path) -> None:
    """Run every fork of `plan` from the last checkpoint of `run`; forks that are done already are not run again.

    The shards of `run` must contain all kinds of pairs; forks see "plain" ones and the kinds that they name.
    """
    table: dict[str, Any] = tomllib.loads(plan.read_text(encoding="utf-8"))
    sets = read_evaluation(evaluation)
    answers: dict[str, Outputs] = {}
    for number, (name, changes) in enumerate(table["forks"].items()):
        folder = run / "forks" / f"{number:02d}"
        if not (folder / "outputs.json").exists():
            _run_fork(fork(recipe, changes, run, table["million_tokens"]), run, folder)
            outputs = _translate(folder / "model", sets, table["sentences"], table["beam_size"])
            (folder / "outputs.json").write_text(json.dumps(outputs, ensure_ascii=False), encoding="utf-8")
        answers[name] = json.loads((folder / "outputs.json").read_text(encoding="utf-8"))
        print(_row(name, answers, sets), flush=True)


def fork(recipe: Recipe, changes: Mapping[str, Any], run: Path, million_tokens: float) -> Recipe:
    """The recipe with a fork's changes, ending a given number of tokens after the last checkpoint of `run`."""
    begun = json.loads((checkpoints(run)[-1] / "progress.json").read_text())["tokens"] / 1e6
    data = replace(
        recipe.data,
        source_weights={**recipe.data.source_weights, **changes.get("source_weights", {})},
        kind_weights={"plain": 1.0, **changes.get("kind_weights", {})},
        decay_source_weights={},
        decay_kind_weights={},
    )
    end = begun + million_tokens
    schedule = replace(
        recipe.schedule, million_tokens=end, minutes=1e6, decay_share=million_tokens / end, checkpoint_minutes=1e6, warmup_steps=1
    )
    return replace(recipe, data=data, schedule=schedule, seed=changes.get("seed", recipe.seed))


def _run_fork(recipe: Recipe, run: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "checkpoints").mkdir(parents=True)
    for name in _LINKED:
        (folder / name).symlink_to((run / name).resolve())
    start = checkpoints(run)[-1]
    shutil.copytree(start, folder / "checkpoints" / start.name)
    train(recipe, run=folder)
    convert(recipe, run=folder, output=folder / "model", averaged=1)


def _translate(model: Path, sets: Mapping[str, Mapping[str, list[str]]], sentences: int, beam_size: int) -> Outputs:
    translator = FolderTranslator(model)
    return {
        name: {d: translator.translate(texts[d.split("-")[0]][:sentences], d.split("-")[1], beam_size=beam_size) for d in DIRECTIONS}
        for name, texts in sets.items()
    }


def _row(name: str, answers: Mapping[str, Outputs], sets: Mapping[str, Mapping[str, list[str]]]) -> str:
    """A line of the table: for each set the chrF2, its difference, significant directions, numbers kept."""
    unchanged = next(iter(answers.values()))
    cells = [f"{name:32}"]
    for set_name, texts in sets.items():
        found = compare(answers[name][set_name], unchanged[set_name], texts)
        cells.append(f"{found.chrf:.2f} | {found.difference:+.2f} | {found.better} / {found.worse} | {100 * found.number_recall:.1f}")
    return " | ".join(cells)


def compare(outputs: Mapping[str, list[str]], unchanged: Mapping[str, list[str]], texts: Mapping[str, list[str]]) -> Comparison:
    """Paired bootstrap (Koehn 2004, as in sacrebleu) of each direction; better and worse count those with p below 0.05."""
    scores, differences, kept = [], [], []
    better = worse = 0
    for direction in DIRECTIONS:
        source, target = direction.split("-")
        count = len(outputs[direction])
        ours, theirs, chance = _paired(outputs[direction], unchanged[direction], texts[target][:count])
        scores.append(ours)
        differences.append(ours - theirs)
        kept.append(number_recall(texts[source][:count], outputs[direction]))
        better += chance < 0.05 and ours > theirs
        worse += chance < 0.05 and ours < theirs
    mean = 1 / len(DIRECTIONS)
    return Comparison(
        chrf=sum(scores) * mean, difference=sum(differences) * mean, better=better, worse=worse, number_recall=sum(kept) * mean
    )


def _paired(outputs: list[str], unchanged: list[str], references: list[str]) -> tuple[float, float, float]:
    """Both chrF2 scores, and the probability of a difference as large by chance."""
    systems: list[tuple[str, Sequence[str]]] = [("unchanged", unchanged), ("fork", outputs)]
    metric = {"chrF": sacrebleu.CHRF(references=[references])}
    _, results = PairedTest(systems, metric, references=None, test_type="bs", n_samples=_RESAMPLED)()
    # For each system a score and, except for the first, the probability; the table's other column holds names.
    theirs, ours = results["chrF2"]
    if isinstance(ours, str) or isinstance(theirs, str):
        raise TypeError(f"not a result: {ours!r}")
    return float(ours.score), float(theirs.score), 1.0 if ours.p_value is None else float(ours.p_value)
