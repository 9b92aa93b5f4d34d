"""Turns checkpoints into a model folder: averaged weights, Marian files, CTranslate2 int8, vocabulary map, model.toml."""

import json
import shutil
from pathlib import Path

from ctranslate2.converters import TransformersConverter
from transformers import GenerationConfig, MarianMTModel, MarianTokenizer

from training.checkpoints import average, checkpoints
from training.lists import write_lists
from training.model_folder import write_model_toml
from training.network import POSITIONS, build_network
from training.recipe import Recipe
from training.vocabulary import END, PAD, UNKNOWN, read_vocabulary


def convert(recipe: Recipe, *, run: Path, output: Path, averaged: int) -> None:
    """Write the model folder `output` from the last `averaged` checkpoints of `run`; only a run that was prepared gives it lists."""
    marian = run / "marian"
    save_marian(recipe, run, marian, averaged)
    partial = output.with_name(f".{output.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    to_ctranslate2(marian, partial, "int8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(run / "vocabulary.spm", partial / name)
    if (run / "manifest.json").exists():
        write_lists(run, partial)
    network = MarianMTModel.from_pretrained(marian)
    write_model_toml(partial, recipe, parameters=_parameters(network), quality={})
    replace_folder(partial, output)


def save_marian(recipe: Recipe, run: Path, folder: Path, averaged: int) -> None:
    """Write what `MarianMTModel.from_pretrained` and `MarianTokenizer.from_pretrained` read."""
    vocabulary = read_vocabulary(run / "vocabulary.spm")
    network = build_network(recipe.network, len(vocabulary))
    network.load_state_dict(average(checkpoints(run)[-averaged:]), strict=False)
    # <pad> has a row of zeros; transformers would choose it if all other logits are negative.
    network.generation_config = GenerationConfig.from_model_config(network.config)
    network.generation_config.bad_words_ids = [[vocabulary.pad]]
    shutil.rmtree(folder, ignore_errors=True)
    network.save_pretrained(folder)
    _tokenizer(vocabulary.ids, run / "vocabulary.spm", folder)
    shutil.copyfile(checkpoints(run)[-1] / "progress.json", folder / "progress.json")


def to_ctranslate2(marian: Path, output: Path, quantization: str) -> None:
    """Convert a Marian folder."""
    TransformersConverter(str(marian)).convert(str(output), quantization=quantization, force=True)


def replace_folder(new: Path, old: Path) -> None:
    """Put `new` where `old` is; a reader sees the one or the other, never a half."""
    retired = old.with_name(f".{old.name}.retired")
    shutil.rmtree(retired, ignore_errors=True)
    old.parent.mkdir(parents=True, exist_ok=True)
    if old.exists():
        old.replace(retired)
    new.replace(old)
    shutil.rmtree(retired, ignore_errors=True)


def _tokenizer(ids: dict[str, int], spm: Path, folder: Path) -> None:
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(spm, folder / name)
    tokenizer = MarianTokenizer(
        source_spm=str(folder / "source.spm"),
        target_spm=str(folder / "target.spm"),
        vocab=str(folder / "vocab.json"),
        unk_token=UNKNOWN,
        eos_token=END,
        pad_token=PAD,
        model_max_length=POSITIONS,
    )
    tokenizer.save_pretrained(folder)


def _parameters(network: MarianMTModel) -> int:
    return sum(weight.numel() for weight in network.parameters() if weight.requires_grad)
