"""What libraries say: one line of the log each, as bad as they said it, and never a word that may be a user's."""

import asyncio
import gc
import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from korotko_service.telemetry import configure_logging, hear_libraries, loop_failed

SECRET = "Мої слова"
LIBRARY = logging.getLogger("library.of.others")


@pytest.fixture(autouse=True)
def own_ears() -> Iterator[None]:
    """Python's own ways of speaking are one for the whole process."""
    root, shown, unraisable = logging.getLogger(), warnings.showwarning, sys.unraisablehook
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], warnings.showwarning, sys.unraisablehook = handlers, shown, unraisable
    root.setLevel(level)
    structlog.reset_defaults()


def heard(*, level: str = "INFO", human: bool = False) -> io.StringIO:
    stream = io.StringIO()
    configure_logging(level=level, human=human, stream=stream)
    hear_libraries(level=level)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    assert SECRET not in stream.getvalue()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(text: str) -> None:
    raise ValueError(f"cannot read {text}")


def test_what_a_library_says_is_one_line_that_names_it_and_the_place() -> None:
    stream = heard()
    LIBRARY.warning("the socket\nis closed")
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["logger"]) == ("library_said", "warning", "library.of.others")
    assert line["message"] == "the socket\nis closed"
    assert line["where"].startswith(f"{Path(__file__)}:")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(("level", "said"), [(5, "debug"), (10, "debug"), (25, "info"), (30, "warning"), (40, "error"), (99, "critical")])
def test_a_library_s_levels_are_kept(level: int, said: str) -> None:
    stream = heard(level="DEBUG")
    logging.getLogger().setLevel(1)
    LIBRARY.log(level, "so it is")
    assert [line["level"] for line in lines(stream)] == [said]


def test_the_level_decides_what_is_heard_of_libraries_too() -> None:
    stream = heard(level="ERROR")
    LIBRARY.warning("not so bad")
    LIBRARY.error("bad")
    assert [line["message"] for line in lines(stream)] == ["bad"]


def test_what_is_put_into_a_message_is_left_out_and_its_blanks_stay() -> None:
    stream = heard()
    LIBRARY.error("cannot read %r of %s", SECRET, SECRET)
    assert [line["message"] for line in lines(stream)] == ["cannot read %r of %s"]


@pytest.mark.parametrize("message", [SECRET, f"cannot read {SECRET}", "cannot read %s" % SECRET, ValueError(SECRET), [SECRET]])  # noqa: UP031
def test_a_message_that_was_put_together_beforehand_is_left_out(message: object) -> None:
    stream = heard()
    LIBRARY.error(message)
    (line,) = lines(stream)
    assert "message" not in line
    assert line["logger"] == "library.of.others"


@pytest.mark.parametrize("human", [False, True])
def test_an_error_that_a_library_tells_of_is_told_by_kind_and_place(human: bool) -> None:
    stream = heard(human=human)
    try:
        fail(SECRET)
    except ValueError:
        LIBRARY.exception("it failed")
    assert SECRET not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "fail" in stream.getvalue()
    assert human or len(stream.getvalue().splitlines()) == 1


def test_an_exception_without_an_exception_is_a_line_all_the_same() -> None:
    stream = heard()
    LIBRARY.exception("nothing was wrong")  # Libraries do.
    assert [(line["level"], line["message"]) for line in lines(stream)] == [("error", "nothing was wrong")]


def test_a_warning_is_a_line_that_tells_its_kind_and_place() -> None:
    stream = heard()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        hear_libraries(level="INFO")
        warnings.warn(SECRET, DeprecationWarning, stacklevel=1)
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["kind"]) == ("library_warned", "warning", "DeprecationWarning")
    assert line["where"].startswith(f"{Path(__file__)}:")


class Last:
    """Fails when it is taken away."""

    def __del__(self) -> None:
        fail(SECRET)


def test_an_error_that_nobody_could_take_is_a_line() -> None:
    stream = heard()
    Last()
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["kind"]) == ("error_ignored", "error", "ValueError")
    assert line["exception"][0]["frames"][-1]["name"] == "fail"


async def failing() -> None:
    fail(SECRET)


async def test_a_task_that_failed_and_that_nobody_asked_is_a_line_with_its_name() -> None:
    asyncio.get_running_loop().set_exception_handler(loop_failed)
    stream = heard()
    task = asyncio.create_task(failing(), name="restart-zoo")
    await asyncio.wait((task,))
    del task
    gc.collect()
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["task"]) == ("task_failed", "error", "restart-zoo")
    assert line["message"] == "Task exception was never retrieved"
    assert line["exception"][0]["exc_type"] == "ValueError"


async def test_a_callback_that_failed_is_a_line_without_what_it_was_called_with() -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(loop_failed)
    stream = heard()
    loop.call_soon(fail, SECRET)
    await asyncio.sleep(0)
    (line,) = lines(stream)
    assert (line["event"], line["message"]) == ("task_failed", "Exception in callback")
    assert line["exception"][0]["frames"][-1]["name"] == "fail"


async def test_of_asyncio_s_own_words_nothing_gets_into_the_log_without_our_handler_either() -> None:
    stream = heard()
    asyncio.get_running_loop().call_soon(fail, SECRET)
    await asyncio.sleep(0)
    (line,) = lines(stream)
    assert (line["event"], line["logger"]) == ("library_said", "asyncio")
    assert "message" not in line
