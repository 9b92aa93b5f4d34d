"""The process that a command runs in: its standard streams, its open files, and the signals that waited while it was imported."""

import os
import resource
import signal
import sys

from korotko_service.app import RELOAD_SIGNAL, STOP_SIGNALS
from korotko_service.errors import ConfigInvalid

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))  # as the system numbers them
_STANDARD_OUTPUT = 1
# With 24, a server of one model starts but can take hardly any calls.
_FEW_FILES = 64


def open_closed_streams() -> None:
    """Open the standard streams that our parent has closed, on /dev/null, here and in the workers.

    Otherwise a connection would get the free number, and with it whatever libraries print.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) < len(_STREAMS):
        os.set_inheritable(number, True)
    os.close(number)
    for number, (name, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def give_up_output() -> None:
    """Drop output that could not be written, or Python would try again at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_OUTPUT)


def allow_files() -> None:
    """Allow as many open files as the system grants, since each connection is one; ConfigInvalid where that is too few for a start.

    gRPC would end the process without a message that helps an operator.
    """
    _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= granted < _FEW_FILES:
        raise ConfigInvalid(f"the system grants {granted} open files, and a start needs {_FEW_FILES}: raise the limit (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


def unblock_signals() -> None:
    """Let through the signals that `__main__` blocked, once something handles them."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (*STOP_SIGNALS, RELOAD_SIGNAL))
