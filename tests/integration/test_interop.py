"""Clients that are not in Python, or older or newer than the server: what they send, and what the pages tell them to do, works."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import grpc
import pytest
from google.protobuf import json_format
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from korotko._channel import service_config
from korotko.v1 import report_pb2, service_pb2, summarize_pb2, translate_pb2
from tests import zoo
from tests.integration.process import ROOT
from tests.integration.wire import PATIENCE_SECONDS, SERVICE, sample, stub_of, summarize, translate, until

SENTENCE = "The ministers agreed on the list on Monday."
# Field 1000 as each kind of value on the wire: a number, 64 bits, bytes, 32 bits.
NEW_FIELDS = b"".join([b"\xc0\x3e\x05", b"\xc1\x3e" + bytes(8), b"\xc2\x3e\x02hi", b"\xc5\x3e" + bytes(4)])
PAGES = [(ROOT / page).read_text(encoding="utf-8") for page in ("docs/api.md", "docs/quickstart.md")]
BLOCKS = [block for page in PAGES for block in re.findall(r"```\w*\n(.*?)```", page, re.DOTALL)]
METHODS = {method.name: method for method in service_pb2.DESCRIPTOR.services_by_name["KorotkoService"].methods}


def newer(message: Message) -> None:
    """Add to a message, and to all messages in it, fields that the server does not know."""
    for field, value in message.ListFields():
        if field.message_type and not field.message_type.GetOptions().map_entry:
            for each in value if isinstance(value, Sequence) else [value]:
                newer(each)
    message.MergeFromString(NEW_FIELDS)


def told(reply: Any) -> list[str]:
    return [result.translation.text for result in reply.results]


def test_what_a_newer_client_says_beside_is_skipped(stub: Any) -> None:
    plain, extended = summarize(f"{SENTENCE} Trams will follow.", "en", max_sentences=1), summarize_pb2.SummarizeRequest()
    extended.CopyFrom(plain)
    newer(extended)
    assert extended.ByteSize() >= plain.ByteSize() + 3 * len(NEW_FIELDS)
    replies = [stub.Summarize(request, timeout=PATIENCE_SECONDS) for request in (plain, extended)]
    assert replies[0].results
    assert replies[0].results == replies[1].results


def test_what_a_newer_client_says_beside_is_skipped_in_a_stream(stub: Any) -> None:
    entry = translate_pb2.StreamTranslationsRequest(index=3, request=translate(SENTENCE))
    newer(entry)
    (answer,) = stub.StreamTranslations(iter([entry]), timeout=PATIENCE_SECONDS)
    assert (answer.index, told(answer.response)) == (3, told(stub.Translate(translate(SENTENCE), timeout=PATIENCE_SECONDS)))


def test_fields_in_any_order_and_in_pieces_are_the_same_request(stub: Any) -> None:
    whole = translate(SENTENCE, "Trams will follow.")
    whole.options.request_id = "a"
    whole.options.reproducible = True
    parts = [
        translate_pb2.TranslateRequest(options={"reproducible": True}),
        translate_pb2.TranslateRequest(target_language_code="ru", texts=[SENTENCE]),
        translate_pb2.TranslateRequest(options={"request_id": "a"}, texts=["Trams will follow."]),
        translate_pb2.TranslateRequest(source_language_code="en", target_language_code="uk"),
    ]
    pieces = translate_pb2.TranslateRequest.FromString(b"".join(part.SerializeToString() for part in parts))
    assert pieces == whole
    assert told(stub.Translate(pieces, timeout=PATIENCE_SECONDS)) == told(stub.Translate(whole, timeout=PATIENCE_SECONDS))


def test_replies_survive_the_json_of_protobuf_with_the_details_of_their_errors(stub: Any) -> None:
    reply = stub.Translate(translate(SENTENCE, "", "Пане Президенте 😈\u2028\u0000!"), timeout=PATIENCE_SECONDS)
    assert [result.WhichOneof("outcome") for result in reply.results][:2] == ["translation", "error"]
    for ascii_only in (True, False):
        text = json_format.MessageToJson(reply, ensure_ascii=ascii_only)
        assert json_format.Parse(text, translate_pb2.TranslateResponse()) == reply
    assert '"reason": "FIELD_INVALID"' in text


@pytest.mark.parametrize("name", [message.full_name for message in error_details_pb2.DESCRIPTOR.message_types_by_name.values()])
def test_reflection_knows_the_details_of_errors_so_that_tools_can_print_them(channel: grpc.Channel, name: str) -> None:
    assert DescriptorPool(ProtoReflectionDescriptorDatabase(channel)).FindMessageTypeByName(name).full_name == name


def test_spans_count_code_points_where_utf_16_would_count_more(stub: Any) -> None:
    text = "😈😈 Good morning. 👩‍👩‍👧 The bridge is open."
    (result,) = stub.Translate(translate(text), timeout=PATIENCE_SECONDS).results
    spans: list[report_pb2.TextSpan] = [pair.source_span for pair in result.translation.sentences]
    assert text[spans[-1].start : spans[-1].end].endswith("The bridge is open.")
    assert spans[-1].end == len(text) < len(text.encode("utf-16-le")) // 2


def examples() -> list[tuple[str, str]]:
    """Every method that a page calls from a shell, and the JSON that it sends."""
    calls = [block.replace("\\\n", " ") for block in BLOCKS if "-d " in block]
    given = [re.findall(r"(?:-d|echo) '(\{.*?\})'.*?korotko\.v1\.KorotkoService/(\w+)", block, re.DOTALL) for block in calls]
    return [(method, request) for found in given for request, method in found]


def test_every_call_that_the_pages_show_in_a_shell_is_answered_without_an_error(channel: grpc.Channel) -> None:
    assert [method for method, _ in examples()] == ["Summarize", "StreamTranslations", "Translate"]
    for name, text in examples():
        method = METHODS[name]
        request = json_format.Parse(text, GetMessageClass(method.input_type)())
        send: Callable[..., Any] = channel.stream_stream(f"/{SERVICE}/{name}")
        (wire,) = send(iter([request.SerializeToString()]), timeout=PATIENCE_SECONDS)
        reply: Any = GetMessageClass(method.output_type).FromString(wire)
        results = reply.response.results if method.client_streaming else reply.results
        assert results
        assert "error" not in {result.WhichOneof("outcome") for result in results}


def page_policy() -> str:
    return next(block for block in BLOCKS if block.startswith('{"methodConfig'))


def test_the_pages_retry_policy_is_the_one_of_the_sdk() -> None:
    policies = [json.loads(text)["methodConfig"][0]["retryPolicy"] for text in (page_policy(), service_config())]
    assert policies[0] == policies[1]


async def test_a_client_with_the_pages_retry_policy_gets_through_a_server_that_was_full() -> None:
    engine = zoo.Gated()
    options = [("grpc.service_config", page_policy())]
    async with zoo.running(engine, max_concurrent_calls=1) as app, grpc.aio.insecure_channel(f"127.0.0.1:{app.port}", options) as channel:
        stub = stub_of(channel)
        first = stub.Translate(translate("Number 1."), timeout=PATIENCE_SECONDS)
        await until(engine.entered.is_set)
        second = stub.Translate(translate("Number 2."), timeout=PATIENCE_SECONDS)
        await until(lambda: sample(app, "refusals_total", reason="QUEUE_FULL"))
        engine.release()
        assert [told(await call) for call in (first, second)] == [["NUMBER 1."], ["NUMBER 2."]]
