"""Requests on their way: in their order, each when it is due, and none behind the end."""

from korotko._outbox import AsyncOutbox, Outbox


def test_requests_come_in_their_order_and_late_ones_when_they_are_due() -> None:
    outbox: Outbox[str] = Outbox(["a"])
    outbox.put_later(0.4, "late")
    outbox.put_later(0.2, "sooner")
    outbox.put("b")
    requests = outbox.requests()
    assert [next(requests) for _ in range(4)] == ["a", "b", "sooner", "late"]
    outbox.close()
    assert list(requests) == []


def test_what_is_for_later_does_not_hold_up_the_end() -> None:
    outbox: Outbox[str] = Outbox(["a"])
    outbox.put_later(3600, "never")
    outbox.close()
    outbox.close()
    assert list(outbox.requests()) == ["a"]


async def test_requests_of_asyncio_come_in_the_same_order() -> None:
    outbox: AsyncOutbox[str] = AsyncOutbox(["a"])
    outbox.put_later(0.4, "late")
    outbox.put_later(0.2, "sooner")
    outbox.put("b")
    requests = outbox.requests()
    assert [await anext(requests) for _ in range(4)] == ["a", "b", "sooner", "late"]
    outbox.put_later(3600, "never")
    outbox.close()
    assert [request async for request in requests] == []
