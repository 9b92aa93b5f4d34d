"""Pull a model: licence first, then the exact commit, its files, and the installation."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from korotko_service.engines.checkpoint import check_weights
from korotko_service.engines.manifest import CTRANSLATE2, Manifest
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import known
from korotko_service.provision.checkpoint import examine, worth_fetching
from korotko_service.provision.describe import Said, description
from korotko_service.provision.home import Home, nearest
from korotko_service.provision.install import Order, Tools, Wanted, free_folder, install
from korotko_service.provision.known import KnownModel
from korotko_service.provision.licence import check_licence, forbids_commerce
from korotko_service.provision.offer import Offer


class Source(Protocol):
    """A hub as `hub.Hub` is one."""

    def look_up(self, repository: str, revision: str = "") -> Offer:
        """The commit that a revision stands for."""
        ...

    def download(self, offer: Offer, names: Sequence[str]) -> Path:
        """A folder with these files."""
        ...

    def boundary(self, folder: Path) -> Path:
        """Where links in that folder may lead."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Wanted):
    """What to pull: a known name or a repository, "@revision" if wanted."""

    text: str


def pull(wish: Wish, source: Source, home: Home, tools: Tools) -> Manifest:
    """Install a model from a hub. Nothing is downloaded before its licence is accepted and its weights are known to be safe."""
    text, _, revision = wish.text.partition("@")
    found = known.find(text)
    model = found or _unknown(text, wish.said)
    name = known.check_name(wish.name or model.name)
    check_licence(model.name, model.licence, commercial_use=model.commercial_use, accepted=wish.accept_noncommercial)
    if not wish.beside:  # Else the commit is part of the folder's name, and only the hub knows it.
        home.check_free(name, replace=wish.replace)
    offer = source.look_up(model.repository, revision or model.revision)
    check_licence(model.name, offer.licence, commercial_use=not forbids_commerce(offer.licence), accepted=wish.accept_noncommercial)
    _tell_licence(model, offer, tools)
    free_folder(wish, name, offer.version, home)
    check_weights((each.name for each in offer.files), offer.repository)
    if wish.engine == CTRANSLATE2:
        tools.check_converter()
    names = worth_fetching(each.name for each in offer.files)
    _check_room(home, sum(each.size for each in offer.files if each.name in names))
    tools.say(f"{name}: {offer.repository}@{offer.commit}, {len(names)} files")
    folder = source.download(offer, names)
    checkpoint = examine(folder, boundary=source.boundary(folder))
    about = found.description if found else description(wish.said, checkpoint)
    origin = {"version": offer.version, "source": offer.repository, "revision": offer.commit}
    order = Order(name=name, description={**about, **origin}, wanted=wish)
    # Other files of an earlier download may lie in the cache beside ours; only what was asked for is read.
    return install(order, replace(checkpoint, files=tuple(each for each in checkpoint.files if each in names)), home, tools)


def _unknown(text: str, said: Said) -> KnownModel:
    """A repository that only its operator knows, described by what was said of it."""
    if "/" not in text:
        raise ProvisionRefused(
            f"no model is known as {text!r}; known: {', '.join(known.models())}. Any other is pulled by its repository's name, "
            "ORGANIZATION/NAME, with --task, --pairs and --licence"
        )
    if said.missing:
        raise ProvisionRefused(f"{text} is not among the known models; say {said.missing} too")
    licence = {"licence": said.licence, "commercial_use": said.commercial_use}
    return KnownModel(name=text.rpartition("/")[2], repository=text, description=licence)


def _tell_licence(model: KnownModel, offer: Offer, tools: Tools) -> None:
    tools.say(f"{model.name}: licence {model.licence}")
    if offer.licence and offer.licence.lower() != model.licence.lower():
        tools.say(f"{model.name}: the hub says {offer.licence!r} today; read the model's card before you rely on either")
    if model.note:
        tools.say(f"{model.name}: {model.note}")


def _check_room(home: Home, size: int) -> None:
    """Converted weights take no more than the download. The cache, often on another disk, minds its own room."""
    free = shutil.disk_usage(nearest(home.folder)).free
    if free < size:
        raise ProvisionRefused(f"{home.folder}: {free / 1e9:.1f} GB free, and the model may take {size / 1e9:.1f} GB")
