"""Measure how CTranslate2 compares with transformers on a checkpoint of each architecture: `python -m tests.parity` prints the table."""

import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import ctranslate2
import torch

from benchmarks.chrf import chrf
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.text.sentences.segmentation import segment
from tests import checkpoints
from tests.checkpoints import RECIPES, Recipe
from tests.house import ROOT
from tests.reference import Reference

STEPS = 40  # Output tokens; long enough for a mistake to show, short enough for a test.
SENTENCES = 8  # In each direction.
EMPTY = ("", " ")
TRICKY = ("a", "…", "👍 漢字 ⸮", "  two  spaces ", "№ 5 — «так», 12,5 %", "перший рядок\nдругий", "e\u0301 и\u0306", "\ufeff\u200bzero")
_MILD = 0.25
Tokens = list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """Figures of one checkpoint. `same_*` count identical token sequences of `sentences`; differences are of log-probabilities."""

    name: str
    sentences: int
    same_inputs: int
    same_greedy: int
    same_beam: int
    same_texts: int
    greatest_difference: float
    ended: int
    variety: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Int8:
    """How int8 differs from float32: log-probabilities of float32's own output, greedy output, and its chrF."""

    sentences: int
    mean_difference: float
    same_greedy: int
    chrf: float


class Bench:
    """One checkpoint, converted, and its reference."""

    def __init__(self, name: str, folder: Path, manifest: Manifest | None = None) -> None:
        self.recipe: Recipe = RECIPES[name]
        self.manifest: Manifest = manifest or checkpoints.install(name, folder)
        self.checkpoint = folder / "checkpoint"
        self.reference = Reference(self.checkpoint, self.recipe)
        self.tokenizer = Tokenizer(self.manifest)

    def texts(self, source: str) -> list[str]:
        """Sentences of the seed article that fit the model, and texts that are not sentences."""
        document = segment((ROOT / f"seeds/articles/{source}.txt").read_text(encoding="utf-8"))
        sentences = [document.segment_text(index) for index in range(len(document.segments))]
        fitting = [text for text in sentences if self.tokenizer.count(text) <= checkpoints.POSITIONS]
        return [*fitting[:SENTENCES], *TRICKY]

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        """Tokens as the model sees them: unknown ones are <unk>."""
        return list(self.reference.tokenizer.convert_tokens_to_ids(list(tokens)))

    def generate(self, translator: ctranslate2.Translator, sources: list[Tokens], prefix: Tokens, *, beams: int) -> list[Tokens]:
        results = translator.translate_batch(
            sources,
            target_prefix=[prefix] * len(sources) if prefix else None,
            beam_size=beams,
            min_decoding_length=self.counted(prefix) + 1,
            max_decoding_length=STEPS,
            max_input_length=0,
            max_batch_size=0,
        )
        return [result.hypotheses[0][self.counted(prefix) :] for result in results]

    def counted(self, prefix: Tokens) -> int:
        """Prefix tokens that are output tokens: the start token itself (mBART-25) is not one."""
        return 0 if self.recipe.family == "mbart" else len(prefix)


def translator(manifest: Manifest) -> ctranslate2.Translator:
    return ctranslate2.Translator(
        str(manifest.folder), inter_threads=1, intra_threads=1, compute_type=manifest.folder.name.removeprefix("model-")
    )


def measure(bench: Bench) -> Parity:
    """Every direction of a checkpoint."""
    torch.set_num_threads(1)
    rows = [row for pair in bench.manifest.pairs for row in _rows(bench, *pair)]
    return Parity(
        name=bench.manifest.name,
        sentences=len(rows),
        same_inputs=sum(row.same_input for row in rows),
        same_greedy=sum(row.greedy == row.wanted for row in rows),
        same_beam=sum(row.beam == row.wanted_beam for row in rows),
        same_texts=sum(row.same_text for row in rows),
        greatest_difference=max(row.difference for row in rows),
        ended=sum(len(row.wanted) < STEPS - 2 for row in rows),
        variety=fmean(len(set(row.wanted)) / max(1, len(row.wanted)) for row in rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One sentence: what the reference writes, what CTranslate2 writes, and how far apart their log-probabilities are."""

    same_input: bool
    wanted: Tokens
    wanted_beam: Tokens
    greedy: Tokens
    beam: Tokens
    same_text: bool
    difference: float


def _rows(bench: Bench, source: str, target: str) -> Iterator[_Row]:
    texts, prefix, runner = bench.texts(source), bench.tokenizer.prefix(source, target), translator(bench.manifest)
    given = [bench.tokenizer.encode(text, source, target) for text in texts]
    own = [bench.reference.encode(text, source, target) for text in texts]
    least = bench.counted(prefix) + 1
    wanted, wanted_beam = (bench.reference.generate(own, target, beams=beams, steps=STEPS, least=least) for beams in (1, 4))
    greedy, beam = (bench.generate(runner, given, prefix, beams=beams) for beams in (1, 4))
    outputs = [prefix + output for output in wanted]
    scores = runner.score_batch(given, outputs, max_input_length=0)
    for index, output in enumerate(wanted):
        reference = bench.reference.score(own[index], [*outputs[index], "</s>"])
        yield _Row(
            same_input=bench.numbers(given[index]) == bench.numbers(own[index]),
            wanted=output,
            wanted_beam=wanted_beam[index],
            greedy=greedy[index],
            beam=beam[index],
            same_text=bench.tokenizer.decode(spoken(bench, output)) == bench.reference.decode(spoken(bench, output)),
            difference=max(_distances(reference, scores[index].log_probs)),
        )


def measure_int8(name: str, folder: Path) -> Int8:
    """int8 against float32 on a checkpoint of milder weights: with sharp random attention any rounding changes the output."""
    manifests = [checkpoints.install(name, folder, quantization=each, sharpness=_MILD) for each in ("float32", "int8")]
    full, small = map(translator, manifests)
    bench = Bench(name, folder, manifests[0])
    same, distances, scores = [], [], []
    for source, target in bench.manifest.pairs:
        prefix = bench.tokenizer.prefix(source, target)
        given = [bench.tokenizer.encode(text, source, target) for text in bench.texts(source)]
        wanted, got = (bench.generate(each, given, prefix, beams=1) for each in (full, small))
        outputs = [prefix + output for output in wanted]
        for one, other in zip(*(each.score_batch(given, outputs, max_input_length=0) for each in (full, small)), strict=True):
            distances.append(fmean(_distances(one.log_probs, other.log_probs)))
        same += [one == other for one, other in zip(wanted, got, strict=True)]
        scores += [chrf(bench.tokenizer.decode(one), bench.tokenizer.decode(other)) for one, other in zip(got, wanted, strict=True)]
    return Int8(sentences=len(same), mean_difference=fmean(distances), same_greedy=sum(same), chrf=fmean(scores))


def spoken(bench: Bench, output: Tokens) -> Tokens:
    """The output without tokens that are not words; random weights produce them, and the two libraries print some of them differently."""
    control = {*bench.reference.tokenizer.all_special_tokens, *bench.reference.tokenizer.get_added_vocab()}
    return [token for token in output if token not in control and not re.fullmatch(r"__\w+__|>>\w+<<", token)]


def _distances(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [abs(a - b) for a, b in zip(one, other, strict=True)]


def main() -> None:
    """The table of docs/parity.md."""
    print("| checkpoint | sentences | inputs | greedy | beam 4 | texts | log-probability | int8: log-probability | greedy | chrF |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or RECIPES:
            each, small = measure(Bench(name, Path(folder, name))), measure_int8(name, Path(folder, f"{name}-mild"))
            same = (each.same_inputs, each.same_greedy, each.same_beam, each.same_texts)
            counts = " | ".join(f"{count}/{each.sentences}" for count in same)
            int8 = f"{small.mean_difference:.3f} | {small.same_greedy}/{small.sentences} | {small.chrf:.1f}"
            print(f"| {name} | {each.sentences} | {counts} | {each.greatest_difference:.0e} | {int8} |")
            print(f"{name}: {each.ended} ended, variety {each.variety:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main()
