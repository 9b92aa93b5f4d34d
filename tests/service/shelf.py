"""Model folders that a test fills and changes while a server runs, with an engine behind each model and each version."""

import asyncio
import threading
from typing import Any

from korotko_service.app import App
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ModelInvalid
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, sample, until


class Marked(zoo.Echo):
    """Puts its mark before every sentence; tells when it is closed."""

    def __init__(self, mark: str, *, replicas: int = 1) -> None:
        super().__init__(replicas=replicas)
        self._mark = mark
        self.gone = threading.Event()

    def say(self, sequence: Any) -> str:
        return f"{self._mark} {sequence.text}"

    def close(self) -> None:
        super().close()
        self.gone.set()


class GatedMark(Marked):
    """Holds every batch until it is let go."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.entered, self.go = threading.Event(), threading.Event()

    def generate(self, sequences: Any, options: Any) -> Any:
        self.entered.set()
        assert self.go.wait(PATIENCE_SECONDS)
        return super().generate(sequences, options)


class Shelf:
    """What is installed. `loads` notes each load by name@version; a `gate` holds the load of its model until it is set."""

    def __init__(self, *models: tuple[Manifest, Engine]) -> None:
        self.manifests: list[Manifest] = []
        self.loads: list[str] = []
        self.gates: dict[str, threading.Event] = {}
        self.entered = threading.Event()
        self._engines: dict[str, Engine] = {}
        for manifest, engine in models:
            self.put(manifest, engine)

    def put(self, manifest: Manifest, engine: Engine) -> None:
        """Install a model."""
        self.manifests.append(manifest)
        self._engines[manifest.reference] = engine

    def replace(self, manifest: Manifest, engine: Engine) -> None:
        """Install a model in the place of all others."""
        self.manifests.clear()
        self.put(manifest, engine)

    def hold(self, manifest: Manifest) -> threading.Event:
        """Hold the model's load until the event is set."""
        return self.gates.setdefault(manifest.reference, threading.Event())

    def load(self, manifest: Manifest) -> Engine:
        """What the server calls; an exception in an engine's place is raised."""
        self.loads.append(manifest.reference)
        self.entered.set()
        if gate := self.gates.get(manifest.reference):
            assert gate.wait(PATIENCE_SECONDS)
        engine = self._engines[manifest.reference]
        if isinstance(engine, Exception):
            raise engine
        return engine

    def app(self, **changes: Any) -> App:
        """A server over this shelf, not yet started."""
        return App(zoo.settings(**changes), manifests=self.manifests, loader=self.load)


def version(number: str, name: str = "zoo", **changes: Any) -> Manifest:
    """A manifest of that version; its digest tells the version too."""
    return zoo.manifest(name, version=number, digest=f"sha256:{name}-{number}", **changes)


def broken(message: str = "the file is corrupted") -> Any:
    """In an engine's place: a model that does not load."""
    return ModelInvalid(message)


async def reloaded(app: App, result: str = "done") -> None:
    """Ask for a reload as SIGHUP does, and return when it has ended that way."""
    before = sample(app, "reloads_total", result=result)
    app.request_reload()
    await until(lambda: sample(app, "reloads_total", result=result) > before)


async def happened(event: threading.Event) -> None:
    """Return when a thread has set it."""
    assert await asyncio.to_thread(event.wait, PATIENCE_SECONDS)
