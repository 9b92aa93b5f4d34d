"""The image under test, built once; skipped, with the reason said, unless somebody asks for it and podman is here."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image.podman import Container, Podman, free_port, import_debian, runtime, with_storage

_BASE_VARIABLE = "KOROTKO_TEST_BASE_IMAGE"
_TAG = "localhost/korotko-under-test"


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if "image" not in request.config.option.markexpr:
        pytest.skip("takes minutes: `make image-test` asks for it")
    if shutil.which("podman") is None:
        pytest.skip("podman is not installed")
    path = tmp_path_factory.mktemp("image")
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def podman(folder: Path) -> Iterator[Podman]:
    """With the user's storage where the user names a base image, else with storage of its own."""
    if os.environ.get(_BASE_VARIABLE):
        yield Podman(options=runtime())
        return
    if shutil.which("debootstrap") is None or os.geteuid() != 0:
        pytest.skip(f"no base image: name one, e.g. {_BASE_VARIABLE}=python:3.11-slim-bookworm, or be root and have debootstrap")
    with tempfile.TemporaryDirectory(prefix="korotko-", dir="/tmp") as running:
        own = with_storage(images=folder / "images", running=running)
        yield own
        own.attempt("rmi", "--all", "--force")


@pytest.fixture(scope="session")
def image(podman: Podman, folder: Path) -> Iterator[str]:
    """The tag of the image of this working tree."""
    base = os.environ.get(_BASE_VARIABLE)
    if not base:
        base = "localhost/debian-python"
        import_debian(podman, tag=base, folder=folder / "debian")
    podman.build(base=base, tag=_TAG, folder=folder)
    yield _TAG
    podman("rmi", "--force", _TAG)


@pytest.fixture(scope="session")
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def server(podman: Podman, image: str, port: int) -> Iterator[Container]:
    """One healthy server on `port` of this host for all tests that only talk to it."""
    with podman.container(image, "--network", "host", "--env", f"KOROTKO_PORT={port}") as container:
        container.wait_until_healthy()
        yield container
