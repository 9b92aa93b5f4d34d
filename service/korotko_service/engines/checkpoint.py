"""What a checkpoint folder holds and says of itself, read without loading a weight: its format, its safety, its defaults."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from korotko_service.engines.families import BEGIN, Family
from korotko_service.engines.manifest import Decoding
from korotko_service.errors import ModelInvalid

_SAFE = ("model.safetensors", "model.safetensors.index.json")
# What is usually a pickle, which can run any code when it is read.
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle")
# Other frameworks' weights hold no pickle, but nobody needs them.
_NOT_READ = (*PICKLES, "*.h5", "*.msgpack")
_NOT_SAID = 20  # transformers' max_length where a checkpoint gives none; no model was meant to write 20 tokens.


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a checkpoint says of its own use; names as in ConvertedFiles."""

    position_limit: int = 0
    max_output_tokens: int = 0
    target_prefix: tuple[str, ...] = ()
    decoding: Decoding = field(default_factory=Decoding)


def check(folder: Path, family: Family) -> None:
    """Refuse what is no safe and complete checkpoint of the family; the message names the file and what to do."""
    config = read_json(folder / "config.json")
    _check_weights(folder)
    kind = config.get("model_type")
    if kind not in family.architectures:
        raise ModelInvalid(
            f"{folder / 'config.json'}: model_type = {kind!r}: family {family.name!r} expects {' or '.join(family.architectures)}"
        )
    _check_tokenizer(folder, family)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; ModelInvalid names the file that is missing or none."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelInvalid(f"{path.parent}: file {path.name!r} is missing, so this is no Hugging Face checkpoint") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelInvalid(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise ModelInvalid(f"{path}: expected an object")
    return table


def defaults(folder: Path, family: Family) -> Defaults:
    """Position limit and generation defaults. Old checkpoints keep the latter in config.json, newer ones beside it; beside it wins."""
    config = read_json(folder / "config.json")
    with _understood(folder):
        said = {key: value for key, value in (config.get("task_specific_params") or {}).get("summarization", {}).items() if key != "prefix"}
        said |= {key: value for key, value in config.items() if value is not None}
        if (folder / "generation_config.json").is_file():
            said |= {key: value for key, value in read_json(folder / "generation_config.json").items() if value is not None}
        prefix = (BEGIN,) if _forces_begin(said, family) else ()
        longest = int(said.get("max_length", _NOT_SAID))
        return Defaults(
            position_limit=int(config.get("max_position_embeddings") or 0),
            max_output_tokens=0 if longest == _NOT_SAID else longest,
            target_prefix=prefix,
            decoding=Decoding(
                beam_size=int(said.get("num_beams", 1)),
                length_penalty=float(said.get("length_penalty", 1.0)),
                repetition_penalty=float(said.get("repetition_penalty", 1.0)),
                no_repeat_ngram_size=int(said.get("no_repeat_ngram_size", 0)),
                # transformers counts the start token and a forced one; our numbers leave control tokens out.
                min_output_tokens=max(0, int(said.get("min_length", 0)) - 1 - len(prefix)),
            ),
        )


def is_marian_folder(folder: Path) -> bool:
    """Whether it is in Marian's own format, as OPUS-MT publishes it: decoder.yml beside the weights."""
    return (folder / "decoder.yml").is_file() and not (folder / "config.json").exists()


def check_marian_folder(folder: Path, family: Family) -> None:
    """Refuse a Marian folder that is incomplete or declared to be of another family."""
    if family.name != "marian":
        raise ModelInvalid(f"{folder}: this is a Marian model (it holds decoder.yml), not one of family {family.name!r}")
    if not list(folder.glob("*.npz")):
        raise ModelInvalid(f"{folder}: no weights (*.npz) beside decoder.yml")
    _check_tokenizer(folder, family)


def marian_parameters(folder: Path) -> int:
    """How many weights the npz files hold; pickled arrays in them are refused, unread."""
    import numpy as np  # noqa: PLC0415  # Conversion alone needs it.

    total = 0
    for path in folder.glob("*.npz"):
        try:
            with np.load(path, allow_pickle=False) as arrays:
                total += sum(int(arrays[name].size) for name in arrays.files if not name.startswith("special:"))
        except (OSError, ValueError, EOFError, AttributeError, BadZipFile) as error:
            raise ModelInvalid(f"{path}: broken, or its arrays are pickled and could run code: {error}") from error
    return total


def marian_defaults(folder: Path) -> Defaults:
    """Marian's positions are computed; CTranslate2 makes 2048 of them. decoder.yml says the beam and Marian's word for the penalty."""
    import yaml  # noqa: PLC0415  # It comes with ctranslate2.

    with _understood(folder):
        said = yaml.safe_load((folder / "decoder.yml").read_text(encoding="utf-8")) or {}
        return Defaults(
            position_limit=2048,
            decoding=Decoding(beam_size=int(said.get("beam-size", 1)), length_penalty=float(said.get("normalize", 1.0))),
        )


def _forces_begin(said: Mapping[str, Any], family: Family) -> bool:
    """Whether every output starts with <s>. Only BART forces a fixed token; in the multilingual families the forced one is a language's,
    which the call decides. The first BART summarizers say it by another name, which transformers still obeys."""
    forced = said.get("forced_bos_token_id") is not None or bool(said.get("force_bos_token_to_be_generated"))
    return family.name == "bart" and forced


@contextmanager
def _understood(folder: Path) -> Iterator[None]:
    """ModelInvalid for settings that are of no kind that anybody would expect there."""
    try:
        yield
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise ModelInvalid(f"{folder}: what it says of its own decoding cannot be read: {error}") from error


def _check_weights(folder: Path) -> None:
    """Safetensors beside a pickle are fine: the pickle is never opened."""
    if any((folder / name).is_file() for name in _SAFE):
        return
    pickles = sorted(path.name for pattern in _NOT_READ for path in folder.glob(pattern))
    if pickles:
        raise ModelInvalid(
            f"{folder}: weights only as {', '.join(pickles)}, a format that can run code when it is read; take a revision with "
            "model.safetensors, or convert the file with safetensors on a machine that may be lost"
        )
    raise ModelInvalid(f"{folder}: no weights; expected {' or '.join(_SAFE)}")


def _check_tokenizer(folder: Path, family: Family) -> None:
    for name in family.files:
        if not (folder / name).is_file():
            raise ModelInvalid(f"{folder}: tokenizer file {name!r} is missing; family {family.name!r} needs {', '.join(family.files)}")
