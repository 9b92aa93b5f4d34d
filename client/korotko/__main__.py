"""The command line, `korotko`: briefs, translations and languages of files from the shell."""

import io
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from korotko import Client, KorotkoError
from korotko._arguments import parser
from korotko._commands import COMMANDS
from korotko._exits import Exit, complaint, exit_of
from korotko._reading import UnreadableText
from korotko._reports import complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    arguments = parser(server=os.environ.get("KOROTKO_SERVER") or "localhost:50051").parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        return _run(arguments)
    except KorotkoError as error:
        complain(complaint(error))
        return exit_of(error)
    except (UnreadableText, ValueError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            return _reader_is_gone()
        complain(str(error))
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _run(arguments: Namespace) -> int:
    with _client(arguments) as client:
        return COMMANDS[arguments.command](client, arguments)


def _client(arguments: Namespace) -> Client:
    tls = Path(arguments.ca).read_bytes() if arguments.ca else arguments.tls
    return Client(arguments.server, tls=tls, token=os.environ.get("KOROTKO_TOKEN") or None)


def _reader_is_gone() -> int:
    """Whoever read our output, `head` for one, has enough: end in silence, like other filters."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python itself would complain while it ends
    return Exit.BROKEN_PIPE


if __name__ == "__main__":
    sys.exit(main())
