"""The hub: look a repository up, download its files, and say in one sentence what went wrong; the only user of huggingface_hub.

HF_HOME, HF_ENDPOINT, HF_HUB_OFFLINE and HF_TOKEN are read by that library itself, as everywhere else where it is used.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import huggingface_hub
from huggingface_hub import errors

from korotko_service.errors import ProvisionRefused
from korotko_service.provision.contents import check_contents
from korotko_service.provision.offer import Offer, RemoteFile

_BRANCH = "main"
_OFFLINE_WAY = "without a network, `korotko-service models import FOLDER` installs a checkpoint that was carried here (docs/models.md)"


class Hub:
    """A hub by its address. `patience_seconds` limits a connection and the wait for a first answer."""

    def __init__(self, *, endpoint: str | None = None, cache: Path | None = None, patience_seconds: float = 5.0) -> None:
        """`endpoint` and `cache` stand in for HF_ENDPOINT and HF_HOME; tests give a hub of their own."""
        self._endpoint = endpoint
        self._cache = cache
        self._patience_seconds = patience_seconds

    def look_up(self, repository: str, revision: str = "") -> Offer:
        """The exact commit that a revision (a branch by default) stands for, and what it holds."""
        with _explained(repository, revision):
            try:
                info = huggingface_hub.HfApi(endpoint=self._endpoint).model_info(
                    repository, revision=revision or _BRANCH, files_metadata=True, timeout=self._patience_seconds
                )
            except errors.OfflineModeIsEnabled:
                return self._cached(repository, revision)
        files = [
            RemoteFile(name=each.rfilename, size=each.size or 0, digest=each.lfs.sha256 if each.lfs else each.blob_id or "")
            for each in info.siblings or ()
        ]
        licence = str(getattr(info.card_data, "license", None) or "")
        return Offer(repository=repository, revision=revision or _BRANCH, commit=info.sha or "", licence=licence, files=tuple(files))

    def download(self, offer: Offer, names: Sequence[str]) -> Path:
        """The folder with the files of an offer, each compared with its digest. What is there already is not fetched again."""
        paths = {}
        with _explained(offer.repository, offer.commit):
            for name in names:
                # One by one, not snapshot_download: that asks the hub for the repository again, and waits for it without a limit.
                paths[name] = Path(
                    huggingface_hub.hf_hub_download(
                        offer.repository,
                        name,
                        revision=offer.commit,
                        endpoint=self._endpoint,
                        cache_dir=self._cache,
                        etag_timeout=self._patience_seconds,
                    )
                )
        digests = {each.name: each.digest for each in offer.files}
        for name, path in paths.items():
            check_contents(path, digests[name])
        folder = paths[names[0]].parent
        _remember(folder.parents[1] / "refs", offer)
        return folder

    def boundary(self, folder: Path) -> Path:
        """Where links in a downloaded folder may lead: the repository's own part of the cache, where its contents are kept once."""
        return folder.parents[1]

    def _cached(self, repository: str, revision: str) -> Offer:
        """What an earlier download left in the cache; its contents are named by their digests."""
        folder = Path(
            huggingface_hub.snapshot_download(repository, revision=revision or _BRANCH, cache_dir=self._cache, local_files_only=True)
        )
        files = [
            RemoteFile(name=path.name, size=path.stat().st_size, digest=path.resolve().name if path.is_symlink() else "")
            for path in sorted(folder.iterdir())
            if path.is_file()
        ]
        return Offer(repository=repository, revision=revision or _BRANCH, commit=folder.name, licence="", files=tuple(files))


def _remember(refs: Path, offer: Offer) -> None:
    """Note in the cache which commit a branch stood for, as the library does, so that HF_HUB_OFFLINE finds it by the branch's name."""
    path = refs / offer.revision
    if offer.revision != offer.commit and path.resolve().is_relative_to(refs.resolve()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(offer.commit, encoding="ascii")


@contextmanager
def _explained(repository: str, revision: str) -> Iterator[None]:
    """Turn every error of the hub into ProvisionRefused: OSErrors, ValueErrors and, from its Xet client, RuntimeErrors."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise ProvisionRefused(_explanation(error, repository, revision)) from error


def _explanation(error: Exception, repository: str, revision: str) -> str:
    where = f"{repository}@{revision}" if revision else repository
    status = getattr(getattr(error, "response", None), "status_code", None)
    match error:
        case errors.LocalEntryNotFoundError(__cause__=Exception() as cause) if not isinstance(cause, errors.OfflineModeIsEnabled):
            return _explanation(cause, repository, revision)
        case errors.LocalEntryNotFoundError() | errors.OfflineModeIsEnabled():
            return f"{where}: not in the cache, and HF_HUB_OFFLINE forbids fetching it; {_OFFLINE_WAY}"
        case errors.GatedRepoError():
            return f"{where}: its authors let in only those who accepted their terms; accept them on its page, then set HF_TOKEN"
        case errors.RevisionNotFoundError():
            return f"{where}: the repository has no such revision"
        case errors.RepositoryNotFoundError():
            return f"{where}: no such repository on this hub, or a private one; check the name, or set HF_TOKEN to a token that may read it"
        case errors.EntryNotFoundError():
            return f"{where}: a file that it lists is not there; try again later"
        case errors.HfHubHTTPError() if status in (401, 403):
            return f"{where}: the hub refuses access (HTTP {status}); check HF_TOKEN"
        case errors.HfHubHTTPError():
            return f"{where}: the hub answers HTTP {status}; try again later"
        case errors.HFValidationError():
            return f"{repository!r} is no name of a repository: {error}"
        case OSError() if error.errno:
            return f"{where}: cannot be written to the cache: {error}"
        case _ if "Consistency check failed" in str(error) or "IncompleteRead" in str(error):
            return f"{where}: the transfer broke off; run the command again, it goes on where it stopped"
    return f"{where}: the hub cannot be reached ({_cause(error)}); {_OFFLINE_WAY}"


def _cause(error: BaseException) -> str:
    """The innermost reason of a chain of network errors: "Connection refused" rather than three libraries' wrappings of it."""
    reasons = []
    inner: BaseException | None = error
    while inner is not None:
        reasons.append(getattr(inner, "strerror", None) or str(inner))
        inner = inner.__cause__ or inner.__context__
    return next((reason for reason in reversed(reasons) if reason), type(error).__name__)
