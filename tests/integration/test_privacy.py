"""Logs and metrics tell operators what happens, and never a user's words."""

import asyncio
import json
import urllib.request
from typing import Any

import grpc
import pytest

from korotko import AsyncClient, Client, FieldInvalid, ServerError
from tests import zoo
from tests.integration.gated_server import ARGUMENTS
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, refused, stub_of, summarize, translate

WORD = "Zmrzlinovač"


def told(text: str, word: str = WORD) -> bool:
    """Whether a text contains the word, escaped or not, in any case."""
    return any(form.casefold() in text.casefold() for form in (word, word.encode("unicode_escape").decode(), word[:6]))


def test_the_log_has_a_line_of_json_for_each_call_and_none_of_its_words(starter: ServerProcess, client: Client, stub: Any) -> None:
    article = f"The {WORD} minister spoke on Monday in Prague. He said that the {WORD} list would grow. Nobody disagreed with {WORD}."
    labels = {"feed": "prague-7"}
    client.summarize(
        article, title=f"{WORD} speaks", lede=f"A {WORD} spoke.", focus=WORD, article_id=WORD, request_id="log-1", labels=labels
    )
    client.translate(article, target="uk", request_id="log-2")
    client.detect(article, request_id="log-3")
    with pytest.raises(FieldInvalid):
        client.translate(article, target=f"{WORD}!", request_id="log-4", labels=labels)
    with pytest.raises(grpc.RpcError):
        stub.Summarize(summarize(f"{WORD} ", preset=99), timeout=PATIENCE_SECONDS)

    call = starter.event("call", request_id="log-1")
    assert (call["method"], call["code"], call["source"], call["targets"]) == ("Summarize", "OK", "en", ["en", "uk", "ru"])
    assert call["characters"] == len(article)
    assert call["seconds"] > 0
    assert call["labels"] == labels
    assert starter.event("call", request_id="log-2")["method"] == "Translate"
    assert starter.event("call", request_id="log-3")["method"] == "DetectLanguage"
    refused_call = starter.event("call", request_id="log-4")
    assert (refused_call["code"], refused_call["reason"]) == ("INVALID_ARGUMENT", "FIELD_INVALID")
    assert refused_call["labels"] == labels

    lines = [json.loads(line) for line in list(starter.lines)]
    assert all(line.keys() >= {"event", "level", "timestamp"} for line in lines)
    assert all(line["request_id"] for line in lines if line["event"] == "call")
    assert not told(starter.log)


@pytest.mark.parametrize("method", ["summarize_stream", "translate_stream"])
def test_the_log_has_a_line_for_each_item_of_a_stream_with_its_name_and_labels(starter: ServerProcess, client: Client, method: str) -> None:
    options: dict[str, Any] = {"target": "uk"} if method == "translate_stream" else {"targets": ["uk"]}
    labels = {"feed": f"prague-{method}"}
    name = f"item-of-{method}"
    article = f"The {WORD} minister spoke on Monday in Prague."
    (outcome,) = getattr(client, method)([article], source="en", request_id=name, labels=labels, **options)
    assert outcome.error is None
    item = starter.event("item", request_id=name)
    assert (item["code"], item["labels"], item["index"], item["characters"]) == ("OK", labels, 0, len(article))
    assert starter.event("call", request_id=item["stream"])["items"] == 1

    (outcome,) = getattr(client, method)([""], source="en", request_id=f"{name}-2", labels=labels, **options)
    failed = starter.event("item", request_id=f"{name}-2")
    assert outcome.error is not None
    assert outcome.error.reason == "FIELD_INVALID"
    assert failed["labels"] == labels
    assert "FIELD_INVALID" in (failed.get("reason"), *failed.get("failed", {}))
    assert not told(starter.log)


def test_an_engine_that_chokes_and_quotes_the_text_tells_the_log_where_and_not_what() -> None:
    with ServerProcess(ARGUMENTS) as process, grpc.insecure_channel(process.address) as channel:
        process.tell("release")
        reply = stub_of(channel).Translate(translate(f"The {WORD} is poison."), timeout=PATIENCE_SECONDS)
        refusal = refused(reply.results[0].error)
        assert (refusal.code, refusal.reason) == ("INTERNAL", "WORKER_CRASHED")
        assert not told(refusal.message)
        process.terminate()
        assert process.finished() == 0
        assert "RuntimeError" in process.log
        assert "gated_server.py" in process.log
        assert not told(process.log)
        assert all(json.loads(line) for line in process.lines)


def page_of(port: int | None) -> str:
    """The metrics as Prometheus reads them."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE_SECONDS) as page:
        return str(page.read(), "utf-8")


async def test_metrics_are_exposed_and_hold_no_words() -> None:
    async with zoo.running(zoo.Poisoned(), metrics_port=0) as app, AsyncClient(f"127.0.0.1:{app.port}") as client:
        await client.translate(f"The {WORD} is here.", target="uk", source="en", labels={"feed": WORD}, request_id=WORD[:6])
        with pytest.raises(ServerError):
            await client.translate(f"The {WORD} is poison.", target="uk", source="en")
        text = await asyncio.to_thread(page_of, app.metrics_port)
    assert 'korotko_calls_total{code="OK",method="Translate"} 2.0' in text
    assert 'korotko_refusals_total{reason="WORKER_CRASHED"} 1.0' in text
    for name in (
        "call_seconds_bucket",
        "calls_inside",
        "queued_sequences",
        "queue_seconds_sum",
        "batch_sequences_count",
        "engine_seconds_sum",
    ):
        assert f"korotko_{name}" in text
    assert not told(text)


async def test_metrics_are_off_unless_asked_for() -> None:
    async with zoo.running() as app:
        assert app.metrics_port is None
