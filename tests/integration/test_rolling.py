"""Two servers behind one name, one of which drains: the callers of both lose nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import korotko
from tests.integration.gated_server import ARGUMENTS
from tests.integration.process import SERVE, ServerProcess
from tests.integration.wire import PATIENCE_SECONDS

CALLERS, CALLS = 8, 20


@pytest.fixture
def leaving() -> Iterator[ServerProcess]:
    """A server that holds the calls inside until it is told to let them go."""
    with ServerProcess(ARGUMENTS) as process:
        yield process


def test_while_one_of_two_servers_drains_for_long_no_caller_of_both_is_refused(leaving: ServerProcess) -> None:
    with (
        ServerProcess(SERVE) as staying,
        korotko.Client(leaving.address) as patient,
        korotko.Client(f"ipv4:{leaving.address},{staying.address}") as client,
        ThreadPoolExecutor(CALLERS + 1) as callers,
    ):
        inside = callers.submit(lambda: patient.translate("It is with the engine.", target="uk", timeout=PATIENCE_SECONDS).text)
        leaving.event("entered")
        client.info()
        leaving.terminate()
        leaving.event("draining")

        def call(_: int) -> list[str]:
            return [client.translate("Good morning.", target="uk", timeout=PATIENCE_SECONDS).text for _ in range(CALLS)]

        answers = [answer for each in callers.map(call, range(CALLERS)) for answer in each]
        assert len(answers) == CALLERS * CALLS
        leaving.tell("release")
        assert inside.result() == "IT IS WITH THE ENGINE."
        assert leaving.finished() == 0
