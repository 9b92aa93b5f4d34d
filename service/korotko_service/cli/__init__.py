"""The operator's command: serve, models, check-config."""

import argparse
import sys
from collections.abc import Sequence
from textwrap import indent

from korotko_service import __version__, config
from korotko_service.app import access, binding
from korotko_service.cli import models, process, serving, settings_file
from korotko_service.config import Settings
from korotko_service.errors import AddressTaken, ProvisionRefused, StartRefused

_FAILED = 1
# EX_CONFIG and EX_TEMPFAIL of sysexits.h: supervisors know the first as "do not restart, mend the configuration".
REFUSED = 78
_TRY_AGAIN = 75
# What a shell reports of a command that Ctrl-C ended, and of a filter whose reader left: 128 and the signal's number.
_INTERRUPTED = 130
_READER_IS_GONE = 141
_EXITS = f"""exit status:
  0  done; of serve: stopped when it was told to
  {_FAILED}  a check or a models command failed, or serve in a way that nobody foresaw
  {_TRY_AGAIN}  another process has the address: try again
  {REFUSED}  settings or models have to be corrected: a restart will not help
  {_INTERRUPTED}  a command was interrupted; nothing is left half done
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. `--help` explains the exit status; for a command that was interrupted it is what a shell would report."""
    process.open_closed_streams()
    options = parser().parse_args(arguments)
    try:
        if options.run is not serving.serve:  # That one does so when it has an event loop.
            process.unblock_signals()
        status = int(options.run(options, config.load(file=options.config)))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        process.give_up_output()
        return _READER_IS_GONE
    except KeyboardInterrupt:
        return _refused("interrupted; nothing is left half done, and a download will go on where it stopped", _INTERRUPTED)
    except StartRefused as error:
        return _refused(error, _TRY_AGAIN if isinstance(error, AddressTaken) else REFUSED)
    except (ProvisionRefused, OSError) as error:
        process.give_up_output()
        return _refused(error, _FAILED)


def _refused(why: Exception | str, status: int) -> int:
    print(f"korotko-service: {why}", file=sys.stderr)
    return status


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    made = argparse.ArgumentParser(
        prog="korotko-service",
        description="Korotko's server: news briefs and translation over gRPC.",
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=__version__)
    settings_file.add(made, default=None)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    serving.add(commands.add_parser("serve", help="start the server"))
    models.add(commands.add_parser("models", help="list, fetch, check and remove models"))
    check = commands.add_parser(
        "check-config", help="read the settings and the files that they name and print what holds, as a settings file"
    )
    check.set_defaults(run=_check_config)
    settings_file.add(check)
    return made


def _check_config(_: argparse.Namespace, settings: Settings) -> int:
    binding(settings)
    callers = access(settings)
    print(settings_file.toml(settings))
    if callers:
        print(f"# callers:\n{indent(str(callers), '#   ')}")
    return 0
