"""Install what lies on this machine: a checkpoint in Hugging Face's or Marian's format, a converted folder, or a whole model folder."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from korotko_service.engines import manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import known
from korotko_service.provision.checkpoint import examine
from korotko_service.provision.describe import NOTHING_SAID, description
from korotko_service.provision.home import Home
from korotko_service.provision.install import Order, Tools, Wanted, install
from korotko_service.provision.licence import check_licence

_VERSION = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Wanted):
    """What to install from a folder of this machine."""

    path: Path
    version: str = _VERSION


def import_model(wish: Import, home: Home, tools: Tools) -> Manifest:
    """Install a model from a folder of this machine; a folder that brings its model.toml needs no description."""
    if (wish.path / manifests.FILE_NAME).is_file():
        return _carried(wish, home, tools)
    checkpoint = examine(wish.path)
    name = known.check_name(wish.name or wish.path.resolve().name)
    model = known.find(name) if wish.said == NOTHING_SAID else None
    about = dict(model.description) if model else description(wish.said, checkpoint)
    check_licence(name, about["licence"], commercial_use=about["commercial_use"], accepted=wish.accept_noncommercial)
    about |= {"version": wish.version, "source": model.repository if model else "imported"}
    return install(Order(name=name, description=about, wanted=wish), checkpoint, home, tools)


def convert_model(wish: Import, output: Path, tools: Tools) -> Path:
    """Make a whole model folder at `output`, named after it, to be carried where it is needed."""
    if output.exists():
        raise ProvisionRefused(f"{output} exists already; name a folder that does not")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}-") as temporary:
        made = import_model(replace(wish, name=output.name), Home(Path(temporary)), tools)
        return made.folder.rename(output)


def _carried(wish: Import, home: Home, tools: Tools) -> Manifest:
    """A whole model folder from another machine: its files are compared with their digests, then copied as they are."""
    manifest = manifests.read(wish.path)
    manifests.verify(manifest)
    check_licence(manifest.name, manifest.licence, commercial_use=manifest.commercial_use, accepted=wish.accept_noncommercial)
    checkpoint = replace(examine(wish.path), files=tuple(manifest.files))
    about, wanted = manifests.table(wish.path), replace(wish, engine=manifest.engine)
    return install(Order(name=wish.name or manifest.name, description=about, wanted=wanted, whole=True), checkpoint, home, tools)
