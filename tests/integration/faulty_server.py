"""A server process over the faulty engine: `python -m tests.integration.faulty_server FOLDER DRAIN_SECONDS`."""

import asyncio
import sys
from pathlib import Path

from korotko_service.app import App
from korotko_service.cli import serving
from korotko_service.engines import manifest as manifests
from korotko_service.telemetry import configure_logging
from tests import zoo
from tests.integration import faulty


def main(folder: str, drain_seconds: str) -> None:
    """What `korotko-service serve` does, over this engine."""
    configure_logging(level="INFO", human=False)
    settings = zoo.settings(drain_seconds=float(drain_seconds))
    model = manifests.read(Path(folder))
    asyncio.run(serving.run(lambda: App(settings, manifests=[model], loader=lambda manifest: faulty.isolated(manifest, replicas=2))))


if __name__ == "__main__":
    main(*sys.argv[1:])
