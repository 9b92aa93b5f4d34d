"""What lies in a folder that someone wants to install: its layout, the files that matter, whether they are safe and fit together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from korotko_service.engines.checkpoint import check_weights, is_pickle, npz_parameters, read_json
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import tensors
from korotko_service.provision.vocabulary import check_vocabulary

# All of a Hugging Face checkpoint that is ever read or downloaded: weights without code in them, configuration and tokenizers.
_HUGGING_FACE = (
    "*.safetensors",
    "*.safetensors.index.json",
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "*.spm",
    "*.model",
)


class Layout(StrEnum):
    """How a folder keeps a model."""

    HUGGING_FACE = "Hugging Face"
    MARIAN = "Marian"
    CTRANSLATE2 = "CTranslate2"


_FILES: Mapping[Layout, tuple[str, ...]] = {
    Layout.HUGGING_FACE: _HUGGING_FACE,
    Layout.MARIAN: ("*.npz", "*.yml", "*.spm"),
    # Without vmap.txt, which only a model.toml can put to use.
    Layout.CTRANSLATE2: (*_HUGGING_FACE, "model.bin", "*vocabulary.json", "*vocabulary.txt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A folder that passed `examine`. `files` are the names that matter, `ignored` the pickles beside them that nobody will read."""

    folder: Path
    layout: Layout
    config: Mapping[str, Any]
    files: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def worth_fetching(names: Iterable[str]) -> tuple[str, ...]:
    """The files of a Hugging Face repository that are worth downloading: no pickles, no other frameworks' weights, no folders."""
    return tuple(sorted(name for name in names if "/" not in name and _matches(name, _HUGGING_FACE)))


def examine(folder: Path, *, boundary: Path | None = None) -> Checkpoint:
    """The checkpoint in a folder, if it is whole and safe. Symbolic links must stay inside `boundary`, the folder itself by default."""
    if not folder.is_dir():
        raise ProvisionRefused(f"{folder}: no such folder")
    names = tuple(sorted(path.name for path in folder.iterdir() if path.is_file() or path.is_symlink()))
    layout = _layout(folder, names)
    files = tuple(name for name in names if _matches(name, _FILES[layout]))
    for name in files:
        _check_link(folder / name, (boundary or folder).resolve())
    config = _config(folder, layout)
    _check_tensors(folder, files, layout)
    check_vocabulary(folder, config)
    ignored = tuple(name for name in names if name not in files and is_pickle(name))
    return Checkpoint(folder=folder, layout=layout, config=config, files=files, ignored=ignored)


def _layout(folder: Path, names: tuple[str, ...]) -> Layout:
    if "model.bin" in names and (folder / "model.bin").is_file() and tensors.is_ctranslate2(folder / "model.bin"):
        return Layout.CTRANSLATE2
    check_weights(names, str(folder))
    return Layout.HUGGING_FACE if any(name.endswith(".safetensors") for name in names) else Layout.MARIAN


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _check_link(path: Path, boundary: Path) -> None:
    target = path.resolve()
    if not target.is_relative_to(boundary):
        raise ProvisionRefused(f"{path}: a link out of its folder, to {target}; copy the file itself there")
    if not target.is_file():
        raise ProvisionRefused(f"{path}: a link to a file that is not there")


def _config(folder: Path, layout: Layout) -> Mapping[str, Any]:
    if layout is Layout.MARIAN:
        if not (folder / "decoder.yml").is_file():
            raise ProvisionRefused(f"{folder}: decoder.yml is missing, which names a Marian model's weights and vocabularies")
        return {}
    path = folder / "config.json"
    if not path.is_file():
        raise ProvisionRefused(f"{folder}: config.json is missing, so the model's architecture is unknown")
    config = read_json(path)
    if "auto_map" in config:
        raise ProvisionRefused(f"{path}: the model brings code of its own (auto_map), which is never run")
    return config


def _check_tensors(folder: Path, files: tuple[str, ...], layout: Layout) -> None:
    for name in files:
        if name.endswith(".safetensors"):
            tensors.check_safetensors(folder / name)
        elif name.endswith(".npz"):
            npz_parameters(folder / name)
    if layout is Layout.HUGGING_FACE:
        tensors.check_shards(folder)
