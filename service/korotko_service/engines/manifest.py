"""What a model folder says of itself: model.toml, and whether its files are the ones that it names."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from korotko_service.errors import ModelInvalid

FORMAT = 1
FILE_NAME = "model.toml"
TASKS = ("translate", "summarize")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """The decoding that a model was measured with (names as in CTranslate2)."""

    beam_size: int = 1
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One published figure: chrF2 or BLEU of a pair on a test set, on the 0 to 100 scale."""

    test_set: str
    source: str
    target: str
    metric: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Manifest:
    """A model folder's model.toml, checked. `digest` covers the digests of all files, so it names the exact weights.

    Each is read once and equals only itself, so that routes can be collected in sets.
    """

    folder: Path
    name: str
    version: str
    task: str
    family: str
    engine: str
    licence: str
    commercial_use: bool
    attribution: str = ""
    source: str = ""
    revision: str = ""
    compute_type: str = "default"
    parameters: int = 0
    max_input_tokens: int = 256
    max_output_tokens: int = 256
    pairs: tuple[tuple[str, str], ...]
    target_tokens: Mapping[str, str] = field(default_factory=dict)
    decoding: Decoding = field(default_factory=Decoding)
    quality: tuple[Quality, ...] = ()
    files: Mapping[str, str]
    digest: str


def read(folder: Path) -> Manifest:
    """The manifest of a model folder; ModelInvalid names the folder and the key that is wrong."""
    table = _table(folder)
    if table.get("format") != FORMAT:
        raise ModelInvalid(f"{folder / FILE_NAME}: format = {table.get('format')!r}: this version reads format {FORMAT}")
    try:
        return _manifest(folder, table)
    except KeyError as error:
        raise ModelInvalid(f"{folder / FILE_NAME}: key {error.args[0]!r} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise ModelInvalid(f"{folder / FILE_NAME}: {error}") from error


def verify(manifest: Manifest) -> None:
    """Compare every file with its digest; ModelInvalid names the first file that is missing or differs."""
    for name, expected in manifest.files.items():
        path = manifest.folder / name
        if not path.is_file():
            raise ModelInvalid(f"{manifest.folder}: file {name!r} is missing")
        if (actual := file_digest(path)) != expected:
            raise ModelInvalid(f"{manifest.folder}: file {name!r} is corrupted or was changed: {actual}, expected {expected}")


def file_digest(path: Path) -> str:
    """ "sha256:…" of a file."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def _table(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelInvalid(f"{folder}: no {FILE_NAME}, so this is no model folder") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelInvalid(f"{folder / FILE_NAME}: {error}") from error


def _manifest(folder: Path, table: dict[str, Any]) -> Manifest:
    files = dict(table["files"])
    plain = {key: table[key] for key in ("name", "version", "task", "family", "engine", "licence", "commercial_use")}
    extra = {key: table[key] for key in _OPTIONAL if key in table}
    if plain["task"] not in TASKS:
        raise ValueError(f"task = {plain['task']!r}: expected one of {', '.join(TASKS)}")
    for name in files:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"file {name!r} lies outside the folder")
    return Manifest(
        folder=folder,
        **plain,
        **extra,
        pairs=tuple(_pair(text) for text in table["pairs"]),
        target_tokens=dict(table.get("target_tokens", {})),
        decoding=Decoding(**table.get("decoding", {})),
        quality=tuple(_quality(table.get("quality", {}))),
        files=files,
        digest=_digest(files),
    )


_OPTIONAL = (
    "attribution",
    "source",
    "revision",
    "compute_type",
    "parameters",
    "max_input_tokens",
    "max_output_tokens",
)


def _pair(text: str) -> tuple[str, str]:
    source, separator, target = text.partition("-")
    if not (source and separator and target):
        raise ValueError(f"pair {text!r}: expected something like 'en-uk'")
    return source, target


def _quality(table: dict[str, Any]) -> list[Quality]:
    return [
        Quality(test_set=test_set, source=_pair(pair)[0], target=_pair(pair)[1], metric=metric, value=float(value))
        for test_set, pairs in table.items()
        for pair, figures in pairs.items()
        for metric, value in figures.items()
    ]


def _digest(files: Mapping[str, str]) -> str:
    listing = "".join(f"{name}\0{digest}\n" for name, digest in sorted(files.items()))
    return "sha256:" + hashlib.sha256(listing.encode()).hexdigest()
