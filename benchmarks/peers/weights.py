"""The starter's CTranslate2 file read back and multiplied out to float32, as transformers' MarianMTModel.

The file is CTranslate2's binary version 6: a header, then for each variable its name, shape, type and bytes, then aliases.
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from transformers import MarianConfig, MarianMTModel

FOLDER = Path(__file__).resolve().parents[2] / "seeds/models/starter"
_BINARY_VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
# Which of transformers' projections lie side by side in one matrix of CTranslate2's.
_SELF = {"linear_0": ("q_proj", "k_proj", "v_proj"), "linear_1": ("out_proj",)}
_CROSS = {"linear_0": ("q_proj",), "linear_1": ("k_proj", "v_proj"), "linear_2": ("out_proj",)}
_FEED = {"linear_0": ("fc1",), "linear_1": ("fc2",)}


def marian(*, vocabulary_size: int, end: int) -> MarianMTModel:
    """The model, with one extra token for padding, from which decoding starts and which it never writes."""
    variables = _variables()
    model = MarianMTModel(_config(variables, vocabulary_size, end)).eval()
    state = model.state_dict()
    embeddings = torch.zeros_like(state["model.shared.weight"])
    embeddings[:vocabulary_size] = torch.from_numpy(_matrix(variables, "decoder/embeddings"))
    for name in [name for name in state if name.endswith(("shared.weight", "embed_tokens.weight")) or name == "lm_head.weight"]:
        state[name] = embeddings
    for side in ("encoder", "decoder"):
        for layer in range(_layers(variables, side)):
            _fill(state, variables, f"{side}/layer_{layer}", f"model.{side}.layers.{layer}")
    model.load_state_dict(state)
    model.generation_config.bad_words_ids = [[vocabulary_size]]
    return model


def _config(variables: dict[str, Any], vocabulary_size: int, end: int) -> MarianConfig:
    pad, (feed, width) = vocabulary_size, variables["encoder/layer_0/ffn/linear_0/weight"].shape
    sides = {f"{side}_{what}": value for side in ("encoder", "decoder") for what, value in _side(variables, side, int(feed)).items()}
    return MarianConfig(
        vocab_size=vocabulary_size + 1,
        d_model=int(width),
        activation_function="relu",
        scale_embedding=True,
        max_position_embeddings=int(variables["decoder/position_encodings/encodings"].shape[0]),
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=end,
        forced_eos_token_id=None,
        **sides,
    )


def _side(variables: dict[str, Any], side: str, feed: int) -> dict[str, int]:
    return {"layers": _layers(variables, side), "attention_heads": int(variables[f"{side}/num_heads"]), "ffn_dim": feed}


def _layers(variables: dict[str, Any], side: str) -> int:
    return len({name.split("/")[1] for name in variables if name.startswith(f"{side}/layer_")})


def _fill(state: dict[str, Any], variables: dict[str, Any], source: str, target: str) -> None:
    blocks = [("self_attention", "self_attn.", "self_attn_layer_norm", _SELF), ("ffn", "", "final_layer_norm", _FEED)]
    if f"{source}/attention/linear_0/weight" in variables:
        blocks.append(("attention", "encoder_attn.", "encoder_attn_layer_norm", _CROSS))
    for block, prefix, norm, linears in blocks:
        state[f"{target}.{norm}.weight"] = torch.from_numpy(variables[f"{source}/{block}/layer_norm/gamma"])
        state[f"{target}.{norm}.bias"] = torch.from_numpy(variables[f"{source}/{block}/layer_norm/beta"])
        for linear, names in linears.items():
            weights = np.split(_matrix(variables, f"{source}/{block}/{linear}"), len(names))
            biases = np.split(variables[f"{source}/{block}/{linear}/bias"], len(names))
            for name, weight, bias in zip(names, weights, biases, strict=True):
                state[f"{target}.{prefix}{name}.weight"] = torch.from_numpy(weight.copy())
                state[f"{target}.{prefix}{name}.bias"] = torch.from_numpy(bias.copy())


def _matrix(variables: dict[str, Any], name: str) -> Any:
    """A row was multiplied by its scale before it was rounded."""
    return variables[f"{name}/weight"].astype(np.float32) / variables[f"{name}/weight_scale"][:, None]


def _variables() -> dict[str, Any]:
    with (FOLDER / "model.bin").open("rb") as file:
        if (version := _number(file, "I")) != _BINARY_VERSION:
            raise SystemExit(f"model.bin has binary version {version}, this reads {_BINARY_VERSION}")
        _word(file), _number(file, "I")  # The architecture and its revision.
        return dict(_variable(file) for _ in range(_number(file, "I")))


def _variable(file: BinaryIO) -> tuple[str, Any]:
    name = _word(file)
    shape = [_number(file, "I") for _ in range(_number(file, "B"))]
    kind = _TYPES[_number(file, "B")]
    return name, np.frombuffer(file.read(_number(file, "I")), kind).reshape(shape).copy()


def _word(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode()


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))[0])
