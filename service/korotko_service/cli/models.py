"""The models commands: list, pull, import, convert, verify, remove."""

import argparse
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from korotko_service.app import model_folders
from korotko_service.cli import listing, settings_file, wishes
from korotko_service.config import Settings
from korotko_service.engines import conversion, loading, manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid, ProvisionRefused
from korotko_service.provision import home, known
from korotko_service.provision.home import Home
from korotko_service.provision.importing import convert_model, import_model
from korotko_service.provision.install import Tools
from korotko_service.provision.pull import Source, pull

_INTERRUPTED = 130  # What shells report for a command ended by Ctrl-C.
_NEEDED = ("torch", "transformers")
Run = Callable[[argparse.Namespace, Settings], int]


def add(parser: argparse.ArgumentParser) -> None:
    """The actions and their options."""
    settings_file.add(parser)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    act = _action(actions, "list", "installed models, or with --known those that can be pulled by name", _list)
    act.add_argument("--known", action="store_true", help="known models and sets, with licences and published quality")
    act.add_argument("--json", action="store_true", help="for programs")
    act = _action(actions, "pull", "fetch models from a hub, convert and install them", _guarded(_pull))
    act.add_argument("names", nargs="*", metavar="NAME[@REVISION]", help="a known model, or ORGANIZATION/NAME with a description")
    act.add_argument("--set", choices=sorted(known.sets()), help="all models of a set")
    wishes.add(act)
    act = _action(actions, "import", "install a model that lies on this machine", _guarded(_import))
    act.add_argument("path", type=Path, metavar="PATH", help="a Hugging Face, Marian, CTranslate2 or model folder")
    wishes.add(act)
    act = _action(actions, "convert", "make a model folder from a checkpoint without installing it", _guarded(_convert))
    act.add_argument("path", type=Path, metavar="PATH", help="a Hugging Face or Marian folder")
    act.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="where to make it")
    wishes.add(act)
    act = _action(actions, "verify", "compare every file with its digest, then try every direction", _verify)
    act.add_argument("name", nargs="?", metavar="NAME", help="one model or NAME@VERSION (default: all)")
    act = _action(actions, "remove", "delete an installed model", _guarded(_remove))
    act.add_argument("name", metavar="NAME[@VERSION]")
    act.add_argument("--yes", action="store_true", help="do not ask")


def _action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument("--models-dir", type=Path, metavar="FOLDER", help="this models folder instead of the settings'")
    settings_file.add(parser)
    parser.set_defaults(run=run)
    return parser


def _guarded(run: Run) -> Run:
    """A refusal is an answer here, not a broken start: its message and exit status 1."""

    def guarded(options: argparse.Namespace, settings: Settings) -> int:
        try:
            return run(options, settings)
        except (ProvisionRefused, ModelInvalid, OSError) as error:
            print(f"korotko-service: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("korotko-service: interrupted; nothing was changed, and a download goes on where it stopped", file=sys.stderr)
            return _INTERRUPTED

    return guarded


def _folders(options: argparse.Namespace, settings: Settings) -> tuple[Path, ...]:
    return (options.models_dir,) if options.models_dir else model_folders(settings)


def _list(options: argparse.Namespace, settings: Settings) -> int:
    _tell_strangers(options, settings)
    entries = listing.known_models() if options.known else listing.installed(loading.find(_folders(options, settings)))
    print(
        json.dumps([each.table for each in entries], ensure_ascii=False, indent=2)
        if options.json
        else listing.text(entries) or _none(options, settings)
    )
    if options.known and not options.json:
        print(listing.sets())
    return 0


def _pull(options: argparse.Namespace, settings: Settings) -> int:
    names = [*options.names, *(known.members(options.set) if options.set else ())]
    if not names:
        raise ProvisionRefused(f"say which model, or --set with one of {', '.join(known.sets())}; `models list --known` shows them")
    place = _home(options, settings)
    source, tools = _hub(), _tools(settings)
    for name in names:
        if options.set and not options.replace and place.has(name):
            print(f"{name} is already installed")
            continue
        _tell(pull(wishes.pull_of(options, settings, name, alone=len(names) == 1), source, place, tools), place, settings)
    return 0


def _import(options: argparse.Namespace, settings: Settings) -> int:
    place = _home(options, settings)
    _tell(import_model(wishes.import_of(options, settings), place, _tools(settings)), place, settings)
    return 0


def _convert(options: argparse.Namespace, settings: Settings) -> int:
    made = convert_model(wishes.import_of(options, settings), options.output.absolute(), _tools(settings))
    print(f"made {made} ({listing.megabytes(home.size(made))})")
    return 0


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    failed = 0 if options.name else _tell_strangers(options, settings)
    found = loading.find(_folders(options, settings))
    chosen = [manifest for manifest in found if options.name in (None, manifest.name, manifest.reference)]
    if not chosen:
        print(f"korotko-service: {_not_installed(options.name, found) if found else _none(options, settings)}", file=sys.stderr)
        return 1
    for manifest in chosen:
        try:
            _attempt(manifest, settings)
            print(f"{manifest.name}: ok")
        except ModelInvalid as error:
            failed += 1
            print(f"{manifest.name}: {error}", file=sys.stderr)
    return 1 if failed else 0


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    folders = _folders(options, settings)
    found = loading.find(folders)
    named = [manifest for manifest in found if options.name in (manifest.name, manifest.reference)]
    if not named:
        raise ProvisionRefused(_not_installed(options.name, found))
    if len(named) > 1:
        raise ProvisionRefused(f"say which version: {', '.join(manifest.reference for manifest in named)}")
    chosen = named[0]
    if not (options.yes or _agreed(f"delete {chosen.folder}? [y/N] ")):
        raise ProvisionRefused("nothing was removed; --yes says so without a question")
    home.remove(chosen, folders, protected=_protected())
    print(f"removed {chosen.name} ({chosen.folder})")
    return 0


def _tell_strangers(options: argparse.Namespace, settings: Settings) -> int:
    """How many folders look like models and are none, each said on a line."""
    found = loading.strangers(_folders(options, settings))
    for folder, reason in found.items():
        print(
            f"korotko-service: {folder} is not served: {reason}; let this user read it, copy it again if it was a model, or install the "
            f"checkpoint with `korotko-service models import {folder}`",
            file=sys.stderr,
        )
    return len(found)


def _none(options: argparse.Namespace, settings: Settings) -> str:
    return f"no model in {', '.join(map(str, _folders(options, settings)))}; `korotko-service models list --known` shows what can be pulled"


def _not_installed(name: str, found: tuple[Manifest, ...]) -> str:
    return f"no installed model is named {name!r}; installed: {', '.join(manifest.name for manifest in found) or 'none'}"


def _agreed(question: str) -> bool:
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")


def _protected() -> tuple[Path, ...]:
    """Folders that come with the program: what no settings name."""
    return model_folders(Settings())


def _home(options: argparse.Namespace, settings: Settings) -> Home:
    return home.choose(tuple(map(Path, settings.models)), options.models_dir, protected=_protected())


def _hub() -> Source:
    try:
        from korotko_service.provision.hub import Hub  # noqa: PLC0415  # An extra: only pulling needs it.
    except ModuleNotFoundError as error:
        raise ProvisionRefused(f"pulling needs the extra: pip install 'korotko-service[hub]' ({error})") from error
    return Hub()


def _tools(settings: Settings) -> Tools:
    return Tools(
        convert=conversion.convert, check_converter=_check_converter, attempt=lambda manifest: _attempt(manifest, settings), say=print
    )


def _check_converter() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ProvisionRefused(f"converting needs {' and '.join(missing)}: pip install 'korotko-service[convert]'")


def _attempt(manifest: Manifest, settings: Settings) -> None:
    manifests.verify(manifest)
    engine = loading.load(manifest, device=settings.device, compute_type=settings.compute_type, replicas=1, threads_per_replica=1)
    try:
        engine.warm_up()
    finally:
        engine.close()


def _tell(manifest: Manifest, place: Home, settings: Settings) -> None:
    print(f"installed {manifest.name} in {manifest.folder} ({listing.megabytes(home.size(manifest.folder))})")
    if place.folder.resolve() not in {Path(folder).resolve() for folder in settings.models}:
        print(f"to serve it, put {place.folder} into KOROTKO_MODELS")
