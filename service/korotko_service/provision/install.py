"""Turn a checked checkpoint and its description into an installed model: converted, described, tried, and only then moved into place."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from korotko_service.engines import checkpoint as checkpoints, manifest as manifests
from korotko_service.engines.checkpoint import Defaults
from korotko_service.engines.conversion import ConvertedFiles, leave_sources_alone
from korotko_service.engines.families import family_of
from korotko_service.engines.manifest import CTRANSLATE2, TRANSFORMERS, Manifest
from korotko_service.errors import ProvisionRefused
from korotko_service.provision.checkpoint import Checkpoint, Layout
from korotko_service.provision.describe import NOTHING_SAID, Said
from korotko_service.provision.fitting import check_fit
from korotko_service.provision.home import Home
from korotko_service.provision.known import check_name
from korotko_service.toml import written

# The order of keys in model.toml; what is not named here follows.
_ORDER = ("format", "name", "version", "task", "family", "engine", "licence", "commercial_use", "attribution", "source", "revision")
_USUAL_INPUT_TOKENS = 512  # Where nobody says what a model was trained on; it is what most of the families were.


class Converter(Protocol):
    """`engines.conversion.convert`, or a stand-in for it in tests."""

    def __call__(self, checkpoint: Path, folder: Path, *, family: str, quantization: str) -> ConvertedFiles:
        """Write what an engine runs into `folder`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What installing needs from outside: the converter, the trial, and where to report progress.

    `check_converter` refuses where conversion cannot run, before gigabytes are fetched for it.
    """

    convert: Converter
    check_converter: Callable[[], None]
    attempt: Callable[[Manifest], None]
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the operator wants a model installed, wherever it comes from; `said` describes one that is not known by name.

    `replace` takes the place of an installed model of the same name; `beside` keeps its other versions.
    """

    name: str = ""
    said: Said = NOTHING_SAID
    engine: str = CTRANSLATE2
    quantization: str = "int8"
    replace: bool = False
    beside: bool = False
    accept_noncommercial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One model to install. `description` holds the keys of model.toml, and `codes`, which become language tokens.

    `whole`: the description is the model.toml that came with the files, and both are kept as they are.
    """

    name: str
    description: Mapping[str, Any]
    wanted: Wanted
    whole: bool = False


def free_folder(wanted: Wanted, name: str, version: str, home: Home) -> str:
    """The name of the folder to install into; ProvisionRefused where the folder or the version is taken."""
    check_name(name)
    folder = f"{name}@{check_name(version)}" if wanted.beside else name
    home.check_free(folder, replace=wanted.replace)
    home.check_version(name, version, folder=folder)
    return folder


def install(order: Order, checkpoint: Checkpoint, home: Home, tools: Tools) -> Manifest:
    """Install a checkpoint; if anything fails, nothing of it is left and what was installed before is untouched."""
    folder = free_folder(order.wanted, order.name, order.description["version"], home)
    for name in checkpoint.ignored:
        tools.say(f"left out: {name} (pickled; the weights are read from another file)")
    with home.staging() as work:
        built = work / "model"
        found = _build(order, checkpoint, work, built, tools)
        table = _table(order, found)
        table["files"] = {str(path.relative_to(built)): manifests.file_digest(path) for path in sorted(built.rglob("*")) if path.is_file()}
        (built / manifests.FILE_NAME).write_text(written(table), encoding="utf-8")
        tools.say("trying it in every direction ...")
        manifest = manifests.read(built)
        check_fit(manifest)
        tools.attempt(manifest)
        return manifests.read(home.place(built, folder))


def _build(order: Order, checkpoint: Checkpoint, work: Path, built: Path, tools: Tools) -> dict[str, Any]:
    """Fill `built` and say what model.toml must know of it."""
    if order.whole:
        _copy(checkpoint, built)
        return {}
    engine, quantization = order.wanted.engine, order.wanted.quantization
    if engine == TRANSFORMERS and checkpoint.layout is not Layout.HUGGING_FACE:
        raise ProvisionRefused(f"{checkpoint.folder}: the transformers engine runs Hugging Face checkpoints, not {checkpoint.layout} ones")
    family = str(order.description.get("family", ""))
    if engine == TRANSFORMERS or checkpoint.layout is Layout.CTRANSLATE2:
        _copy(checkpoint, built)
        if checkpoint.layout is Layout.CTRANSLATE2:
            leave_sources_alone(built)
        return _found(checkpoints.defaults(built, family_of(family)))
    tools.say(f"converting {checkpoint.layout} weights to {quantization} ...")
    # The converter sees only files that were checked: no pickle, no code, no link that leads elsewhere.
    clean = work / "checkpoint"
    clean.mkdir()
    for name in checkpoint.files:
        (clean / name).symlink_to((checkpoint.folder / name).resolve())
    return _found(tools.convert(clean, built, family=family, quantization=quantization))


def _copy(checkpoint: Checkpoint, built: Path) -> None:
    for name in checkpoint.files:
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(checkpoint.folder / name, built / name)


def _found(said: Defaults) -> dict[str, Any]:
    """The keys of model.toml that a checkpoint or its conversion told; empty ones are left out."""
    found = {key: value for key, value in asdict(said).items() if key != "files" and value}
    found["decoding"] = {key: list(value) if isinstance(value, tuple) else value for key, value in found["decoding"].items() if value}
    if "target_prefix" in found:
        found["target_prefix"] = list(found["target_prefix"])
    return found


def _table(order: Order, found: Mapping[str, Any]) -> dict[str, Any]:
    """The whole of model.toml but its files: what was found in the checkpoint, under what the description says."""
    said = dict(order.description)
    source, target = family_of(str(said.get("family", ""))).language_tokens(said.pop("codes", {}))
    tokens = {key: value for key, value in (("source_tokens", source), ("target_tokens", target)) if value}
    table = {**found, **tokens, **said, "format": manifests.FORMAT, "name": order.name, "engine": order.wanted.engine}
    table["decoding"] = {**found.get("decoding", {}), **said.get("decoding", {})}
    if limit := table.get("position_limit"):
        table["max_input_tokens"] = min(table.get("max_input_tokens", _USUAL_INPUT_TOKENS), limit)
    return {key: table[key] for key in (*_ORDER, *(key for key in table if key not in _ORDER)) if key in table}
