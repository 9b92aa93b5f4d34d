"""Messages between the server and its worker processes: length-prefixed JSON over a socket, and dataclasses as plain values.

JSON and not pickle: what a process with broken memory says must never run as code in the server. Both ends are the same installation,
so there is no version to negotiate; whatever does not fit its type means that the worker is broken.
"""

import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

T = TypeVar("T")
_hints = cache(get_type_hints)
_LENGTH = struct.Struct("!I")
# A batch of texts and its answer take kilobytes. A length beyond this means broken memory.
MAX_BYTES = 64 * 1024 * 1024


class Garbled(Exception):
    """What arrived is not a valid message."""


def send(connection: socket.socket, message: Mapping[str, Any]) -> None:
    """Write one message; OSError where the other end is gone, TimeoutError where it does not read."""
    content = json.dumps(message).encode()
    if len(content) > MAX_BYTES:
        raise Garbled(f"a message of {len(content)} bytes; at most {MAX_BYTES} go through")
    connection.sendall(_LENGTH.pack(len(content)) + content)


def receive(connection: socket.socket) -> dict[str, Any]:
    """The next message; EOFError where the other end is gone, TimeoutError as the socket is set, Garbled for anything else."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > MAX_BYTES:
        raise Garbled(f"a message of {length} bytes")
    try:
        message = json.loads(_exactly(connection, length))
    except (ValueError, RecursionError) as error:
        raise Garbled(type(error).__name__) from None
    if not isinstance(message, dict):
        raise Garbled(type(message).__name__)
    return message


def plain(value: Any) -> dict[str, Any]:
    """A flat dataclass as a mapping, from which `value` makes it again; fields that are added later are included."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


def value(kind: type[T], content: Any) -> T:
    """The dataclass that `plain` was given; Garbled where the content does not fit."""
    hints = _hints(kind)  # type: ignore[arg-type]  # Classes hash.
    if not isinstance(content, dict) or content.keys() != hints.keys():
        raise Garbled(kind.__name__)
    try:
        return kind(**{name: _typed(hints[name], content[name]) for name in hints})
    except (TypeError, ValueError):
        raise Garbled(kind.__name__) from None


def _typed(hint: Any, content: Any) -> Any:
    """JSON has no enumerations and no tuples; whole numbers pass for floats."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(content)
    if get_origin(hint) is tuple and isinstance(content, list):
        return tuple(content)
    if hint is float and type(content) is int:
        return float(content)
    if hint in (str, int, float, bool) and type(content) is not hint:
        raise TypeError(hint.__name__)
    return content


def _exactly(connection: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = connection.recv(min(size - len(content), 1 << 20))
        if not part:
            raise EOFError
        content += part
    return bytes(content)
