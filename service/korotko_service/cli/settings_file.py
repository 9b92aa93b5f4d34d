"""The settings file on the command line: the option that names it, and settings written as one."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from korotko_service.config import Settings
from korotko_service.toml import written_value


def add(parser: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    """The option. Commands have no default for it, which would replace what was given before the command."""
    parser.add_argument(
        "--config", type=Path, default=default, metavar="FILE", help="TOML file of settings; KOROTKO_* variables win over it"
    )


def toml(settings: Settings) -> str:
    """A settings file that gives these settings; what is not set, for which TOML has no value, is a comment."""
    return "\n".join(_lines(settings))


def _lines(settings: Settings) -> Iterator[str]:
    for name, value in asdict(settings).items():
        yield f"# {name} is not set" if value is None else f"{name} = {written_value(value)}"
