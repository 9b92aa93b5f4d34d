"""Who calls: one name for all calls of a caller, and nothing to be read out of it."""

from dataclasses import dataclass

import pytest

from korotko_service.rpc.callers import Callers, token_in


@dataclass(frozen=True)
class Context:
    """What a call tells of its caller."""

    address: str = "ipv4:10.0.0.7:51234"
    token: str = ""

    def peer(self) -> str:
        return self.address

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return (("user-agent", "x"), *([("authorization", f"Bearer {self.token}")] if self.token else []))


def name(callers: Callers, **facts: str) -> str:
    return callers.name(Context(**facts))  # type: ignore[arg-type]


def test_all_connections_of_a_host_are_one_caller() -> None:
    callers = Callers()
    assert name(callers, address="ipv4:10.0.0.7:51234") == name(callers, address="ipv4:10.0.0.7:40000")
    assert name(callers, address="ipv4:10.0.0.7:51234") != name(callers, address="ipv4:10.0.0.8:51234")
    assert name(callers, address="ipv6:%5B::1%5D:51234") == name(callers, address="ipv6:%5B::1%5D:40000")


def test_a_token_that_nobody_checked_names_nobody() -> None:
    callers = Callers()
    assert name(callers, token="one") == name(callers, token="two") == name(callers)


def test_a_checked_token_is_a_caller_wherever_it_comes_from() -> None:
    callers = Callers(by_token=True)
    assert name(callers, token="one") == name(callers, token="one", address="ipv4:10.0.0.8:1")
    assert name(callers, token="one") != name(callers, token="two")


def test_neither_token_nor_address_can_be_read_out_of_a_name() -> None:
    first, second = Callers(by_token=True), Callers(by_token=True)
    assert name(first, token="one") != name(second, token="one")
    assert name(Callers()) != name(Callers())
    assert "one" not in name(first, token="one")
    assert len(name(first, token="one")) == 16


@pytest.mark.parametrize(("given", "token"), [("Bearer a", b"a"), ("bearer  a ", b"a"), ("Basic a", None), ("", None)])
def test_a_token_is_what_follows_the_word_bearer(given: str, token: bytes | None) -> None:
    assert token_in(given) == token
