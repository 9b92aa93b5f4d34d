"""Measures a model folder: chrF2 and BLEU for each direction, and how often it copies, loops, writes nothing or drops numbers."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import sacrebleu

from training.data import normalized
from training.held_out import read_evaluation
from training.recipe import DIRECTIONS
from training.translator import FolderTranslator

_NUMBER = re.compile(r"\d+")
# The thousands separator differs from language to language.
_THOUSANDS = re.compile(r"(?<=\d)[,. \u00a0\u202f](?=\d{3}(?!\d))")
_LOOP = 4

# Set, then direction, then figure.
Quality = dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured for one direction; rates and recall are shares of 1."""

    chrf: float
    bleu: float
    copied: float
    empty: float
    looping: float
    number_recall: float


def evaluate(*, model: Path, evaluation: Path | None, output: Path | None, sets: Sequence[str], limit: int | None) -> Quality:
    """Measure the sets, or only those of `sets`, printing as it goes; the figures also go to `output`."""
    translator = FolderTranslator(model)
    result: Quality = {}
    for name, texts in read_evaluation(evaluation).items():
        if not sets or name in sets:
            print(name)
            result[name] = _evaluate_set(translator, texts, limit)
    if output:
        output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return result


def _evaluate_set(translator: FolderTranslator, texts: dict[str, list[str]], limit: int | None) -> dict[str, dict[str, float]]:
    result = {}
    for direction in DIRECTIONS:
        source, target = direction.split("-")
        sources, references = texts[source][:limit], texts[target][:limit]
        figures = measure(sources, translator.translate(sources, target), references)
        print(direction, " ".join(f"{k} {v:.3g}" for k, v in asdict(figures).items()), flush=True)
        result[direction] = asdict(figures)
    return result


def measure(sources: list[str], outputs: list[str], references: list[str]) -> Figures:
    """Compare translations with references and with their sources."""
    return Figures(
        chrf=sacrebleu.corpus_chrf(outputs, [references]).score,
        bleu=sacrebleu.corpus_bleu(outputs, [references]).score,
        copied=_share(normalized(s) == normalized(o) for s, o in zip(sources, outputs, strict=True)),
        empty=_share(not output.strip() for output in outputs),
        looping=_share(loops(output) for output in outputs),
        number_recall=number_recall(sources, outputs),
    )


def loops(text: str) -> bool:
    """Whether the same three words occur in the text four times or more."""
    words = text.casefold().split()
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return max(runs.values(), default=0) >= _LOOP


def number_recall(sources: list[str], outputs: list[str]) -> float:
    """The share of the sources' digit groups found in the outputs, thousands joined: 9,000 and 9 000 are 9000."""
    wanted = found = 0
    for source, output in zip(sources, outputs, strict=True):
        asked, given = _digit_groups(source), _digit_groups(output)
        wanted += asked.total()
        found += (asked & given).total()
    return found / wanted if wanted else 1.0


def _digit_groups(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(_THOUSANDS.sub("", text)))


def _share(answers: Iterable[bool]) -> float:
    values = list(answers)
    return sum(values) / len(values)
