"""Who calls: a name that tells one caller from another and nothing else about it, so that none can crowd out the rest."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

import grpc

Context = grpc.aio.ServicerContext[Any, Any]
_SCHEME = "bearer "
_NAME_BYTES = 8


class Callers:
    """Names by token where the server knows tokens, else by the host at the other end: a token that nobody checked names nobody.

    The names are digests under a key of this process, so that neither a token nor an address can be read out of one.
    """

    def __init__(self, *, by_token: bool = False) -> None:
        self._by_token = by_token
        self._key = secrets.token_bytes(16)

    def name(self, context: Context) -> str:
        """The same for all calls of one caller, while this process lives."""
        token = token_in(authorization(context.invocation_metadata()) or "") if self._by_token else None
        return hashlib.blake2b(token or _host(context.peer()).encode(), key=self._key, digest_size=_NAME_BYTES).hexdigest()


def authorization(metadata: Iterable[tuple[str, str | bytes]] | None) -> str | None:
    """The first value of that key in a call's metadata."""
    return next((str(value) for key, value in metadata or () if key == "authorization"), None)


def token_in(given: str) -> bytes | None:
    """The token in `Bearer <token>`; None where it is of another form."""
    return given[len(_SCHEME) :].strip().encode() if given.lower().startswith(_SCHEME) else None


def _host(peer: str) -> str:
    """The address without the port, which is another one for each connection: "ipv4:10.0.0.7:51234", "ipv6:[::1]:51234", "unix:"."""
    return peer.rpartition(":")[0]
