"""The operator's command: serve, models, check-config."""

import argparse
import os
import sys
from collections.abc import Sequence
from textwrap import indent

from korotko_service import __version__, config
from korotko_service.app import access, binding
from korotko_service.cli import models, serving, settings_file
from korotko_service.cli.serving import run
from korotko_service.config import Settings
from korotko_service.errors import AddressTaken, StartRefused

__all__ = ["main", "run"]
# EX_CONFIG and EX_TEMPFAIL of sysexits.h: supervisors know the first as "do not restart, mend the configuration".
_REFUSED = 78
_TRY_AGAIN = 75
# What a shell reports of a filter whose reader left: 128 and SIGPIPE.
_READER_IS_GONE = 141
_EXITS = f"""exit status:
  0  done; of serve: stopped when it was told to
  1  a check or a models command failed
  {_TRY_AGAIN}  another process has the address: try again
  {_REFUSED}  settings or models have to be corrected: a restart will not help
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 where a check or a models command failed, 75 where the address is taken by another
    process, which a later start may not find, 78 where the start was refused for what has to be mended first, or 141 where whoever read
    the output (`head`) has enough."""
    options = _parser().parse_args(arguments)
    try:
        settings = config.load(file=options.config)
        status = int(options.run(options, settings))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python itself would complain while it ends
        return _READER_IS_GONE
    except StartRefused as error:
        print(f"korotko-service: {error}", file=sys.stderr)
        return _TRY_AGAIN if isinstance(error, AddressTaken) else _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="korotko-service",
        description="Korotko's server: news briefs and translation over gRPC.",
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    settings_file.add(parser, default=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving.add(commands.add_parser("serve", help="start the server"))
    models.add(commands.add_parser("models", help="list, fetch, check and remove models"))
    check = commands.add_parser(
        "check-config", help="read the settings and the files that they name and print what holds, as a settings file"
    )
    check.set_defaults(run=_check_config)
    settings_file.add(check)
    return parser


def _check_config(_: argparse.Namespace, settings: Settings) -> int:
    binding(settings)
    callers = access(settings)
    print(settings_file.toml(settings))
    if callers:
        print(f"# callers:\n{indent(str(callers), '#   ')}")
    return 0
