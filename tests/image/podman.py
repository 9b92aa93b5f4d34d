"""Podman, as these tests use it: builds without privileges of its own, containers on the host's network, nothing left behind."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD_SECONDS = 1800
START_SECONDS = 60
# As tight as an orchestrator's strictest policy. The limits on files and processes are low enough for a host that is confined itself.
_CONFINED = ("--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges")
_LIMITS = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024")
# Settings of pip that mean the same inside a build; paths of this machine would not.
_INDEX_SETTINGS = ("index-url", "extra-index-url", "trusted-host", "proxy")


class PodmanFailed(AssertionError):
    """A command of podman's that should have worked, with what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Podman:
    """The command with its storage: `options` empty means the user's own."""

    options: tuple[str, ...] = ()

    def __call__(self, *arguments: str, seconds: float = 120) -> str:
        """What the command prints; PodmanFailed where it ends with an error."""
        result = self.attempt(*arguments, seconds=seconds)
        if result.returncode:
            raise PodmanFailed(f"podman {' '.join(arguments)}\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}")
        return result.stdout.strip()

    def attempt(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """The command's end, whatever it is."""
        # Health checks are asked for by the tests; podman would set up timers of systemd, which not every host runs.
        environment = os.environ | {"DISABLE_HC_SYSTEMD": "true"}
        command = ["podman", *self.options, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False)

    def build(self, *, base: str, tag: str, folder: Path) -> None:
        """The image of this repository on the given base, with the index settings that pip has here."""
        self(
            "build",
            *("--format", "docker", "--isolation", "chroot", "--layers=false"),
            *("--build-arg", f"BASE_IMAGE={base}", "--tag", tag),
            *_pip_settings(folder),
            str(ROOT),
            seconds=BUILD_SECONDS,
        )

    @contextmanager
    def container(self, image: str, *options: str) -> Iterator["Container"]:
        """A server under way, confined; gone when the block ends."""
        name = self("run", "--detach", *_CONFINED, *_LIMITS, *options, image)
        try:
            yield Container(podman=self, name=name)
        finally:
            self("rm", "--force", "--time", "5", name)

    def run(self, image: str, *arguments: str, options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        """One command of the image to its end, confined and without a network."""
        return self.attempt("run", "--rm", "--network", "none", *_CONFINED, *_LIMITS, *options, image, *arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A running container."""

    podman: Podman
    name: str

    def inside(self, *command: str) -> str:
        """What a command prints that runs beside the server."""
        return self.podman("exec", self.name, *command)

    def state(self) -> dict[str, Any]:
        """Podman's own view: Status, ExitCode, StartedAt, Health."""
        return dict(json.loads(self.podman("inspect", "--format", "{{json .State}}", self.name)))

    def log(self) -> list[dict[str, Any]]:
        """The server's log, oldest line first."""
        output = self.podman.attempt("logs", self.name)
        return [json.loads(line) for line in (output.stdout + output.stderr).splitlines() if line.startswith("{")]

    def wait_until_healthy(self) -> None:
        """Ask the image's own health probe until it says yes."""
        expires = time.monotonic() + START_SECONDS
        while self.podman.attempt("healthcheck", "run", self.name).returncode:
            if time.monotonic() > expires or self.state()["Status"] != "running":
                raise PodmanFailed(f"not healthy: {self.podman.attempt('logs', self.name).stderr[-4000:]}")
            time.sleep(0.2)


def with_storage(*, images: Path, running: str) -> Podman:
    """Podman with folders of its own; the plain copying driver works on any file system. `running` has 50 characters at most."""
    return Podman(options=("--root", str(images), "--runroot", running, "--storage-driver", "vfs", *runtime()))


def runtime() -> tuple[str, ...]:
    """runc where it is installed: it also runs where crun is refused what it asks of the kernel."""
    return ("--runtime", "runc") if shutil.which("runc") else ()


def import_debian(podman: Podman, *, tag: str, folder: Path) -> None:
    """A base image from the distribution's packages: what stands in for the official one where no image registry is at hand."""
    packages = "python3,python3-venv,ca-certificates"
    command = ["debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=BUILD_SECONDS)
    archive = folder.with_suffix(".tar")
    left_out = ("--exclude=./var/cache/apt/archives/*.deb", "--exclude=./var/cache/apt/*.bin", "--exclude=./var/lib/apt/lists/*_*")
    subprocess.run(["tar", "-C", str(folder), *left_out, "-cf", str(archive), "."], check=True, timeout=600)
    shutil.rmtree(folder)
    podman("import", str(archive), tag, seconds=600)
    archive.unlink()


def free_port() -> int:
    """A port of this host that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _pip_settings(folder: Path) -> list[str]:
    """Build options that carry pip's index settings, and the root certificates if pip was given some, as secrets of the build."""
    listed = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    found = [line.partition("=") for line in listed.splitlines()]
    settings = {key.rpartition(".")[2]: value.strip("'\"") for key, _, value in found}
    lines = [f"{key} = {settings[key]}" for key in _INDEX_SETTINGS if key in settings and "file:" not in settings[key]]
    options = []
    if roots := settings.get("cert") or ssl.get_default_verify_paths().cafile:
        lines.append("cert = /run/secrets/ca.pem")
        options += ["--secret", f"id=ca.pem,src={roots}"]
    path = folder / "pip.conf"
    path.write_text("\n".join(["[global]", *lines, ""]), encoding="utf-8")
    return [*options, "--secret", f"id=pip.conf,src={path}"]
