"""How models are shown: installed and known ones, in words and as tables for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from korotko_service.engines.manifest import Manifest
from korotko_service.provision import home, known
from korotko_service.provision.known import KnownModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One model: its lines for people and its table for programs."""

    lines: tuple[str, ...]
    table: dict[str, Any]


def installed(manifests: Iterable[Manifest]) -> list[Entry]:
    """Installed models with what they take on disk."""
    return [_installed(manifest) for manifest in manifests]


def known_models() -> list[Entry]:
    """Models that can be pulled by name."""
    return [_known(model) for model in known.models().values()]


def text(entries: Sequence[Entry]) -> str:
    """All lines."""
    return "\n".join(line for entry in entries for line in entry.lines)


def sets() -> str:
    """The sets, a line each."""
    return "\n".join(f"--set {name}: {', '.join(members)}" for name, members in known.sets().items())


def megabytes(size: int) -> str:
    """A size in words; a small model still takes one."""
    return f"{max(1, round(size / 1e6))} MB"


def _installed(manifest: Manifest) -> Entry:
    pairs, size = [f"{source}-{target}" for source, target in manifest.pairs], home.size(manifest.folder)
    use = _use(manifest.commercial_use)
    line = f"{manifest.name} {manifest.version}  {manifest.task}  {' '.join(pairs)}  {manifest.licence}{use}"
    table = {
        "name": manifest.name,
        "version": manifest.version,
        "task": manifest.task,
        "family": manifest.family,
        "engine": manifest.engine,
        "pairs": pairs,
        "licence": manifest.licence,
        "commercial_use": manifest.commercial_use,
        "attribution": manifest.attribution,
        "source": manifest.source,
        "revision": manifest.revision,
        "digest": manifest.digest,
        "bytes": size,
        "folder": str(manifest.folder),
    }
    return Entry(lines=(f"{line}  {manifest.digest[:19]}  {megabytes(size)}",), table=table)


def _known(model: KnownModel) -> Entry:
    about = model.description
    head = f"{model.name}  {about['task']}  {' '.join(about['pairs'])}  {model.licence}{_use(model.commercial_use)}"
    sizes = [f"about {size} MB {what} in int8" for what, size in model.approximate_megabytes.items()]
    lines = (head, f"  {model.repository}", *(f"  {line}" for line in (*model.figures, *sizes, model.note) if line))
    table = {"name": model.name, "repository": model.repository, "revision": model.revision, "note": model.note, **about}
    return Entry(lines=lines, table=table)


def _use(commercial_use: bool) -> str:
    return "" if commercial_use else ", not for commercial use"
