"""Checkpoints for these tests without torch: a real tokenizer and layout, made-up weights, and a converter that gives the starter's."""

import json
import shutil
import struct
from pathlib import Path

from korotko_service.engines.conversion import ConvertedFiles
from korotko_service.engines.families import family_of
from korotko_service.engines.manifest import Decoding
from tests.house import ROOT

STARTER = ROOT / "seeds/models/starter"
WEIGHTS = ("config.json", "model.bin", "shared_vocabulary.json", "source.spm", "target.spm")


def safetensors(count: int = 1000) -> bytes:
    """A whole safetensors file with one tensor."""
    header = json.dumps({"w": {"dtype": "F32", "shape": [count], "data_offsets": [0, 4 * count]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4 * count)


def hub_files() -> dict[str, bytes]:
    """A Marian checkpoint as the hub has it, with everything else that repositories hold."""
    words = json.loads((STARTER / "shared_vocabulary.json").read_text(encoding="utf-8"))
    config = {"model_type": "marian", "vocab_size": len(words), "max_position_embeddings": 512}
    return {
        "config.json": json.dumps(config).encode(),
        "generation_config.json": b'{"num_beams": 4}',
        "tokenizer_config.json": b'{"tokenizer_class": "MarianTokenizer"}',
        "vocab.json": json.dumps({word: number for number, word in enumerate(words)}).encode(),
        "source.spm": (STARTER / "source.spm").read_bytes(),
        "target.spm": (STARTER / "target.spm").read_bytes() + b"\0",  # Another content, or the hub's cache would keep it once.
        "model.safetensors": safetensors(),
        "pytorch_model.bin": b"PK\x03\x04 a pickle",
        "tf_model.h5": b"other framework",
        "README.md": b"# A model",
        "onnx/model.safetensors": b"not at the top",
    }


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, contents in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(contents)
    return folder


def marian_folder(folder: Path) -> Path:
    return write(folder, hub_files())


class StarterConverter:
    """Stands in for conversion, which needs torch: whatever it is given, it writes the starter's weights. `saw` has what it was given.

    `tokens` are put into the vocabulary besides, as those of another family's languages; the weights have no rows for them.
    """

    def __init__(self) -> None:
        self.saw: list[str] = []
        self.tokens: tuple[str, ...] = ()

    def __call__(self, checkpoint: Path, folder: Path, *, family: str, quantization: str) -> ConvertedFiles:
        self.saw = sorted(path.name for path in checkpoint.iterdir())
        folder.mkdir()
        for name in WEIGHTS:
            shutil.copyfile(STARTER / name, folder / name)
        words = json.loads((STARTER / "shared_vocabulary.json").read_text(encoding="utf-8"))
        (folder / "shared_vocabulary.json").write_text(json.dumps([*words, *self.tokens]), encoding="utf-8")
        for name in family_of(family).files:
            shutil.copyfile(STARTER / "source.spm", folder / name)
        return ConvertedFiles(
            files=WEIGHTS,
            compute_type=quantization,
            parameters=7,
            position_limit=512,
            max_output_tokens=0,
            target_prefix=(),
            decoding=Decoding(beam_size=4),
            conversion="by a stand-in",
        )
