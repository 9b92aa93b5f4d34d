"""A hub of our own, a models folder and tools for the tests of provision."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from korotko_service.engines import loading
from korotko_service.engines.manifest import Manifest
from korotko_service.provision.home import Home
from korotko_service.provision.install import Tools
from tests.service.provision.fake_hub import FakeHub, Repository
from tests.service.provision.samples import StarterConverter, marian_files

NAME = "Helsinki-NLP/opus-mt-tc-big-en-zle"


@dataclass(frozen=True, slots=True)
class Desk:
    """Tools for an installation, and what they were told."""

    tools: Tools
    convert: StarterConverter
    told: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub with one known model."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHub() as server:
        server.repositories[NAME] = Repository(files=marian_files())
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "models")


@pytest.fixture
def desk() -> Desk:
    """Tools with a stand-in for conversion and a real trial."""
    told: list[str] = []
    tried: list[str] = []
    convert = StarterConverter()

    def attempt(manifest: Manifest) -> None:
        tried.append(manifest.name)
        engine = loading.load(manifest, device="cpu", compute_type="default", replicas=1, threads_per_replica=1)
        try:
            engine.warm_up()
        finally:
            engine.close()

    return Desk(
        tools=Tools(convert=convert, check_converter=lambda: None, attempt=attempt, say=told.append),
        convert=convert,
        told=told,
        tried=tried,
    )
