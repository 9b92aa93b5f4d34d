"""From model folders to engines: which adapter runs which folder, imported only when one needs it."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from korotko_service.engines import manifest as manifests
from korotko_service.engines.cores import available_cores
from korotko_service.engines.engine import Engine
from korotko_service.engines.isolated import IsolatedEngine
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid

# How files of weights are named, ours and those of checkpoints.
_WEIGHTS = ("model.bin", ".safetensors", ".npz")
_OF_NO_USE = ("lost+found",)  # Root's own, on every file system of a disk.


def find(folders: Iterable[Path]) -> tuple[Manifest, ...]:
    """Manifests of the given folders: each is a model folder or holds some. ModelInvalid where two share name and version."""
    found: dict[str, Manifest] = {}
    for folder in _model_folders(folders):
        manifest = manifests.read(folder)
        if other := found.get(manifest.reference):
            raise ModelInvalid(
                f"{folder} and {other.folder} are both named {manifest.name!r} in version {manifest.version!r}; "
                "remove one or change its version"
            )
        found[manifest.reference] = manifest
    return tuple(sorted(found.values(), key=lambda manifest: (manifest.name, manifest.version)))


def strangers(folders: Iterable[Path]) -> dict[Path, str]:
    """What `find` passes over although it looks like a model, and why: half copied, never imported, or another user's."""
    there = [each for folder in folders for each in (folder, *sorted(folder.glob("*"))) if each.name not in _OF_NO_USE]
    return {each: why for each in there if each.is_dir() and (why := _strange(each))}


def weight_bytes(manifest: Manifest) -> int:
    """The size of the model's files: about what it takes in memory. A missing file counts nothing; `verify` names it."""
    paths = [manifest.folder / name for name in manifest.files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def load(
    manifest: Manifest,
    *,
    device: str,
    compute_type: str,
    replicas: int,
    threads_per_replica: int,
    device_indices: Sequence[int] = (0,),
    isolated: bool = False,
    max_batch_seconds: float = 30.0,
    worker_memory_bytes: int = 0,
) -> Engine:
    """Verify the files, then load the model with the adapter that its manifest names.

    `replicas` count on each device; 0 means one for each core (or share of cores) this process has, and one on each GPU. `isolated` gives
    the model a process of its own, which is ended when a batch takes longer than `max_batch_seconds` or more memory than
    `worker_memory_bytes` (0 is any).
    """
    cores = max(1, available_cores() // threads_per_replica)
    placement = Placement(
        device=device,
        device_indices=tuple(device_indices),
        compute_type=compute_type,
        replicas=replicas or (cores if device == "cpu" else 1),
        threads_per_replica=threads_per_replica,
        memory_bytes=worker_memory_bytes if isolated else 0,
    )
    if isolated:
        engine = IsolatedEngine(manifest, placement, counter=lambda: Tokenizer(manifest).count, max_batch_seconds=max_batch_seconds)
        engine.start()
        return engine
    manifests.verify(manifest)
    return placed(manifest, placement)


def placed(manifest: Manifest, placement: Placement) -> Engine:
    """The model in this process, its files unverified.

    Each runtime is imported when the first model needs it: no torch in a server that runs CTranslate2 alone.
    """
    match manifest.engine:
        case "ctranslate2":
            from korotko_service.engines.ctranslate2 import CTranslate2Engine  # noqa: PLC0415

            return CTranslate2Engine(manifest, placement)
        case "transformers":
            from korotko_service.engines.transformers import TransformersEngine  # noqa: PLC0415

            return TransformersEngine(manifest, placement)
    raise ModelInvalid(f"{manifest.folder}: no engine is named {manifest.engine!r}; known: ctranslate2, transformers")


def _strange(folder: Path) -> str:
    if not os.access(folder, os.R_OK | os.X_OK):
        return "may not be read by this user"
    described = (folder / manifests.FILE_NAME).is_file()
    return "" if described or not any(path.name.endswith(_WEIGHTS) for path in folder.iterdir()) else "weights without a model.toml"


def _model_folders(folders: Iterable[Path]) -> list[Path]:
    result: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise ModelInvalid(f"{folder}: no such folder; set KOROTKO_MODELS to folders that hold models")
        if not os.access(folder, os.R_OK | os.X_OK):
            raise ModelInvalid(f"{folder}: may not be read by this user; let it read the folder and all that is inside")
        if (folder / manifests.FILE_NAME).is_file():
            result.append(folder)
        else:
            result += sorted(path.parent for path in folder.glob(f"*/{manifests.FILE_NAME}"))
    return result
