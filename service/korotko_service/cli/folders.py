"""Which models folders a command works on, and the message where a model is not there."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from korotko_service.app import model_folders
from korotko_service.config import Settings
from korotko_service.engines.manifest import Manifest
from korotko_service.provision import home
from korotko_service.provision.home import Home


def of(options: argparse.Namespace, settings: Settings) -> tuple[Path, ...]:
    """The one that was named, else the settings'."""
    return (options.models_dir,) if options.models_dir else model_folders(settings)


def protected() -> tuple[Path, ...]:
    """The folders that come with the program, used where no settings name any."""
    return model_folders(Settings())


def to_install_into(options: argparse.Namespace, settings: Settings) -> Home:
    """The folder for new models; ProvisionRefused where there is none."""
    return home.choose(tuple(map(Path, settings.models)), options.models_dir, protected=protected())


def not_installed(name: str, found: Iterable[Manifest]) -> str:
    """The message that no model of that name is installed."""
    return f"no installed model is named {name!r}; installed: {', '.join(manifest.name for manifest in found) or 'none'}"
