"""Results as JSON, to be stored or passed on."""

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from korotko._errors import KorotkoError

_TOLD_OF_ERRORS = ("reason", "code", "message", "retryable", "retry_after", "field", "metadata", "request_id")


def to_json(result: object) -> str:
    """Anything that a client returns or raises, in lists and dictionaries too, as one line of JSON with the names of its attributes."""
    return json.dumps(result, default=_plain, ensure_ascii=False)


def _plain(value: object) -> Any:
    """What JSON has no type for."""
    if isinstance(value, KorotkoError):
        return {name: getattr(value, name) for name in _TOLD_OF_ERRORS}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
