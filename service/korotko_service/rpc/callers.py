"""Who calls: a name that tells one caller from another and nothing else about it, so that none can crowd out the rest."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

import grpc

from korotko_service.access import Access, Holder

Context = grpc.aio.ServicerContext[Any, Any]
_SCHEME = "bearer "
_NAME_BYTES = 8


class Callers:
    """Names by the operator's own where it gave one, by token where the server knows tokens, else by the host at the other end: a token
    that nobody checked names nobody.

    The names are digests under a key of this process, so that neither a token nor an address can be read out of one.
    """

    def __init__(self, access: Access | None = None) -> None:
        """None lets everybody in."""
        self._access = access
        self._key = secrets.token_bytes(16)

    def admit(self, access: Access) -> None:
        """From now on these are let in and no others; calls inside go on."""
        self._access = access

    def holder(self, token: bytes) -> Holder | None:
        """Whose token it is; somebody without a name and with every role where everybody may call."""
        return Holder() if self._access is None else self._access.holder(token)

    def caller(self, context: Context) -> Holder:
        """Who calls, as the operator knows it; where no token is known any more, somebody without a name and without a role."""
        return Holder() if self._access is None else self.holder(_token(context)) or Holder(roles=frozenset())

    def name(self, context: Context) -> str:
        """The same for all calls of one caller, while this process lives."""
        token = b"" if self._access is None else _token(context)
        known = None if self._access is None else self._access.holder(token)
        own = known.name.encode() if known else b""
        whom = own or (token if known else b"") or _host(context.peer()).encode()
        return hashlib.blake2b(whom, key=self._key, person=b"name" if own else b"", digest_size=_NAME_BYTES).hexdigest()


def authorization(metadata: Iterable[tuple[str, str | bytes]] | None) -> str | None:
    """The first value of that key in a call's metadata."""
    return next((str(value) for key, value in metadata or () if key == "authorization"), None)


def token_in(given: str) -> bytes | None:
    """The token in `Bearer <token>`; None where it is of another form."""
    return given[len(_SCHEME) :].strip().encode() if given.lower().startswith(_SCHEME) else None


def _token(context: Context) -> bytes:
    return token_in(authorization(context.invocation_metadata()) or "") or b""


def _host(peer: str) -> str:
    """The address without the port, which is another one for each connection: "ipv4:10.0.0.7:51234", "ipv6:[::1]:51234", "unix:"."""
    return peer.rpartition(":")[0]
