"""Makes pairs that the data lack: a sentence in English and one of Ukrainian and Russian gets the other one.

Ukrainian and Russian are close, so a small model translates between them better than from English. The new side is
only ever a source: the network learns to write only what people wrote (back-translation, Sennrich et al. 2016).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from training.data import Pair, is_useful, normalized, read_pairs
from training.evaluate import loops, number_recall
from training.recipe import Recipe
from training.translator import FolderTranslator

_FILE = "pivot.jsonl"
_MISSING = {"en-ru": "uk", "en-uk": "ru"}


def pivot(recipe: Recipe, *, data: Path, run: Path, model: Path) -> None:
    """Translate with the model folder `model`, and write `run`/pivot.jsonl, which the next `prepare` of this run reads."""
    run.mkdir(parents=True, exist_ok=True)
    translator = FolderTranslator(model)
    pairs = list(read_pairs(data, recipe.data))
    with (run / _FILE).open("w", encoding="utf-8") as lines:
        for name, language in _MISSING.items():
            wanted = wanting(pairs, name, recipe.data.pivoted_sources)
            outputs = translator.translate([pair.second for pair in wanted], language, beam_size=1)
            kept = list(completed(wanted, outputs, language, recipe.data.max_length_ratio))
            lines.writelines(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in kept)
            print(f"{name}: {len(wanted)} sentences translated to {language}, {len(kept)} pairs kept")


def read_pivoted(run: Path) -> Iterator[Pair]:
    """The pairs that `pivot` wrote, if it has been run."""
    path = run / _FILE
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield Pair(**json.loads(line))


def wanting(pairs: Sequence[Pair], name: str, sources: Sequence[str]) -> list[Pair]:
    """The pairs of some sources whose English side has no third language yet."""
    present = {normalized(pair.first) for pair in pairs if pair.pair == f"en-{_MISSING[name]}"}
    return [p for p in pairs if p.pair == name and p.source in sources and normalized(p.first) not in present]


def completed(pairs: Sequence[Pair], outputs: Sequence[str], language: str, max_length_ratio: float) -> Iterator[Pair]:
    """Two new pairs for each pair and its translation: one with its English side, one with its other side."""
    for pair, output in zip(pairs, outputs, strict=True):
        english = Pair(source=pair.source, pair=f"en-{language}", first=pair.first, second=output, kind="pivot", synthetic="second")
        if not _is_sound(english, pair.second, max_length_ratio):
            continue
        yield english
        sides = {"synthetic": "first", "first": output, "second": pair.second}
        if language == "ru":
            sides = {"synthetic": "second", "first": pair.second, "second": output}
        yield Pair(source=pair.source, pair="uk-ru", kind="pivot", **sides)


def _is_sound(pair: Pair, origin: str, max_length_ratio: float) -> bool:
    complete = number_recall([origin], [pair.second]) == 1.0
    return complete and not loops(pair.second) and is_useful(pair, max_length_ratio)
