"""Random requests of every unary method: each gets an answer or a refusal of the contract, never INTERNAL or UNKNOWN."""

import asyncio
from collections.abc import Mapping
from typing import Any

import grpc
import pytest
from google.api.field_behavior_pb2 import REQUIRED, field_behavior
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, example, given, settings, strategies as st

from korotko.v1 import language_pb2, options_pb2, server_pb2, summarize_pb2, translate_pb2
from tests import zoo
from tests.integration.wire import PATIENCE_SECONDS, refused, refused_call, stub_of

SENTENCES = (
    "The ministers agreed on the list on Monday.",
    "Уряд ухвалив рішення про підтримку портів.",
    "Суд вынес приговор торговцу деталями.",
    "№ 5: €18.10 (−3,5 %)…",
    "🙂",
    "<p>The <b hidden>old</b> bridge &amp; the <i>new</i> one are open.</p><nav>",
)
WILD_TEXTS = st.text(max_size=200)
LIKELY_TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
WILD_NUMBERS = {
    FieldDescriptor.CPPTYPE_INT32: st.integers(-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_INT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_ENUM: st.integers(-1, 9),
    FieldDescriptor.CPPTYPE_BOOL: st.booleans(),
}
# What a field holds most of the time, so that most requests get past the checks of all their fields.
LIKELY: Mapping[str, st.SearchStrategy[Any]] = {
    "mime_type": st.sampled_from(["", "text/plain", "text/html"]),
    "model": st.just(""),
    "request_id": st.just("fuzz"),
    "page_token": st.just(""),
    "beam_size": st.integers(0, 2),
    "max_sentences": st.integers(1, 50),
    "max_characters": st.integers(20, 400),
    "page_size": st.integers(0, 100),
    "method": st.integers(0, 1),
    "task": st.integers(0, 2),
    "seconds": st.integers(0, 2**32),
    "nanos": st.integers(0, 999_999_999),
    "language_code": st.sampled_from(["", "en", "uk", "ru"]),
    "source_language_code": st.sampled_from(["", "en", "uk", "ru"]),
    "target_language_code": st.sampled_from(["en", "uk", "ru-RU"]),
    "target_language_codes": st.sampled_from(["en", "uk-UA", "ru", "de"]),
}
WILD_ONE_IN = 30

METHODS: Mapping[str, type[Message]] = {
    "Summarize": summarize_pb2.SummarizeRequest,
    "Translate": translate_pb2.TranslateRequest,
    "DetectLanguage": language_pb2.DetectLanguageRequest,
    "ListModels": server_pb2.ListModelsRequest,
}


def value(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    """Values of one field: occasionally any that its type allows."""
    if field.message_type:
        return message(field.message_type)
    text = field.cpp_type == FieldDescriptor.CPPTYPE_STRING
    wild = WILD_TEXTS if text else WILD_NUMBERS[field.cpp_type]
    likely = LIKELY.get(field.name, LIKELY_TEXTS if text else st.integers(0, 2) if field.enum_type else wild)
    return st.integers(1, WILD_ONE_IN).flatmap(lambda dice: wild if dice == WILD_ONE_IN else likely)


def entry(field: FieldDescriptor) -> st.SearchStrategy[Any]:
    """The content of one field, repeated or not."""
    if field.message_type and field.message_type.GetOptions().map_entry:
        return st.dictionaries(st.text(max_size=64), st.text(max_size=64), max_size=3)
    if field.is_repeated:
        return st.lists(value(field), min_size=1, max_size=3, unique=not field.message_type)
    return value(field)


def message(kind: Descriptor) -> st.SearchStrategy[Message]:
    """Messages of a kind with all fields that the contract calls required, the others set or not; of a `oneof` the last one wins."""
    strategies = {field.name: entry(field) for field in kind.fields}
    required = {field.name for field in kind.fields if REQUIRED in field.GetOptions().Extensions[field_behavior]}
    return st.fixed_dictionaries(
        {name: strategies[name] for name in strategies if name in required},
        optional={name: strategies[name] for name in strategies if name not in required},
    ).map(lambda values: GetMessageClass(kind)(**values))


@pytest.mark.parametrize(("method", "examples"), [("Summarize", 50), ("Translate", 30), ("DetectLanguage", 15), ("ListModels", 5)])
@pytest.mark.usefixtures("lives_on")
def test_no_request_whatever_is_answered_with_an_internal_error(stub: Any, method: str, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(request=message(METHODS[method].DESCRIPTOR))
    def answered(request: Message) -> None:
        try:
            reply = getattr(stub, method)(request, timeout=PATIENCE_SECONDS)
        except grpc.RpcError as error:
            refusal = refused_call(error)
            assert refusal.code in {"INVALID_ARGUMENT", "NOT_FOUND"}, refusal
            return
        for result in getattr(reply, "results", ()):
            if result.HasField("error"):
                assert refused(result.error).code in {"INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION"}

    answered()


# Most exceed a bound of a call, alone or two together.
HEAVY_TEXTS = st.sampled_from(["It is so.\n\n" * 6_000, "map " * 11_000, "map " * 21_000, "word " * 20_001, "\u200b", "12 345"])
CHECKED_TEXTS = st.one_of(LIKELY_TEXTS, HEAVY_TEXTS)


def checked(method: str) -> st.SearchStrategy[Message]:
    """Calls that a check may refuse for the content of their texts."""
    translating = st.builds(options_pb2.TranslateOptions, preserved_terms=st.sampled_from([["map"], ["map", "word"], []]))
    if method == "Translate":
        return st.builds(
            translate_pb2.TranslateRequest,
            texts=st.lists(CHECKED_TEXTS, max_size=3),
            source_language_code=st.sampled_from(["", "en"]),
            target_language_code=st.sampled_from(["en", "uk", "de"]),
            translate_options=translating,
        )
    return st.builds(
        summarize_pb2.SummarizeRequest,
        article=st.builds(summarize_pb2.Article, body=CHECKED_TEXTS, language_code=st.sampled_from(["", "en"])),
        target_language_codes=st.lists(st.sampled_from(["en", "uk", "ru", "uk-UA", "de"]), max_size=3),
        translate_options=translating,
    )


TOO_MUCH_TO_KEEP: Mapping[str, Message] = {
    "Translate": translate_pb2.TranslateRequest(
        texts=["map " * 11_000] * 2,
        source_language_code="en",
        target_language_code="uk",
        translate_options=options_pb2.TranslateOptions(preserved_terms=["map"]),
    ),
    "Summarize": summarize_pb2.SummarizeRequest(
        article=summarize_pb2.Article(body="map " * 11_000, language_code="en"),
        target_language_codes=["uk", "ru"],
        translate_options=options_pb2.TranslateOptions(preserved_terms=["map"]),
    ),
}


def is_invalid(stub: Any, method: str, request: Message) -> bool:
    """Whether the call, or any result of it, is refused as the caller's fault."""
    try:
        reply = getattr(stub, method)(request, timeout=PATIENCE_SECONDS)
    except grpc.RpcError as error:
        return refused_call(error).code == "INVALID_ARGUMENT"
    return any(result.HasField("error") and refused(result.error).code == "INVALID_ARGUMENT" for result in reply.results)


@pytest.mark.parametrize("method", ["Summarize", "Translate"])
async def test_a_check_refuses_what_the_call_itself_would_be_refused_for_and_nothing_else(method: str) -> None:
    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(request=checked(method))
    @example(request=TOO_MUCH_TO_KEEP[method])
    def agreed(request: Any) -> None:
        real = is_invalid(stub, method, request)
        request.options.validate_only = True
        assert is_invalid(stub, method, request) is real

    async with zoo.running() as app:
        with grpc.insecure_channel(f"127.0.0.1:{app.port}") as channel:
            stub = stub_of(channel)
            await asyncio.to_thread(agreed)
