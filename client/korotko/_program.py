"""What the command `korotko` does: briefs, translations and languages of files from the shell."""

import io
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from korotko import Client, KorotkoError
from korotko._arguments import parser
from korotko._commands import COMMANDS
from korotko._exits import Exit, complaint, exit_of
from korotko._reading import UnreadableText, read_bytes
from korotko._reports import complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    _prepare_output()
    if sys.stdout is None:
        complain("cannot write: standard output is closed")
        return Exit.OTHER
    try:
        return _run(parser(server=os.environ.get("KOROTKO_SERVER") or "localhost:50051").parse_args(argv))
    except BrokenPipeError:
        return _reader_is_gone()
    except (UnreadableText, ValueError) as error:
        complain(str(error))
        return Exit.USAGE
    except OSError as error:
        complain(f"cannot write: {error.strerror or error}")
        return Exit.OTHER


def _prepare_output() -> None:
    """Set up UTF-8 everywhere (even for file names that are not), unchanged line ends, on Windows too, and the client's log."""
    if sys.stderr is None:  # closed by the shell; print would take standard output instead
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for as long as the command runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    logging.basicConfig(format="korotko: %(message)s")
    logging.getLogger("korotko").setLevel(logging.INFO)


def _run(arguments: Namespace) -> int:
    try:
        with _client(arguments) as client:
            return COMMANDS[arguments.command](client, arguments)
    except KorotkoError as error:
        complain(complaint(error, vars(arguments)))
        return exit_of(error)


def _client(arguments: Namespace) -> Client:
    tls = read_bytes(arguments.ca) if arguments.ca else arguments.tls
    return Client(arguments.server, tls=tls, token=os.environ.get("KOROTKO_TOKEN") or None)


def _reader_is_gone() -> int:
    """The reader of our output, for example `head`, has had enough: end silently, like other filters."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python itself would complain at exit
    return Exit.BROKEN_PIPE
