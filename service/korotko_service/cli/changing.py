"""Change what is installed: `models pull`, `import`, `convert` and `remove`."""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from korotko_service.cli import folders, listing, wishes
from korotko_service.config import Settings
from korotko_service.engines import conversion, loading
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ProvisionRefused
from korotko_service.provision import home, known
from korotko_service.provision.home import Home
from korotko_service.provision.importing import convert_model, import_model
from korotko_service.provision.install import Tools
from korotko_service.provision.pull import Source, pull

_NEEDED = ("torch", "transformers")


def pull_models(options: argparse.Namespace, settings: Settings) -> int:
    """Fetch, convert and install each model that is named; of a set only those that are missing."""
    names = [*options.names, *(known.members(options.set) if options.set else ())]
    if not names:
        raise ProvisionRefused(f"say which model, or --set with one of {', '.join(known.sets())}; `models list --known` shows them")
    place = folders.to_install_into(options, settings)
    source, tools = _hub(), _tools(settings)
    for name in names:
        if options.set and not options.replace and place.has(name):
            print(f"{name} is already installed")
            continue
        _tell(pull(wishes.pull_of(options, settings, name, alone=len(names) == 1), source, place, tools), place, settings)
    return 0


def bring_in(options: argparse.Namespace, settings: Settings) -> int:
    """Install a model from a folder of this machine."""
    place = folders.to_install_into(options, settings)
    _tell(import_model(wishes.import_of(options, settings), place, _tools(settings)), place, settings)
    return 0


def convert(options: argparse.Namespace, settings: Settings) -> int:
    """Make a model folder, to be carried elsewhere."""
    made = convert_model(wishes.import_of(options, settings), options.output.absolute(), _tools(settings))
    print(f"made {made} ({listing.megabytes(home.size(made))})")
    return 0


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Delete one model, if the operator agrees."""
    places = folders.of(options, settings)
    found = loading.find(places)
    named = [manifest for manifest in found if options.name in (manifest.name, manifest.reference)]
    if not named:
        raise ProvisionRefused(folders.not_installed(options.name, found))
    if len(named) > 1:
        raise ProvisionRefused(f"say which version: {', '.join(manifest.reference for manifest in named)}")
    chosen = named[0]
    if not (options.yes or _agreed(f"delete {chosen.folder}? [y/N] ")):
        raise ProvisionRefused("nothing was removed; --yes says so without a question")
    home.remove(chosen, places, protected=folders.protected())
    print(f"removed {chosen.name} ({chosen.folder})")
    return 0


def _agreed(question: str) -> bool:
    try:
        return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _hub() -> Source:
    try:
        from korotko_service.provision.hub import Hub  # noqa: PLC0415  # An extra: only pulling needs it.
    except ModuleNotFoundError as error:
        raise ProvisionRefused(f"pulling needs the extra: pip install 'korotko-service[hub]' ({error})") from error
    return Hub()


def _tools(settings: Settings) -> Tools:
    return Tools(
        convert=conversion.convert,
        check_converter=_check_converter,
        attempt=lambda manifest: loading.attempt(manifest, device=settings.device, compute_type=settings.compute_type),
        say=print,
    )


def _check_converter() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ProvisionRefused(f"converting needs {' and '.join(missing)}: pip install 'korotko-service[convert]'")


def _tell(manifest: Manifest, place: Home, settings: Settings) -> None:
    print(f"installed {manifest.name} in {manifest.folder} ({listing.megabytes(home.size(manifest.folder))})")
    if place.folder.resolve() not in {Path(folder).resolve() for folder in settings.models}:
        print(f"to serve it, put {place.folder.absolute()} into KOROTKO_MODELS")
