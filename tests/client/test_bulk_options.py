"""What goes for every item of a stream: told at once where it is wrong, read once, and no item ends the others."""

from datetime import UTC, datetime
from typing import Any

import pytest

from korotko import Article, AsyncClient, Client, FieldInvalid, MessageTooLarge, Term
from tests.client.conftest import Caller
from tests.client.fake_server import FakeServer


async def test_an_item_over_the_limit_of_a_message_ends_no_stream(server: FakeServer, kind: type[Client] | type[AsyncClient]) -> None:
    client = Caller(kind(server.address, max_message_bytes=1000))
    texts = await client.translate_stream(["a", "b" * 1000, "c"], target="uk", ordered=True)
    articles = await client.summarize_stream(["a", "b" * 1000, "c"], targets=["uk"], ordered=True)
    await client.close()
    for got in (texts, articles):
        assert [type(outcome.error) for outcome in got] == [type(None), MessageTooLarge, type(None)]
        assert got[1].error.metadata["limit"] == "1000"
        assert int(got[1].error.metadata["actual"]) > 1000
        assert got[1].error.code == "RESOURCE_EXHAUSTED"
        assert not got[1].error.retryable


async def test_an_item_as_large_as_the_limit_of_a_message_is_sent(server: FakeServer, kind: type[Client] | type[AsyncClient]) -> None:
    client = Caller(kind(server.address, max_message_bytes=1000))
    texts = await client.translate_stream(["a" * length for length in range(960, 1000)], target="uk", ordered=True)
    await client.close()
    refused = [outcome.index for outcome in texts if outcome.error]
    assert refused == list(range(refused[0], 40))
    assert texts[refused[0]].error.metadata["actual"] == "1001"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"glosary": {}}, "did you mean 'glossary'"),
    ({"priority": "soon"}, "priority is one of"),
    ({"truncate": "no"}, "truncate must be a bool"),
    ({"title": "one for all"}, "no keyword 'title'"),
]


@pytest.mark.parametrize(("options", "named"), WRONG)
async def test_a_wrong_option_is_named_before_the_source_is_read(
    client: Caller, server: FakeServer, options: dict[str, Any], named: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=named):
        client.client.translate_stream([], target="uk", **options)
    with pytest.raises((TypeError, ValueError), match=named):
        client.client.summarize_stream([], **options)
    assert not server.calls


async def test_a_stream_of_translations_is_not_for_checking_only(client: Caller) -> None:
    only_checked: dict[str, Any] = {"validate_only": True}
    with pytest.raises(TypeError, match="no keyword 'validate_only'"):
        client.client.translate_stream(["a"], target="uk", **only_checked)
    with pytest.raises(TypeError, match="no keyword 'validate_only'"):
        await client.translate("a", target="uk", **only_checked)


async def test_options_that_can_be_read_once_go_for_every_item(client: Caller) -> None:
    once: dict[str, Any] = {"glossary": (Term(term, "uk:") for term in ("b", "c"))}
    texts = await client.translate_stream(["a", "a"], target="uk", ordered=True, **once)
    assert [[term.term for term in outcome.unwrap().applied_terms] for outcome in texts] == [["b", "c"]] * 2
    once = {"targets": iter(["uk", "en"]), "preserved_terms": iter(["NATO"])}
    articles = await client.summarize_stream(["a.", "b."], ordered=True, **once)
    assert [outcome.unwrap().languages for outcome in articles] == [("uk", "en")] * 2


async def test_a_glossary_that_can_be_read_once_is_not_lost(client: Caller) -> None:
    once: Any = (Term(term, "uk:") for term in ("b", "c"))
    translation = await client.translate("a", target="uk", glossary=once)
    assert [term.term for term in translation.applied_terms] == ["b", "c"]


async def test_what_an_article_says_of_itself_goes_before_the_options_and_for_it_alone(client: Caller, server: FakeServer) -> None:
    own = Article("a.", title="T", id="7", source="ru", published=datetime(2026, 3, 5, tzinfo=UTC), mime_type="text/plain")
    await client.summarize_stream([own, "b."], targets=["uk"], source="en", mime_type="text/html", in_flight=1)
    first, second = (request.article for request in server.items)
    assert (first.language_code, first.mime_type, first.title, first.id) == ("ru", "text/plain", "T", "7")
    assert (second.language_code, second.mime_type, second.title, second.id) == ("en", "text/html", "", "")
    assert (first.HasField("publish_time"), second.HasField("publish_time")) == (True, False)


async def test_an_article_whose_language_cannot_be_sent_ends_no_stream(client: Caller) -> None:
    got = await client.summarize_stream([Article("a.", source="\ud83d"), "b."], targets=["uk"], ordered=True)
    assert [type(outcome.error) for outcome in got] == [FieldInvalid, type(None)]
