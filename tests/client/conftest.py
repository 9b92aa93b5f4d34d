"""The fake server and both clients, which every test of the contract runs through alike."""

import inspect
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from korotko import AsyncClient, Client
from tests.client.fake_server import FakeServer
from tests.integration.wire import PATIENCE_SECONDS

Run = Callable[..., subprocess.CompletedProcess[str]]


async def outcomes(stream: Any) -> AsyncIterator[Any]:
    """The outcomes of either client's stream."""
    if isinstance(stream, AsyncIterator):
        async for outcome in stream:
            yield outcome
    else:
        for outcome in stream:
            yield outcome


class Caller:
    """Either client behind one face: what it gives, awaitable or not, stream or not, is awaited and listed."""

    def __init__(self, client: Client | AsyncClient) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*arguments: Any, **options: Any) -> Any:
            result = getattr(self.client, name)(*arguments, **options)
            if inspect.isawaitable(result):
                return await result
            if isinstance(result, AsyncIterator | Iterator):
                return [outcome async for outcome in outcomes(result)]
            return result

        return call


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as fake:
        yield fake


@pytest.fixture(params=[Client, AsyncClient], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> type[Client] | type[AsyncClient]:
    return request.param


@pytest.fixture
async def client(server: FakeServer, kind: type[Client] | type[AsyncClient]) -> AsyncIterator[Caller]:
    caller = Caller(kind(server.address))
    yield caller
    await caller.close()


@pytest.fixture
def korotko(server: FakeServer, tmp_path: Path) -> Run:
    """The command line in a folder of its own, in front of the fake server."""
    environment = os.environ | {"KOROTKO_SERVER": server.address, "KOROTKO_TOKEN": "secret"}

    def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "korotko", *arguments]
        return subprocess.run(
            command, input=text, capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path, timeout=PATIENCE_SECONDS, check=False
        )

    return run
