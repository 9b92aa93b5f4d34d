"""The real server with the real starter model, once for all tests, and the seed articles."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest

from korotko import Client
from tests.integration.process import ROOT, ServerProcess
from tests.integration.wire import LANGUAGES, PATIENCE_SECONDS, stub_of, translate


@pytest.fixture(scope="session")
def starter() -> Iterator[ServerProcess]:
    """One server process for all tests that do not change it."""
    with ServerProcess() as process:
        assert process.address
        yield process
        process.terminate()
        assert process.finished() == 0


@pytest.fixture(scope="session")
def channel(starter: ServerProcess) -> Iterator[grpc.Channel]:
    """A plain channel to it: no retries and a message limit above the server's own."""
    with grpc.insecure_channel(starter.address, options=[("grpc.enable_retries", 0)]) as channel:
        yield channel


@pytest.fixture(scope="session")
def stub(channel: grpc.Channel) -> Any:
    return stub_of(channel)


@pytest.fixture(scope="session")
def client(starter: ServerProcess) -> Iterator[Client]:
    with Client(starter.address, timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    return {language: (ROOT / f"seeds/articles/{language}.txt").read_text(encoding="utf-8") for language in LANGUAGES}


@pytest.fixture
def lives_on(stub: Any) -> Iterator[Callable[[], None]]:
    """After the test, and whenever this is called, the server must answer a good request."""

    def check() -> None:
        reply = stub.Translate(translate("Good morning."), timeout=PATIENCE_SECONDS)
        assert [result.WhichOneof("outcome") for result in reply.results] == ["translation"]

    yield check
    check()
