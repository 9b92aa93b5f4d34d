"""The operator's command: serve, models list, models verify, check-config."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import structlog

from korotko_service import __version__, config
from korotko_service.app import STOP_SIGNALS, App, model_folders
from korotko_service.config import Settings
from korotko_service.engines import loading, manifest as manifests
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid, StartRefused
from korotko_service.telemetry import configure_logging

log = structlog.get_logger(__name__)
_REFUSED = 78  # EX_CONFIG of sysexits.h: supervisors know it as "do not restart, mend the configuration".


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 where a check failed, or 78 where the start was refused."""
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
    serve = commands.add_parser("serve", help="start the server")
    serve.add_argument("--host", help="address to listen on (default: the settings')")
    serve.add_argument("--port", type=int, help="port to listen on; 0 lets the system choose")
    serve.add_argument("--port-file", type=Path, metavar="FILE", help="write the port there once the server is ready")
    serve.set_defaults(run=_serve)
    models = commands.add_parser("models", help="look at the installed models").add_subparsers(required=True, metavar="ACTION")
    models.add_parser("list", help="name, task, pairs and licence of each").set_defaults(run=_list)
    models.add_parser("verify", help="compare every file with its digest, then translate a trial sentence").set_defaults(run=_verify)
    commands.add_parser("check-config", help="read the settings and print them").set_defaults(run=_check_config)
    return parser


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    given = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    settings = replace(settings, **given)
    configure_logging(level=settings.log_level, human=settings.log_human)
    asyncio.run(run(lambda: App(settings), options.port_file))
    return 0


async def run(make: Callable[[], App], port_file: Path | None = None) -> None:
    """Serve until SIGTERM or SIGINT; either also ends a start that is still loading models. An App is made where its event loop runs."""
    starting = asyncio.current_task()
    assert starting
    for number in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, starting.cancel)
    try:
        async with make() as app:
            _announce(app.port, port_file)
            await app.run_until_stopped()
    except asyncio.CancelledError:
        log.info("stopped_while_starting")


def _announce(port: int, port_file: Path | None) -> None:
    if port_file is not None:
        port_file.write_text(f"{port}\n", encoding="ascii")


def _list(_: argparse.Namespace, settings: Settings) -> int:
    for manifest in loading.find(model_folders(settings)):
        print(_described(manifest))
    return 0


def _described(manifest: Manifest) -> str:
    pairs = " ".join(f"{source}-{target}" for source, target in manifest.pairs)
    use = "" if manifest.commercial_use else ", not for commercial use"
    return f"{manifest.name} {manifest.version}  {manifest.task}  {pairs}  {manifest.licence}{use}  {manifest.digest[:19]}"


def _verify(_: argparse.Namespace, settings: Settings) -> int:
    failed = 0
    for manifest in loading.find(model_folders(settings)):
        try:
            _trial(manifest, settings)
            print(f"{manifest.name}: ok")
        except ModelInvalid as error:
            failed += 1
            print(f"{manifest.name}: {error}", file=sys.stderr)
    return 1 if failed else 0


def _trial(manifest: Manifest, settings: Settings) -> None:
    manifests.verify(manifest)
    engine = loading.load(manifest, device=settings.device, compute_type=settings.compute_type, replicas=1, threads_per_replica=1)
    try:
        engine.warm_up()
    finally:
        engine.close()


def _check_config(_: argparse.Namespace, settings: Settings) -> int:
    for name, value in asdict(settings).items():
        print(f"{name} = {value!r}")
    return 0
