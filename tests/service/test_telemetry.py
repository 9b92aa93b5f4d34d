"""Logs and metrics: what they say, and that no user's word is in them."""

import errno
import io
import json
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from typing import Any

import pytest
import structlog
from prometheus_client import Metric
from prometheus_client.registry import Collector

from korotko_service.telemetry import Metrics, configure_logging
from tests.integration.process import happens
from tests.integration.wire import PATIENCE_SECONDS

SECRET = "Мої слова"


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def logged(*, level: str = "INFO", human: bool = False) -> tuple[Any, io.StringIO]:
    stream = io.StringIO()
    configure_logging(level=level, human=human, stream=stream)
    return structlog.get_logger("test"), stream


def fail(text: str) -> None:
    raise ValueError(f"cannot read {text}")


def test_a_line_is_one_json_object() -> None:
    log, stream = logged()
    log.info("call", method="Translate", seconds=0.5)
    log.warning("слово")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["method"], first["seconds"], first["level"]) == ("call", "Translate", 0.5, "info")
    assert first["timestamp"].endswith("Z")
    assert "слово" in stream.getvalue()
    assert second["level"] == "warning"


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)])
def test_the_level_decides_what_is_said(level: str, lines: int) -> None:
    log, stream = logged(level=level)
    for name in ("debug", "info", "warning", "error"):
        getattr(log, name)("event")
    assert len(stream.getvalue().splitlines()) == lines


def test_lines_for_people_are_no_json_and_have_no_colours_in_a_file() -> None:
    log, stream = logged(human=True)
    log.info("call", method="Translate")
    assert "call" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
    assert "\x1b" not in stream.getvalue()


def test_an_error_is_told_by_kind_and_place_and_not_by_words() -> None:
    log, stream = logged()
    try:
        fail(SECRET)
    except ValueError:
        log.exception("call_failed")
    assert SECRET not in stream.getvalue()
    (stack,) = json.loads(stream.getvalue())["exception"]
    assert stack["exc_type"] == "ValueError"
    assert stack["frames"][-1]["name"] == "fail"


def test_people_are_told_an_error_by_kind_and_place_too() -> None:
    log, stream = logged(human=True)
    try:
        fail(SECRET)
    except ValueError:
        log.exception("call_failed")
    assert SECRET not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "in fail" in stream.getvalue()


@pytest.mark.parametrize("human", [False, True])
def test_no_words_hide_in_causes_or_groups(human: bool) -> None:
    log, stream = logged(human=human)
    inner: list[Exception] = []
    for _ in range(2):
        try:
            fail(SECRET)
        except ValueError as error:
            error.add_note(SECRET)
            inner.append(error)
    try:
        try:
            raise ExceptionGroup(SECRET, inner)
        except ExceptionGroup as group:
            raise RuntimeError(SECRET) from group
    except RuntimeError:
        log.exception("stream_failed")
    assert SECRET not in stream.getvalue()
    assert "ExceptionGroup" in stream.getvalue()


def test_every_metric_is_ours_and_says_what_it_is() -> None:
    metrics = Metrics()
    families = list(metrics.registry.collect())
    assert len(families) == len(fields(Metrics)) - 1
    assert [family.name for family in families if not family.name.startswith("korotko_") or not family.documentation] == []


def test_no_metric_is_labelled_with_a_caller_or_a_text() -> None:
    metrics = Metrics()
    labels = {label for metric in metrics.registry._collector_to_names for label in metric._labelnames}
    assert labels == {"method", "code", "reason", "model", "way", "cause", "result", "rung", "outcome"}


def test_servers_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.refusals.labels("QUEUE_FULL").inc()
    assert other.registry.get_sample_value("korotko_refusals_total", {"reason": "QUEUE_FULL"}) is None


def test_metrics_are_served_for_as_long_as_they_are_exposed() -> None:
    metrics = Metrics()
    metrics.calls.labels("Translate", "OK").inc()
    with metrics.exposed(host="127.0.0.1", port=0) as port:
        address = f"http://127.0.0.1:{port}/metrics"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as reply:
            page = reply.read()
        assert b'korotko_calls_total{code="OK",method="Translate"} 1.0' in page
        assert b"_created" not in page
    with pytest.raises(OSError):
        urllib.request.urlopen(address, timeout=PATIENCE_SECONDS)


class FullDisk(io.StringIO):
    """Takes nothing."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_cannot_be_written_is_lost_and_raises_nothing() -> None:
    configure_logging(level="INFO", human=False, stream=FullDisk())
    structlog.get_logger("test").info("call")


def scraped(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as reply:
        return str(reply.read().decode())


def answering(before: set[threading.Thread]) -> set[threading.Thread]:
    """The threads that answer somebody, but for those that were there before."""
    return {thread for thread in threading.enumerate() if "process_request_thread" in thread.name} - before


def beginning(port: int) -> socket.socket:
    """Somebody who begins to ask for metrics and says no more."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.sendall(b"GET /metrics HTTP/1.1\r\n")
    return connection


def test_whoever_opens_connections_to_the_metrics_and_keeps_silent_gets_few_threads() -> None:
    reset, before = struct.pack("ii", 1, 0), answering(set())
    with Metrics().exposed(host="127.0.0.1", port=0) as port:
        silent = [beginning(port) for _ in range(40)]
        # The server takes them in turn, and hangs up on the last when all the places are taken.
        with suppress(ConnectionResetError):
            assert silent[-1].recv(1) == b""
        assert happens(lambda: len(answering(before)) <= 16)
        for connection in silent:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            connection.close()


def test_somebody_who_breaks_off_a_scrape_leaves_no_word_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    before = answering(set())
    with Metrics().exposed(host="127.0.0.1", port=0) as port:
        connection = beginning(port)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        assert "korotko_calls_inside" in scraped(port)
        for thread in answering(before):
            thread.join(60)
    assert capfd.readouterr() == ("", "")


class Broken(Collector):
    """Fails when it is asked."""

    def collect(self) -> Iterator[Metric]:
        raise ValueError(SECRET)


def test_a_scrape_that_fails_is_a_500_and_leaves_no_word_on_standard_error_either(capfd: pytest.CaptureFixture[str]) -> None:
    metrics = Metrics()
    metrics.registry.register(Broken())
    with metrics.exposed(host="127.0.0.1", port=0) as port, pytest.raises(urllib.error.HTTPError, match="500") as caught:
        scraped(port)
    caught.value.close()
    assert capfd.readouterr() == ("", "")
