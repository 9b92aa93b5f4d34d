"""Who may call, read from the operator's tokens file: names, roles and quotas. Only the digests of tokens are kept."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from korotko_service import toml
from korotko_service.errors import ConfigInvalid
from korotko_service.toml import shown

# No token begins like this: a table with a mistyped name must not be taken for a list of tokens.
_TABLES = re.compile(r"^\s*\[", re.MULTILINE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_KEYS = ("token", "token_sha256", "roles", "characters_per_minute")
_MAX_CHARACTERS_PER_MINUTE = 2**40


class AccessInvalid(ConfigInvalid):
    """An error in the tokens file; the message contains neither the file's name nor a token."""


class Role(StrEnum):
    """What a caller may do. A call needs the role of its task and the role of its priority; asking about the server itself needs none."""

    SUMMARIZE = "summarize"
    TRANSLATE = "translate"
    DETECT = "detect"
    INTERACTIVE = "interactive"
    BULK = "bulk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a token; `name` is "" for somebody without one, `characters_per_minute` None for no quota."""

    name: str = ""
    roles: frozenset[Role] = frozenset(Role)
    characters_per_minute: int | None = None

    def __post_init__(self) -> None:
        if self.name and not _NAME.fullmatch(self.name):
            raise AccessInvalid(f"[callers.{self.name!r}]: a name has 1 to 64 letters, digits, dots, hyphens and underscores of ASCII")
        quota = self.characters_per_minute
        if quota is not None and not 1 <= quota <= _MAX_CHARACTERS_PER_MINUTE:
            raise AccessInvalid(
                f"[callers.{self.name}] characters_per_minute = {shown(quota)}: expected 1 to {_MAX_CHARACTERS_PER_MINUTE}; "
                "leave the key out for no quota"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The holders of all tokens, by the token's SHA-256."""

    holders: Mapping[bytes, Holder] = field(repr=False)

    def holder(self, token: bytes) -> Holder | None:
        """Whose token it is. Looked up by digest, so that response times reveal nothing about the existing tokens."""
        return self.holders.get(_digest(token))

    def __str__(self) -> str:
        """A line for each caller, without any part of a token."""
        named = {holder.name: holder for holder in self.holders.values() if holder.name}
        nameless = sum(not holder.name for holder in self.holders.values())
        lines = [_line(holder) for holder in named.values()]
        return "\n".join([*lines, *([f"{nameless} tokens without a name, all roles, no quota"] if nameless else [])])


def read(text: str) -> Access:
    """Access from a tokens file: tables `[callers.NAME]`, or one token per line. AccessInvalid says what is wrong and quotes no token."""
    holders: dict[bytes, Holder] = {}
    for digest, holder in _named(text) if _TABLES.search(text) else _listed(text):
        if holders.setdefault(digest, holder) != holder:
            raise AccessInvalid(f"[callers.{holder.name}]: its token is that of [callers.{holders[digest].name}] too; each needs its own")
    if not holders:
        raise AccessInvalid("the file holds no token, so nobody could call")
    return Access(holders=holders)


def _listed(text: str) -> Iterator[tuple[bytes, Holder]]:
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if not line or line.startswith("#"):
            continue
        if len(line.split()) > 1 or '"' in line:
            # Otherwise a key of a table that lost its header would become a token, and one that can be guessed.
            raise AccessInvalid(f"line {number}: a token is one word without quotes; a caller with a name begins with [callers.NAME]")
        yield _digest(line.encode()), Holder()


def _named(text: str) -> Iterator[tuple[bytes, Holder]]:
    try:
        tables = toml.parse(text)
    except ValueError as error:
        raise AccessInvalid(f"not TOML: {error}") from None
    if unknown := [key for key in tables if key != "callers"]:
        raise AccessInvalid(f"unknown key {unknown[0]!r}: the file holds tables [callers.NAME] and nothing else")
    callers = tables["callers"]
    if not isinstance(callers, dict):
        raise AccessInvalid("expected tables [callers.NAME]")
    for name, table in callers.items():
        where = f"[callers.{name}]"
        if not name:
            raise AccessInvalid(f"{where}: a caller needs a name")
        if not isinstance(table, dict):
            raise AccessInvalid(f"{where}: expected a table")
        if strange := [key for key in table if key not in _KEYS]:
            raise AccessInvalid(f"{where}: unknown key {strange[0]!r}; known keys: {', '.join(_KEYS)}")
        holder = Holder(name=name, roles=_roles(table, where), characters_per_minute=_quota(table, where))
        yield from ((digest, holder) for digest in _digests(table, where))


def _digests(table: Mapping[str, Any], where: str) -> list[bytes]:
    """The digests of one caller's tokens: more than one while an old token is being replaced."""
    if ("token" in table) == ("token_sha256" in table):
        raise AccessInvalid(f"{where}: give either token_sha256 (what `printf %s TOKEN | sha256sum` prints) or token")
    key = "token" if "token" in table else "token_sha256"
    given = table[key] if isinstance(table[key], list) else [table[key]]
    if not given or not all(isinstance(each, str) for each in given):
        raise AccessInvalid(f"{where} {key}: expected a string, or a list of at least one")
    if key == "token":
        if not all(each and len(each.split()) == 1 and each == each.strip() for each in given):
            raise AccessInvalid(f"{where} token: a token is one word")
        return [_digest(each.encode()) for each in given]
    if not all(_DIGEST.fullmatch(each.lower()) for each in given):
        raise AccessInvalid(f"{where} token_sha256: expected 64 hexadecimal digits, as `printf %s TOKEN | sha256sum` prints them")
    return [bytes.fromhex(each) for each in given]


def _roles(table: Mapping[str, Any], where: str) -> frozenset[Role]:
    """All roles where the table names none."""
    roles = table.get("roles", list(Role))
    if not isinstance(roles, list) or not roles or not all(role in list(Role) for role in roles):
        raise AccessInvalid(f"{where} roles = {shown(roles)}: expected a list of {', '.join(Role)}; leave the key out for all of them")
    return frozenset(map(Role, roles))


def _quota(table: Mapping[str, Any], where: str) -> int | None:
    quota = table.get("characters_per_minute")
    if quota is not None and type(quota) is not int:
        raise AccessInvalid(f"{where} characters_per_minute = {shown(quota)}: expected a whole number")
    return quota


def _line(holder: Holder) -> str:
    quota = "no quota" if holder.characters_per_minute is None else f"{holder.characters_per_minute} characters a minute"
    return f"{holder.name}: {', '.join(role for role in Role if role in holder.roles)}; {quota}"


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
