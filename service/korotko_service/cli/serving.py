"""The serve command: a server until it is told to stop."""

import argparse
import asyncio
import errno
import gc
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog

from korotko_service.app import RELOAD_SIGNAL, STOP_SIGNALS, App
from korotko_service.cli import process, settings_file
from korotko_service.config import Settings
from korotko_service.errors import ConfigInvalid
from korotko_service.telemetry import configure_logging, hear_libraries, loop_failed

log = structlog.get_logger(__name__)
# New objects between two runs of the garbage collector. Python's 700 are those of one call, and calls leave few cycles behind: a call
# takes 861 us instead of 971, gRPC and engine left out (docs/performance.md).
_NEW_OBJECTS = 10_000
# Errors of a system that is short of files, threads, processes or memory.
_SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--host", help="address to listen on (default: the settings')")
    parser.add_argument("--port", type=int, help="port to listen on; 0 lets the system choose")
    parser.add_argument("--port-file", type=Path, metavar="FILE", help="write the port there once the server is ready")
    settings_file.add(parser)
    parser.set_defaults(run=serve)


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Serve with these settings and these options over them."""
    given = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    settings = replace(settings, **given)
    process.allow_files()
    configure_logging(level=settings.log_level, human=settings.log_human)
    hear_libraries(level=settings.log_level)
    gc.set_threshold(_NEW_OBJECTS)
    try:
        asyncio.run(_run_to_the_end(lambda: App(settings), options.port_file))
    except OSError as error:
        if error.errno not in _SHORTAGES:
            log.exception("serve_failed")  # Its place is for whoever mends it; `main` prints its words.
            raise
        shortage = f"{error.strerror}: raise the limits of this process (ulimit), or let it use less (replicas, models)"
        raise ConfigInvalid(f"the system does not grant what these settings take: {shortage}") from error
    return 0


async def _run_to_the_end(make: Callable[[], App], port_file: Path | None) -> None:
    """Serve, then ignore signals: one that comes when asyncio no longer handles them must not decide the exit status."""
    asyncio.get_running_loop().set_exception_handler(loop_failed)
    await run(make, port_file)
    for number in (*STOP_SIGNALS, RELOAD_SIGNAL):
        asyncio.get_running_loop().remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)


async def run(make: Callable[[], App], port_file: Path | None = None) -> None:
    """Serve until SIGTERM or SIGINT; either also ends a start that is still loading models. SIGHUP reloads the models.

    `make` is called in the event loop, as an App has to be.
    """
    starting, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert starting
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, starting.cancel)
    app: App | None = None

    def reload() -> None:
        if app is not None:  # Else its start was refused.
            app.request_reload()

    # Before there is an app, or SIGHUP would end the process meanwhile; the loop runs the handler when there is one.
    loop.add_signal_handler(RELOAD_SIGNAL, reload)
    process.unblock_signals()
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
