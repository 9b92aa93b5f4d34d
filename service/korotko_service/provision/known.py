"""The models we know: exact names, licences, language codes and published figures, read from known_models.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from korotko_service.errors import ProvisionRefused

_FILE = Path(__file__).with_name("known_models.toml")
# What a name may look like: it becomes a folder's name, so no separators and no leading dot; "@" sets a version off.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """One model of a hub. `description` holds the keys of model.toml that are known before its files are."""

    name: str
    repository: str
    description: Mapping[str, Any]
    revision: str = ""
    note: str = ""
    approximate_megabytes: Mapping[str, int] = field(default_factory=dict)

    @property
    def licence(self) -> str:
        return str(self.description["licence"])

    @property
    def commercial_use(self) -> bool:
        return bool(self.description["commercial_use"])

    @property
    def figures(self) -> list[str]:
        """Published figures, one line for each test set and pair."""
        return [
            f"{test_set} {pair}: {', '.join(f'{metric} {value}' for metric, value in figures.items())}"
            for test_set, pairs in self.description.get("quality", {}).items()
            for pair, figures in pairs.items()
        ]


@cache
def models() -> Mapping[str, KnownModel]:
    """Every known model by its short name."""
    return {name: _known(name, dict(entry)) for name, entry in _table()["models"].items()}


@cache
def sets() -> Mapping[str, tuple[str, ...]]:
    """The sets that `pull --set` knows: names of models to fetch together."""
    return {name: tuple(members) for name, members in _table()["sets"].items()}


def find(name: str) -> KnownModel | None:
    """A known model by its short name or its repository's, None where it is neither."""
    return models().get(name) or next((model for model in models().values() if model.repository == name), None)


def members(name: str) -> tuple[str, ...]:
    """The models of a set; ProvisionRefused where no set is named so."""
    if name not in sets():
        raise ProvisionRefused(f"no set is named {name!r}; known: {', '.join(sets())}")
    return sets()[name]


def check_name(name: str) -> str:
    """`name` if it can be a folder's name and nothing else: "../x", "a/b" and ".x" cannot."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise ProvisionRefused(f"{name!r} cannot be a model's name: letters, digits, '.', '_' and '-', starting with a letter or digit")
    return name


def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _known(name: str, entry: dict[str, Any]) -> KnownModel:
    about = {key: entry.pop(key) for key in ("repository", "revision", "note", "approximate_megabytes") if key in entry}
    return KnownModel(name=name, description=entry, **about)
