"""The models commands and their options: list, pull, import, convert, verify, remove."""

import argparse
from collections.abc import Callable
from pathlib import Path

from korotko_service.cli import changing, inspecting, settings_file, wishes
from korotko_service.config import Settings
from korotko_service.errors import ModelInvalid, ProvisionRefused
from korotko_service.provision import known

Run = Callable[[argparse.Namespace, Settings], int]


def add(parser: argparse.ArgumentParser) -> None:
    """The actions and their options."""
    settings_file.add(parser)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    act = _action(actions, "list", "installed models, or with --known those that can be pulled by name", inspecting.show)
    act.add_argument("--known", action="store_true", help="known models and sets, with licences and published quality")
    act.add_argument("--json", action="store_true", help="for programs")
    act = _action(actions, "pull", "fetch models from a hub, convert and install them", _answered(changing.pull_models))
    act.add_argument("names", nargs="*", metavar="NAME[@REVISION]", help="a known model, or ORGANIZATION/NAME with a description")
    act.add_argument("--set", choices=sorted(known.sets()), help="all models of a set")
    wishes.add(act)
    act = _action(actions, "import", "install a model that lies on this machine", _answered(changing.bring_in))
    act.add_argument("path", type=Path, metavar="PATH", help="a Hugging Face, Marian, CTranslate2 or model folder")
    wishes.add(act)
    act = _action(actions, "convert", "make a model folder from a checkpoint without installing it", _answered(changing.convert))
    act.add_argument("path", type=Path, metavar="PATH", help="a Hugging Face or Marian folder")
    act.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="where to make it")
    wishes.add(act)
    act = _action(actions, "verify", "compare every file with its digest, then try every direction", inspecting.verify)
    act.add_argument("name", nargs="?", metavar="NAME", help="one model or NAME@VERSION (default: all)")
    act = _action(actions, "remove", "delete an installed model", _answered(changing.remove))
    act.add_argument("name", metavar="NAME[@VERSION]")
    act.add_argument("--yes", action="store_true", help="do not ask")


def _action(actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, run: Run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument("--models-dir", type=Path, metavar="FOLDER", help="this models folder instead of the settings'")
    settings_file.add(parser)
    parser.set_defaults(run=run)
    return parser


def _answered(run: Run) -> Run:
    """Report an invalid model as a refusal of the command (exit status 1), not of a start (78)."""

    def answered(options: argparse.Namespace, settings: Settings) -> int:
        try:
            return run(options, settings)
        except ModelInvalid as error:
            raise ProvisionRefused(str(error)) from error

    return answered
