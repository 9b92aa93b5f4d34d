"""A stream that breaks goes on where its server comes back, loses nothing and has an end."""

import math
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from korotko import Client, DeadlineExceeded, KorotkoError, Overloaded, PermissionDenied, QuotaExceeded, ServerUnreachable
from korotko._patience import Patience
from tests.client.conftest import Caller, outcomes
from tests.client.fake_server import FakeServer, Refuse, status

AWAY = ServerUnreachable("Socket closed", code="UNAVAILABLE", retryable=True)
NOBODY = ServerUnreachable("no connection to korotko:1: Connection refused", code="UNAVAILABLE", retryable=True)


class Clock:
    """A time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def begun(seconds: float = 60, timeout: float = 3600) -> tuple[Patience, Clock]:
    clock = Clock()
    patience = Patience(seconds, timeout, clock=clock)
    patience.begin()
    return patience, clock


def test_where_nobody_ever_was_there_is_nothing_to_wait_for() -> None:
    patience, _ = begun()
    assert patience.pause(NOBODY) is None
    patience.answered()
    assert patience.pause(NOBODY) is not None


def test_a_server_that_was_lost_before_its_first_answer_is_waited_for_too() -> None:
    patience, _ = begun()
    assert patience.pause(AWAY) is not None
    assert patience.pause(NOBODY) is not None


@pytest.mark.parametrize(
    "error",
    [
        PermissionDenied("no", code="PERMISSION_DENIED"),
        QuotaExceeded("no word of when", code="RESOURCE_EXHAUSTED", retryable=True),
        DeadlineExceeded("no", code="DEADLINE_EXCEEDED", retryable=True),
        KorotkoError("closed", code="CANCELLED"),
    ],
)
def test_what_does_not_pass_by_itself_is_told_at_once(error: KorotkoError) -> None:
    patience, _ = begun()
    patience.answered()
    assert patience.pause(error) is None


def test_pauses_grow_and_end_with_the_patience() -> None:
    patience, clock = begun(seconds=20)
    patience.answered()
    clock.now += 600  # a long article; patience counts from the break
    pauses = []
    while (pause := patience.pause(AWAY)) is not None:
        pauses.append(pause)
        clock.now += pause
    assert 14 <= sum(pauses) < 20
    assert 0.16 <= pauses[0] <= 0.24
    assert max(pauses) <= 6
    assert pauses[:4] == sorted(pauses[:4])


def test_an_answer_makes_the_patience_whole_again() -> None:
    patience, clock = begun(seconds=1)
    for _ in range(5):
        patience.answered()
        assert patience.pause(AWAY) is not None
        clock.now += 0.9


def test_the_server_s_own_word_of_when_to_come_back_is_kept_to() -> None:
    patience, _ = begun(seconds=10)
    patience.answered()
    assert patience.pause(Overloaded("full", code="UNAVAILABLE", retryable=True, retry_after=7.5)) == 7.5
    assert patience.pause(QuotaExceeded("used up", code="RESOURCE_EXHAUSTED", retryable=True, retry_after=3)) == 3
    assert patience.pause(Overloaded("full", code="UNAVAILABLE", retryable=True, retry_after=11)) is None


def test_the_stream_s_own_timeout_goes_before_its_patience() -> None:
    patience, clock = begun(timeout=30)
    patience.answered()
    clock.now += 29.9
    assert patience.pause(AWAY) is None
    assert patience.seconds_left() == pytest.approx(0.1)
    clock.now += 1
    assert patience.seconds_left() == 0


async def test_a_stream_goes_on_after_a_break_and_nothing_is_lost(client: Caller, server: FakeServer) -> None:
    server.will("StreamTranslations", *[Refuse(status("DRAINING"), after=5)] * 3)
    got = await client.translate_stream(map(str, range(40)), target="uk", in_flight=4, ordered=True)
    assert [outcome.unwrap().text for outcome in got] == [f"uk:{number}" for number in range(40)]
    assert [call.method for call in server.calls] == ["StreamTranslations"] * 4


async def test_a_stream_that_is_refused_at_its_beginning_comes_back(client: Caller, server: FakeServer) -> None:
    server.will("StreamSummaries", Refuse(status("QUEUE_FULL"), pushback="1"))
    assert len(await client.summarize_stream(["a", "b"])) == 2
    assert len(server.calls) == 2


async def test_an_item_that_is_refused_for_the_moment_is_sent_once_more(client: Caller, server: FakeServer) -> None:
    server.refused.update({0: 2, 3: 1})
    articles = await client.summarize_stream(list("abcd"), ordered=True)
    assert [outcome.unwrap()["uk"].text for outcome in articles] == ["uk:a", "uk:b", "uk:c", "uk:d"]
    server.refused.update({0: 3, 3: 2})
    texts = await client.translate_stream(list("abcd"), target="uk", in_flight=1)
    assert [outcome.unwrap().text for outcome in texts] == ["uk:a", "uk:b", "uk:c", "uk:d"]
    assert len(server.calls) == 2


async def test_an_item_that_is_refused_beyond_patience_is_an_outcome(client: Caller, server: FakeServer) -> None:
    server.refused.update({1: 99})
    got = await client.translate_stream(list("abc"), target="uk", ordered=True, patience=0)
    assert [type(outcome.error) for outcome in got] == [type(None), Overloaded, type(None)]


async def test_a_stream_whose_last_answer_came_needs_its_server_no_more(client: Caller, server: FakeServer) -> None:
    server.will("StreamTranslations", Refuse(status("DRAINING"), after=-1))
    assert len(await client.translate_stream(["a"], target="uk", patience=0)) == 1


async def test_a_wrong_address_is_told_at_once(kind: Any) -> None:
    client = Caller(kind("127.0.0.1:1"))
    with pytest.raises(ServerUnreachable):
        await client.translate_stream(["a"], target="uk")
    await client.close()


async def test_a_broken_stream_whose_server_stays_away_says_what_is_unfinished(client: Caller, server: FakeServer) -> None:
    server.will("StreamTranslations", Refuse(status("DRAINING"), after=2), *[Refuse(status("DRAINING"))] * 9)
    stream = outcomes(client.client.translate_stream(map(str, range(9)), target="uk", in_flight=4, patience=0.5))
    assert [(await anext(stream)).index, (await anext(stream)).index] == [0, 1]
    with pytest.raises((Overloaded, ServerUnreachable)) as caught:
        await anext(stream)
    assert caught.value.unfinished[:1] == (2,)


def test_a_slow_source_loses_nothing_to_a_break_and_is_read_in_one_thread(server: FakeServer) -> None:
    server.will("StreamSummaries", *[Refuse(status("DRAINING"), after=2)] * 3)
    readers = set()
    wait = threading.Event()

    def rows() -> Iterator[str]:
        for number in range(12):
            readers.add(threading.get_ident())
            wait.wait(0.005)  # a database
            yield f"{number}."

    with Client(server.address) as client:
        got = {outcome.index: outcome.unwrap()["uk"].text for outcome in client.summarize_stream(rows(), targets=["uk"])}
    assert got == {number: f"uk:{number}." for number in range(12)}
    assert len(readers) == 1


async def test_a_stream_tells_its_log_of_a_break_and_no_text(client: Caller, server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="korotko")
    server.will("StreamTranslations", Refuse(status("DRAINING"), after=1))
    assert len(await client.translate_stream(["secret words"] * 3, target="uk", in_flight=1)) == 3
    (record,) = (record for record in caplog.records if record.name == "korotko")
    assert record.getMessage() == "a stream waits for its server (DRAINING), at most 60 s"
    assert "secret" not in record.getMessage()


@pytest.mark.parametrize(
    ("wrong", "error"), [("60", TypeError), (True, TypeError), (-1, ValueError), (math.inf, ValueError), (math.nan, ValueError)]
)
async def test_a_patience_is_a_number_of_seconds(client: Caller, wrong: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="patience is a"):
        await client.translate_stream(["a"], target="uk", patience=wrong)
