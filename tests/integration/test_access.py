"""Who may call: tokens and TLS."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from structlog.testing import capture_logs

from korotko import AsyncClient, AuthenticationFailed, Client, ServerUnreachable
from tests import certificates, zoo
from tests.integration.wire import PATIENCE_SECONDS, SERVICE, refused_call, sample, stub_of, translate, until

TOKEN = "a-long-secret-for-the-newsroom"


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a server that knows two tokens."""
    file = tmp_path / "tokens"
    file.write_text(f"# newsroom\n{TOKEN}\n\nanother-secret\n", encoding="utf-8")
    async with zoo.running(tokens_file=str(file)) as app:
        yield f"127.0.0.1:{app.port}"


@pytest.mark.parametrize("token", [TOKEN, "another-secret"])
async def test_a_known_token_lets_a_caller_in(guarded: str, token: str) -> None:
    async with AsyncClient(guarded, token=token) as client:
        assert (await client.translate("Good morning.", target="uk", source="en")).text == "GOOD MORNING."
        assert [outcome.unwrap().text async for outcome in client.translate_stream(["Bulk."], target="uk", source="en")] == ["BULK."]


@pytest.mark.parametrize(("token", "reason"), [(None, "TOKEN_MISSING"), ("guess", "TOKEN_INVALID"), (TOKEN[:-1], "TOKEN_INVALID")])
async def test_nobody_else_comes_in_by_any_method(guarded: str, token: str | None, reason: str) -> None:
    async with AsyncClient(guarded, token=token) as client:
        for call in (
            client.info(),
            client.models(),
            client.detect("Good."),
            client.summarize("Good."),
            client.translate("Good.", target="uk"),
        ):
            with pytest.raises(AuthenticationFailed) as caught:
                await call
            assert (caught.value.code, caught.value.reason) == ("UNAUTHENTICATED", reason)
        for _ in range(20):  # A stream that is refused too early sometimes loses its reason.
            with pytest.raises(AuthenticationFailed) as caught:
                _ = [outcome async for outcome in client.translate_stream(["Bulk."], target="uk")]
            assert caught.value.reason == reason
            assert caught.value.request_id


@pytest.mark.parametrize("value", [f"Basic {TOKEN}", TOKEN, "Bearer", ""])
async def test_another_scheme_is_no_token(guarded: str, value: str) -> None:
    async with grpc.aio.insecure_channel(guarded) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await stub_of(channel).Translate(translate("Good."), metadata=[("authorization", value)], timeout=PATIENCE_SECONDS)
    refusal = refused_call(caught.value)
    assert (refusal.code, refusal.reason) == ("UNAUTHENTICATED", "TOKEN_INVALID")
    assert TOKEN not in refusal.message


async def test_probes_need_no_token(guarded: str) -> None:
    async with grpc.aio.insecure_channel(guarded) as channel:
        for service in ("", SERVICE):
            reply = await health_pb2_grpc.HealthStub(channel).Check(
                health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE_SECONDS
            )
            assert reply.status == health_pb2.HealthCheckResponse.SERVING
    async with AsyncClient(guarded) as client:
        assert await client.healthy()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A key and a self-signed certificate for 127.0.0.1, made now."""
    return certificates.made(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def encrypted(certificate: dict[str, Path]) -> AsyncIterator[str]:
    """The address of a server with that certificate."""
    settings: dict[str, Any] = {name: str(path) for name, path in certificate.items()}
    async with zoo.running(**settings) as app:
        yield f"127.0.0.1:{app.port}"


async def test_a_client_that_trusts_the_certificate_is_served_over_tls(encrypted: str, certificate: dict[str, Path]) -> None:
    async with AsyncClient(encrypted, tls=certificate["tls_certificate"].read_bytes()) as client:
        assert (await client.translate("Good morning.", target="uk", source="en")).text == "GOOD MORNING."
        assert await client.healthy()


async def reached(address: str, trusted: bytes) -> bool:
    """Whether a new connection trusts the server."""
    async with AsyncClient(address, tls=trusted, timeout=PATIENCE_SECONDS) as client:
        try:
            return bool((await client.info()).version)
        except ServerUnreachable:
            return False


async def test_a_renewed_certificate_is_taken_by_a_reload_and_connections_stay(tmp_path: Path) -> None:
    paths, renewed = certificates.made(tmp_path), certificates.made(tmp_path, "renewed-")
    old, new = (each["tls_certificate"].read_bytes() for each in (paths, renewed))
    async with zoo.running(**{name: str(path) for name, path in paths.items()}) as app:
        address = f"127.0.0.1:{app.port}"
        async with AsyncClient(address, tls=old) as client:
            assert (await client.info()).version
            for name, path in paths.items():
                renewed[name].replace(path)
            app.request_reload()
            await until(lambda: sample(app, "certificate_reloads_total", result="done") == 1)
            assert (await client.info()).version
        assert await reached(address, new)
        assert not await reached(address, old)


async def test_a_certificate_that_cannot_be_used_changes_nothing_at_a_reload(tmp_path: Path) -> None:
    paths = certificates.made(tmp_path)
    good = paths["tls_certificate"].read_bytes()
    async with zoo.running(**{name: str(path) for name, path in paths.items()}) as app:
        certificates.made(tmp_path, "other-")["tls_certificate"].replace(paths["tls_certificate"])
        with capture_logs() as lines:
            app.request_reload()
            await until(lambda: sample(app, "certificate_reloads_total", result="failed") == 1)
        (line,) = [line for line in lines if line["event"] == "certificate_reload_failed"]
        assert "the key of another certificate" in line["error"]
        assert await reached(f"127.0.0.1:{app.port}", good)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize(("tls", "hint"), [(True, "give the right one as tls"), (False, "try tls")])
async def test_a_client_without_the_certificate_gets_nowhere_and_is_told_why(
    encrypted: str, kind: type[Client] | type[AsyncClient], tls: bool, hint: str
) -> None:
    await told_of_tls(kind(encrypted, tls=tls, timeout=PATIENCE_SECONDS), hint)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_a_client_with_tls_is_told_of_a_server_without(kind: type[Client] | type[AsyncClient]) -> None:
    async with zoo.running() as app:
        await told_of_tls(kind(f"127.0.0.1:{app.port}", tls=True, timeout=PATIENCE_SECONDS), "try without tls")


async def told_of_tls(client: Client | AsyncClient, hint: str) -> None:
    with pytest.raises(ServerUnreachable, match=hint):
        await (client.healthy() if isinstance(client, AsyncClient) else asyncio.to_thread(client.healthy))
    await (client.close() if isinstance(client, AsyncClient) else asyncio.to_thread(client.close))


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_certificates_that_are_none_make_no_client(kind: type[Client] | type[AsyncClient], certificate: dict[str, Path]) -> None:
    for wrong in (b"no certificate", b"", certificate["tls_key"].read_bytes()):
        with pytest.raises(ValueError, match="there is none in these"):
            kind("127.0.0.1:9", tls=wrong)
    remark = "# Кореневий сертифікат\n".encode() + certificate["tls_certificate"].read_bytes()
    client = kind("127.0.0.1:9", tls=remark)
    await (client.close() if isinstance(client, AsyncClient) else asyncio.to_thread(client.close))
