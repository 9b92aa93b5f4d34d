"""A server process whose engine answers on request: it logs `entered` for each batch, and a line on standard input lets all pass."""

import asyncio
import sys
import threading
from collections.abc import Sequence as SequenceOf

import structlog

from korotko_service.cli import serving
from korotko_service.engines.engine import DecodingOptions, Generation, Sequence
from korotko_service.telemetry import configure_logging
from tests import zoo

log = structlog.get_logger(__name__)
ARGUMENTS = ("-m", "tests.integration.gated_server")


class Announcing(zoo.Gated):
    """Logs that a batch is inside; fails on poison as soon as it is released."""

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        log.info("entered", sequences=len(sequences))
        generations = super().generate(sequences, options)
        for sequence in sequences:
            if "poison" in sequence.text:
                raise RuntimeError(f"choked on: {sequence.text}")
        return generations


def main() -> None:
    """What `korotko-service serve` does, over this engine."""
    configure_logging(level="INFO", human=False)
    engine = Announcing()
    threading.Thread(target=lambda: sys.stdin.readline() and engine.release(), daemon=True).start()
    asyncio.run(serving.run(lambda: zoo.app(engine, max_batch_sequences=1)))


if __name__ == "__main__":
    main()
