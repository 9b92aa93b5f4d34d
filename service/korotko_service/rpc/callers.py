"""Who calls: a name that tells one caller from another and nothing else about it, so that none can crowd out the rest."""

import hashlib
import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import grpc

from korotko_service.access import Access, Holder

Context = grpc.aio.ServicerContext[Any, Any]
_SCHEME = "bearer "
_NAME_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls: `name` tells one caller from another and nothing else, `holder` is what the operator knows of him."""

    name: str
    holder: Holder


# Set where a token is checked, for the rest of that call, which is a task of its own: whose it is, and by which list.
_checked: ContextVar[tuple[Access | None, Caller | None]] = ContextVar("checked", default=(None, None))


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

    def checked(self, token: bytes) -> Caller | None:
        """Whose token it is, None where it is nobody's. The call that asks is not looked up again while the list stays the same."""
        caller = self._known(token)
        _checked.set((self._access, caller))
        return caller

    def caller(self, context: Context) -> Caller:
        """Who calls, by the same name while this process lives; where no token is known any more, somebody without a role."""
        access, caller = _checked.get()
        if access is not self._access:
            caller = self._known(_token(context))
        if self._access is None or caller is None:
            holder = Holder() if self._access is None else Holder(roles=frozenset())
            return Caller(name=self._digest(_host(context.peer()).encode()), holder=holder)
        return caller

    def _known(self, token: bytes) -> Caller | None:
        holder = self._access.holder(token) if self._access else None
        if holder is None:
            return None
        own = holder.name.encode()
        return Caller(name=self._digest(own or token, person=b"name" if own else b""), holder=holder)

    def _digest(self, whom: bytes, *, person: bytes = b"") -> str:
        return hashlib.blake2b(whom, key=self._key, person=person, digest_size=_NAME_BYTES).hexdigest()


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
