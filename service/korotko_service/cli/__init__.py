"""The operator's command: serve, models, check-config."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from korotko_service import __version__, config
from korotko_service.cli import models, serving
from korotko_service.cli.serving import run
from korotko_service.config import Settings
from korotko_service.errors import StartRefused

__all__ = ["main", "run"]
_REFUSED = 78  # EX_CONFIG of sysexits.h: supervisors know it as "do not restart, mend the configuration".


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 where a check or a models command failed, or 78 where the start was refused."""
    options = _parser().parse_args(arguments)
    try:
        settings = config.load(file=options.config)
        return int(options.run(options, settings))
    except StartRefused as error:
        print(f"korotko-service: {error}", file=sys.stderr)
        return _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="korotko-service", description="Korotko's server: news briefs and translation over gRPC.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings; KOROTKO_* variables win over it")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving.add(commands.add_parser("serve", help="start the server"))
    models.add(commands.add_parser("models", help="list, fetch, check and remove models"))
    commands.add_parser("check-config", help="read the settings and print them").set_defaults(run=_check_config)
    return parser


def _check_config(_: argparse.Namespace, settings: Settings) -> int:
    for name, value in asdict(settings).items():
        print(f"{name} = {value!r}")
    return 0
