"""A tiny Marian model in Marian's own format, as OPUS-MT publishes models: npz, YAML, and the starter's tokenizer."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np

from tests.service.provision.samples import STARTER, write

_WIDTH, _HIDDEN, _HEADS = 16, 32, 2
_CONFIG = f"""type: transformer
enc-depth: 1
dec-depth: 1
transformer-heads: {_HEADS}
transformer-ffn-activation: relu
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-guided-alignment-layer: last
"""


def opus_folder(folder: Path) -> Path:
    """The folder that one unpacks from OPUS-MT, with weights drawn at random."""
    words = json.loads((STARTER / "shared_vocabulary.json").read_text(encoding="utf-8"))
    stream = BytesIO()
    np.savez(stream, **_weights(len(words)))
    vocabulary = "".join(f"{json.dumps(word, ensure_ascii=False)}: {number}\n" for number, word in enumerate(words))
    files = {
        "decoder.yml": b"models: [model.npz]\nvocabs: [vocab.yml, vocab.yml]\nbeam-size: 6\nnormalize: 1\n",
        "model.npz": stream.getvalue(),
        "vocab.yml": vocabulary.encode(),
        "source.spm": (STARTER / "source.spm").read_bytes(),
        "target.spm": (STARTER / "target.spm").read_bytes(),
        "README.md": b"opus",
    }
    return write(folder, files)


def _weights(words: int) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(7)
    weights = {"special:model.yml": np.frombuffer(_CONFIG.encode() + b"\0", dtype=np.int8)}
    weights["Wemb"] = draw.normal(size=(words, _WIDTH)).astype(np.float32)
    weights["decoder_ff_logit_out_b"] = np.zeros((1, words), np.float32)
    for side, attentions in (("encoder_l1", ["self"]), ("decoder_l1", ["self", "context"])):
        for attention in attentions:
            for part in "qkvo":
                weights[f"{side}_{attention}_W{part}"] = draw.normal(size=(_WIDTH, _WIDTH)).astype(np.float32)
                weights[f"{side}_{attention}_b{part}"] = np.zeros((1, _WIDTH), np.float32)
            weights |= _norm(f"{side}_{attention}_Wo")
        for part, shape in (("1", (_WIDTH, _HIDDEN)), ("2", (_HIDDEN, _WIDTH))):
            weights[f"{side}_ffn_W{part}"] = draw.normal(size=shape).astype(np.float32)
            weights[f"{side}_ffn_b{part}"] = np.zeros((1, shape[1]), np.float32)
        weights |= _norm(f"{side}_ffn_ffn")
    return weights


def _norm(scope: str) -> dict[str, np.ndarray]:
    return {f"{scope}_ln_scale": np.ones((1, _WIDTH), np.float32), f"{scope}_ln_bias": np.zeros((1, _WIDTH), np.float32)}
