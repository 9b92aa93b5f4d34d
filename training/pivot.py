"""Makes pairs that the data lack: the Russian of an en-ru pair translated to Ukrainian, and the reverse.

Ukrainian and Russian are close, so a half-trained model already translates between them better
than from English. Each new pair keeps its human English side.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from training.data import Pair, is_useful, normalized, read_pairs
from training.evaluate import loops, number_recall
from training.recipe import Recipe
from training.translator import FolderTranslator

PREFIX = "pivot-"
_OTHER = {"en-ru": "uk", "en-uk": "ru"}


def pivot(recipe: Recipe, *, data: Path, run: Path, model: Path) -> None:
    """Write `run`/pivot.jsonl, which the next `prepare` of this run reads."""
    translator = FolderTranslator(model)
    pairs = list(read_pairs(data, recipe.data))
    made = [pair for name in _OTHER for pair in _pivoted(translator, name, _wanted(pairs, name, recipe))]
    kept = [pair for pair in made if _is_sound(pair, recipe.data.max_length_ratio)]
    lines = (json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in kept)
    (run / "pivot.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{len(made)} pairs translated, {len(kept)} kept")


def read_pivoted(run: Path) -> Iterator[Pair]:
    """The pairs that `pivot` wrote, if it has been run."""
    path = run / "pivot.jsonl"
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Pair(**json.loads(line))


def _wanted(pairs: list[Pair], name: str, recipe: Recipe) -> list[Pair]:
    """The pairs of a pivoted source whose English has no such translation yet."""
    other = f"en-{_OTHER[name]}"
    present = {normalized(pair.first) for pair in pairs if pair.pair == other}
    return [
        pair
        for pair in pairs
        if pair.pair == name and PREFIX + pair.source in recipe.data.source_weights and normalized(pair.first) not in present
    ]


def _pivoted(translator: FolderTranslator, name: str, pairs: list[Pair]) -> Iterable[Pair]:
    target = _OTHER[name]
    outputs = translator.translate([pair.second for pair in pairs], target, beam_size=1)
    for pair, output in zip(pairs, outputs, strict=True):
        yield Pair(source=PREFIX + pair.source, pair=f"en-{target}", first=pair.first, second=output)


def _is_sound(pair: Pair, max_length_ratio: float) -> bool:
    complete = number_recall([pair.first], [pair.second]) == 1.0
    return complete and not loops(pair.second) and is_useful(pair, max_length_ratio)
