"""Everything wrong that a caller can send: the right code, one reason, the detail that helps, and a server that lives on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
import pytest

from korotko import AsyncClient, Client, FieldInvalid, MessageTooLarge, TextTooLong
from korotko.v1 import language_pb2, options_pb2, server_pb2, summarize_pb2, translate_pb2
from tests.integration.process import ServerProcess
from tests.integration.wire import LANGUAGES, PATIENCE_SECONDS, Refusal, refused, refused_call, summarize, translate

ARTICLE = "The ministers agreed on the list on Monday. The ban begins in January."
THREE_MEGABYTES, FIVE_MEGABYTES = 3_000_000, 5_000_000
UNKNOWN = 99

pytestmark = pytest.mark.usefixtures("lives_on")


@dataclass(frozen=True, kw_only=True)
class Bad:
    """A bad request and how it is refused; `field` is None if no BadRequest is expected, then `detail` may name another detail."""

    request: Any
    reason: str = "FIELD_INVALID"
    code: str = "INVALID_ARGUMENT"
    field: str | None = None
    detail: str | None = None

    @property
    def method(self) -> str:
        return type(self.request).__name__.removesuffix("Request")


def article(**fields: Any) -> summarize_pb2.SummarizeRequest:
    request = summarize(ARTICLE)
    request.article.MergeFrom(summarize_pb2.Article(**fields))
    return request


def brief(**options: Any) -> summarize_pb2.SummarizeRequest:
    return summarize(ARTICLE, **options)


def call(**options: Any) -> translate_pb2.TranslateRequest:
    request = translate(ARTICLE)
    request.options.MergeFrom(options_pb2.RequestOptions(**options))
    return request


def translation(**options: Any) -> translate_pb2.TranslateRequest:
    request = translate(ARTICLE)
    request.translate_options.MergeFrom(options_pb2.TranslateOptions(**options))
    return request


def enough_languages(count: int) -> list[str]:
    """Well-formed tags, none of them twice."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"q{first}{second}" for first in letters for second in letters][:count]


BAD = {
    "an empty text": Bad(request=summarize(""), field="article.body"),
    "no article at all": Bad(request=summarize_pb2.SummarizeRequest(target_language_codes=LANGUAGES), field="article.body"),
    "white space only": Bad(request=summarize(" \n\t\u00a0\u2003 "), field="article.body"),
    "nothing that can be seen": Bad(request=summarize("\u200b\u200b \u00ad"), field="article.body"),
    "emoji only": Bad(request=summarize("🙂🙂 👩‍👩‍👧"), reason="LANGUAGE_UNDETERMINED", field="article.body"),
    "numbers only": Bad(request=summarize("12 345, 67."), reason="LANGUAGE_UNDETERMINED", field="article.body"),
    "a text of three megabytes": Bad(request=summarize("word. " * (THREE_MEGABYTES // 6)), reason="TEXT_TOO_LONG", field="article.body"),
    "a title of a page": Bad(request=article(title="word " * 1000), field="article.title"),
    "a lede of a page": Bad(request=article(lede="word " * 1000), field="article.lede"),
    "a focus of a page": Bad(request=brief(focus="word " * 1000), field="brief_options.focus"),
    "an article's name of a megabyte": Bad(request=article(id="x" * 1_000_000), field="article.id"),
    "a type of a megabyte": Bad(request=article(mime_type="text/html;" + "x" * 1_000_000), field="article.mime_type"),
    "an article of a type that is not served": Bad(request=article(mime_type="text/markdown"), field="article.mime_type"),
    "a page without an article": Bad(
        request=summarize_pb2.SummarizeRequest(
            article=summarize_pb2.Article(body="<nav>Home</nav><script>say('The end.')</script>", mime_type="text/html"),
            target_language_codes=LANGUAGES,
        ),
        field="article.body",
    ),
    "a type of text that is not served": Bad(
        request=translate_pb2.TranslateRequest(texts=["# Good."], target_language_code="uk", mime_type="text/markdown"), field="mime_type"
    ),
    "HTML to cut off": Bad(
        request=translate_pb2.TranslateRequest(
            texts=["<p>Good.</p>"],
            target_language_code="uk",
            mime_type="text/html",
            translate_options=options_pb2.TranslateOptions(truncation_policy=options_pb2.TRUNCATION_POLICY_TRUNCATE),
        ),
        field="translate_options.truncation_policy",
    ),
    "a language that is no language": Bad(request=article(language_code="english please"), field="article.language_code"),
    "a language of a megabyte": Bad(request=translate("Good.", source="x" * 1_000_000), field="source_language_code"),
    "a target that is no language": Bad(request=summarize(ARTICLE, "en", "!"), field="target_language_codes[1]"),
    "an empty target": Bad(request=summarize(ARTICLE, "en", "uk", ""), field="target_language_codes[2]"),
    "no target to translate to": Bad(request=translate_pb2.TranslateRequest(texts=["Good."]), field="target_language_code"),
    "a source language that is not served": Bad(request=translate("Gut.", source="de"), reason="LANGUAGE_PAIR_UNSUPPORTED"),
    "a target language that is not served": Bad(request=translate("Good.", target="de"), reason="LANGUAGE_PAIR_UNSUPPORTED"),
    "no targets": Bad(
        request=summarize_pb2.SummarizeRequest(article=summarize_pb2.Article(body=ARTICLE)),
        field="target_language_codes",
    ),
    "two hundred targets": Bad(request=summarize(ARTICLE, *enough_languages(200)), reason="TOO_MANY_ITEMS", field="target_language_codes"),
    "a target twice": Bad(request=summarize(ARTICLE, "en", "uk", "en"), field="target_language_codes[2]"),
    "a target twice under two names": Bad(request=summarize(ARTICLE, "uk", "uk-UA"), field="target_language_codes[1]"),
    "fewer than no sentences": Bad(request=brief(max_sentences=-1), field="brief_options.max_sentences"),
    "no sentences": Bad(request=brief(max_sentences=0), field="brief_options.max_sentences"),
    "a book of sentences": Bad(request=brief(max_sentences=51), field="brief_options.max_sentences"),
    "fewer than no characters": Bad(request=brief(max_characters=-2_000_000_000), field="brief_options.max_characters"),
    "a word's worth of characters": Bad(request=brief(max_characters=19), field="brief_options.max_characters"),
    "an unknown length": Bad(request=brief(preset=UNKNOWN), field="brief_options.preset"),
    "an unknown format": Bad(request=brief(format=UNKNOWN), field="brief_options.format"),
    "an unknown method": Bad(request=brief(method=UNKNOWN), field="brief_options.method"),
    "an abstract where no summarizer is": Bad(
        request=brief(method=summarize_pb2.BRIEF_METHOD_ABSTRACTIVE), reason="MODEL_NOT_FOUND", code="NOT_FOUND", detail="ResourceInfo"
    ),
    "an unknown priority": Bad(request=call(priority=UNKNOWN), field="options.priority"),
    "an unknown use of the cache": Bad(request=call(cache_mode=UNKNOWN), field="options.cache_mode"),
    "an unknown condition of failure": Bad(request=call(fail_on=UNKNOWN), field="options.fail_on"),
    "an unknown way to truncate": Bad(request=translation(truncation_policy=UNKNOWN), field="translate_options.truncation_policy"),
    "an unknown task": Bad(request=server_pb2.ListModelsRequest(task=UNKNOWN), field="task"),
    "an unknown model": Bad(request=call(model="gpt"), reason="MODEL_NOT_FOUND", code="NOT_FOUND", detail="ResourceInfo"),
    "a model's name of a megabyte": Bad(request=call(model="m" * 1_000_000), field="options.model"),
    "a beam of 99": Bad(request=translation(beam_size=99), field="translate_options.beam_size"),
    "a beam below zero": Bad(request=translation(beam_size=-1), field="translate_options.beam_size"),
    "a glossary without a term": Bad(
        request=translation(glossary=[options_pb2.GlossaryEntry(target_term="заборона")]),
        field="translate_options.glossary[0].source_term",
    ),
    "a term of a megabyte": Bad(
        request=translation(glossary=[options_pb2.GlossaryEntry(source_term="ban", target_term="ї" * 500_000)]),
        field="translate_options.glossary[0].target_term",
    ),
    "ten thousand terms to keep": Bad(
        request=translation(preserved_terms=["January"] * 10_000), reason="TOO_MANY_ITEMS", field="translate_options.preserved_terms"
    ),
    "too many labels": Bad(request=call(labels={str(number): "x" for number in range(17)}), field="options.labels"),
    "a label's name too long": Bad(request=call(labels={"x" * 64: "y"}), field="options.labels"),
    "a label of a megabyte": Bad(request=call(labels={"x": "y" * 1_000_000}), field="options.labels"),
    "a label of two lines": Bad(request=call(labels={"feed": "x\n{}"}), field="options.labels"),
    "a call's name too long": Bad(request=call(request_id="x" * 129), field="options.request_id"),
    "a call's name of a megabyte": Bad(request=call(request_id="x" * 1_000_000), field="options.request_id"),
    "a call's name of two lines": Bad(request=call(request_id="one\ntwo"), field="options.request_id"),
    "a call's name in Cyrillic": Bad(request=call(request_id="запит"), field="options.request_id"),
    "no texts": Bad(request=translate_pb2.TranslateRequest(target_language_code="uk"), field="texts"),
    "ten thousand texts": Bad(request=translate(*["Good."] * 10_000), reason="TOO_MANY_ITEMS", field="texts"),
    "no texts to detect": Bad(request=language_pb2.DetectLanguageRequest(), field="texts"),
    "ten thousand texts to detect": Bad(
        request=language_pb2.DetectLanguageRequest(texts=["Good."] * 10_000), reason="TOO_MANY_ITEMS", field="texts"
    ),
    "a page's token of a megabyte": Bad(request=server_pb2.ListModelsRequest(page_token="@" * 1_000_000), field="page_token"),
    "a page below zero": Bad(request=server_pb2.ListModelsRequest(page_size=-1), field="page_size"),
    "a page too big": Bad(request=server_pb2.ListModelsRequest(page_size=101), field="page_size"),
}


def refusal_of(stub: Any, bad: Bad) -> Refusal:
    with pytest.raises(grpc.RpcError) as caught:
        getattr(stub, bad.method)(bad.request, timeout=PATIENCE_SECONDS)
    return refused_call(caught.value)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_request_is_refused_with_its_reason_and_the_detail_that_helps(stub: Any, bad: Bad) -> None:
    refusal = refusal_of(stub, bad)
    assert (refusal.code, refusal.reason) == (bad.code, bad.reason)
    assert refusal.message
    assert 0 < len(refusal.metadata["request_id"]) <= 128
    assert refusal.fields == ([bad.field] if bad.field else [])
    assert set(refusal.details) == ({"BadRequest"} if bad.field else {bad.detail} - {None})
    assert refusal.pushback_milliseconds is None


@pytest.mark.parametrize("name", ["a text of three megabytes", "two hundred targets", "ten thousand texts"])
def test_who_sends_too_much_is_told_the_limit_and_the_actual_figure(stub: Any, name: str) -> None:
    metadata = refusal_of(stub, BAD[name]).metadata
    assert int(metadata["actual"]) > int(metadata["limit"]) > 0


def test_who_asks_for_an_unserved_pair_is_told_what_is_served(stub: Any) -> None:
    refusal = refusal_of(stub, BAD["a target language that is not served"])
    assert refusal.metadata["target"] == "de"
    assert "en-uk" in refusal.metadata["supported"].split(",")


def test_the_callers_own_name_of_the_call_stands_in_the_error(stub: Any) -> None:
    assert refusal_of(stub, Bad(request=call(request_id="feed-7", model="gpt"))).metadata["request_id"] == "feed-7"


def test_a_message_over_the_size_limit_is_refused_before_it_is_read(stub: Any) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.Summarize(summarize("word. " * (FIVE_MEGABYTES // 6)), timeout=PATIENCE_SECONDS)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED  # type: ignore[attr-defined]


def test_a_message_that_grows_over_the_limit_when_it_is_unpacked_is_refused(stub: Any) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.Summarize(summarize("word. " * (FIVE_MEGABYTES // 6)), timeout=PATIENCE_SECONDS, compression=grpc.Compression.Gzip)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED  # type: ignore[attr-defined]


def test_a_compressed_message_is_as_good_as_any(stub: Any) -> None:
    reply = stub.Translate(translate(ARTICLE), timeout=PATIENCE_SECONDS, compression=grpc.Compression.Gzip)
    assert reply.results[0].translation.text


def test_the_client_says_clearly_that_a_text_is_too_long(client: Client) -> None:
    with pytest.raises(TextTooLong) as long:
        client.summarize("word. " * (THREE_MEGABYTES // 6))
    assert (long.value.metadata["limit"], long.value.field) == ("100000", "article.body")
    with pytest.raises(MessageTooLarge, match="this client sends") as huge:
        client.summarize("word. " * (FIVE_MEGABYTES // 6))
    assert not huge.value.retryable


UNREADABLE = {
    "bytes that are no UTF-8": b"\x0a\x02\xff\xfe\x12\x02uk",
    "half a letter": b"\x0a\x01\xd0\x12\x02uk",
    "bytes that are no protobuf": b"\xff\xff\xff\xff",
    "a text shorter than it says": b"\x0a\x7fGood.",
}


@pytest.mark.parametrize("wire", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_message_that_cannot_be_read_is_the_callers_fault(channel: grpc.Channel, wire: bytes) -> None:
    method = channel.unary_unary("/korotko.v1.KorotkoService/Translate")
    with pytest.raises(grpc.RpcError) as caught:
        method(wire, timeout=PATIENCE_SECONDS)
    refusal = refused_call(caught.value)
    assert (refusal.code, refusal.reason) == ("INVALID_ARGUMENT", "FIELD_INVALID")


def test_a_message_that_cannot_be_read_ends_a_stream_after_the_answers_to_those_before_it(channel: grpc.Channel) -> None:
    good = translate_pb2.StreamTranslationsRequest(index=7, request=translate("Good morning.")).SerializeToString()
    method = channel.stream_stream("/korotko.v1.KorotkoService/StreamTranslations")
    replies = method(iter([good, b"\xff\xff"]), timeout=PATIENCE_SECONDS)
    assert translate_pb2.StreamTranslationsResponse.FromString(next(replies)).index == 7
    with pytest.raises(grpc.RpcError) as caught:
        next(replies)
    assert refused_call(caught.value).reason == "FIELD_INVALID"


async def test_both_clients_name_the_keyword_that_was_wrong_and_the_keyword_that_helps(starter: ServerProcess) -> None:
    def sync() -> None:
        with Client(starter.address) as client:
            with pytest.raises(FieldInvalid, match=r"^sentences \(brief_options\.max_sentences\): 99"):
                client.summarize(ARTICLE, sentences=99)
            with pytest.raises(TextTooLong, match="truncate=True"):
                client.translate("word " * 30_000, target="uk", source="en")

    await asyncio.to_thread(sync)
    async with AsyncClient(starter.address) as client:
        with pytest.raises(FieldInvalid, match=r"^beam_size \(translate_options\.beam_size\): 9"):
            await client.translate("A text.", target="uk", beam_size=9)
        (outcome,) = [each async for each in client.translate_stream(["word " * 30_000], target="uk", source="en")]
        assert "truncate=True" in str(outcome.error)


def test_a_method_that_is_not_in_the_contract_is_unimplemented(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        channel.unary_unary("/korotko.v1.KorotkoService/Guess")(b"", timeout=PATIENCE_SECONDS)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED  # type: ignore[attr-defined]


def test_a_bad_text_among_good_ones_has_a_status_of_its_own(stub: Any) -> None:
    texts = ["Good morning.", "", "The talks begin today.", "x" * 100_001, "\u200b"]
    reply = stub.Translate(translate(*texts), timeout=PATIENCE_SECONDS)
    outcomes = [refused(result.error) if result.HasField("error") else None for result in reply.results]
    assert [refusal and refusal.reason for refusal in outcomes] == [None, "FIELD_INVALID", None, "TEXT_TOO_LONG", "FIELD_INVALID"]
    assert [refusal.fields for refusal in outcomes if refusal] == [["texts[1]"], ["texts[3]"], ["texts[4]"]]
    assert {refusal.metadata["request_id"] for refusal in outcomes if refusal} == {reply.request_id}


def test_a_bad_text_among_good_ones_is_a_typed_error_of_the_client(client: Client) -> None:
    outcomes = client.translate_many(["Good morning.", " "], target="uk", source="en")
    assert outcomes[0].unwrap().text
    with pytest.raises(FieldInvalid) as caught:
        outcomes[1].unwrap()
    assert caught.value.field == "texts[1]"


def test_a_text_whose_language_cannot_be_told_is_never_guessed(stub: Any) -> None:
    reply = stub.DetectLanguage(language_pb2.DetectLanguageRequest(texts=["🙂", "Good morning, ministers of Europe."]))
    assert [result.WhichOneof("outcome") for result in reply.results] == ["error", "detection"]
    assert refused(reply.results[0].error).reason == "LANGUAGE_UNDETERMINED"


@pytest.mark.parametrize("seconds", [0.001, 0.0000001])
def test_a_deadline_of_a_moment_is_exceeded_and_nothing_else(stub: Any, lives_on: Callable[[], None], seconds: float) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        stub.Summarize(summarize(ARTICLE * 100, "uk"), timeout=seconds)
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED  # type: ignore[attr-defined]
    lives_on()
