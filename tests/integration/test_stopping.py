"""SIGTERM: no new calls, no lost answer, exit status 0; and what health says meanwhile."""

import json
import queue
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from korotko.v1 import translate_pb2
from tests.integration.gated_server import ARGUMENTS
from tests.integration.process import SERVE, STARTER, ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, SERVICE, refused_call, stub_of, translate

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


@pytest.fixture
def gated() -> Iterator[ServerProcess]:
    """A server whose engine holds every batch until `tell` is called."""
    with ServerProcess(ARGUMENTS) as process:
        yield process


@pytest.fixture
def channel(gated: ServerProcess) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(gated.address, options=[("grpc.enable_retries", 0)]) as channel:
        yield channel


def watch(channel: grpc.Channel, service: str) -> Iterator[Any]:
    """The health status, as it changes."""
    request = health_pb2.HealthCheckRequest(service=service)
    return (reply.status for reply in health_pb2_grpc.HealthStub(channel).Watch(request, timeout=PATIENCE_SECONDS))


def test_a_call_inside_is_answered_and_newcomers_are_sent_away(gated: ServerProcess, channel: grpc.Channel) -> None:
    overall, service = watch(channel, ""), watch(channel, SERVICE)
    assert (next(overall), next(service)) == (SERVING, SERVING)
    stub = stub_of(channel)
    inside = stub.Translate.future(translate("It is with the engine.", "It waits in the queue."), timeout=PATIENCE_SECONDS)
    gated.event("entered")

    gated.terminate()
    assert (next(overall), next(service)) == (NOT_SERVING, NOT_SERVING)
    for _ in range(3):  # with our reason at first, then by gRPC: it resets calls that meet the closing connection, and then nobody listens
        with pytest.raises(grpc.RpcError) as caught:
            stub.Translate(translate("It comes too late."), timeout=PATIENCE_SECONDS)
        assert caught.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)  # type: ignore[attr-defined]

    gated.tell("release")
    texts = [result.translation.text for result in inside.result().results]
    assert texts == ["IT IS WITH THE ENGINE.", "IT WAITS IN THE QUEUE."]
    assert gated.finished() == 0

    with pytest.raises(grpc.RpcError) as closed:
        stub.Translate(translate("Is anybody there?"), timeout=PATIENCE_SECONDS)
    assert closed.value.code() is grpc.StatusCode.UNAVAILABLE  # type: ignore[attr-defined]


def test_what_a_stream_has_read_is_answered_and_the_rest_sent_elsewhere(gated: ServerProcess, channel: grpc.Channel) -> None:
    overall = watch(channel, "")
    assert next(overall) == SERVING
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    replies = stub_of(channel).StreamTranslations(iter(requests.get, None), timeout=PATIENCE_SECONDS)
    requests.put(translate_pb2.StreamTranslationsRequest(index=5, request=translate("It was read.")))
    gated.event("entered")

    gated.terminate()
    assert next(overall) == NOT_SERVING
    gated.tell("release")
    answered = next(replies)
    assert (answered.index, answered.response.results[0].translation.text) == (5, "IT WAS READ.")
    with pytest.raises(grpc.RpcError) as caught:
        next(replies)
    requests.put(None)
    refusal = refused_call(caught.value)
    assert (refusal.code, refusal.reason) == ("UNAVAILABLE", "DRAINING")
    assert refusal.retry_seconds
    assert gated.finished() == 0


def test_a_stream_with_nothing_on_its_way_ends_at_once(gated: ServerProcess, channel: grpc.Channel) -> None:
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    replies = stub_of(channel).StreamTranslations(iter(requests.get, None), timeout=PATIENCE_SECONDS)
    requests.put(translate_pb2.StreamTranslationsRequest(index=1, request=translate("Good.", target="en")))
    assert next(replies).index == 1
    gated.terminate()
    with pytest.raises(grpc.RpcError) as caught:
        next(replies)
    requests.put(None)
    assert refused_call(caught.value).reason == "DRAINING"
    assert gated.finished() == 0


def test_a_server_that_has_stopped_heeds_no_further_signal() -> None:
    script = (
        "import asyncio, os, signal\nfrom korotko_service.cli import serving\nfrom tests import zoo\n"
        "def make():\n os.kill(os.getpid(), signal.SIGTERM)\n return zoo.app()\n"
        "asyncio.run(serving._run_to_the_end(make, None))\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n os.kill(os.getpid(), number)\n"
    )
    with ServerProcess(("-c", script)) as process:
        assert process.finished() == 0


def while_importing(number: signal.Signals, *arguments: str) -> tuple[str, ...]:
    """The command, which gets a signal as soon as it imports anything heavy."""
    script = (
        # What a shell starts in the background ignores SIGINT, perhaps this run of the tests too.
        "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from korotko_service import __main__ as door\n"
        "class Sender:\n"
        " def find_spec(self, name, path, target=None):\n"
        f"  if name == 'korotko_service.cli':\n   os.kill(os.getpid(), {int(number)})\n"
        "sys.meta_path.insert(0, Sender())\nsys.exit(door.main())\n"
    )
    return ("-c", script, *arguments)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_while_python_imports_ends_as_any_start_does(number: signal.Signals) -> None:
    with ServerProcess(while_importing(number, *SERVE[2:])) as process:
        assert process.finished() == 0
    assert [json.loads(line)["event"] for line in process.lines] == ["stopped_while_starting"]


def test_a_reload_that_is_asked_for_while_python_imports_follows_the_start() -> None:
    with ServerProcess(while_importing(signal.SIGHUP, *SERVE[2:])) as process:
        process.event("reloaded")
        process.terminate()
        assert process.finished() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_stopped_while_python_imports_ends_in_one_line(number: signal.Signals) -> None:
    with ServerProcess(while_importing(number, "models", "verify")) as process:
        assert process.finished() == 130
    (line,) = process.lines
    assert line.startswith("korotko-service: interrupted; nothing is left half done")


def test_sigterm_while_models_load_ends_the_start_at_once(tmp_path: Path) -> None:
    models = [_named_copy(tmp_path, f"copy-{number:02}") for number in range(24)]
    with ServerProcess(SERVE, {"KOROTKO_MODELS": ",".join(map(str, models)), "KOROTKO_REPLICAS": "1"}) as process:
        process.event("model_ready")
        process.terminate()
        assert process.finished() == 0
        assert "Traceback" not in process.log
        assert process.log.count('"model_ready"') < len(models)
        assert '"serving"' not in process.log


def _named_copy(folder: Path, name: str) -> Path:
    """The starter under another name: its files linked, its manifest changed."""
    model = folder / name
    shutil.copytree(STARTER, model, copy_function=lambda source, target: Path(target).symlink_to(source))
    manifest = model / "model.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.unlink()
    manifest.write_text(re.sub(r"^name = .*$", f'name = "{name}"', text, count=1, flags=re.MULTILINE), encoding="utf-8")
    return model
