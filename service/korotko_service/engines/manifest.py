"""What a model folder says of itself: model.toml, and whether its files are the ones that it names."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from korotko_service import toml
from korotko_service.engines.calibration import Calibration, calibrations
from korotko_service.engines.keys import check_known, number, pair, strings, typed, words
from korotko_service.errors import ModelInvalid

FORMAT = 1
FILE_NAME = "model.toml"
TASKS = ("translate", "summarize")
CTRANSLATE2, TRANSFORMERS = ENGINES = ("ctranslate2", "transformers")
# What each target language may be written in (vocabulary_map.py); the file's name is CTranslate2's.
VOCABULARY_MAP = "vmap.txt"
# Fields that no engine needs.
_TOLD_NOT_LOADED = ("licence", "commercial_use", "attribution", "source", "revision", "parameters", "conversion", "quality", "calibration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """The decoding that a model was measured with (names as in CTranslate2). `suppress` are tokens that it never writes.

    `use_vmap`: in each target language it writes only the pieces that its vocabulary map has for that language.
    """

    beam_size: int = 1
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0
    min_output_tokens: int = 0
    suppress: tuple[str, ...] = ()
    use_vmap: bool = False

    def __post_init__(self) -> None:
        if self.beam_size < 1 or self.no_repeat_ngram_size < 0 or self.repetition_penalty <= 0:
            raise ValueError("decoding: expected beam_size >= 1, no_repeat_ngram_size >= 0 and repetition_penalty > 0")
        if self.min_output_tokens < 0:
            raise ValueError("decoding: expected min_output_tokens >= 0")


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

    `max_input_tokens` is what the model should be given at once, `position_limit` what it can take at all (0: no such limit).
    `source_tokens` and `target_tokens` are the control tokens of languages, `target_prefix` other tokens that every output starts with,
    `input_prefix` words before every text ("summarize: "); families.py says where each goes. `conversion` says how the files were made.
    A manifest equals only itself, so that routes can be collected in sets.
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
    position_limit: int = 0
    input_prefix: str = ""
    conversion: str = ""
    pairs: tuple[tuple[str, str], ...]
    source_tokens: Mapping[str, str] = field(default_factory=dict)
    target_tokens: Mapping[str, str] = field(default_factory=dict)
    target_prefix: tuple[str, ...] = ()
    decoding: Decoding = field(default_factory=Decoding)
    quality: tuple[Quality, ...] = ()
    calibration: Mapping[tuple[str, str], Calibration] = field(default_factory=dict)
    files: Mapping[str, str]
    digest: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("name is empty")
        if "@" in self.name:
            raise ValueError(f"name = {self.name!r}: '@' sets the version off and cannot be in a name")
        if self.task not in TASKS:
            raise ValueError(f"task = {self.task!r}: expected one of {', '.join(TASKS)}")
        if self.max_input_tokens < 1 or self.max_output_tokens < 1:
            raise ValueError("max_input_tokens and max_output_tokens: expected at least 1")
        if self.position_limit < 0 or (self.position_limit and self.max_input_tokens > self.position_limit):
            raise ValueError(f"position_limit = {self.position_limit}: expected 0 (none) or at least max_input_tokens")
        if self.decoding.min_output_tokens > self.max_output_tokens:
            raise ValueError("decoding.min_output_tokens: expected at most max_output_tokens")
        if self.decoding.use_vmap and (self.engine != CTRANSLATE2 or VOCABULARY_MAP not in self.files):
            raise ValueError(f"decoding.use_vmap: expected engine 'ctranslate2', and {VOCABULARY_MAP!r} among the files")
        for name in self.files:
            if Path(name).is_absolute() or ".." in Path(name).parts:
                raise ValueError(f"file {name!r} lies outside the folder")

    @property
    def reference(self) -> str:
        """Name and version: no two served models share both."""
        return f"{self.name}@{self.version}"

    @property
    def identity(self) -> tuple[object, ...]:
        """All that an engine is made from: a model with the same identity as before need not be loaded again."""
        return tuple(getattr(self, each.name) for each in fields(self) if each.name not in _TOLD_NOT_LOADED)


def read(folder: Path) -> Manifest:
    """The manifest of a model folder; ModelInvalid names the folder and the key that is wrong."""
    contents = table(folder)
    try:
        return _manifest(folder, contents)
    except KeyError as error:
        raise ModelInvalid(f"{folder / FILE_NAME}: key {error.args[0]!r} is missing") from None
    except ValueError as error:
        raise ModelInvalid(f"{folder / FILE_NAME}: {error}") from error


def table(folder: Path) -> dict[str, Any]:
    """All of model.toml, unchecked."""
    path = folder / FILE_NAME
    try:
        return toml.read(path)
    except FileNotFoundError:
        raise ModelInvalid(f"{folder}: no {FILE_NAME}, so this is no model folder") from None
    except (OSError, ValueError) as error:
        raise ModelInvalid(f"{path}: {error}") from error


def verify(manifest: Manifest) -> None:
    """Compare every file with its digest; ModelInvalid names the first file that is missing, cannot be read or differs."""
    for name, expected in manifest.files.items():
        path = manifest.folder / name
        if not path.is_file():
            raise ModelInvalid(f"{manifest.folder}: file {name!r} is missing")
        try:
            actual = file_digest(path)
        except OSError as error:
            raise ModelInvalid(f"{manifest.folder}: file {name!r} cannot be read: {error.strerror}") from error
        if actual != expected:
            raise ModelInvalid(f"{manifest.folder}: file {name!r} is corrupted or was changed: {actual}, expected {expected}")


def file_digest(path: Path) -> str:
    """ "sha256:…" of a file."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


def _manifest(folder: Path, table: dict[str, Any]) -> Manifest:
    if table.get("format") != FORMAT:
        raise ValueError(f"format = {toml.shown(table.get('format'))}: this version reads format {FORMAT}")
    check_known(table, _KNOWN)
    files = strings(table["files"], "files")
    quality = typed(table.get("quality", {}), "quality", dict)
    return Manifest(
        folder=folder,
        **{key: typed(table[key], key, kind) for key, kind in _REQUIRED.items()},
        **{key: typed(table[key], key, kind) for key, kind in _OPTIONAL.items() if key in table},
        pairs=tuple(pair(each, "pairs") for each in typed(table["pairs"], "pairs", list)),
        source_tokens=strings(table.get("source_tokens", {}), "source_tokens"),
        target_tokens=strings(table.get("target_tokens", {}), "target_tokens"),
        target_prefix=words(table.get("target_prefix", []), "target_prefix"),
        decoding=_decoding(typed(table.get("decoding", {}), "decoding", dict)),
        quality=tuple(_quality(quality)),
        calibration=calibrations(typed(quality.get(_CALIBRATION, {}), f"quality.{_CALIBRATION}", dict)),
        files=files,
        digest=_digest(files),
    )


_REQUIRED: Mapping[str, type] = {
    "name": str,
    "version": str,
    "task": str,
    "family": str,
    "engine": str,
    "licence": str,
    "commercial_use": bool,
}
_OPTIONAL: Mapping[str, type] = {
    "attribution": str,
    "source": str,
    "revision": str,
    "compute_type": str,
    "parameters": int,
    "max_input_tokens": int,
    "max_output_tokens": int,
    "position_limit": int,
    "input_prefix": str,
    "conversion": str,
}
_TABLES = ("pairs", "source_tokens", "target_tokens", "target_prefix", "decoding", "quality", "files")
_CALIBRATION = "calibration"  # beside the test sets' names
_KNOWN = ("format", *_REQUIRED, *_OPTIONAL, *_TABLES)


def _decoding(table: dict[str, Any]) -> Decoding:
    kinds = get_type_hints(Decoding)
    check_known(table, kinds, "decoding.")
    numbers: dict[str, Any] = {
        key: number(value, f"decoding.{key}") if kinds[key] is float else typed(value, f"decoding.{key}", kinds[key])
        for key, value in table.items()
        if key != "suppress"
    }
    return Decoding(**numbers, suppress=words(table.get("suppress", []), "decoding.suppress"))


def _quality(table: dict[str, Any]) -> Iterator[Quality]:
    for test_set, pairs in table.items():
        if test_set == _CALIBRATION:
            continue
        for name, figures in typed(pairs, f"quality.{test_set}", dict).items():
            key = f"quality.{test_set}.{name}"
            source, target = pair(name, key)
            for metric, value in typed(figures, key, dict).items():
                yield Quality(test_set=test_set, source=source, target=target, metric=metric, value=number(value, f"{key}.{metric}"))


def _digest(files: Mapping[str, str]) -> str:
    listing = "".join(f"{name}\0{digest}\n" for name, digest in sorted(files.items()))
    return "sha256:" + hashlib.sha256(listing.encode()).hexdigest()
