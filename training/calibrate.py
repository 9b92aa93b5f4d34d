"""Fits what the model's certainty means: the mean log-probability of a sentence's tokens against the chrF that it got."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import correlation, fmean

import sacrebleu

from training.held_out import read_evaluation
from training.recipe import DIRECTIONS
from training.translator import FolderTranslator

_BINS = 10
_SECTION = re.compile(r"^\[quality\.calibration\]\n.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_FILES = "[files]\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """One translated sentence: the model's certainty (mean log-probability), and its sentence chrF2, 0 to 100."""

    log_probability: float
    chrf: float


Curve = list[tuple[float, float]]


def calibrate(*, model: Path, evaluation: Path | None, limit: int | None = None) -> None:
    """Fit a curve for each direction on the first evaluation set, write them into model.toml, and print how reliable the scores are.

    That set is evaluated in halves, each with the curve of the other half; the other sets with the curve that is written.
    """
    translator, texts = FolderTranslator(model), read_evaluation(evaluation)
    curves: dict[str, Curve] = {}
    print(f"| direction | {' | '.join(f'{name} r | rho | error' for name in texts)} |\n|{'---|' * (1 + 3 * len(texts))}")
    pooled: dict[str, list[tuple[float, float]]] = {name: [] for name in texts}
    for direction in DIRECTIONS:
        first, *others = (_measured(translator, texts[name], direction, limit) for name in texts)
        curves[direction] = fitted(first)
        promised = [[(score(curves[direction], each.log_probability), each.chrf) for each in other] for other in others]
        judged = dict(zip(texts, [_by_halves(first), *promised], strict=True))
        for name, pairs in judged.items():
            pooled[name] += pairs
        print(f"| {direction} | {' | '.join(_reliability(pairs) for pairs in judged.values())} |", flush=True)
    print(f"| all | {' | '.join(_reliability(pairs) for pairs in pooled.values())} |\n")
    print("\n\n".join(f"{name}\n\n{_bins(pairs)}" for name, pairs in pooled.items() if pairs))
    write(model / "model.toml", curves)


def _measured(translator: FolderTranslator, texts: dict[str, list[str]], direction: str, limit: int | None) -> list[Sure]:
    source, target = direction.split("-")
    outputs = translator.translate_surely(texts[source][:limit], target)
    return [
        Sure(log_probability=certainty, chrf=sacrebleu.sentence_chrf(output, [reference]).score)
        for (output, certainty), reference in zip(outputs, texts[target], strict=False)
    ]


def fitted(sentences: Sequence[Sure], bins: int = _BINS) -> Curve:
    """A curve that never falls: means of equal bins, made monotone by pooling adjacent violators (isotonic regression)."""
    ordered = sorted(sentences, key=lambda each: each.log_probability)
    size = max(1, -(-len(ordered) // bins))
    groups = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    pools = [([fmean(each.log_probability for each in group)], fmean(each.chrf for each in group), len(group)) for group in groups]
    monotone: list[tuple[list[float], float, int]] = []
    for pool in pools:
        monotone.append(pool)
        while len(monotone) > 1 and monotone[-2][1] > monotone[-1][1]:
            (xs, low, many), (more, high, others) = monotone[-2], monotone[-1]
            monotone[-2:] = [([*xs, *more], (low * many + high * others) / (many + others), many + others)]
    curve = [(round(x, 4), round(chrf, 1)) for xs, chrf, _ in monotone for x in (xs[:1] if len(xs) == 1 else [xs[0], xs[-1]])]
    return [point for point, following in pairwise([*curve, (float("inf"), 0.0)]) if point[0] < following[0]]


def score(curve: Curve, log_probability: float) -> float:
    """The expected chrF: interpolated between two points; outside them, that of the nearest point."""
    if log_probability <= curve[0][0]:
        return curve[0][1]
    for (left, low), (right, high) in pairwise(curve):
        if log_probability <= right:
            return low + (high - low) * (log_probability - left) / (right - left)
    return curve[-1][1]


def write(path: Path, curves: dict[str, Curve]) -> None:
    """Put the curves into model.toml, replacing older ones."""
    lines = [
        f"{direction} = {{ log_probability = {[x for x, _ in curve]}, chrf = {[y for _, y in curve]} }}\n"
        for direction, curve in curves.items()
    ]
    section = f"[quality.calibration]\n{''.join(lines)}\n"
    text = _SECTION.sub("", path.read_text(encoding="utf-8"))
    if text.count(_FILES) != 1:
        raise ValueError(f"{path}: expected one line {_FILES.strip()}")
    path.write_text(text.replace(_FILES, section + _FILES), encoding="utf-8")


def _by_halves(sentences: Sequence[Sure]) -> list[tuple[float, float]]:
    """Each sentence's expected and real chrF, expected by a curve that has not seen it."""
    halves = sentences[::2], sentences[1::2]
    curves = [fitted(half) for half in reversed(halves)]
    return [(score(curve, each.log_probability), each.chrf) for half, curve in zip(halves, curves, strict=True) for each in half]


def _reliability(pairs: Sequence[tuple[float, float]]) -> str:
    """Pearson's r, Spearman's rho, and the mean distance between expected and real chrF of the bins, in points."""
    expected, real = [each for each, _ in pairs], [each for _, each in pairs]
    if len(set(expected)) < 2 or len(set(real)) < 2:
        return "– | – | –"
    rank = correlation(_ranks(expected), _ranks(real))
    groups = _grouped(pairs)
    error = sum(abs(fmean(e for e, _ in group) - fmean(r for _, r in group)) * len(group) for group in groups) / len(pairs)
    return f"{correlation(expected, real):.2f} | {rank:.2f} | {error:.1f}"


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks in ascending order; equal values share their mean rank."""
    ordered = sorted(values)
    return [(bisect_left(ordered, value) + bisect_right(ordered, value)) / 2 for value in values]


def _bins(pairs: Sequence[tuple[float, float]]) -> str:
    """The reliability diagram as a table."""
    rows = [f"| {fmean(e for e, _ in group):.1f} | {fmean(r for _, r in group):.1f} | {len(group)} |" for group in _grouped(pairs)]
    return "| expected | real | sentences |\n|---|---|---|\n" + "\n".join(rows)


def _grouped(pairs: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    ordered = sorted(pairs)
    size = max(1, -(-len(ordered) // _BINS))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
