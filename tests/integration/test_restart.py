"""A server that is stopped or killed and started again while a client works: a stream goes on over the new one, and nothing is lost."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from korotko import AsyncClient, Client
from tests.client.conftest import Caller
from tests.integration.process import SERVE, ServerProcess

COUNT = 24


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize("last_word", [signal.SIGTERM, signal.SIGKILL])
async def test_a_stream_outlives_its_server(kind: type, last_word: signal.Signals) -> None:
    with ExitStack() as servers:
        first = servers.enter_context(ServerProcess())
        address = first.address

        def texts() -> Iterator[str]:
            for number in range(COUNT):
                if number == COUNT // 2:
                    os.kill(first.pid, last_word)
                    first.finished()
                    again = (*SERVE[:-1], address.rpartition(":")[2])
                    servers.enter_context(ServerProcess(again))  # while its models load it refuses calls
                yield f"The bridge number {number} is open."

        client = Caller(kind(address))
        got = await client.translate_stream(texts(), target="uk", source="en", in_flight=4, ordered=True)
        await client.close()
        assert [outcome.error for outcome in got] == [None] * COUNT
        assert [str(number) in outcome.unwrap().text for number, outcome in enumerate(got)] == [True] * COUNT
