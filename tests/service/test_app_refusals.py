"""A server that cannot start says why, and closes what it had opened."""

import asyncio
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from korotko_service.app import App
from korotko_service.engines.engine import Engine
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import AddressTaken, ConfigInvalid, ModelInvalid
from tests import zoo
from tests.house import ROOT
from tests.integration.wire import PATIENCE_SECONDS
from tests.service.caller import free
from tests.service.shelf import happened


@pytest.fixture
def occupied() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


async def test_an_occupied_port_stops_the_start(occupied: int) -> None:
    engine = zoo.Upper()
    with pytest.raises(AddressTaken, match=f"cannot listen on 127.0.0.1:{occupied}: Address already in use"):
        async with zoo.running(engine, port=occupied):
            pass
    assert engine.warmed == 0


async def test_two_servers_never_share_a_port() -> None:
    async with zoo.running() as first:
        with pytest.raises(AddressTaken, match=f"cannot listen on 127.0.0.1:{first.port}"):
            async with zoo.running(port=first.port):
                pass


async def test_an_address_of_another_machine_stops_the_start() -> None:
    with pytest.raises(ConfigInvalid, match=r"cannot listen on 192\.0\.2\.1:0"):
        async with zoo.running(host="192.0.2.1"):
            pass


@pytest.mark.parametrize("host", ["korotko..svc", "k" * 64, "two words", "[::1]"])
async def test_what_is_no_name_of_a_host_stops_the_start(host: str) -> None:
    with pytest.raises(ConfigInvalid, match=rf"cannot listen on {re.escape(host if ':' not in host else f'[{host}]')}:0: "):
        async with zoo.running(host=host):
            pass


async def test_an_occupied_metrics_port_stops_the_start_and_closes_the_server(occupied: int) -> None:
    app = zoo.app(metrics_port=occupied)
    with pytest.raises(AddressTaken, match=f"metrics_port = {occupied}: "):
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
    loading, gate = threading.Event(), threading.Event()
    first, second = zoo.Upper(), zoo.Upper()

    def load(model: Manifest) -> Engine:
        if model.name == "b":
            loading.set()
            gate.wait(PATIENCE_SECONDS)
            return second
        return first

    app = App(zoo.settings(), manifests=[zoo.manifest("a"), zoo.manifest("b")], loader=load)
    starting = asyncio.ensure_future(app.__aenter__())
    await happened(loading)
    starting.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert (first.closed, second.closed) == (1, 1)
    assert free(app.port)


def test_a_server_without_models_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match="no usable model in "):
        App(zoo.settings(models=(str(tmp_path),)))


def test_a_folder_that_is_passed_over_although_it_holds_weights_stands_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "checkpoint/model.safetensors").touch()
    with capture_logs() as lines, pytest.raises(ModelInvalid, match="no usable model in "):
        App(zoo.settings(models=(str(tmp_path),)))
    (line,) = lines
    assert (line["event"], line["folder"]) == ("folder_ignored", str(tmp_path / "checkpoint"))


def test_a_server_with_none_but_noncommercial_models_does_not_start() -> None:
    with pytest.raises(ModelInvalid, match="no usable model"):
        App(zoo.settings(), manifests=[zoo.manifest(commercial_use=False)])


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
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 78
    assert "'model.bin' is corrupted or was changed" in done.stderr
    assert "Traceback" not in done.stderr
