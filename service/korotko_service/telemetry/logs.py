"""The log: one JSON object a line, and an error in it by kind and place, never by its words."""

import json
import logging
import sys
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, ExcInfo, WrappedLogger


class _WithoutWords(ExceptionDictTransformer):
    """Where it failed and with what kind of error: messages and variables are left out, because they may quote a user's text."""

    def __call__(self, exc_info: ExcInfo) -> list[dict[str, Any]]:
        return [_without_words(stack) for stack in super().__call__(exc_info)]


def _without_words(stack: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in stack.items() if key not in ("exc_value", "exc_notes", "syntax_error")}
    inner = [[_without_words(each) for each in group] for group in stack.get("exceptions", ())]
    return {**kept, "exceptions": inner} if inner else kept


def _lines_without_words(exc_info: ExcInfo) -> str:
    """The same for people: a line for each kind of error, and under it a line for each place, the innermost last."""
    lines = []
    for stack in _WithoutWords(show_locals=False)(exc_info):
        lines.append(stack["exc_type"])
        lines += [f"  {frame['filename']}:{frame['lineno']} in {frame['name']}" for frame in stack["frames"]]
    return "\n".join(lines)


class _Lossy:
    """A stream that loses what cannot be written: a full disk under the log must fail no call."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


# Made once: json.dumps makes a new encoder for every line that is not in its defaults.
_encode = json.JSONEncoder(ensure_ascii=False, default=repr).encode


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return _encode(event)


def configure_logging(*, level: str, human: bool, stream: TextIO | None = None) -> None:
    """One JSON object a line on standard error, or where `human` lines for people, coloured on a terminal."""
    stream = stream or sys.stderr
    renderer = structlog.dev.ConsoleRenderer(colors=stream.isatty()) if human else _as_json
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_lines_without_words if human else _WithoutWords(show_locals=False)),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _Lossy(stream))),
        cache_logger_on_first_use=True,
    )
