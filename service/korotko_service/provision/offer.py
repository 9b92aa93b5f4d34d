"""What a hub offers: one commit of a repository and its files, before anything is downloaded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """A file of a repository: its size, and its digest as the hub keeps it (sha256 of a big file, git's sha1 of a small one)."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One commit of a repository; `licence` is what its card says, "" where it says nothing. `revision` is what was asked for."""

    repository: str
    revision: str
    commit: str
    licence: str
    files: tuple[RemoteFile, ...]

    @property
    def version(self) -> str:
        """The start of the commit, which tells two pulls of one model apart."""
        return self.commit[:12]
