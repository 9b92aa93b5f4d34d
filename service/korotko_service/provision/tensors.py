"""Are weight files whole and what they should be? Reads the headers of safetensors and CTranslate2 files."""

import json
import struct
from pathlib import Path

from korotko_service.engines.checkpoint import read_json
from korotko_service.errors import ProvisionRefused

_MAX_HEADER_BYTES = 100_000_000  # The format's own limit.
_MAX_BINARY_VERSION = 100  # CTranslate2 is at 6; a pickle's or a zip's first bytes read as a far larger number.


def check_safetensors(path: Path) -> None:
    """Refuse a file whose header cannot be read or promises more or fewer bytes than there are."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        if not 2 <= length <= min(_MAX_HEADER_BYTES, size - 8):
            raise ProvisionRefused(f"{path}: truncated or not a safetensors file ({size} bytes)")
        text = stream.read(length)
    promised = 8 + length + _data_bytes(path, text)
    if size != promised:
        raise ProvisionRefused(f"{path}: {size} bytes, but its header promises {promised}: truncated or damaged; fetch it again")


def check_shards(folder: Path) -> None:
    """Refuse a checkpoint in parts of which one is missing, or whose list of parts cannot be read."""
    for index in sorted(folder.glob("*.safetensors.index.json")):
        table = read_json(index).get("weight_map")
        if not isinstance(table, dict):
            raise ProvisionRefused(f"{index}: no weight_map, so the parts of the model are unknown")
        missing = sorted({str(part) for part in table.values() if not (folder / str(part)).is_file()})
        if missing:
            raise ProvisionRefused(f"{folder}: {', '.join(missing)} missing, of which {index.name} speaks")


def is_ctranslate2(path: Path) -> bool:
    """Whether `model.bin` is CTranslate2's: a small version number, then the name of a specification such as TransformerSpec."""
    with path.open("rb") as stream:
        start = stream.read(6)
        if len(start) < 6:
            return False
        version, length = struct.unpack("<IH", start)
        return 0 < version < _MAX_BINARY_VERSION and 0 < length < 64 and stream.read(length).rstrip(b"\0").endswith(b"Spec")


def _data_bytes(path: Path, header: bytes) -> int:
    """Where the last tensor ends, by the header."""
    try:
        tensors = json.loads(header)
        return max((int(entry["data_offsets"][1]) for name, entry in tensors.items() if name != "__metadata__"), default=0)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ProvisionRefused(f"{path}: its safetensors header cannot be read: {error}") from error
