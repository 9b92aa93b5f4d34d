"""What a checkpoint folder holds and says of itself, read without loading a weight: its format, its safety, its defaults."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  # Python's own name says nothing.

from korotko_service.engines.families import BEGIN, Family
from korotko_service.engines.manifest import Decoding
from korotko_service.errors import ModelInvalid

# Endings of what is usually a pickle, which can run any code when it is read.
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
_NOT_SAID = 20  # transformers' max_length where a checkpoint gives none; no model was meant to write 20 tokens.


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a checkpoint says of its own use, for model.toml; 0 and empty where it says nothing.

    `position_limit` 0 also means that positions are relative. `target_prefix` are tokens that every output starts with, language tokens
    apart.
    """

    position_limit: int = 0
    max_output_tokens: int = 0
    target_prefix: tuple[str, ...] = ()
    decoding: Decoding = field(default_factory=Decoding)


def check(folder: Path, family: Family) -> None:
    """Refuse a folder that is not a safe and complete checkpoint of the family; the message names the file and what to do."""
    config = read_json(folder / "config.json")
    check_weights((path.name for path in folder.iterdir()), str(folder))
    kind = config.get("model_type")
    if kind not in family.architectures:
        raise ModelInvalid(
            f"{folder / 'config.json'}: model_type = {kind!r}: family {family.name!r} expects {' or '.join(family.architectures)}"
        )
    _check_tokenizer(folder, family)


def check_weights(names: Iterable[str], where: str) -> None:
    """Refuse, before anything is read or downloaded, a model whose weights exist only as pickles or not at all.

    Safetensors beside a pickle are fine: the pickle is never opened.
    """
    names = tuple(name for name in names if "/" not in name)  # Folders hold other frameworks' copies.
    if any(name.endswith((".safetensors", ".npz")) for name in names):
        return
    if pickles := ", ".join(sorted(filter(is_pickle, names))):
        raise ModelInvalid(
            f"{where}: its weights are pickled ({pickles}), and a pickle can run any code, so it is never opened. Choose a revision that "
            "has *.safetensors (NAME@refs/pr/N where the hub's conversion bot offers one), or save the model on a machine you can lose, "
            "with save_pretrained(..., safe_serialization=True), and `korotko-service models import` the folder"
        )
    raise ModelInvalid(f"{where}: no weights: neither *.safetensors nor *.npz is there")


def is_pickle(name: str) -> bool:
    """Whether a file of that name is usually a pickle."""
    return name.endswith(_PICKLED)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object; ModelInvalid names a file that is missing or holds none."""
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
    """Position limit and generation defaults. Old checkpoints keep the latter in config.json, newer ones beside it, and that wins."""
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


def npz_parameters(path: Path) -> int:
    """How many weights an npz file holds, by its headers. Arrays of objects are refused unread: each is a pickle in disguise."""
    from numpy.lib import format as npy  # noqa: PLC0415  # Only installing needs it.

    total = 0
    try:
        with ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as stream:
                    read = npy.read_array_header_1_0 if npy.read_magic(stream) == (1, 0) else npy.read_array_header_2_0
                    shape, _, kind = read(stream)
                if kind.hasobject:
                    raise ModelInvalid(f"{path}: {name} holds Python objects, a pickle; only plain arrays are read")
                total += 0 if name.startswith("special:") else prod(shape)
    except (OSError, BadZipFile, ValueError, EOFError, RuntimeError, ZlibError) as error:  # Encrypted or packed in another way, too.
        raise ModelInvalid(f"{path}: truncated or not an npz file: {error}") from error
    return total


def marian_defaults(folder: Path) -> Defaults:
    """Marian computes its positions, CTranslate2 stores 2048. decoder.yml has the beam, and the length penalty as `normalize`."""
    import yaml  # noqa: PLC0415  # It comes with ctranslate2.

    with _understood(folder):
        said = yaml.safe_load((folder / "decoder.yml").read_text(encoding="utf-8")) or {}
        return Defaults(
            position_limit=2048,
            decoding=Decoding(beam_size=int(said.get("beam-size", 1)), length_penalty=float(said.get("normalize", 1.0))),
        )


def _forces_begin(said: Mapping[str, Any], family: Family) -> bool:
    """Whether every output starts with <s>.

    Only BART forces a fixed token; in the multilingual families it is that of the call's language. The first BART summarizers have
    another name for the setting, which transformers still obeys.
    """
    forced = said.get("forced_bos_token_id") is not None or bool(said.get("force_bos_token_to_be_generated"))
    return family.name == "bart" and forced


@contextmanager
def _understood(folder: Path) -> Iterator[None]:
    """ModelInvalid where a setting has a type that nobody would expect."""
    try:
        yield
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise ModelInvalid(f"{folder}: what it says of its own decoding cannot be read: {error}") from error


def _check_tokenizer(folder: Path, family: Family) -> None:
    for name in family.files:
        if not (folder / name).is_file():
            raise ModelInvalid(f"{folder}: tokenizer file {name!r} is missing; family {family.name!r} needs {', '.join(family.files)}")
