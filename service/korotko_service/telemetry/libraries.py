"""What libraries and Python itself report, as lines of the log like any other.

A message is kept only where it stands in the library's code word for word: one that was put together at run time, and the values for its
blanks, may quote a user's text.
"""

import asyncio
import logging
import sys
import warnings
from types import FrameType
from typing import Any, TextIO

import structlog


class _Heard(logging.Handler):
    """Passes on what is logged with the standard library: the logger, the level, the place, and the message if it is a literal."""

    def emit(self, record: logging.LogRecord) -> None:
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)
        facts: dict[str, Any] = {"logger": record.name, "where": f"{record.pathname}:{record.lineno}"}
        if _is_literal(record):
            facts["message"] = record.msg
        structlog.get_logger(__name__).log(
            level, "library_said", **facts, exc_info=record.exc_info if record.exc_info and record.exc_info[1] else None
        )


def _is_literal(record: logging.LogRecord) -> bool:
    """Whether the message stands, word for word, in the function that logs it; its blanks are not filled in."""
    frame: FrameType | None = sys._getframe()
    while frame and (frame.f_code.co_filename, frame.f_lineno) != (record.pathname, record.lineno):
        frame = frame.f_back
    return frame is not None and isinstance(record.msg, str) and record.msg in frame.f_code.co_consts


def _warned(  # noqa: PLR0917  # As `warnings` calls it.
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
) -> None:
    """What `warnings` would write to standard error."""
    structlog.get_logger(__name__).warning("library_warned", kind=category.__name__, where=f"{filename}:{lineno}")


def _ignored(failure: "sys.UnraisableHookArgs") -> None:
    """An error that cannot be raised to anybody, in a finalizer for example."""
    structlog.get_logger(__name__).error("error_ignored", kind=failure.exc_type.__name__, exc_info=failure.exc_value)


def loop_failed(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `set_exception_handler` of an event loop: a task whose result nobody asked for has failed, or a callback.

    asyncio's message about a callback is replaced, because it quotes the arguments.
    """
    task = context.get("task") or context.get("future")
    facts = {"task": task.get_name()} if isinstance(task, asyncio.Task) else {}
    message = "Exception in callback" if "handle" in context else context.get("message", "")
    structlog.get_logger(__name__).error("task_failed", message=message, **facts, exc_info=context.get("exception"))


def hear_libraries(*, level: str) -> None:
    """From here on whatever goes to `logging`, to `warnings` or to Python's hook for unraisable errors is a line of the log."""
    logging.basicConfig(handlers=[_Heard()], level=logging.getLevelNamesMapping()[level], force=True)
    warnings.showwarning = _warned
    sys.unraisablehook = _ignored
