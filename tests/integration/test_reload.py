"""SIGHUP: the real server takes new models while it serves, and refuses bad ones."""

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from korotko import Client
from tests.integration.process import SERVE, STARTER, ServerProcess


def copy(folder: Path, *, name: str | None = None, number: str | None = None) -> Path:
    """The starter in a folder of its own, under another name or version."""
    model = Path(shutil.copytree(STARTER, folder))
    manifest = model / "model.toml"
    text = manifest.read_text(encoding="utf-8")
    for key, value in (("name", name), ("version", number)):
        if value is not None:
            text = re.sub(rf"^{key} = .*$", f'{key} = "{value}"', text, count=1, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8")
    return model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models folder with two copies of the starter, "first" and "second"."""
    for name in ("first", "second"):
        copy(tmp_path / "models" / name, name=name)
    return tmp_path / "models"


@pytest.fixture
def server(models: Path) -> Iterator[ServerProcess]:
    with ServerProcess(SERVE, {"KOROTKO_MODELS": str(models), "KOROTKO_REPLICAS": "1", "KOROTKO_METRICS_PORT": "0"}) as process:
        yield process
        process.terminate()
        assert process.finished() == 0
        assert "Traceback" not in process.log


def served(client: Client) -> list[str]:
    return [f"{model.name}@{model.version} {model.state}" for model in client.models()]


def test_a_model_that_was_corrupted_meanwhile_fails_the_reload_and_both_serve_on(server: ServerProcess, models: Path) -> None:
    with Client(server.address) as client:
        before = served(client)
        assert [line.split("@")[0] for line in before] == ["first", "second"]
        weights = models / "second" / "model.bin"
        spoiled = bytearray(weights.read_bytes())
        spoiled[len(spoiled) // 2] ^= 1
        weights.write_bytes(spoiled)
        server.reload()
        failure = server.event("reload_failed")
        assert failure["error"] == "ModelInvalid"
        assert "'model.bin' is corrupted" in failure["reason"]
        assert served(client) == before
        for name in ("first", "second"):
            assert client.translate("Good morning.", target="uk", model=name).models[0].name == name

        spoiled[len(spoiled) // 2] ^= 1
        weights.write_bytes(spoiled)
        server.reload()
        assert server.event("reloaded")["new"] == []
        assert server.log.count('"model_ready"') == 2


def test_a_new_version_takes_over_while_callers_call(server: ServerProcess, models: Path) -> None:
    with Client(server.address) as client, ThreadPoolExecutor(4) as callers:
        done = Event()

        def call() -> list[str]:
            versions: list[str] = []
            while not done.is_set():
                versions += {use.version for use in client.translate("Good morning. How are you?", target="uk", model="first").models}
            return versions

        calls = [callers.submit(call) for _ in range(4)]
        shutil.rmtree(models / "first")
        copy(models / "first", name="first", number="9.9")
        server.reload()
        assert server.event("reloaded")["new"] == ["first"]
        server.event("model_closed", model="first")
        assert client.translate("Good morning.", target="uk", model="first").models[0].version == "9.9"
        done.set()
        for versions in (each.result() for each in calls):
            assert versions == sorted(versions)
        assert server.log.count('"model_ready"') == 3


def test_two_versions_are_listed_and_either_can_be_asked_for(server: ServerProcess, models: Path) -> None:
    with Client(server.address) as client:
        (_, old) = (model.version for model in client.models())
        copy(models / "newer", name="second", number="9.9")
        server.reload()
        server.event("reloaded")
        assert [line for line in served(client) if line.startswith("second")] == [f"second@{old} ready", "second@9.9 ready"]
        for number in (old, "9.9"):
            (use,) = client.translate("Good morning.", target="uk", model=f"second@{number}").models
            assert (use.name, use.version) == ("second", number)
            assert use.attribution == client.models()[0].attribution


def test_sigterm_during_a_reload_ends_the_server_at_once(server: ServerProcess, models: Path) -> None:
    with Client(server.address) as client:
        assert client.healthy()
    for number in range(12):
        copy(models / f"more-{number}", name=f"more-{number:02}")
    server.reload()
    server.event("model_ready", model="more-00")
    server.terminate()
    assert server.finished() == 0
    assert '"reloaded"' not in server.log
    assert server.log.count('"model_ready"') < 14
