"""The server's life: it opens every part once, refuses to start with a reason, and closes what it opened."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from korotko.v1 import service_pb2_grpc, translate_pb2
from korotko_service.app import App, model_folders
from korotko_service.config import Settings
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import ConfigInvalid, ModelInvalid
from tests import zoo
from tests.house import ROOT

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def channel(app: App) -> grpc.aio.Channel:
    return grpc.aio.insecure_channel(f"127.0.0.1:{app.port}")


async def health(app: App, service: str = "") -> int:
    async with channel(app) as wire:
        reply = await health_pb2_grpc.HealthStub(wire).Check(health_pb2.HealthCheckRequest(service=service), timeout=5)
        return reply.status


def translate(wire: grpc.aio.Channel, text: str = "Hello there.", **fields: Any) -> Any:
    request = translate_pb2.TranslateRequest(texts=[text], source_language_code="en", target_language_code="uk", **fields)
    return service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=10)


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.fixture
def occupied() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


async def test_it_serves_when_its_models_are_warm() -> None:
    engine = zoo.Upper()
    async with zoo.running(engine) as app:
        assert engine.warmed == 1
        assert await health(app) == await health(app, "korotko.v1.KorotkoService") == SERVING
        async with channel(app) as wire:
            assert (await translate(wire)).results[0].translation.text == "HELLO THERE."


async def test_leaving_closes_the_engines_and_frees_the_port() -> None:
    engines = {"a": zoo.Upper(), "b": zoo.Upper()}
    async with zoo.running(engines) as app:
        port = app.port
        assert not free(port)
    assert [engine.closed for engine in engines.values()] == [1, 1]
    assert free(port)


async def test_leaving_ends_every_thread_that_it_started() -> None:
    async with zoo.running(zoo.Upper(replicas=3), metrics_port=0) as app:
        async with channel(app) as wire:
            await translate(wire)
        assert any(thread.name.startswith("korotko") for thread in threading.enumerate())
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("korotko")] == []


async def test_metrics_are_served_beside_it_and_end_with_it() -> None:
    async with zoo.running(metrics_port=0) as app:
        assert app.metrics_port
        assert not free(app.metrics_port)
    assert free(app.metrics_port)


async def test_each_model_has_its_own_engine() -> None:
    engines = {"ukr": zoo.Upper(), "rus": zoo.Tagged()}
    manifests = [zoo.manifest("ukr", pairs=(("en", "uk"),)), zoo.manifest("rus", pairs=(("uk", "ru"),))]
    async with zoo.running(engines, manifests=manifests) as app, channel(app) as wire:
        request = translate_pb2.TranslateRequest(texts=["Hello there."], source_language_code="en", target_language_code="ru")
        reply = await service_pb2_grpc.KorotkoServiceStub(wire).Translate(request, timeout=10)
    assert reply.results[0].translation.text == "[uk>ru] HELLO THERE."
    assert [use.name for use in reply.results[0].translation.models] == ["ukr", "rus"]


async def test_it_answers_while_it_loads() -> None:
    loading, gate = threading.Event(), threading.Event()

    def load(_: Manifest) -> Engine:
        loading.set()
        gate.wait(10)
        return zoo.Upper()

    app = App(zoo.settings(), manifests=[zoo.manifest()], loader=load)
    starting = asyncio.ensure_future(app.__aenter__())
    await asyncio.to_thread(loading.wait, 5)
    try:
        assert await health(app) == NOT_SERVING
        async with channel(app) as wire:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await translate(wire)
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
        assert "loading" in (caught.value.details() or "")
    finally:
        gate.set()
        await starting
        await app.__aexit__(None, None, None)


async def test_an_occupied_port_stops_the_start(occupied: int) -> None:
    engine = zoo.Upper()
    with pytest.raises(ConfigInvalid, match=f"cannot listen on 127.0.0.1:{occupied}: Address already in use"):
        async with zoo.running(engine, port=occupied):
            pass
    assert engine.warmed == 0


async def test_two_servers_never_share_a_port() -> None:
    async with zoo.running() as first:
        with pytest.raises(ConfigInvalid, match=f"cannot listen on 127.0.0.1:{first.port}"):
            async with zoo.running(port=first.port):
                pass


async def test_an_address_of_another_machine_stops_the_start() -> None:
    with pytest.raises(ConfigInvalid, match=r"cannot listen on 192\.0\.2\.1:0"):
        async with zoo.running(host="192.0.2.1"):
            pass


async def test_an_occupied_metrics_port_stops_the_start_and_closes_the_server(occupied: int) -> None:
    app = zoo.app(metrics_port=occupied)
    with pytest.raises(ConfigInvalid, match=f"metrics_port = {occupied}: "):
        await app.__aenter__()
    assert free(app.port)


async def test_a_model_that_fails_half_way_closes_those_before_it() -> None:
    first, second = zoo.Upper(), zoo.Cold()
    app = zoo.app({"a": first, "b": second})
    with pytest.raises(RuntimeError, match="the weights are broken"):
        await app.__aenter__()
    assert (first.closed, second.closed) == (1, 1)
    assert free(app.port)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("korotko")] == []


async def test_a_model_that_does_not_load_closes_those_before_it() -> None:
    first = zoo.Upper()

    def load(model: Manifest) -> Engine:
        if model.name == "b":
            raise ModelInvalid("b is corrupted")
        return first

    app = App(zoo.settings(), manifests=[zoo.manifest("a"), zoo.manifest("b")], loader=load)
    with pytest.raises(ModelInvalid, match="b is corrupted"):
        await app.__aenter__()
    assert first.closed == 1
    assert free(app.port)


async def test_a_start_that_is_given_up_closes_what_was_opened() -> None:
    loading, first = threading.Event(), zoo.Upper()
    gate = threading.Event()

    def load(model: Manifest) -> Engine:
        if model.name == "b":
            loading.set()
            gate.wait(10)
        return first

    app = App(zoo.settings(), manifests=[zoo.manifest("a"), zoo.manifest("b")], loader=load)
    starting = asyncio.ensure_future(app.__aenter__())
    await asyncio.to_thread(loading.wait, 5)
    starting.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert first.closed == 1
    assert free(app.port)


async def test_draining_finishes_what_is_inside_and_admits_no_more() -> None:
    engine = zoo.Gated()
    app = zoo.app(engine)
    await app.__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(translate(wire))
        await asyncio.to_thread(engine.entered.wait, 5)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        while await health(app) == SERVING:
            pass
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await translate(wire)
        engine.release()
        assert (await inside).results[0].translation.text == "HELLO THERE."
        await leaving
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    assert "shutting down" in (caught.value.details() or "")
    assert engine.closed == 1


async def test_a_drain_has_an_end() -> None:
    engine = zoo.Gated()
    app = zoo.app(engine, drain_seconds=0.0)
    await app.__aenter__()
    async with channel(app) as wire:
        inside = asyncio.ensure_future(translate(wire))
        await asyncio.to_thread(engine.entered.wait, 5)
        leaving = asyncio.ensure_future(app.__aexit__(None, None, None))
        with pytest.raises(grpc.aio.AioRpcError):
            await inside
        engine.release()
        await leaving
    assert engine.closed == 1


def test_a_server_without_models_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match="no usable model in "):
        App(zoo.settings(models=(str(tmp_path),)))


def test_a_server_with_none_but_noncommercial_models_does_not_start() -> None:
    with pytest.raises(ModelInvalid, match="no usable model"):
        App(zoo.settings(), manifests=[zoo.manifest(commercial_use=False)])


async def test_a_noncommercial_model_is_not_even_loaded() -> None:
    engines = {"nc": zoo.Upper(), "zoo": zoo.Upper()}
    async with zoo.running(engines, manifests=[zoo.manifest("nc", commercial_use=False), zoo.manifest()]):
        assert (engines["nc"].warmed, engines["zoo"].warmed) == (0, 1)


async def test_a_noncommercial_model_is_loaded_where_the_operator_accepts_it() -> None:
    engine = zoo.Upper()
    async with zoo.running(engine, manifests=[zoo.manifest(commercial_use=False)], accept_noncommercial=True):
        assert engine.warmed == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "tokens_file = "), (b"# only a comment\n\n", "holds no token"), ("токен".encode("utf-16"), "not a text file")],
)
def test_a_bad_file_of_tokens_stops_the_start(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "tokens"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigInvalid, match=message):
        zoo.app(tokens_file=str(path))


def test_a_certificate_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match="tls_certificate = "):
        zoo.app(tls_certificate=str(tmp_path / "cert.pem"), tls_key=str(tmp_path / "key.pem"))


async def test_a_certificate_that_is_none_stops_the_start_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("not a certificate", encoding="utf-8")
    (tmp_path / "key.pem").write_text("not a key", encoding="utf-8")
    with pytest.raises(ConfigInvalid, match="tls_certificate"):
        async with zoo.running(tls_certificate=str(tmp_path / "cert.pem"), tls_key=str(tmp_path / "key.pem")):
            pass


def test_a_corrupted_starter_stops_the_start(tmp_path: Path) -> None:
    """The whole command, so that the exit status is seen too."""
    for name in ("model.toml", "config.json", "shared_vocabulary.json", "source.spm", "target.spm"):
        (tmp_path / name).write_bytes((ROOT / "seeds/models/starter" / name).read_bytes())
    (tmp_path / "model.bin").write_bytes(b"half a file")
    done = subprocess.run(
        [sys.executable, "-m", "korotko_service", "serve", "--port", "0"],
        env={"KOROTKO_MODELS": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 78
    assert "'model.bin' is corrupted or was changed" in done.stderr
    assert "Traceback" not in done.stderr


def test_models_are_looked_for_where_the_settings_say() -> None:
    assert model_folders(Settings(models=("a", "b"))) == (Path("a"), Path("b"))


def test_the_starter_is_found_without_any_settings() -> None:
    (folder,) = model_folders(Settings())
    assert (folder / "starter/model.toml").is_file()
