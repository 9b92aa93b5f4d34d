"""A model with the starter's output, word for word, but the cost of a larger one: its feed-forward layers get idle units.

    python -m benchmarks.widened FOLDER --parameters 77000000
    python -m benchmarks.throughput --model FOLDER

The added units have zero weights, so what goes through them is zero, while the engine multiplies them like any other: lengths of
translations, batches and what the checks find stay those of the starter, and only the cost of a sentence changes. It translates no better.
"""

import argparse
import hashlib
import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import BinaryIO

from benchmarks.material import ROOT

STARTER = ROOT / "seeds/models/starter"
# As many as OPUS-MT's transformer-base models have.
_BASE = 77_000_000
# CTranslate2's binary format: version 6 has a word and a revision after its number, then the variables, then aliases.
_BINARY_VERSION = 6
_INNER, _OUTER = "/ffn/linear_0/", "/ffn/linear_1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A tensor as it stands in the file: its shape, the number of its type, its bytes."""

    name: str
    shape: tuple[int, ...]
    kind: int
    content: bytes

    @property
    def width(self) -> int:
        """Bytes of one value."""
        return len(self.content) // prod(self.shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the model goes; must not be there yet")
    parser.add_argument("--parameters", type=int, default=_BASE, help=f"about so many in all (default {_BASE})")
    options = parser.parse_args()
    print(f"{widen(options.folder, parameters=options.parameters)} parameters in {options.folder}")


def widen(folder: Path, *, parameters: int) -> int:
    """Write the starter with enough idle units to make it about that large; returns its number of parameters."""
    head, variables, tail = _read(STARTER / "model.bin")
    shapes = [each.shape for each in variables if each.name.endswith(f"{_INNER}weight")]
    manifest = (STARTER / "model.toml").read_text(encoding="utf-8")
    before = int(re.findall(r"(?m)^parameters = (\d+)$", manifest)[0])
    # A unit has a row of the inner matrix, its bias, and a column of the outer one.
    units = max(0, parameters - before) // sum(2 * shape[1] + 1 for shape in shapes)
    after = before + units * sum(2 * shape[1] + 1 for shape in shapes)
    shutil.copytree(STARTER, folder)
    _write(folder / "model.bin", head, [_widened(each, units) for each in variables], tail)
    digest = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    manifest = re.sub(r'(?m)^"model.bin" = .*$', f'"model.bin" = "sha256:{digest}"', manifest)
    manifest = manifest.replace(f"parameters = {before}\n", f"parameters = {after}\n")
    manifest = manifest.replace('name = "korotko-starter"\n', 'name = "korotko-starter-widened"\n')
    (folder / "model.toml").write_text(manifest, encoding="utf-8")
    return after


def _widened(variable: Variable, units: int) -> Variable:
    """The variable with room for that many more units, if it belongs to a feed-forward layer."""
    shape, content = variable.shape, variable.content
    if variable.name.endswith(f"{_INNER}weight_scale"):
        return replace(variable, shape=(shape[0] + units,), content=content + units * struct.pack("<f", 1.0))
    if _INNER in variable.name:
        more = bytes(units * variable.width * prod(shape[1:]))
        return replace(variable, shape=(shape[0] + units, *shape[1:]), content=content + more)
    if variable.name.endswith(f"{_OUTER}weight"):
        row, more = shape[1] * variable.width, bytes(units * variable.width)
        rows = (content[start : start + row] + more for start in range(0, len(content), row))
        return replace(variable, shape=(shape[0], shape[1] + units), content=b"".join(rows))
    return variable


def _read(path: Path) -> tuple[bytes, list[Variable], bytes]:
    """The bytes before the variables, the variables, and the bytes after them."""
    with path.open("rb") as file:
        if (version := _number(file, "I")) != _BINARY_VERSION:
            raise SystemExit(f"{path} has binary version {version}, this reads {_BINARY_VERSION}")
        file.read(_number(file, "H") + struct.calcsize("<I"))
        end = file.tell()
        count = _number(file, "I")
        variables = list(_variables(file, count))
        tail = file.read()
        file.seek(0)
        return file.read(end), variables, tail


def _variables(file: BinaryIO, count: int) -> Iterator[Variable]:
    for _ in range(count):
        name = file.read(_number(file, "H")).rstrip(b"\0").decode()
        shape = tuple(_number(file, "I") for _ in range(_number(file, "B")))
        kind = _number(file, "B")
        yield Variable(name=name, shape=shape, kind=kind, content=file.read(_number(file, "I")))


def _write(path: Path, head: bytes, variables: list[Variable], tail: bytes) -> None:
    with path.open("wb") as file:
        file.write(head + struct.pack("<I", len(variables)))
        for each in variables:
            name, rank = each.name.encode() + b"\0", len(each.shape)
            file.write(struct.pack(f"<H{len(name)}sB{rank}IBI", len(name), name, rank, *each.shape, each.kind, len(each.content)))
            file.write(each.content)
        file.write(tail)


def _number(file: BinaryIO, form: str) -> int:
    return int(struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))[0])


if __name__ == "__main__":
    main()
