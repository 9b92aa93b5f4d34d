"""The container image, built and run for real: what it holds, how it starts, what it answers, how it ends."""

import json
import re
import shutil
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

import korotko
from tests.image.podman import ROOT, START_SECONDS, Container, Podman, free_port

pytestmark = pytest.mark.image

ARTICLE = (ROOT / "seeds/articles/en.txt").read_text(encoding="utf-8")
SERVICE = "korotko.v1.KorotkoService"
# Without the base; 36 are the starter's. Debug information left in would add 70; one framework of model training, several hundred.
MOST_MEGABYTES = 240
GRACE_SECONDS = 60


def test_the_image_says_who_runs_what(podman: Podman, image: str) -> None:
    config = json.loads(podman("inspect", "--format", "{{json .Config}}", image))
    assert config["User"] == "65532:65532"
    assert config["Entrypoint"] == ["korotko-service"]
    assert config["Cmd"] == ["serve"]
    assert config["StopSignal"] in ("SIGTERM", "15")
    assert "50051/tcp" in config["ExposedPorts"]
    assert config["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0 AND CC-BY-SA-4.0"


def test_the_image_holds_only_what_serving_needs(podman: Podman, image: str) -> None:
    packages = r"torch|transformers|pytest|hypothesis|mypy|grpc_tools|hatchling|pip|setuptools|ensurepip"
    commands = r"bin/(cc|gcc|g\+\+|strip|pip3?|f2py)"
    search = ("/", "-xdev", "-regextype", "posix-extended", "-regex", rf".*/({packages}|{commands}|\.cache)")
    found = podman.run(image, *search, options=["--entrypoint", "find", "--user", "0", "--cap-add", "dac_read_search"])
    assert (found.returncode, found.stdout) == (0, "")


def test_the_image_is_slim(podman: Podman, image: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = int(podman("inspect", "--format", "{{.Size}}", image)) / 1e6
    ours = int(podman.run(image, "-sk", "/opt/korotko", options=["--entrypoint", "du"]).stdout.split()[0]) * 1024 / 1e6
    say(capsys, f"image: {whole:.0f} MB, of which {ours:.0f} MB are not the base's")
    assert ours < MOST_MEGABYTES, "did the build have binutils, to strip debug information?"


def test_nobody_serves_from_a_file_system_that_cannot_be_written(server: Container) -> None:
    assert server.inside("id", "-u") == "65532"
    assert server.inside("cat", "/proc/1/cmdline").split("\0")[1:3] == ["/opt/korotko/bin/korotko-service", "serve"]
    mounts = [line.split() for line in server.inside("cat", "/proc/mounts").splitlines()]
    root_options = next(fields[3] for fields in mounts if fields[1] == "/")
    assert "ro" in root_options.split(",")


def test_it_starts_quickly_and_small(server: Container, capsys: pytest.CaptureFixture[str]) -> None:
    started = datetime.fromisoformat(re.sub(r"(\.\d{6})\d*", r"\1", server.state()["StartedAt"]))
    serving = next(datetime.fromisoformat(line["timestamp"]) for line in server.log() if line["event"] == "serving")
    status = dict(line.split(":", 1) for line in server.inside("cat", "/proc/1/status").splitlines())
    megabytes = int(status["VmHWM"].split()[0]) / 1024
    say(capsys, f"serving {(serving - started).total_seconds():.2f} s after the container's start, with {megabytes:.0f} MiB at most")
    assert (serving - started).total_seconds() < START_SECONDS
    assert megabytes < 400


def test_health_is_what_the_probe_says(server: Container, port: int) -> None:
    assert server.state()["Health"]["Status"] == "healthy"
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        for service in ("", SERVICE):
            reply = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service), timeout=5)
            assert reply.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_names_the_services(server: Container, port: int) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        assert {SERVICE, "grpc.health.v1.Health"} <= set(ProtoReflectionDescriptorDatabase(channel).get_services())


def test_an_article_gives_three_briefs(server: Container, port: int) -> None:
    with korotko.Client(f"127.0.0.1:{port}") as client:
        summary = client.summarize(ARTICLE, targets=("en", "uk", "ru"))
    assert not summary.errors
    assert all(summary[language].text.strip() for language in ("en", "uk", "ru"))


def test_stopping_answers_the_call_inside(podman: Podman, image: str) -> None:
    port, metrics_port = free_port(), free_port()
    variables = (f"KOROTKO_PORT={port}", f"KOROTKO_METRICS_PORT={metrics_port}")
    options = [word for variable in variables for word in ("--env", variable)]
    with (
        podman.container(image, "--network", "host", *options) as container,
        korotko.Client(f"127.0.0.1:{port}") as client,
        ThreadPoolExecutor() as callers,
    ):
        container.wait_until_healthy()
        texts = [f"{number}. {sentence}" for number, sentence in enumerate(ARTICLE.split(". ") * 20)][:150]
        call = callers.submit(lambda: client.translate_many(texts, target="uk", timeout=GRACE_SECONDS))
        wait_for(lambda: "korotko_calls_inside 1.0" in metrics(metrics_port))
        podman("stop", "--time", str(GRACE_SECONDS), container.name)
        assert [outcome.error for outcome in call.result(timeout=5)] == [None] * len(texts)
        assert container.state()["ExitCode"] == 0
        finished = [line["event"] for line in container.log() if line["event"] in ("draining", "call", "stopped")]
        assert finished == ["draining", "call", "stopped"], "the call was over before the signal came"


def test_it_serves_without_any_network(podman: Podman, image: str) -> None:
    with podman.container(image, "--network", "none") as container:
        container.wait_until_healthy()
        assert container.inside("korotko", "health") == "serving"


def test_mounted_models_serve_beside_those_of_the_image(podman: Podman, image: str, folder: Path) -> None:
    mine = shutil.copytree(ROOT / "seeds/models/starter", folder / "models/mine")
    description = (mine / "model.toml").read_text(encoding="utf-8")
    (mine / "model.toml").write_text(re.sub(r'(?m)^name = ".*"', 'name = "mine"', description, count=1), encoding="utf-8")
    for path in (mine.parent, *mine.parent.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    listed = podman.run(image, "models", "list", options=["--volume", f"{mine.parent}:/models:ro"])
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["korotko-starter", "mine"], listed.stderr


def test_the_models_of_the_image_are_whole(podman: Podman, image: str) -> None:
    verified = podman.run(image, "models", "verify")
    assert (verified.returncode, verified.stdout) == (0, "korotko-starter: ok\n"), verified.stderr


def test_a_bad_setting_stops_the_start_and_is_named(podman: Podman, image: str) -> None:
    refused = podman.run(image, options=["--env", "KOROTKO_PROT=50051"])
    assert refused.returncode == 78
    assert "KOROTKO_PROT" in refused.stderr


def say(capsys: pytest.CaptureFixture[str], figure: str) -> None:
    """Print a measurement past pytest's capture: it is a result of these tests as well."""
    with capsys.disabled():
        print(f"\n  {figure}")


def metrics(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as reply:
        return str(reply.read(), "utf-8")


def wait_for(happened: Callable[[], bool]) -> None:
    expires = time.monotonic() + START_SECONDS
    while not happened():
        assert time.monotonic() < expires
        time.sleep(0.02)
