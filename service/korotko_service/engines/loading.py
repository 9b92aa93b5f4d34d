"""From model folders to engines: which adapter runs which folder, imported only when one needs it."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from korotko_service.engines import manifest as manifests
from korotko_service.engines.cores import available_cores
from korotko_service.engines.engine import Engine
from korotko_service.engines.isolated import IsolatedEngine
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.tokenizer import Tokenizer
from korotko_service.errors import ModelInvalid

# Names of weights, ours and those of checkpoints.
_WEIGHTS = ("model.bin", ".safetensors", ".npz")
_NEVER_MODELS = ("lost+found",)  # Root's own, on every file system of a disk.
_NOT_READABLE = "may not be read by this user; let it read the folder and all that is inside"


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


def ignored(folders: Iterable[Path]) -> dict[Path, str]:
    """Folders that look like models but that `find` passes over, with the reason and the remedy."""
    there = [each for folder in folders for each in (folder, *sorted(folder.glob("*"))) if each.name not in _NEVER_MODELS]
    return {each: why for each in there if each.is_dir() and (why := _why_ignored(each))}


def weight_bytes(manifest: Manifest) -> int:
    """The size of the model's files: about what it takes in memory. A missing file counts nothing; `verify` names it."""
    paths = [manifest.folder / name for name in manifest.files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def load(
    manifest: Manifest,
    *,
    device: str = "cpu",
    compute_type: str = "default",
    replicas: int = 1,
    threads_per_replica: int = 1,
    device_indices: Sequence[int] = (0,),
    isolated: bool = False,
    max_batch_seconds: float = 30.0,
    worker_memory_bytes: int = 0,
) -> Engine:
    """Verify the files, then load the model with the adapter that its manifest names.

    `replicas` are those of each device; 0 means one for each core (or share of cores) of this process, and one on each GPU. `isolated`
    gives the model a process of its own, which is ended when a batch takes longer than `max_batch_seconds` or more memory than
    `worker_memory_bytes` (0: no limit).
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


def attempt(manifest: Manifest, *, device: str = "cpu", compute_type: str = "default") -> None:
    """Load the model, run it once in every direction and let it go; ModelInvalid where it is no good."""
    with closing(load(manifest, device=device, compute_type=compute_type)) as engine:
        engine.warm_up()


def placed(manifest: Manifest, placement: Placement) -> Engine:
    """The model in this process, its files unverified.

    Each runtime is imported when the first model needs it: no torch in a server that runs CTranslate2 alone.
    """
    match manifest.engine:
        case manifests.CTRANSLATE2:
            from korotko_service.engines.ctranslate2 import CTranslate2Engine  # noqa: PLC0415

            return CTranslate2Engine(manifest, placement)
        case manifests.TRANSFORMERS:
            from korotko_service.engines.transformers import TransformersEngine  # noqa: PLC0415

            return TransformersEngine(manifest, placement)
    raise ModelInvalid(f"{manifest.folder}: no engine is named {manifest.engine!r}; known: {', '.join(manifests.ENGINES)}")


def _why_ignored(folder: Path) -> str:
    if not _readable(folder):
        return _NOT_READABLE
    if (folder / manifests.FILE_NAME).is_file() or not any(path.name.endswith(_WEIGHTS) for path in folder.iterdir()):
        return ""
    return (
        f"weights without a {manifests.FILE_NAME}; copy it again if it was a model, or install the checkpoint with "
        f"`korotko-service models import {folder}`"
    )


def _readable(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _model_folders(folders: Iterable[Path]) -> list[Path]:
    result: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise ModelInvalid(f"{folder}: no such folder; set KOROTKO_MODELS to folders that hold models")
        if not _readable(folder):
            raise ModelInvalid(f"{folder}: {_NOT_READABLE}")
        if (folder / manifests.FILE_NAME).is_file():
            result.append(folder)
        else:
            result += sorted(path.parent for path in folder.glob(f"*/{manifests.FILE_NAME}"))
    return result
