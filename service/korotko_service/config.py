"""Settings: a TOML file, then KOROTKO_* variables over it; the only reader of the environment.

An unknown key or a bad value stops the start and is named, so that a typo never silently leaves a default in force.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from korotko_service import toml
from korotko_service.errors import ConfigInvalid
from korotko_service.toml import KINDS, shown

_PREFIX = "KOROTKO_"
_CONFIG_FILE = "KOROTKO_CONFIG"
# Read by the client's command line, so allowed in the environment of a server started from the same shell.
_CLIENT_VARIABLES = frozenset({"KOROTKO_SERVER", "KOROTKO_TOKEN"})
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "device": ("cpu", "cuda", "auto"),
    # CTranslate2's names; which of them a device supports shows when a model is loaded on it.
    "compute_type": (
        *("default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16"),
        *("int16", "float16", "bfloat16", "float32"),
    ),
    "isolation": ("process", "thread"),
    "loading": ("eager", "lazy"),
    "brief_method": ("extractive", "abstractive"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
}
_PORTS, _COUNTS, _BYTES, _SIZES, _PAUSES, _SPANS = (0, 65535), (1, 1_000_000), (0, 2**63 - 1), (1, 2**31 - 1), (0, 3600), (0.001, 86400)
_RANGES: Mapping[str, tuple[float, float]] = {
    "port": _PORTS,
    "metrics_port": _PORTS,
    "replicas": (0, 1024),
    "threads_per_replica": (1, 1024),
    "memory_budget_bytes": _BYTES,
    "worker_memory_bytes": _BYTES,
    "max_text_characters": _SIZES,
    "max_texts": _COUNTS,
    "max_targets": _COUNTS,
    "max_message_bytes": _SIZES,
    "max_stream_in_flight": _COUNTS,
    "max_concurrent_calls": _COUNTS,
    "max_queued_sequences": _SIZES,
    "max_batch_tokens": _SIZES,
    "max_batch_sequences": _SIZES,
    "max_wait_seconds": _PAUSES,
    "cache_bytes": _BYTES,
    "max_batch_seconds": _SPANS,
    "max_call_seconds": _SPANS,
    "drain_delay_seconds": _PAUSES,
    "drain_seconds": _PAUSES,
}
# Bytes of a Ukrainian or Russian letter in UTF-8.
_BYTES_A_LETTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator can set. docs/operations.md has the same table in words."""

    host: str = "127.0.0.1"
    port: int = 50051
    metrics_port: int | None = None
    models: tuple[str, ...] = ()
    device: str = "cpu"
    compute_type: str = "default"
    device_index: tuple[int, ...] = (0,)
    replicas: int = 0
    threads_per_replica: int = 1
    isolation: str = "process"
    loading: str = "eager"
    memory_budget_bytes: int = 0
    worker_memory_bytes: int = 0
    accept_noncommercial: bool = False
    brief_method: str = "extractive"
    repair: bool = True
    max_text_characters: int = 100_000
    max_texts: int = 256
    max_targets: int = 16
    max_message_bytes: int = 4 * 1024 * 1024
    max_stream_in_flight: int = 16
    max_concurrent_calls: int = 256
    max_queued_sequences: int = 2048
    max_batch_tokens: int = 2048
    max_batch_sequences: int = 64
    max_wait_seconds: float = 0.02
    cache_bytes: int = 64 * 1024 * 1024
    max_batch_seconds: float = 30.0
    max_call_seconds: float = 120.0
    drain_delay_seconds: float = 0.0
    drain_seconds: float = 30.0
    tokens_file: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    log_level: str = "INFO"
    log_human: bool = False

    def __post_init__(self) -> None:
        for name, (low, high) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise ConfigInvalid(f"{name} = {shown(value)}: expected {low} to {high}")
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise ConfigInvalid(f"{name} = {shown(getattr(self, name))}: expected one of {', '.join(choices)}")
        _check_together(self)


def load(environment: Mapping[str, str] | None = None, *, file: Path | None = None) -> Settings:
    """Settings from `file` (or the one KOROTKO_CONFIG names) and the environment, which wins."""
    environment = os.environ if environment is None else environment
    named = environment.get(_CONFIG_FILE, "")
    path = file or (Path(named) if named else None)
    values = _from_file(path) if path else {}
    return Settings(**{**values, **_from_environment(environment)})


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = toml.read(path)
    except OSError as error:
        raise ConfigInvalid(f"configuration file {path}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigInvalid(f"configuration file {path}: {error}") from error
    hints = get_type_hints(Settings)
    for key in table:
        if key not in hints:
            raise ConfigInvalid(f"configuration file {path}: unknown key {key!r}; known keys: {', '.join(sorted(hints))}")
    return {key: _checked(f"{path}: {key}", value, hints[key]) for key, value in table.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIX) or variable == _CONFIG_FILE or variable in _CLIENT_VARIABLES:
            continue
        key = variable.removeprefix(_PREFIX).lower()
        if key not in hints:
            raise ConfigInvalid(f"unknown variable {variable}; known: {', '.join(sorted(_PREFIX + name.upper() for name in hints))}")
        if text:  # Compose files pass unset variables on as empty.
            values[key] = _parsed(variable, text, hints[key])
    return values


def _parsed(name: str, text: str, kind: Any) -> Any:
    """The value that an environment variable's `text` spells."""
    if kind is bool:
        if text.lower() not in ("true", "false", "1", "0"):
            raise ConfigInvalid(f"{name}={shown(text)}: expected true or false")
        return text.lower() in ("true", "1")
    if kind in (tuple[str, ...], tuple[int, ...]):
        parts = (part.strip() for part in text.split(",") if part.strip())
        return tuple(_parsed(name, part, kind.__args__[0]) for part in parts)
    if kind is str:
        return text
    number = float if kind is float else int
    try:
        return number(text)
    except ValueError:
        raise ConfigInvalid(f"{name}={shown(text)}: expected {KINDS[number]}") from None


def _checked(name: str, value: Any, kind: Any) -> Any:
    """The value of a TOML key, if it has the type that the setting wants."""
    if kind in (tuple[str, ...], tuple[int, ...]):
        if not isinstance(value, list) or not all(type(entry) is kind.__args__[0] for entry in value):
            raise ConfigInvalid(f"{name} = {shown(value)}: expected a list of {'strings' if kind == tuple[str, ...] else 'whole numbers'}")
        return tuple(value)
    if kind is float and type(value) is int:
        try:
            return float(value)
        except OverflowError:
            return math.inf  # which the range refuses
    wanted = int if kind == (int | None) else kind
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise ConfigInvalid(f"{name} = {shown(value)}: expected {KINDS[wanted]}")
    return value


def _check_together(settings: Settings) -> None:
    """Check what depends on more than one setting."""
    indices = settings.device_index
    if len(set(indices)) != len(indices) or not indices or min(indices) < 0:
        raise ConfigInvalid(f"device_index = {shown(list(indices))}: expected at least one number from 0, each once")
    if settings.device == "cpu" and indices != (0,):
        raise ConfigInvalid(f"device_index = {shown(list(indices))}: device = 'cpu' has no other than 0; set device to 'cuda'")
    if settings.worker_memory_bytes and settings.isolation != "process":
        raise ConfigInvalid("worker_memory_bytes bounds worker processes: set isolation to 'process', or leave it out")
    if settings.max_message_bytes < _BYTES_A_LETTER * settings.max_text_characters:
        raise ConfigInvalid(
            f"max_message_bytes = {settings.max_message_bytes}: a text of max_text_characters = {settings.max_text_characters} does not "
            f"fit, which in Ukrainian takes {_BYTES_A_LETTER * settings.max_text_characters}; raise the one or lower the other"
        )
    if settings.metrics_port and settings.metrics_port == settings.port:
        raise ConfigInvalid(f"metrics_port = {settings.metrics_port}: that is port, where calls come in; give metrics another")
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise ConfigInvalid("tls_certificate and tls_key go together: set both or neither")
