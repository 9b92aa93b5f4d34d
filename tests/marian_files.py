"""The same Marian model in Marian's own format, as OPUS-MT publishes it: an npz, YAML vocabularies, decoder.yml."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from tests.house import ROOT

OPTIONS = """\
type: transformer
enc-depth: 2
dec-depth: 2
transformer-heads: 4
transformer-ffn-activation: swish
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-top: ""
transformer-postprocess-emb: d
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-guided-alignment-layer: last
"""
DECODER = "models:\n  - opus.npz\nvocabs:\n  - opus.yml\n  - opus.yml\nbeam-size: 6\nnormalize: 1\n"
PROJECTIONS = {"q_proj": "q", "k_proj": "k", "v_proj": "v", "out_proj": "o"}


def write(folder: Path, *, arrays: dict[str, Any], vocabulary: list[str], pieces: Path) -> Path:
    """A Marian folder from its parts."""
    folder.mkdir(parents=True)
    options = np.frombuffer((OPTIONS + "\0").encode(), dtype=np.int8)
    np.savez(folder / "opus.npz", **arrays, **{"special:model.yml": options})
    lines = [f"{json.dumps(token, ensure_ascii=False)}: {number}\n" for number, token in enumerate(vocabulary)]
    (folder / "opus.yml").write_text("".join(lines), encoding="utf-8")
    (folder / "decoder.yml").write_text(DECODER, encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(pieces / name, folder / name)
    return folder


def drawn(vocabulary: int, width: int = 32) -> dict[str, Any]:
    """Random weights under Marian's names; the number of layers and heads is that of OPTIONS."""
    draw = np.random.default_rng(1)
    arrays: dict[str, Any] = {"Wemb": draw.normal(0, 0.3, (vocabulary, width)), "decoder_ff_logit_out_b": np.zeros((1, vocabulary))}
    for side, blocks in (("encoder", ("self",)), ("decoder", ("self", "context"))):
        for layer in (1, 2):
            for block in blocks:
                scope = f"{side}_l{layer}_{block}"
                arrays |= {f"{scope}_W{each}": draw.normal(0, 0.3, (width, width)) for each in "qkvo"}
                arrays |= {f"{scope}_b{each}": np.zeros((1, width)) for each in "qkvo"}
                arrays |= _norm(f"{scope}_Wo", width)
            scope = f"{side}_l{layer}_ffn"
            arrays |= {f"{scope}_W1": draw.normal(0, 0.2, (width, 64)), f"{scope}_b1": np.zeros((1, 64))}
            arrays |= {f"{scope}_W2": draw.normal(0, 0.2, (64, width)), f"{scope}_b2": np.zeros((1, width))}
            arrays |= _norm(f"{scope}_ffn", width)
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def renamed(weights: dict[str, Any]) -> dict[str, Any]:
    """Weights of transformers' MarianMTModel under Marian's names; <pad>, the last row, is not Marian's."""
    arrays = {"Wemb": weights["model.shared.weight"][:-1], "decoder_ff_logit_out_b": weights["final_logits_bias"][:, :-1]}
    for name, array in weights.items():
        parts = name.split(".")
        if "layers" not in parts:
            continue
        _, side, _, layer, block, *rest = parts
        scope = f"{side}_l{int(layer) + 1}"
        value = array.T if array.ndim == 2 else array[None]
        arrays[_marian_name(scope, block, rest)] = value
    return arrays


def _marian_name(scope: str, block: str, rest: list[str]) -> str:
    kind = rest[-1]
    attention = {"self_attn": "self", "encoder_attn": "context"}
    if block in attention:
        return f"{scope}_{attention[block]}_{'W' if kind == 'weight' else 'b'}{PROJECTIONS[rest[0]]}"
    if block in ("fc1", "fc2"):
        return f"{scope}_ffn_{'W' if kind == 'weight' else 'b'}{block[-1]}"
    norm = {"self_attn_layer_norm": "self_Wo", "encoder_attn_layer_norm": "context_Wo", "final_layer_norm": "ffn_ffn"}[block]
    return f"{scope}_{norm}_ln_{'scale' if kind == 'weight' else 'bias'}"


def _norm(scope: str, width: int) -> dict[str, Any]:
    return {f"{scope}_ln_scale": np.ones((1, width)), f"{scope}_ln_bias": np.zeros((1, width))}


def seed_pieces() -> Path:
    """The starter's own pieces, for tests that need a vocabulary."""
    return ROOT / "seeds/models/starter"
