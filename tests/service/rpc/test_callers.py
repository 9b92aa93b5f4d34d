"""Who calls: one name for all calls of a caller, which reveals nothing."""

from contextvars import copy_context
from dataclasses import dataclass

import pytest

from korotko_service.access import Access, Holder, Role, read
from korotko_service.rpc.callers import Callers, token_in


@dataclass(frozen=True)
class Context:
    """What a call reveals about its caller."""

    address: str = "ipv4:10.0.0.7:51234"
    token: str = ""

    def peer(self) -> str:
        return self.address

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return (("user-agent", "x"), *([("authorization", f"Bearer {self.token}")] if self.token else []))


KNOWN = read("one\ntwo")
NAMED = read("""
[callers.newsroom]
token = ["old", "new"]
roles = ["summarize", "interactive"]
[callers.archive]
token = "archive"
""")


def name(callers: Callers, **facts: str) -> str:
    return callers.caller(Context(**facts)).name  # type: ignore[arg-type]


def holder(callers: Callers, **facts: str) -> Holder:
    return callers.caller(Context(**facts)).holder  # type: ignore[arg-type]


def test_all_connections_of_a_host_are_one_caller() -> None:
    callers = Callers()
    assert name(callers, address="ipv4:10.0.0.7:51234") == name(callers, address="ipv4:10.0.0.7:40000")
    assert name(callers, address="ipv4:10.0.0.7:51234") != name(callers, address="ipv4:10.0.0.8:51234")
    assert name(callers, address="ipv6:%5B::1%5D:51234") == name(callers, address="ipv6:%5B::1%5D:40000")


def test_a_token_that_nobody_checked_names_nobody() -> None:
    callers = Callers()
    assert name(callers, token="one") == name(callers, token="two") == name(callers)


def test_a_checked_token_is_a_caller_wherever_it_comes_from() -> None:
    callers = Callers(KNOWN)
    assert name(callers, token="one") == name(callers, token="one", address="ipv4:10.0.0.8:1")
    assert name(callers, token="one") != name(callers, token="two")


def test_a_caller_with_a_name_is_one_caller_by_every_token_of_his() -> None:
    callers = Callers(NAMED)
    assert name(callers, token="old") == name(callers, token="new") != name(callers, token="archive")


def test_a_token_that_is_not_known_names_nobody_either() -> None:
    callers = Callers(KNOWN)
    assert name(callers, token="three") == name(callers, token="four") == name(callers)


def test_a_name_and_a_token_of_the_same_letters_are_two_callers() -> None:
    callers = Callers(KNOWN)
    before = name(callers, token="one")
    callers.admit(read('[callers.one]\ntoken = "two"'))
    assert name(callers, token="two") != before


def test_the_operator_s_words_go_with_the_token() -> None:
    callers = Callers(NAMED)
    assert holder(callers, token="new") == Holder(name="newsroom", roles=frozenset((Role.SUMMARIZE, Role.INTERACTIVE)))
    assert holder(callers, token="archive").roles == frozenset(Role)


def test_who_lost_his_token_meanwhile_may_do_nothing() -> None:
    callers = Callers(NAMED)
    callers.admit(KNOWN)
    assert holder(callers, token="new").roles == frozenset()
    assert holder(callers, token="one").roles == frozenset(Role)
    # What a call was found to be stays in its own context; here it would stay for the tests that follow.
    assert copy_context().run(callers.checked, b"new") is None


async def test_a_call_is_looked_up_once_and_again_when_the_list_has_changed() -> None:
    looked_up: list[bytes] = []

    class Counting(Access):
        def holder(self, token: bytes) -> Holder | None:
            looked_up.append(token)
            return super().holder(token)

    callers = Callers(Counting(holders=NAMED.holders))
    checked = callers.checked(b"new")
    assert callers.caller(Context(token="new")) == checked  # type: ignore[arg-type]
    assert looked_up == [b"new"]
    callers.admit(KNOWN)
    assert holder(callers, token="new").roles == frozenset()


def test_everybody_may_do_everything_where_no_token_is_asked_for() -> None:
    assert holder(Callers(), token="any") == holder(Callers()) == Holder()


def test_neither_token_nor_address_can_be_read_out_of_a_name() -> None:
    first, second = Callers(KNOWN), Callers(KNOWN)
    assert name(first, token="one") != name(second, token="one")
    assert name(Callers()) != name(Callers())
    assert "one" not in name(first, token="one")
    assert "newsroom" not in name(Callers(NAMED), token="new")
    assert len(name(first, token="one")) == 16


@pytest.mark.parametrize(("given", "token"), [("Bearer a", b"a"), ("bearer  a ", b"a"), ("Basic a", None), ("", None)])
def test_a_token_is_what_follows_the_word_bearer(given: str, token: bytes | None) -> None:
    assert token_in(given) == token
