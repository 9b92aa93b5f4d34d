"""Turns a model folder into a run: its int8 weights as floats again, in a first checkpoint from which `train` goes on.

Only int8's rounding is lost, 0.05 points of chrF2; a run's own checkpoints are better if they still exist.
"""

import json
import shutil
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.checkpoints import Progress, save_parts, weights
from training.network import build_network
from training.recipe import Recipe
from training.vocabulary import read_vocabulary

ORIGIN = "origin.txt"
_VERSION = 6
# By the numbers that stand for them in the file.
_TYPES = ("float32", "int8", "int16", "int32", "float16")
_LAYER_PARTS = {
    "self_attn": "self_attention",
    "encoder_attn": "attention",
    "self_attn_layer_norm": "self_attention/layer_norm",
    "encoder_attn_layer_norm": "attention/layer_norm",
    "fc1": "ffn/linear_0",
    "fc2": "ffn/linear_1",
    "final_layer_norm": "ffn/layer_norm",
}
_NORM_KEYS = {"weight": "gamma", "bias": "beta"}

Arrays = dict[str, NDArray[np.float32]]


def unpack(recipe: Recipe, *, model: Path, run: Path) -> Path:
    """Write `run`/vocabulary.spm, a checkpoint before the first step, which it returns, and for the model card which model this was.

    Raises ValueError if the model is not the recipe's network, FileExistsError if the run has a checkpoint already.
    """
    folder = run / "checkpoints" / f"{0:08d}"
    if folder.parent.exists() and any(folder.parent.iterdir()):
        raise FileExistsError(f"{folder.parent} holds checkpoints: take another run")
    found = network_weights(recipe, model)
    folder.mkdir(parents=True)
    shutil.copyfile(model / "source.spm", run / "vocabulary.spm")
    save_parts(found, folder, "weights")
    (folder / "progress.json").write_text(json.dumps(asdict(Progress())))
    description = tomllib.loads((model / "model.toml").read_text(encoding="utf-8"))
    (run / ORIGIN).write_text(f"{description['name']} {description['version']}", encoding="utf-8")
    return folder


def network_weights(recipe: Recipe, model: Path) -> dict[str, torch.Tensor]:
    """The weights of a model folder by the names and in the shapes of the recipe's network."""
    arrays = read_arrays(model / "model.bin")
    wanted = weights(build_network(recipe.network, len(read_vocabulary(model / "source.spm"))))
    found = {name: torch.from_numpy(_weight(arrays, name).copy()) for name in wanted}
    for name, weight in found.items():
        if weight.shape != wanted[name].shape:
            raise ValueError(f"{name} is {list(weight.shape)} in {model}, and {list(wanted[name].shape)} in the recipe")
    _say_of_layers(arrays, recipe, model)
    return found


def read_arrays(path: Path) -> Arrays:
    """The arrays of a CTranslate2 model.bin by name, int8 rows multiplied out; an alias is found by both names."""
    reader = _Reader(path.read_bytes())
    if (version := reader.number("I")) != _VERSION:
        raise ValueError(f"{path}: binary version {version}, not {_VERSION}")
    reader.string(), reader.number("I")
    stored = dict(reader.arrays())
    aliases = [(reader.string(), reader.string()) for _ in range(reader.number("I"))]
    stored |= {alias: stored[name] for alias, name in aliases}
    stored |= {f"{alias}_scale": stored[f"{name}_scale"] for alias, name in aliases if f"{name}_scale" in stored}
    return {name: _floats(array, stored.get(f"{name}_scale")) for name, array in stored.items()}


class _Reader:
    """Walks through the bytes of a model.bin (ctranslate2/specs/model_spec.py writes them)."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def number(self, code: str) -> int:
        return int(struct.unpack("<" + code, self._bytes(struct.calcsize("<" + code)))[0])

    def string(self) -> str:
        """Its length counts the zero byte at its end."""
        return self._bytes(self.number("H"))[:-1].decode()

    def arrays(self) -> Iterator[tuple[str, NDArray[np.generic]]]:
        for _ in range(self.number("I")):
            name = self.string()
            shape = [self.number("I") for _ in range(self.number("B"))]
            kind = self.number("B")
            yield name, np.frombuffer(self._bytes(self.number("I")), _TYPES[kind]).reshape(shape)

    def _bytes(self, length: int) -> bytes:
        self._place += length
        return self._data[self._place - length : self._place]


def _floats(array: NDArray[np.generic], scale: NDArray[np.generic] | None) -> NDArray[np.float32]:
    """The row as floats: it was multiplied by its scale before it was rounded."""
    floats = array.astype(np.float32)
    return floats if scale is None else floats / scale.astype(np.float32)[:, None]


def _weight(arrays: Arrays, name: str) -> NDArray[np.float32]:
    """One weight of MarianMTModel; CTranslate2 uses other names and keeps some weights side by side in one array."""
    *path, key = name.removeprefix("model.").split(".")
    if path == ["shared"]:
        # CTranslate2 has no <pad>; its row is zero.
        return np.pad(_array(arrays, "encoder/embeddings_0/weight"), ((0, 1), (0, 0)))
    side, _, layer, part, *inner = path
    place = f"{side}/layer_{layer}/{_LAYER_PARTS[part]}"
    if inner:
        return _projection(arrays, place, inner[0], key)
    return _array(arrays, f"{place}/{_NORM_KEYS[key] if part.endswith('layer_norm') else key}")


def _projection(arrays: Arrays, attention: str, name: str, key: str) -> NDArray[np.float32]:
    """A weight of an attention: queries, keys and values are one array, or queries one and keys and values another; output is last."""
    crossed = f"{attention}/linear_2/weight" in arrays
    linear, number, count = {
        "q_proj": (0, 0, 1 if crossed else 3),
        "k_proj": (1, 0, 2) if crossed else (0, 1, 3),
        "v_proj": (1, 1, 2) if crossed else (0, 2, 3),
        "out_proj": (2 if crossed else 1, 0, 1),
    }[name]
    return np.split(_array(arrays, f"{attention}/linear_{linear}/{key}"), count)[number]


def _array(arrays: Arrays, name: str) -> NDArray[np.float32]:
    if name not in arrays:
        raise ValueError(f"the model has no {name}: it is not the recipe's network")
    return arrays[name]


def _say_of_layers(arrays: Arrays, recipe: Recipe, model: Path) -> None:
    """Check layers and heads: additional layers would be dropped silently, and other heads would read the same arrays differently."""
    network = recipe.network
    for side, layers in (("encoder", network.encoder_layers), ("decoder", network.decoder_layers)):
        if f"{side}/layer_{layers}/ffn/linear_0/weight" in arrays or arrays[f"{side}/num_heads"] != network.heads:
            raise ValueError(f"the {side} of {model} has other layers or heads than the recipe's")
