"""The server as an operator runs it: a process with an environment, a log and an exit status."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.integration.wire import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
STARTER = next((ROOT / "seeds/models").glob("*/model.toml")).parent
SERVE = ("-m", "korotko_service", "serve", "--host", "127.0.0.1", "--port", "0")


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without Korotko's settings, plus the given ones."""
    return {key: value for key, value in os.environ.items() if not key.startswith("KOROTKO_")} | variables


def children(pid: int) -> list[int]:
    """The child processes of a process that still exist."""
    lists = [path.read_text(encoding="ascii").split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for each in lists for child in each]


def lives(pid: int) -> bool:
    """Whether a process runs, and is not a zombie that nobody has reaped yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def happens(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true before the time is up."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


class ServerProcess:
    """A running server. Its log is read all the time, so that it never blocks, and kept; leaving the block kills it if it still runs."""

    def __init__(self, arguments: Sequence[str] = SERVE, variables: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(**(variables or {})),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, name="log-reader")
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.finished()
        assert self._process.stdin
        assert self._process.stderr
        self._process.stdin.close()
        self._process.stderr.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        """All that the server has written so far."""
        return "\n".join(self.lines)

    @property
    def address(self) -> str:
        """Where it listens; waits until it serves."""
        return f"127.0.0.1:{self.event('serving')['port']}"

    def event(self, name: str, **facts: object) -> dict[str, Any]:
        """The first line of the log with that event and these facts; waits for it."""
        return self._line(lambda entry: entry.get("event") == name and all(entry.get(key) == value for key, value in facts.items()))

    def tell(self, word: str) -> None:
        """Write a line to its standard input."""
        assert self._process.stdin
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def reload(self) -> None:
        self._process.send_signal(signal.SIGHUP)

    def finished(self) -> int:
        """Its exit status; waits for it."""
        status = self._process.wait(PATIENCE_SECONDS)
        self._reader.join()
        return status

    def _line(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        seen = 0
        with self._news:
            while True:
                for line in self.lines[seen:]:
                    seen += 1
                    if line.startswith("{") and wanted(entry := json.loads(line)):
                        return dict(entry)
                assert not self._ended, f"the server ended:\n{self.log}"
                assert self._news.wait(PATIENCE_SECONDS), f"the server never said so:\n{self.log}"

    def _read(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()
