"""Writes the model card (README.md) and the final model.toml from what was measured."""

import json
from pathlib import Path
from string import Template

from training.checkpoints import Progress
from training.held_out import read_evaluation
from training.model_folder import read_parameters, write_model_toml
from training.recipe import DIRECTIONS, LANGUAGES, PAIRS, Recipe
from training.sources import SOURCES
from training.translator import FolderTranslator
from training.unpack import ORIGIN

_TEMPLATE = Path(__file__).with_name("card.md")
_SAMPLES = 2
_MADE = {
    "sampled": "the same pairs cut into other pieces",
    "augmented": "with other numbers, days, places and names",
    "pivot": "with a source sentence translated by an earlier version of this model",
    "forward": "with a target sentence translated by an earlier version of this model",
}


def write_card(recipe: Recipe, *, run: Path, model: Path) -> None:
    """Complete the model folder: figures into model.toml, and README.md."""
    quality = json.loads((run / "quality.json").read_text())
    manifest = json.loads((run / "manifest.json").read_text())
    progress = _progress(run)
    parameters = read_parameters(model)
    write_model_toml(model, recipe, parameters=parameters, quality=quality)
    network = recipe.network
    card = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        name=recipe.name,
        version=recipe.version,
        parameters=f"{parameters / 1e6:.1f}",
        layers=f"{network.encoder_layers}+{network.decoder_layers}",
        width=network.d_model,
        vocabulary=recipe.vocabulary.size,
        megabytes=f"{(model / 'model.bin').stat().st_size / 1e6:.1f}",
        begun=begun(run),
        minutes=f"{progress.seconds / 60:.0f}",
        tokens=f"{progress.tokens / 1e6:.1f}",
        beam=recipe.decoding.beam_size,
        quality="\n\n".join(_quality_table(name, rows) for name, rows in quality.items()),
        sources=_source_table(manifest["pairs"]),
        made=_made(manifest["kinds"]),
        samples=_samples(FolderTranslator(model)),
    )
    (model / "README.md").write_text(card, encoding="utf-8")


def begun(run: Path) -> str:
    """What the run started from: nothing, or the weights of a model that was unpacked into it."""
    origin = run / ORIGIN
    return f"tuned from the weights of {origin.read_text(encoding='utf-8').strip()}" if origin.exists() else "trained from nothing"


def _progress(run: Path) -> Progress:
    return Progress(**json.loads((run / "marian" / "progress.json").read_text()))


def _quality_table(name: str, rows: dict[str, dict[str, float]]) -> str:
    head = "| direction | chrF2 | BLEU | copied % | empty % | looping % | numbers kept % |\n|---|---|---|---|---|---|---|\n"
    return f"### {name}\n\n{head}" + "\n".join(_quality_row(d, rows[d]) for d in DIRECTIONS)


def _quality_row(direction: str, figures: dict[str, float]) -> str:
    shares = (figures[key] for key in ("copied", "empty", "looping", "number_recall"))
    cells = [f"{figures['chrf']:.1f}", f"{figures['bleu']:.1f}", *(f"{100 * s:.1f}" for s in shares)]
    return f"| {direction} | {' | '.join(cells)} |"


def _source_table(counts: dict[str, dict[str, int]]) -> str:
    """The pairs that were used, by source and languages."""
    names = sorted({name for pair in counts.values() for name in pair})
    rows = [f"| {_title(name)} | {' | '.join(str(counts[p].get(name, 0)) for p in PAIRS)} |" for name in names]
    return f"| source (licence) | {' | '.join(PAIRS)} |\n|---|---|---|---|\n" + "\n".join(rows)


def _made(counts: dict[str, dict[str, int]]) -> str:
    """How many pairs were made from those, by kind, over all languages."""
    totals = {kind: sum(kinds.get(kind, 0) for kinds in counts.values()) for kind in _MADE}
    return "; ".join(f"{text}: {totals[kind]:,}" for kind, text in _MADE.items() if totals[kind]) or "none"


def _title(name: str) -> str:
    return f"{name}: {SOURCES[name].title} ({SOURCES[name].licence})"


def _samples(translator: FolderTranslator) -> str:
    """The first held-out sentences of the project's own texts, in every direction, as the model translates them."""
    rows = read_evaluation(None)["written"]
    blocks = []
    for source in LANGUAGES:
        texts = rows[source][:_SAMPLES]
        targets = [target for target in LANGUAGES if target != source]
        answers = {target: translator.translate(texts, target) for target in targets}
        for number, text in enumerate(texts):
            lines = [f"- {target}: {answers[target][number]}" for target in targets]
            blocks.append(f"> {source}: {text}\n\n" + "\n".join(lines))
    return "\n\n".join(blocks)
