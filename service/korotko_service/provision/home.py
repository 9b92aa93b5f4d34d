"""The folder that models are installed into: chosen once, changed by whole folders that appear or vanish in one step."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from korotko_service.engines import manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid, ProvisionRefused

# Two levels deep, because the server looks for model.toml one level below a models folder and must never see half a model.
_STAGING = ".staging"
_REPLACED = "replaced-"


class Home:
    """One models folder. Only one command at a time changes it; the server may read it meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        """Whether a model is installed under that name."""
        return (self.folder / name / manifests.FILE_NAME).is_file()

    def check_free(self, name: str, *, replace: bool) -> None:
        """Refuse a name that is taken, before anything is downloaded or converted for it."""
        path = self.folder / name
        if not (path.exists() or path.is_symlink()):
            return
        if path.is_symlink() or not self.has(name):
            raise ProvisionRefused(f"{path} is in the way and is no model; move it")
        if not replace:
            raise ProvisionRefused(
                f"{path} is already installed; --replace takes its place, --beside keeps both versions, --name renames the new one"
            )

    def check_version(self, name: str, version: str, *, folder: str) -> None:
        """Refuse what another folder here holds already: no command and no server takes two models of one name and version."""
        for path in sorted(self.folder.glob(f"*/{manifests.FILE_NAME}")):
            if path.parent.name != folder and _reference(path.parent) == f"{name}@{version}":
                raise ProvisionRefused(
                    f"{path.parent} holds version {version!r} of {name} already; remove it first, or --name the new one differently"
                )

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder on the same file system, gone afterwards whatever happens; refused while another command uses it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        staging = self.folder / _STAGING
        staging.mkdir(exist_ok=True)
        with (staging / "lock").open("w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ProvisionRefused(f"another korotko-service command is changing {self.folder}; try again when it is done") from None
            work = staging / "work"
            self._sweep(work)
            work.mkdir()
            try:
                yield work
            finally:
                self._sweep(work)

    def place(self, built: Path, name: str) -> Path:
        """Move a finished folder, built inside `staging`, to its name; what had the name before goes with the staging folder."""
        path = self.folder / name
        if path.exists():
            path.rename(built.parent / f"{_REPLACED}{name}")
        try:
            return built.rename(path)
        except OSError as error:
            raise ProvisionRefused(f"{path}: cannot be put there: {error}") from error

    def _sweep(self, work: Path) -> None:
        """Clear what a command leaves behind, killed or not; a model that it moved aside and did not replace goes back to its place."""
        for old in work.glob(f"{_REPLACED}*"):
            if not (self.folder / old.name.removeprefix(_REPLACED)).exists():
                old.rename(self.folder / old.name.removeprefix(_REPLACED))
        shutil.rmtree(work, ignore_errors=True)


def choose(folders: Sequence[Path], given: Path | None, *, protected: Sequence[Path] = ()) -> Home:
    """Where to install: `given`, else the first folder of the settings that can take models."""
    if given is not None:
        if _is_closed(given, protected):
            raise ProvisionRefused(f"{given}: a model itself or the embedded starter's folder; choose another")
        if not _writable(given):
            raise ProvisionRefused(f"{given}: cannot be written to")
        return Home(given)
    for folder in folders:
        if _writable(folder) and not _is_closed(folder, protected):
            return Home(folder)
    tried = ", ".join(map(str, folders)) or "none"
    raise ProvisionRefused(
        f"no models folder that can be written to (settings: {tried}); set KOROTKO_MODELS to one or give --models-dir FOLDER"
    )


def remove(manifest: Manifest, folders: Sequence[Path], *, protected: Sequence[Path]) -> None:
    """Delete an installed model in one step; never the embedded starter, a link, or a folder outside the settings' models folders."""
    folder = manifest.folder
    if _is_protected(folder, protected):
        raise ProvisionRefused(f"{manifest.name} is the embedded starter, which is part of the installation and stays")
    if folder.is_symlink():
        raise ProvisionRefused(f"{folder} is a link; remove it by hand")
    homes = [each for each in folders if each.resolve() == folder.resolve().parent]
    if not homes:
        raise ProvisionRefused(f"{folder} is no model inside a models folder of the settings, so it is not removed")
    with Home(homes[0]).staging() as work:
        folder.rename(work / "removed")


def size(folder: Path) -> int:
    """Bytes of a model's files on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def nearest(folder: Path) -> Path:
    """The folder, or the first of those around it that exists: where it would be made."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _reference(folder: Path) -> str:
    """Name and version of an installed model; "" of one that cannot be read, which is in nobody's way."""
    try:
        return manifests.read(folder).reference
    except ModelInvalid:
        return ""


def _is_protected(folder: Path, protected: Sequence[Path]) -> bool:
    return any(folder.resolve().is_relative_to(each.resolve()) for each in protected)


def _is_closed(folder: Path, protected: Sequence[Path]) -> bool:
    """Whether no model can be put there, because it is a model itself or a protected folder."""
    return _is_protected(folder, protected) or (folder / manifests.FILE_NAME).exists()


def _writable(folder: Path) -> bool:
    """Whether models can be put there; a folder that does not exist yet counts if it can be made."""
    there = nearest(folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
