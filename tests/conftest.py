"""What every test builds on: a server over a zoo engine, the same examples each time, and no error lost unseen in the event loop."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from korotko_service.app import App
from tests import zoo

# A test gives the same result for the same code each time, however slow the machine: it may take its time, and draws the same examples.
# `pytest --hypothesis-profile=others` draws others.
settings.register_profile("others", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", parent=settings.get_profile("others"), derandomize=True, database=None)
settings.load_profile("same")
_UNSEEN = ("never retrieved", "was destroyed but it is pending")


@pytest.fixture(autouse=True)
def nothing_dies_unseen() -> Iterator[None]:
    """Fail a test whose futures or tasks ended with an error that was never retrieved."""
    seen: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    listener, logger = Listener(level=logging.ERROR), logging.getLogger("asyncio")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    assert not [message for message in seen if any(sign in message for sign in _UNSEEN)]


@pytest.fixture
async def app() -> AsyncIterator[App]:
    """A server on a free port of 127.0.0.1 whose one model, "zoo", answers in capitals."""
    async with zoo.running() as server:
        yield server
