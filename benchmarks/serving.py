"""The servers that are measured, each a process of its own on a free port: ours with its defaults, and peers in environments of theirs."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import grpc

from benchmarks.material import ROOT
from benchmarks.processes import tree
from korotko.v1 import service_pb2_grpc, translate_pb2

_PATIENCE_SECONDS = 120.0
_FIRST_ANSWER_SECONDS = 20.0
_STOP_SECONDS = 8.0
_TEXT = "The ministers agreed on Monday."


class NoServer(Exception):
    """A server that did not start or did not answer; the message says what to try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A server to measure: its name, how it is called (gRPC if `path` is empty), and its command except for the port."""

    name: str
    command: tuple[str, ...]
    path: str = ""
    shapes: tuple[str, ...] = ("sentence",)
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def installed(self) -> bool:
        return Path(self.command[0]).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that has answered; `ready_seconds` from its launch to its first answer."""

    address: str
    pid: int
    ready_seconds: float


def _peer(name: str, path: str, *options: str) -> Arm:
    python = ROOT / ".bench" / name / "bin/python"
    return Arm(name=name, path=path, command=(str(python), str(ROOT / f"benchmarks/peers/with_{name}.py"), *options))


_SERVE = (sys.executable, "-m", "korotko_service", "serve", "--host", "127.0.0.1", "--port")
OURS = Arm(name="korotko", shapes=("sentence", "article"), command=_SERVE)
# With the checks, but without decoding again what fails them: the engine's work is then that of the raw engine and of the peers.
UNREPAIRED = Arm(name="korotko, repair off", command=_SERVE, variables=(("KOROTKO_REPAIR", "false"),))
PEERS = {
    peer.name: peer
    for peer in (
        _peer("transformers", "/translate"),
        _peer("fastapi", "/translate"),
        _peer("mosec", "/inference", "--port"),
        _peer("litserve", "/predict"),
        _peer("ray", "/"),
        _peer("libretranslate", "/translate"),
    )
}


@contextmanager
def serve(arm: Arm, **variables: str) -> Iterator[Running]:
    """A server process until the end of the block; Korotko's settings in this process's environment do not reach it."""
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KOROTKO_")}
    environment |= dict(arm.variables) | variables
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        [*arm.command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await_answer(arm, process, port)
        yield Running(address=f"127.0.0.1:{port}", pid=process.pid, ready_seconds=time.perf_counter() - begun)
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(arm: Arm, process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.perf_counter() + _PATIENCE_SECONDS
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise SystemExit(
                f"{arm.name} ended with status {process.returncode}; run it by hand to see why: {' '.join(arm.command)} {port}"
            )
        with suppress(OSError, grpc.RpcError):
            if _answers(arm, port):
                return
        time.sleep(0.02)
    raise NoServer(f"{arm.name} gave no answer within {_PATIENCE_SECONDS:.0f} s")


def _answers(arm: Arm, port: int) -> bool:
    if not arm.path:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            request = translate_pb2.TranslateRequest(texts=[_TEXT], source_language_code="en", target_language_code="uk")
            reply = service_pb2_grpc.KorotkoServiceStub(channel).Translate(request, timeout=_FIRST_ANSWER_SECONDS)
            return bool(reply.results[0].translation.text)
    body = json.dumps({"text": _TEXT, "q": _TEXT, "source": "en", "target": "uk"}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{arm.path}", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=_FIRST_ANSWER_SECONDS) as reply:  # noqa: S310
        return "transl" in reply.read().decode()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, then kill what is left of its processes, so that none of them remains for the next arm."""
    family = tree(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
    process.wait()
