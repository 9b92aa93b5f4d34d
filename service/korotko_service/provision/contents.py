"""Are downloaded bytes the ones that the hub promised? By sha256 for big files, by git's own digest for small ones."""

import hashlib
from pathlib import Path

from korotko_service.engines.manifest import file_digest
from korotko_service.errors import ProvisionRefused

_SHA1_LENGTH, _SHA256_LENGTH = 40, 64


def check_contents(path: Path, digest: str) -> None:
    """Refuse and delete a file that is not what its digest says, so that the next attempt fetches it anew. "" is not checked."""
    if len(digest) not in (_SHA1_LENGTH, _SHA256_LENGTH):
        return
    actual = file_digest(path).removeprefix("sha256:") if len(digest) == _SHA256_LENGTH else _git_digest(path)
    if actual != digest:
        path.resolve().unlink()
        path.unlink(missing_ok=True)
        raise ProvisionRefused(
            f"{path.name}: wrong contents, {actual} instead of {digest}; it was deleted, run the command again to fetch it anew"
        )


def _git_digest(path: Path) -> str:
    """Git's name for contents: sha1 over a small header and the bytes."""
    header = f"blob {path.stat().st_size}\0".encode()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.sha1(header, usedforsecurity=False)).hexdigest()
