"""Are downloaded bytes the ones that the hub promised? By sha256 for big files, by git's own digest for small ones."""

import hashlib
from pathlib import Path

from korotko_service.errors import ProvisionRefused

_SHA1_LENGTH, _SHA256_LENGTH = 40, 64
_CHUNK_BYTES = 1 << 20


def check_contents(path: Path, digest: str) -> None:
    """Refuse and delete a file that is not what its digest says, so that the next attempt fetches it anew. "" is not checked."""
    if len(digest) not in (_SHA1_LENGTH, _SHA256_LENGTH):
        return
    actual = _sha256(path) if len(digest) == _SHA256_LENGTH else _git_digest(path)
    if actual != digest:
        path.resolve().unlink()
        path.unlink(missing_ok=True)
        raise ProvisionRefused(
            f"{path.name}: wrong contents, {actual} instead of {digest}; it was deleted, run the command again to fetch it anew"
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _git_digest(path: Path) -> str:
    """Git's name for contents: sha1 over a small header and the bytes."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
