"""Read deploy/: its manifests as plain values, and what kubectl makes of them where there is one."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.house import ROOT

DEPLOY = ROOT / "deploy"
MONITORING = DEPLOY / "components/monitoring"
KUBECTL = shutil.which("kubectl")
# The first release with everything that is used here (gRPC probes), and the newest that the schemas know.
RELEASES = ("1.27", "1.37")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A base, component or overlay, by its kustomization."""

    path: Path
    plan: dict[str, Any]

    @property
    def files(self) -> set[Path]:
        """What the kustomization names, folders included."""
        named = [*self.plan.get("resources", []), *self.plan.get("components", [])]
        named += [patch["path"] for patch in self.plan.get("patches", [])]
        named += [file for each in self.plan.get("configMapGenerator", []) for file in each["files"]]
        return {(self.path / name).resolve() for name in named}

    @property
    def resources(self) -> list[dict[str, Any]]:
        """The manifests that stand here whole."""
        return [one for name in self.plan.get("resources", []) if (file := self.path / name).is_file() for one in documents(file)]

    @property
    def patches(self) -> list[dict[str, Any]]:
        """Parts of manifests that stand elsewhere."""
        return [one for patch in self.plan.get("patches", []) for one in documents(self.path / patch["path"])]


def documents(path: Path) -> list[Any]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def folders() -> list[Folder]:
    return [Folder(path=path.parent, plan=documents(path)[0]) for path in sorted(DEPLOY.rglob("kustomization.yaml"))]


def base() -> Folder:
    return next(folder for folder in folders() if folder.path == DEPLOY / "base")


def whole() -> list[dict[str, Any]]:
    """Every manifest of deploy/ that stands whole."""
    return [one for folder in folders() for one in folder.resources]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [one for one in whole() if one["kind"] == kind]


def deployment() -> dict[str, Any]:
    (found,) = of_kind("Deployment")
    return found


def pods() -> Iterator[dict[str, Any]]:
    """The pod templates of everything that runs."""
    return (one["spec"]["template"] for one in whole() if one["kind"] in ("Deployment", "Job"))


def rendered(overlay: Path) -> list[dict[str, Any]]:
    """What would be applied."""
    assert KUBECTL
    text = subprocess.run([KUBECTL, "kustomize", str(overlay)], check=True, capture_output=True, text=True).stdout
    return [one for one in yaml.safe_load_all(text) if one]
