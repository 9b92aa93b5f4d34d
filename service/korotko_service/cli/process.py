"""The process that a command runs in: its standard streams, its open files, and the signals that waited while it was imported."""

import os
import resource
import signal
import sys

from korotko_service.app import RELOAD_SIGNAL, STOP_SIGNALS
from korotko_service.errors import ConfigInvalid

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))  # as the system numbers them
_STANDARD_OUTPUT = 1
# With 24 a server of one model came up and could take hardly anybody.
_FEW_FILES = 64


def open_closed_streams() -> None:
    """Standard streams that whoever started us has closed lead to nothing, here and in the workers.

    Else a connection would get the free number, and with it what libraries have to say.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) < len(_STREAMS):
        os.set_inheritable(number, True)
    os.close(number)
    for number, (name, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def give_up_output() -> None:
    """What could not be written goes nowhere, or Python itself would try again while it ends, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_OUTPUT)


def allow_files() -> None:
    """As many open files as the system grants, for each connection is one; ConfigInvalid where that is too few for a start.

    gRPC would end the process without a word that an operator could use.
    """
    _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= granted < _FEW_FILES:
        raise ConfigInvalid(f"the system grants {granted} open files, and a start needs {_FEW_FILES}: raise the limit (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


def hear_signals() -> None:
    """Let through the signals that `__main__` held back, once there is somebody to hear them."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (*STOP_SIGNALS, RELOAD_SIGNAL))
