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
from tests.service.provision.samples import StarterConverter, hub_files

NAME = "Helsinki-NLP/opus-mt-tc-big-en-zle"


@dataclass(frozen=True, slots=True)
class Desk:
    """Tools for an installation, and what they were told."""

    tools: Tools
    convert: StarterConverter
    told: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)


def leftovers(home: Home) -> list[str]:
    """What is in the models folder; after a refusal there should be nothing."""
    return sorted(path.name for path in home.folder.glob("*") if path.name != ".staging") + [
        path.name for path in home.folder.glob(".staging/*") if path.name != "lock"
    ]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub with one known model."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHub() as server:
        server.repositories[NAME] = Repository(files=hub_files())
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
        loading.attempt(manifest)

    return Desk(
        tools=Tools(convert=convert, check_converter=lambda: None, attempt=attempt, say=told.append),
        convert=convert,
        told=told,
        tried=tried,
    )
