"""Every refusal of the server becomes the error that says what to do, and gRPC's own types stay inside."""

import pickle

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

import korotko
from korotko import KorotkoError, Overloaded
from korotko._bulk import translations_window
from korotko._calls import text_request
from korotko._feed import Answered
from korotko._outbox import Outbox
from korotko._patience import Patience
from korotko._status import error_of_status
from korotko.v1 import translate_pb2
from korotko_service import errors as service_errors
from tests.client.conftest import Caller
from tests.client.fake_server import CODE_OF_REASON, FakeServer, Refuse, status

CLASS_OF_REASON = {
    "FIELD_INVALID": korotko.FieldInvalid,
    "TEXT_TOO_LONG": korotko.TextTooLong,
    "TOO_MANY_ITEMS": korotko.TooManyItems,
    "LANGUAGE_PAIR_UNSUPPORTED": korotko.UnsupportedLanguage,
    "LANGUAGE_UNDETERMINED": korotko.UnsupportedLanguage,
    "MODEL_NOT_FOUND": korotko.ModelNotFound,
    "LICENCE_NOT_ACCEPTED": korotko.LicenceNotAccepted,
    "QUALITY_REJECTED": korotko.QualityRejected,
    "MODEL_LOADING": korotko.Overloaded,
    "DRAINING": korotko.Overloaded,
    "QUEUE_FULL": korotko.Overloaded,
    "QUOTA_EXCEEDED": korotko.QuotaExceeded,
    "DEADLINE_TOO_SHORT": korotko.DeadlineExceeded,
    "EXPIRED_IN_QUEUE": korotko.DeadlineExceeded,
    "WORKER_CRASHED": korotko.ServerError,
    "TOKEN_MISSING": korotko.AuthenticationFailed,
    "TOKEN_INVALID": korotko.AuthenticationFailed,
    "ROLE_MISSING": korotko.PermissionDenied,
}
RETRYABLE = {"MODEL_LOADING", "DRAINING", "QUEUE_FULL", "QUOTA_EXCEEDED", "EXPIRED_IN_QUEUE"}
IN_TWO_AND_A_HALF_SECONDS = error_details_pb2.RetryInfo(retry_delay=Duration(seconds=2, nanos=500_000_000))


def reasons(kind: type) -> set[str]:
    return {kind.reason} | {reason for branch in kind.__subclasses__() for reason in reasons(branch)}


def test_every_reason_of_the_server_has_its_error() -> None:
    assert reasons(service_errors.KorotkoError) - {"INTERNAL"} == set(CLASS_OF_REASON) == set(CODE_OF_REASON)


@pytest.mark.parametrize("reason", CLASS_OF_REASON)
async def test_a_refused_call_raises_the_error_of_its_reason(client: Caller, server: FakeServer, reason: str) -> None:
    details = (
        IN_TWO_AND_A_HALF_SECONDS,
        error_details_pb2.BadRequest(field_violations=[error_details_pb2.BadRequest.FieldViolation(field="article.body")]),
        error_details_pb2.RequestInfo(request_id="r-1"),
    )
    server.will("Summarize", Refuse(status(reason, *details, limit="100"), pushback="-1"))
    with pytest.raises(KorotkoError) as caught:
        await client.summarize("text")
    error = caught.value
    assert type(error) is CLASS_OF_REASON[reason]
    assert (error.reason, error.code, error.message) == (reason, CODE_OF_REASON[reason], f"refused: {reason}")
    assert str(error) == f"article.body: refused: {reason}"
    assert (error.retryable, error.retry_after) == (reason in RETRYABLE, 2.5)
    assert (error.field, error.metadata, error.request_id) == ("article.body", {"limit": "100"}, "r-1")
    assert not isinstance(error, grpc.RpcError)
    assert error.__cause__ is None
    assert error.__suppress_context__


@pytest.mark.parametrize("reason", CLASS_OF_REASON)
def test_a_reason_that_the_sdk_learns_is_still_caught_as_it_was_before(reason: str) -> None:
    unknown = error_of_status(status("A_REASON_OF_TOMORROW", code=CODE_OF_REASON[reason]))
    assert issubclass(CLASS_OF_REASON[reason], type(unknown))


@pytest.mark.parametrize("reason", CLASS_OF_REASON)
def test_a_status_inside_a_reply_is_the_same_error(reason: str) -> None:
    error = error_of_status(status(reason, IN_TWO_AND_A_HALF_SECONDS, limit="100"))
    assert type(error) is CLASS_OF_REASON[reason]
    assert (error.reason, error.code, error.retryable, error.retry_after) == (reason, CODE_OF_REASON[reason], reason in RETRYABLE, 2.5)


@pytest.mark.parametrize(
    ("code", "reason", "domain", "expected"),
    [
        ("INVALID_ARGUMENT", "A_REASON_OF_TOMORROW", "korotko", korotko.InvalidRequest),
        ("UNAVAILABLE", "A_REASON_OF_TOMORROW", "korotko", korotko.Overloaded),
        ("NOT_FOUND", "A_REASON_OF_TOMORROW", "korotko", korotko.InvalidRequest),
        ("FAILED_PRECONDITION", "A_REASON_OF_TOMORROW", "korotko", KorotkoError),
        ("DATA_LOSS", "A_REASON_OF_TOMORROW", "korotko", korotko.ServerError),
        ("PERMISSION_DENIED", "TEXT_TOO_LONG", "proxy.example", korotko.PermissionDenied),
        ("UNAVAILABLE", "", "", korotko.ServerUnreachable),
        ("UNIMPLEMENTED", "", "", korotko.ServerError),
        ("CANCELLED", "", "", korotko.ServerUnreachable),
    ],
)
def test_what_is_unknown_is_told_apart_by_its_code(code: str, reason: str, domain: str, expected: type[KorotkoError]) -> None:
    assert type(error_of_status(status(reason, code=code, domain=domain))) is expected


async def test_damaged_details_hide_neither_code_nor_message(client: Caller, server: FakeServer) -> None:
    server.will("Summarize", Refuse(status("TEXT_TOO_LONG"), wire=b"\xff\xff\xff"))
    with pytest.raises(korotko.InvalidRequest, match="refused") as caught:
        await client.summarize("text")
    assert (caught.value.code, caught.value.reason) == ("INVALID_ARGUMENT", "")


def test_a_detail_that_is_damaged_or_unknown_is_skipped() -> None:
    refusal = status("QUEUE_FULL", IN_TWO_AND_A_HALF_SECONDS)
    refusal.details[1].value = b"\xff"
    refusal.details.add(type_url="type.example/some.Other", value=b"\xff")
    refusal.details.add(type_url="no type", value=b"")
    error = error_of_status(refusal)
    assert (type(error), error.retry_after) == (Overloaded, None)


def test_a_code_that_nobody_knows_is_the_server_s_error() -> None:
    assert error_of_status(Status(code=77)).code == "UNKNOWN"


async def test_pushback_stands_in_for_a_retry_delay_that_was_not_sent(client: Caller, server: FakeServer) -> None:
    server.will("Summarize", *[Refuse(status("QUEUE_FULL"), pushback="1")] * 4)
    with pytest.raises(Overloaded) as caught:
        await client.summarize("text")
    assert caught.value.retry_after == 0.001


async def test_a_message_over_the_size_limit_is_not_a_quota(server: FakeServer, kind: type) -> None:
    client = Caller(kind(server.address, max_message_bytes=1000))
    with pytest.raises(korotko.MessageTooLarge, match=r"bytes.*this client sends.*send fewer or shorter texts") as caught:
        await client.summarize("x" * 2000)
    assert (caught.value.metadata["limit"], caught.value.retryable) == ("1000", False)
    assert int(caught.value.metadata["actual"]) > 2000
    await client.close()


@pytest.mark.parametrize(
    ("field", "keyword", "shown"),
    [
        ("brief_options.max_sentences", "sentences", "sentences (brief_options.max_sentences): no"),
        ("target_language_codes[1]", "targets[1]", "targets[1] (target_language_codes[1]): no"),
        ("translate_options.glossary[0].source_term", "glossary[0]", "glossary[0] (translate_options.glossary[0].source_term): no"),
        ("mime_type", "mime_type", "mime_type: no"),
        ("article.body", None, "article.body: no"),
        ("texts[0]", None, "texts[0]: no"),
        (None, None, "no"),
    ],
)
def test_an_error_names_the_keyword_behind_the_field(field: str | None, keyword: str | None, shown: str) -> None:
    error = korotko.FieldInvalid("no", field=field)
    assert (error.keyword, str(error)) == (keyword, shown)


def test_every_keyword_that_an_error_may_name_is_one_of_the_sdk() -> None:
    keywords = {korotko.FieldInvalid("no", field=field).keyword for field in korotko._errors._KEYWORD_OF_FIELD}
    assert keywords <= {*korotko.SummarizeOptions.__annotations__, *korotko.TextOptions.__annotations__, "target"}


def test_a_cure_of_the_server_is_told_in_the_sdks_own_words() -> None:
    refusal = status("TEXT_TOO_LONG", message="7 characters, the limit is 5; split the text, or ask for TRUNCATION_POLICY_TRUNCATE")
    assert error_of_status(refusal).message == "7 characters, the limit is 5; split the text, or ask for truncate=True"


def bad(field: str, message: str) -> Status:
    violation = error_details_pb2.BadRequest.FieldViolation(field=field)
    return status("FIELD_INVALID", error_details_pb2.BadRequest(field_violations=[violation]), message=message)


@pytest.mark.parametrize("message", ["brief_options.max_sentences: 0: expected 1 to 50", "0: expected 1 to 50"])
async def test_a_field_that_the_message_names_as_well_is_told_once(client: Caller, server: FakeServer, message: str) -> None:
    """Servers put the path in front of the message; older ones do not."""
    refusal = bad("brief_options.max_sentences", message)
    server.will("Summarize", Refuse(refusal, pushback="-1"))
    with pytest.raises(korotko.FieldInvalid) as caught:
        await client.summarize("text", sentences=0)
    for error in (caught.value, error_of_status(refusal)):
        assert error.message == "0: expected 1 to 50"
        assert str(error) == "sentences (brief_options.max_sentences): 0: expected 1 to 50"


def test_a_message_that_only_begins_like_its_field_stays_whole() -> None:
    assert error_of_status(bad("texts", "texts[1]: the text is empty")).message == "texts[1]: the text is empty"


@pytest.mark.parametrize("message", ["texts[0]: the text is empty", "the text is empty"])
def test_the_error_of_a_text_names_its_place_in_the_source(message: str) -> None:
    like = text_request("", target="uk")
    window = translations_window(like, size=4, ordered=False, patience=Patience(0, timeout=1), max_message_bytes=1000)
    for text in ("a", "b", "c"):
        window.send(text)
    refusal = bad("texts[0]", message)
    inside = translate_pb2.TranslateResponse(results=[translate_pb2.TranslationResult(error=refusal)])
    (first,) = window.heed(Answered(translate_pb2.StreamTranslationsResponse(index=1, response=inside)), Outbox())
    (second,) = window.heed(Answered(translate_pb2.StreamTranslationsResponse(index=2, error=refusal)), Outbox())
    assert [str(outcome.error) for outcome in (first, second)] == ["texts[1]: the text is empty", "texts[2]: the text is empty"]


def test_errors_travel_between_processes() -> None:
    error = error_of_status(status("QUEUE_FULL", IN_TWO_AND_A_HALF_SECONDS, limit="100"))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.__dict__, str(again)) == (type(error), error.__dict__, str(error))
    assert repr(again) == "Overloaded(QUEUE_FULL: 'refused: QUEUE_FULL')"
