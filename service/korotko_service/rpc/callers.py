"""Who calls: a name that distinguishes callers and reveals nothing else, so that none can crowd out the rest."""

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
    """A caller: `name` distinguishes it from others and reveals nothing else, `holder` is what the operator knows about it."""

    name: str
    holder: Holder


# Set when a token is checked, for the rest of that call, which is a task of its own: the list it was looked up in, and its caller.
_checked: ContextVar[tuple[Access | None, Caller | None]] = ContextVar("checked", default=(None, None))


class Callers:
    """Names a caller after the operator's name for it if there is one, else after its token if the server checks tokens, else after its
    host: an unchecked token identifies nobody.

    The names are digests under a key of this process, so that neither a token nor an address can be recovered from one.
    """

    def __init__(self, access: Access | None = None) -> None:
        """None lets everybody in."""
        self._access = access
        self._key = secrets.token_bytes(16)

    def admit(self, access: Access) -> None:
        """From now on only these are let in; calls in progress go on."""
        self._access = access

    def checked(self, token: bytes) -> Caller | None:
        """The caller whose token this is, or None; remembered for the rest of this call, as long as the list stays the same."""
        caller = self._known(token)
        _checked.set((self._access, caller))
        return caller

    def caller(self, context: Context) -> Caller:
        """Who calls, under the same name as long as this process lives; without any role if the token is no longer known."""
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
    """The token in `Bearer <token>`; None if the form is another."""
    return given[len(_SCHEME) :].strip().encode() if given.lower().startswith(_SCHEME) else None


def _token(context: Context) -> bytes:
    return token_in(authorization(context.invocation_metadata()) or "") or b""


def _host(peer: str) -> str:
    """The address without the port, which differs for each connection: "ipv4:10.0.0.7:51234", "ipv6:[::1]:51234", "unix:"."""
    return peer.rpartition(":")[0]
