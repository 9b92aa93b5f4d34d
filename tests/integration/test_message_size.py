"""How big a message may be: one figure on both sides, a clear refusal above it, and replies as long as they need to be."""

import pytest

from korotko import AsyncClient, Client, MessageTooLarge
from korotko._channel import DEFAULT_MAX_MESSAGE_BYTES
from korotko_service.config import Settings
from tests.client.conftest import Caller
from tests.integration.process import ServerProcess

FIVE_MEGABYTES = 5_000_000


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_both_clients_say_clearly_that_a_message_is_over_the_server_s_limit(starter: ServerProcess, kind: type) -> None:
    caller = Caller(kind(starter.address, max_message_bytes=2 * FIVE_MEGABYTES))
    with pytest.raises(MessageTooLarge, match=r"bytes.*the server takes.*send fewer or shorter texts") as huge:
        await caller.summarize("word. " * (FIVE_MEGABYTES // 6))
    assert (huge.value.metadata["limit"], huge.value.retryable) == (str(Settings().max_message_bytes), False)
    await caller.close()


def test_both_sides_agree_on_the_size_of_a_message_where_neither_says_one() -> None:
    assert Settings().max_message_bytes == DEFAULT_MAX_MESSAGE_BYTES


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_a_reply_longer_than_any_request_arrives(starter: ServerProcess, kind: type) -> None:
    caller = Caller(kind(starter.address, max_message_bytes=20_000))
    (found,) = await caller.detect_many(["The talks went on. " * 900], sentences=True)
    assert len(found.unwrap().sentences) == 900
    await caller.close()
