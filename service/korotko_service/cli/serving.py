"""The serve command: a server until it is told to stop."""

import argparse
import asyncio
import errno
import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog

from korotko_service.app import RELOAD_SIGNAL, STOP_SIGNALS, App
from korotko_service.cli import settings_file
from korotko_service.config import Settings
from korotko_service.errors import ConfigInvalid
from korotko_service.telemetry import configure_logging, hear_libraries, loop_failed

log = structlog.get_logger(__name__)
# New objects between two looks of the garbage collector. Python's 700 are those of one call, and calls leave few cycles behind: of 971 us
# for a call, gRPC and engine left out, 861 are left (docs/performance.md).
_NEW_OBJECTS = 10_000
_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2
# What the system refuses for want of files, threads, processes or memory.
_SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})
# With 24 a server of one model came up and could take hardly anybody.
_FEW_FILES = 64


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--host", help="address to listen on (default: the settings')")
    parser.add_argument("--port", type=int, help="port to listen on; 0 lets the system choose")
    parser.add_argument("--port-file", type=Path, metavar="FILE", help="write the port there once the server is ready")
    settings_file.add(parser)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    given = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    settings = replace(settings, **given)
    _open_closed_streams()
    _allow_files()
    configure_logging(level=settings.log_level, human=settings.log_human)
    hear_libraries(level=settings.log_level)
    gc.set_threshold(_NEW_OBJECTS)
    try:
        asyncio.run(_run_to_the_end(lambda: App(settings), options.port_file))
    except OSError as error:
        if error.errno not in _SHORTAGES:
            raise
        shortage = f"{error.strerror}: raise the limits of this process (ulimit), or have it do with less (replicas, models)"
        raise ConfigInvalid(f"the system does not grant what these settings take: {shortage}") from error
    return 0


def _open_closed_streams() -> None:
    """Standard streams that whoever started us has closed lead to nothing, here and in the workers.

    Else a connection would get the free number, and with it what libraries have to say.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
        os.set_inheritable(number, True)
    os.close(number)
    for number, name in ((_STANDARD_OUTPUT, "stdout"), (_STANDARD_ERROR, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def _allow_files() -> None:
    """As many open files as the system grants, for each connection is one; ConfigInvalid where that is too few for a start.

    gRPC would end the process without a word that an operator could use.
    """
    _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= granted < _FEW_FILES:
        raise ConfigInvalid(f"the system grants {granted} open files, and a start needs {_FEW_FILES}: raise the limit (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


async def _run_to_the_end(make: Callable[[], App], port_file: Path | None) -> None:
    """Serve, then be deaf: another signal to a server that has stopped, and which asyncio no longer hears, must not be its exit status."""
    asyncio.get_running_loop().set_exception_handler(loop_failed)
    await run(make, port_file)
    for number in (*STOP_SIGNALS, RELOAD_SIGNAL):
        asyncio.get_running_loop().remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)


async def run(make: Callable[[], App], port_file: Path | None = None) -> None:
    """Serve until SIGTERM or SIGINT; either also ends a start that is still loading models. SIGHUP reloads the models.

    An App is made where its event loop runs.
    """
    starting, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert starting
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, starting.cancel)
    app: App | None = None

    def reload() -> None:
        if app is not None:  # Else its start was refused.
            app.request_reload()

    # Before there is an app, or SIGHUP would end the process meanwhile; the loop comes to it when there is.
    loop.add_signal_handler(RELOAD_SIGNAL, reload)
    try:
        app = make()
        async with app:
            _announce(app.port, port_file)
            await app.run_until_stopped()
    except asyncio.CancelledError:
        log.info("stopped_while_starting")


def _announce(port: int, port_file: Path | None) -> None:
    """Tell the port; ConfigInvalid, which ends the server, where it cannot be told."""
    if port_file is None:
        return
    try:
        port_file.write_text(f"{port}\n", encoding="ascii")
    except OSError as error:
        raise ConfigInvalid(f"--port-file {port_file}: {error.strerror}") from error
