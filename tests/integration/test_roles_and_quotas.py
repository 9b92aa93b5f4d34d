"""Roles and quotas of the tokens file, through the real server and both clients; the file is read again while the server serves."""

import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import grpc
import pytest
from structlog.testing import capture_logs

from korotko import AsyncClient, AuthenticationFailed, Client, PermissionDenied, QuotaExceeded
from korotko.v1 import options_pb2, translate_pb2
from korotko_service.app import App
from tests import zoo
from tests.client.conftest import Caller
from tests.integration.process import ServerProcess
from tests.integration.wire import (
    PATIENCE_SECONDS,
    Refusal,
    channel_to,
    refused,
    refused_call,
    sample,
    stub_of,
    summarize,
    translate,
    until,
)

FILE = """
[callers.desk]
token = "desk-token"
roles = ["translate", "interactive"]

[callers.archive]
token = "archive-token"
roles = ["summarize", "translate", "bulk"]
characters_per_minute = 60

[callers.owner]
token = "owner-token"
"""
# A minute's worth of the archive's quota, so that a second one is a whole minute away.
TEXT = "Good morning. The bridge over the river is open again today."


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "callers.toml"
    write(path, FILE)
    return path


@pytest.fixture
async def app(file: Path) -> AsyncIterator[App]:
    async with zoo.running(tokens_file=str(file)) as app:
        yield app


@pytest.fixture
async def asked(app: App) -> AsyncIterator[Callable[[str, translate_pb2.TranslateRequest], object]]:
    """Translate with a token; returns the reply's text, or the refusal taken apart."""
    async with channel_to(app) as channel:

        async def ask(token: str, request: translate_pb2.TranslateRequest) -> str | Refusal:
            try:
                reply = await stub_of(channel).Translate(request, timeout=PATIENCE_SECONDS, metadata=_carrying(token))
            except grpc.aio.AioRpcError as error:
                return refused_call(error)
            return str(reply.results[0].translation.text)

        yield ask


def _carrying(token: str) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {token}")]


def _with(priority: options_pb2.Priority, text: str = TEXT) -> translate_pb2.TranslateRequest:
    request = translate(text)
    request.options.priority = priority
    return request


async def test_a_missing_role_is_named(asked) -> None:
    refusal = await asked("desk-token", _with(options_pb2.PRIORITY_BULK))
    assert (refusal.code, refusal.reason) == ("PERMISSION_DENIED", "ROLE_MISSING")
    assert refusal.metadata["role"] == "bulk"
    assert refusal.metadata["roles"] == "translate, interactive"
    assert "'bulk'" in refusal.message
    assert await asked("desk-token", translate(TEXT)) == TEXT.upper()


async def test_a_caller_without_the_interactive_role_sends_single_calls_as_bulk(asked) -> None:
    assert (await asked("archive-token", translate(TEXT))).metadata["role"] == "interactive"
    assert await asked("archive-token", _with(options_pb2.PRIORITY_BULK)) == TEXT.upper()


async def test_a_used_up_quota_says_whose_and_until_when(asked) -> None:
    began = time.monotonic()
    assert await asked("archive-token", _with(options_pb2.PRIORITY_BULK)) == TEXT.upper()
    refusal = await asked("archive-token", _with(options_pb2.PRIORITY_BULK))
    assert (refusal.code, refusal.reason) == ("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
    (violation,) = refusal.details["QuotaFailure"].violations
    assert violation.subject == "caller:archive"
    missing_seconds = 2 * len(TEXT) - 60
    assert missing_seconds - (time.monotonic() - began) <= refusal.retry_seconds <= missing_seconds
    assert refusal.pushback_milliseconds is None


async def test_an_article_that_no_language_could_be_had_of_costs_nothing(app: App) -> None:
    request = summarize(TEXT, "de", "pl")
    request.options.priority = options_pb2.PRIORITY_BULK
    async with channel_to(app) as channel:
        for _ in range(3):
            reply = await stub_of(channel).Summarize(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))
            assert [refused(result.error).reason for result in reply.results] == ["LANGUAGE_PAIR_UNSUPPORTED"] * 2
        request.target_language_codes[:] = ["en", "de"]
        await stub_of(channel).Summarize(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))
        with pytest.raises(grpc.aio.AioRpcError, match="is used up"):
            await stub_of(channel).Summarize(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))


async def test_an_article_whose_translation_fits_into_no_limit_is_paid_for_since_a_model_worked_on_it(app: App) -> None:
    request = summarize(TEXT, "uk", max_characters=20)
    request.options.priority = options_pb2.PRIORITY_BULK
    request.article.body = f"The bridge is open. {TEXT}"
    request.translate_options.glossary.add(source_term="bridge", target_term="B" * 60)
    async with channel_to(app) as channel:
        reply = await stub_of(channel).Summarize(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))
        assert refused(reply.results[0].error).fields == ["brief_options.max_characters"]
        with pytest.raises(grpc.aio.AioRpcError, match="is used up"):
            await stub_of(channel).Summarize(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))


async def test_asking_what_a_call_would_cost_costs_nothing(app: App) -> None:
    request = _with(options_pb2.PRIORITY_BULK, text=TEXT * 2)
    request.options.validate_only = True
    async with channel_to(app) as channel:
        for _ in range(3):
            reply = await stub_of(channel).Translate(request, timeout=PATIENCE_SECONDS, metadata=_carrying("archive-token"))
            assert reply.usage.source_characters == len(TEXT * 2)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_both_clients_tell_the_two_refusals_apart(file: Path, kind: type) -> None:
    with ServerProcess(variables={"KOROTKO_TOKENS_FILE": str(file)}) as process:
        address = process.address
        desk, archive = (Caller(kind(address, token=f"{name}-token")) for name in ("desk", "archive"))
        with pytest.raises(PermissionDenied, match="needs the role 'detect'") as denied:
            await desk.detect(TEXT)
        assert (denied.value.reason, denied.value.metadata["role"], denied.value.retryable) == ("ROLE_MISSING", "detect", False)
        outcomes = await archive.translate_stream([TEXT, TEXT, TEXT], target="uk", source="en", in_flight=1, patience=0)
        assert [outcome.error and outcome.error.reason for outcome in outcomes] == [None, "QUOTA_EXCEEDED", "QUOTA_EXCEEDED"]
        assert isinstance(outcomes[1].error, QuotaExceeded)
        assert 0 < outcomes[1].error.retry_after <= 60
        assert outcomes[1].error.retryable
        for caller in (desk, archive):
            assert (await caller.info()).version
            await caller.close()
        process.terminate()
        assert process.finished() == 0
        assert process.event("call", method="DetectLanguage")["caller"] == "desk"
        assert "-token" not in process.log


async def test_a_file_that_an_editor_began_with_a_byte_order_mark_is_the_same_file(file: Path) -> None:
    write(file, f"\ufeff{FILE.strip()}")
    async with zoo.running(tokens_file=str(file)) as app, channel_to(app) as channel:
        reply = await stub_of(channel).Translate(translate(TEXT), timeout=PATIENCE_SECONDS, metadata=_carrying("desk-token"))
        assert reply.results[0].translation.text == TEXT.upper()


async def test_every_item_of_a_stream_is_judged_by_itself(app: App) -> None:
    async with channel_to(app) as channel:
        stream = stub_of(channel).StreamTranslations(timeout=PATIENCE_SECONDS, metadata=_carrying("desk-token"))
        for index, priority in enumerate((options_pb2.PRIORITY_UNSPECIFIED, options_pb2.PRIORITY_INTERACTIVE)):
            await stream.write(translate_pb2.StreamTranslationsRequest(index=index, request=_with(priority)))
        await stream.done_writing()
        replies = {reply.index: reply async for reply in stream}
    assert (refused(replies[0].error).reason, refused(replies[0].error).metadata["role"]) == ("ROLE_MISSING", "bulk")
    assert replies[1].response.results[0].translation.text == TEXT.upper()


async def test_metrics_and_log_name_callers_at_most_and_never_a_token(app: App, asked) -> None:
    with capture_logs() as lines:
        await asked("desk-token", _with(options_pb2.PRIORITY_BULK))
        await asked("owner-token", translate(TEXT))
        await asked("guess-token", translate(TEXT))
        # A refused caller gets the answer before its line is in the log.
        await until(lambda: sum(line["event"] == "call" for line in lines) == 3)
    assert [line.get("caller") for line in lines if line["event"] == "call"] == ["desk", "owner", None]
    assert "-token" not in str(lines)
    assert sample(app, "refusals_total", reason="ROLE_MISSING") == 1
    told = str([[(each.labels, each.name) for each in metric.samples] for metric in app.metrics.registry.collect()])
    assert not any(word in told for word in ("-token", "desk", "owner"))


async def test_the_file_is_read_again_while_the_server_serves(app: App, asked, file: Path) -> None:
    assert (await asked("new-token", translate(TEXT))).reason == "TOKEN_INVALID"
    write(file, FILE.replace("desk-token", "new-token"))
    app.request_reload()
    await until(lambda: sample(app, "caller_reloads_total", result="done") == 1)
    assert await asked("new-token", translate(TEXT)) == TEXT.upper()
    assert (await asked("desk-token", translate(TEXT))).reason == "TOKEN_INVALID"


async def test_a_wrong_file_changes_nothing(app: App, asked, file: Path) -> None:
    write(file, "[callers.desk]\n")
    with capture_logs() as lines:
        app.request_reload()
        await until(lambda: sample(app, "caller_reloads_total", result="failed") == 1)
    (line,) = [line for line in lines if line["event"] == "callers_reload_failed"]
    assert "[callers.desk]: give either token_sha256" in line["error"]
    assert await asked("desk-token", translate(TEXT)) == TEXT.upper()


async def test_a_reload_does_not_fill_a_used_up_quota(app: App, asked) -> None:
    assert await asked("archive-token", _with(options_pb2.PRIORITY_BULK)) == TEXT.upper()
    app.request_reload()
    await until(lambda: sample(app, "caller_reloads_total", result="done") == 1)
    assert (await asked("archive-token", _with(options_pb2.PRIORITY_BULK))).reason == "QUOTA_EXCEEDED"


def test_sighup_brings_in_a_new_token(file: Path) -> None:
    with ServerProcess(variables={"KOROTKO_TOKENS_FILE": str(file)}) as process, Client(process.address, token="new-token") as client:
        with pytest.raises(AuthenticationFailed):
            client.info()
        write(file, "new-token\n")
        process.reload()
        process.event("callers_reloaded")
        assert client.info().version
        process.terminate()
        assert process.finished() == 0
