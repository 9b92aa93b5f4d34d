"""A hub over HTTP on this machine: what huggingface_hub really asks of one, and its faults on demand."""

import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OLD_COMMIT = "89abcdef0123456789abcdef0123456789abcdef"
_LFS_BYTES = 1000  # Files from this size on are listed as big files, with a sha256.


@dataclass(slots=True)
class Repository:
    """One model on the hub. `breaks` are names whose next transfer ends after so many bytes; `lies` are listed with a wrong digest."""

    files: dict[str, bytes]
    licence: str = "cc-by-4.0"
    status: int = 200
    error_code: str = ""
    breaks: dict[str, int] = field(default_factory=dict)
    lies: set[str] = field(default_factory=set)
    revisions: dict[str, str] = field(default_factory=lambda: {"main": COMMIT, "v1": OLD_COMMIT})


class FakeHub:
    """Serves `repositories` by name on a free port; `asked` has every request as (method, path, Range header)."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.tokens: set[str] = set()
        hub = self

        class Handler(_Handler):
            def __init__(self, *arguments) -> None:
                self.hub = hub
                super().__init__(*arguments)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def fetched(self) -> list[str]:
        """Names of the files whose contents were sent."""
        return [path.rpartition("/")[2] for method, path, _ in self.asked if method == "GET" and "/resolve/" in path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def log_message(self, *_: object) -> None:
        """Tests look at `asked` instead."""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.asked.append((self.command, path, self.headers.get("Range", "")))
        self.hub.tokens.add(self.headers.get("Authorization", ""))
        if match := re.fullmatch(r"/api/models/([^/]+/[^/]+)/revision/(.+)", path):
            self._list(*match.groups())
        elif match := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([0-9a-f]{40})/(.+)", path):
            self._send_file(*match.groups())
        else:
            self._refuse(404, "RepoNotFound")

    def _list(self, name: str, revision: str) -> None:
        repository = self.hub.repositories.get(name)
        if repository is None:
            self._refuse(401, "RepoNotFound")
        elif repository.status != 200:
            self._refuse(repository.status, repository.error_code)
        elif revision not in (*repository.revisions, *repository.revisions.values()):
            self._refuse(404, "RevisionNotFound")
        else:
            commit = repository.revisions.get(revision, revision)
            files = [_listed(name, contents, repository) for name, contents in repository.files.items()]
            self._send(json.dumps({"id": name, "sha": commit, "siblings": files, "cardData": {"license": repository.licence}}).encode())

    def _send_file(self, name: str, commit: str, file: str) -> None:
        repository = self.hub.repositories[name]
        if file not in repository.files:
            self._refuse(404, "EntryNotFound")
            return
        contents = repository.files[file]
        start = int(self.headers.get("Range", "bytes=0-")[len("bytes=") :].rstrip("-"))
        headers = {"X-Repo-Commit": commit, "ETag": f'"{_digest(contents)}"', "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(contents) - 1}/{len(contents)}"
        sent = contents[start:]
        stop = repository.breaks.pop(file, None) if self.command == "GET" else None
        self._send(sent, headers=headers, status=206 if start else 200, stop=stop)

    def _refuse(self, status: int, code: str) -> None:
        self._send(b"{}", headers={"X-Error-Code": code} if code else {}, status=status)

    def _send(self, contents: bytes, *, headers: dict[str, str] | None = None, status: int = 200, stop: int | None = None) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(contents)), **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(contents[:stop])
        if stop is not None:
            self.close_connection = True


def _digest(contents: bytes) -> str:
    """As the hub names contents: sha256 of big files, git's sha1 of small ones."""
    if len(contents) >= _LFS_BYTES:
        return hashlib.sha256(contents).hexdigest()
    return hashlib.sha1(f"blob {len(contents)}\0".encode() + contents).hexdigest()


def _listed(name: str, contents: bytes, repository: Repository) -> dict[str, object]:
    digest = _digest(contents)
    if name in repository.lies:
        digest = "0" * len(digest)
    big = len(contents) >= _LFS_BYTES
    about: dict[str, object] = {"rfilename": name, "size": len(contents), "blobId": "a" * 40 if big else digest}
    return {**about, "lfs": {"sha256": digest, "size": len(contents), "pointerSize": 130}} if big else about
