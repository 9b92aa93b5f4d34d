"""Glossaries over the wire, with the client, its asyncio twin and the bare stubs."""

import asyncio
from typing import Any

import pytest

from korotko import AsyncClient, Client, FieldInvalid, Term
from korotko.v1 import options_pb2, report_pb2
from tests import zoo
from tests.service import caller

TEXT = "The bridge in Kyiv is open. Read {url} of NATO."
GLOSSARY = [Term("kyiv", "Київ", language="uk"), Term("Kyiv", "Киев", language="ru")]


def check(result: Any, source: str) -> None:
    assert result.text.count("Київ") == result.text.count("NATO") == 1
    assert [(each.term, each.source, each.target) for each in result.applied_terms] == [("kyiv", "Kyiv", "Київ"), ("NATO", "NATO", "NATO")]
    assert [each.source_span.of(source) for each in result.applied_terms] == ["Kyiv", "NATO"]
    assert [each.target_span.of(result.text) for each in result.applied_terms] == ["Київ", "NATO"]


@pytest.mark.parametrize("engine", [zoo.Upper, zoo.Eating, zoo.Doubling, zoo.Mute])
async def test_terms_arrive_and_are_reported_by_both_clients(engine: type[zoo.Echo]) -> None:
    options: dict[str, Any] = {"source": "en", "glossary": GLOSSARY, "preserved_terms": ["NATO"]}
    async with zoo.running(engine()) as app:
        address = f"127.0.0.1:{app.port}"
        async with AsyncClient(address) as client:
            check(await client.translate(TEXT, target="uk", **options), TEXT)
            check((await client.summarize(TEXT, targets=["uk", "en"], **options))["uk"], TEXT)
            assert {"glossary", "preserved_terms"} <= (await client.info()).features
        with Client(address) as twin:
            check(await asyncio.to_thread(twin.translate, TEXT, target="uk", **options), TEXT)
            check((await asyncio.to_thread(twin.summarize, TEXT, targets=["uk"], **options))["uk"], TEXT)


async def test_a_mapping_is_a_glossary_and_a_bad_term_is_named() -> None:
    async with zoo.running(zoo.Upper()) as app, AsyncClient(f"127.0.0.1:{app.port}") as client:
        assert (await client.translate("In Kyiv.", source="en", target="uk", glossary={"Kyiv": "Київ"})).text == "IN Київ."
        with pytest.raises(FieldInvalid) as caught:
            await client.translate("In Kyiv.", target="uk", glossary={"Kyiv": "Київ"}, preserved_terms=["kyiv"])
        assert caught.value.field == "translate_options.preserved_terms[0]"


async def test_a_call_without_the_client_gets_the_same() -> None:
    options = options_pb2.TranslateOptions(glossary=[options_pb2.GlossaryEntry(source_term="Kyiv", target_term="Київ")])
    async with zoo.running(zoo.Upper()) as app, caller.channel(app) as wire:
        translation = await caller.said(wire, "In Kyiv.", translate_options=options)
    assert list(translation.applied_terms) == [
        report_pb2.AppliedTerm(
            term="Kyiv", source_span=report_pb2.TextSpan(start=3, end=7), target_span=report_pb2.TextSpan(start=3, end=7)
        )
    ]
