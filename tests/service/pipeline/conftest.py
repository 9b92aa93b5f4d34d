"""The use cases over zoo engines, wired as the server wires them, called without the wire."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from korotko_service.admission import Admission
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.pipeline.detect import Detect
from korotko_service.pipeline.summarize import Summarize
from korotko_service.pipeline.translate import Translate
from korotko_service.telemetry import Metrics
from tests import zoo
from tests.integration.wire import until


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The three use cases and what they share."""

    summarize: Summarize
    translate: Translate
    detect: Detect
    admission: Admission
    metrics: Metrics

    async def queued(self) -> None:
        """Return when a sequence waits for the model "zoo"."""
        await until(lambda: self.metrics.registry.get_sample_value("korotko_queued_sequences", {"model": "zoo"}))


class Builder:
    """Builds houses: one engine for the model "zoo", or an engine for each model's name."""

    @asynccontextmanager
    async def __call__(self, engines: Engine | Mapping[str, Engine], *manifests: Manifest) -> AsyncIterator[House]:
        async with zoo.running(engines, manifests=manifests, max_text_characters=2000, max_texts=8, max_targets=4) as app:
            cases = app.use_cases
            yield House(
                summarize=cases.summarize,
                translate=cases.translate,
                detect=cases.detect,
                admission=app._admission,
                metrics=app.metrics,
            )


@pytest.fixture
def house() -> Builder:
    return Builder()
