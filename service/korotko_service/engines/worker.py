"""One worker process, seen from the server: started, asked over one line for each replica, killed, and why it died.

A line carries one question at a time and its number comes back with the answer, so no answer can reach another question.
"""

import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

from korotko_service import errors
from korotko_service.engines import frames
from korotko_service.engines.engine import EngineFailed, WorkerLost
from korotko_service.engines.worker_process import OUT_OF_MEMORY
from korotko_service.errors import InvalidRequest, ModelInvalid

# Longer than any load seen; a start that takes longer hangs, on a dead disk for example.
_START_SECONDS = 600.0
# How long a dying process may take to end after it has closed its last line.
_END_SECONDS = 10.0
# Signals that failing native code does not raise: they come from another process, or from the kernel when memory runs out.
_SENT = frozenset((signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
# The cause that is given for a process that ran out of memory.
NO_MEMORY = "out of memory"
_numbers = count(1)


class Worker:
    """A worker process. `number` is unique among those that this server started."""

    def __init__(self, process: "subprocess.Popen[bytes]", control: socket.socket, lines: tuple[socket.socket, ...]) -> None:
        self.number = next(_numbers)
        self._process = process
        self._control = control
        self._lines = lines
        self._free = deque(lines)
        self._asked = count(1)
        self._hung_seconds: float | None = None
        self._ended = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def started(self, order: Mapping[str, Any]) -> int:
        """Send the order and wait until the engine is loaded; returns its replicas. ModelInvalid if it says so, WorkerLost if it died."""
        with self._heard(within_seconds=_START_SECONDS):
            self._control.settimeout(_START_SECONDS)
            frames.send(self._control, order)
            replicas = _unwrapped(frames.receive(self._control))["replicas"]
        return min(int(replicas), len(self._lines))

    def ask(self, question: Mapping[str, Any], *, seconds: float) -> dict[str, Any]:
        """The answer. An engine's error is raised; WorkerLost if the process died, sent nonsense or took longer than `seconds`."""
        if not self.alive:
            raise self._lost(begun=False)
        line, number = self._free.popleft(), next(self._asked)
        try:
            with self._heard(within_seconds=seconds):
                line.settimeout(seconds)
                frames.send(line, {**question, "number": number})
                answer = frames.receive(line)
                if answer.pop("number", None) != number:
                    raise frames.Garbled("another question's answer")
        finally:
            self._free.append(line)
        return _unwrapped(answer)

    def kill(self, *, hung_seconds: float | None = None) -> None:
        """End the process, whatever it is doing; whoever waits for an answer gets WorkerLost."""
        self._hung_seconds = self._hung_seconds or hung_seconds
        self._ended = True
        self._process.kill()

    def close(self) -> None:
        """End the process, wait until it has ended, and close its lines. A call in progress gets WorkerLost."""
        self.kill()
        self._process.wait()
        for each in (self._control, *self._lines):
            each.close()

    @contextmanager
    def _heard(self, *, within_seconds: float) -> Iterator[None]:
        """WorkerLost where a line falls silent, breaks or carries nonsense; a process that still lives is ended."""
        try:
            yield
        except TimeoutError:
            self.kill(hung_seconds=within_seconds)
            raise self._lost() from None
        except frames.Garbled:
            self.kill()
            raise self._lost() from None
        except (EOFError, OSError):
            raise self._lost() from None

    def _lost(self, *, begun: bool = True) -> WorkerLost:
        """Why it is gone; one that closed its lines and still runs is killed."""
        try:
            status = self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        return WorkerLost(self._cause(status), worker=self.number, begun=begun, killed=not self._ended and -status in _SENT)

    def _cause(self, status: int) -> str:
        if self._hung_seconds is not None:
            return f"no answer for {self._hung_seconds:g} s"
        if status == OUT_OF_MEMORY:
            return NO_MEMORY
        if status >= 0:
            return f"exit status {status}"
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"


def launch(*, lines: int) -> Worker:
    """A new process, not yet loaded. The calling thread must live as long as the engine: Linux ends the process with it."""
    with ExitStack() as theirs, ExitStack() as ours:
        pairs = [socket.socketpair() for _ in range(1 + lines)]
        for here, there in pairs:
            ours.enter_context(here)
            theirs.enter_context(there)
        handed = [there.fileno() for _, there in pairs]
        # -P: nothing is imported from the folder that the server was started in.
        command = [sys.executable, "-P", "-m", "korotko_service.engines.worker_process", str(os.getpid()), *map(str, handed)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=handed)  # noqa: S603  # Our own.
        ours.pop_all()
        return Worker(process, pairs[0][0], tuple(here for here, _ in pairs[1:]))


def _unwrapped(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, or the engine's error raised as it was."""
    if "invalid" in answer:
        raise ModelInvalid(answer["invalid"])
    if "refused" in answer:
        kind = getattr(errors, str(answer["refused"]), InvalidRequest)
        raise kind(answer["message"], **answer["metadata"])
    if "failed" in answer:
        raise EngineFailed(f"{answer['failed']} in {answer['where']}")
    return answer
