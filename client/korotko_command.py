"""The door of the command `korotko`: loading what is behind it takes half a second, in which Ctrl-C is no error either."""

import os
import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130


def main() -> int:
    """Run the command; the result is the exit code."""
    signal.signal(signal.SIGINT, _leave)
    _occupy_closed_descriptors()
    os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # its notes about connections would stand between the command's own lines
    from korotko._program import main as run  # noqa: PLC0415 - the import is what may be interrupted

    return run()


def _occupy_closed_descriptors() -> None:
    """One of 0, 1 and 2 that the shell has closed would be given to the first socket, and gRPC's notes to standard error sent over it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # becomes the lowest number that is free


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """End at once: a KeyboardInterrupt that meets Python in a callback of gRPC or in a destructor is lost, and the command would go on.

    Nothing else is: each line is flushed as it is printed, and the server sees the connection close.
    """
    os._exit(INTERRUPTED)
