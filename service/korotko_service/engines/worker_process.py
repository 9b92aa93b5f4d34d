"""The inside of a worker process: one engine, a thread for each replica's line to the server, and an end when the server ends.

Started by worker.py as `python -P -m korotko_service.engines.worker_process SERVER_PID CONTROL_FD LINE_FD...`. It holds no port, writes no
log and imports nothing of the server's: what it has to say goes over the lines.
"""

import ctypes
import errno
import os
import re
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence as SequenceOf
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from korotko_service.engines import frames, manifest as manifests
from korotko_service.engines.engine import DecodingOptions, Engine, Sequence
from korotko_service.engines.placement import Placement
from korotko_service.errors import InvalidRequest, ModelInvalid

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>.
# Added to the score by which the kernel chooses what to kill when memory runs out (0 to 1000): this process before the server.
_FIRST_TO_GO = 500
_OOM_SCORE = Path("/proc/self/oom_score_adj")
_STATUS = Path("/proc/self/status")
# The exit status of a process that did not get the memory it needed.
OUT_OF_MEMORY = errno.ENOMEM
# How CTranslate2 and the libraries below it say so; Python has a MemoryError.
_NO_MEMORY = re.compile(r"\b(mkl_malloc|bad_alloc|failed to allocate|out[ _]of[ _]memory)\b", re.IGNORECASE)


def main(arguments: SequenceOf[str]) -> None:
    """Load what the first message asks for, then answer until the server closes the control line or is gone."""
    server, control, *lines = map(int, arguments)
    _end_with(server)
    _yield_memory()
    connection = socket.socket(fileno=control)
    try:
        engine = _engine(frames.receive(connection))
    except Exception as error:
        if _is_out_of_memory(error):
            os._exit(OUT_OF_MEMORY)
        with suppress(OSError):
            frames.send(connection, _as_message(error))
        os._exit(0)
    for line in lines:
        threading.Thread(target=_serve, args=(engine, socket.socket(fileno=line)), daemon=True).start()
    frames.send(connection, {"replicas": engine.replicas})
    with suppress(EOFError, OSError, frames.Garbled):
        frames.receive(connection)
    # Not an orderly exit: a thread may hang in native code, and nothing here is worth saving.
    os._exit(0)


def order(*, manifest: manifests.Manifest, placement: Placement, loader: str) -> dict[str, Any]:
    """The first message: what to load, and how `loader` ("module:function" of manifest and placement) is found."""
    return {
        "folder": str(manifest.folder),
        "identity": repr(manifest.identity),
        "placement": frames.plain(placement),
        "loader": loader,
        "paths": sys.path,
    }


def _engine(order: Mapping[str, Any]) -> Engine:
    manifest = manifests.read(Path(order["folder"]))
    if repr(manifest.identity) != order["identity"]:
        raise ModelInvalid(f"{manifest.folder}: model.toml was changed since the server read it; send SIGHUP to reload")
    manifests.verify(manifest)
    placement = frames.value(Placement, order["placement"])
    sys.path += [path for path in order["paths"] if path not in sys.path]
    module, _, name = str(order["loader"]).partition(":")
    load: Callable[[manifests.Manifest, Placement], Engine] = getattr(import_module(module), name)
    if 0 < placement.memory_bytes < sum((manifest.folder / name).stat().st_size for name in manifest.files):
        raise MemoryError  # before the load fills the container with it
    engine = load(manifest, placement)
    _bound_memory(placement.memory_bytes)
    return engine


def _serve(engine: Engine, line: socket.socket) -> None:
    """One request after the other; the number that came goes back with the answer."""
    while True:
        try:
            request = frames.receive(line)
            frames.send(line, {"number": request["number"], **_answer(engine, request)})
        except (EOFError, OSError):
            os._exit(0)
        except BaseException:
            os._exit(1)  # The answer cannot be sent: a dead worker is noticed at once, a silent one is not.


def _answer(engine: Engine, request: Mapping[str, Any]) -> dict[str, Any]:
    try:
        if request["call"] == "warm_up":
            engine.warm_up()
            return {"done": True}
        sequences = [frames.value(Sequence, each) for each in request["sequences"]]
        generations = engine.generate(sequences, frames.value(DecodingOptions, request["options"]))
        return {"generations": [frames.plain(each) for each in generations]}
    except Exception as error:
        if _is_out_of_memory(error):
            # A process that has leaked all its memory must not go on refusing everybody; the next one starts with all of it.
            os._exit(OUT_OF_MEMORY)
        return _as_message(error)


def _as_message(error: Exception) -> dict[str, Any]:
    """An error as a message. Only refusals that are meant for callers or operators keep their words; others might quote a text."""
    match error:
        case InvalidRequest():
            return {"refused": type(error).__name__, "message": error.message, "metadata": dict(error.metadata)}
        case ModelInvalid():
            return {"invalid": str(error)}
    return {"failed": type(error).__name__, "where": _place(error)}


def _place(error: Exception) -> str:
    """File, line and function that raised it: what an operator needs, and nothing that could quote a text."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}" if trace else ""


def _end_with(server: int) -> None:
    """Ignore signals from the terminal or the service manager, which make the server drain, and end when the server ends.

    The kernel's signal at a parent's death also ends a process whose native code hangs with the interpreter's lock.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(0)


def _yield_memory() -> None:
    """Be killed before the server. Raising one's own score needs no privilege; without /proc the kernel goes by size, mostly the same."""
    with suppress(OSError, ValueError):
        _OOM_SCORE.write_text(str(min(1000, int(_OOM_SCORE.read_text(encoding="ascii")) + _FIRST_TO_GO)), encoding="ascii")


def _bound_memory(limit: int) -> None:
    """Let the kernel refuse memory for data over the limit (bytes): this process then fails alone, before its whole container is full.

    RLIMIT_DATA and not RLIMIT_AS, because address space that is only reserved, as allocators do for each thread, costs nothing. Data that
    loading the model reserved but did not touch is allowed on top: on Intel's processors MKL reserves some twenty times what it packs
    weights into.
    """
    if limit:
        reserved, touched = _data()
        if touched > limit:
            raise MemoryError
        allowed = limit + max(0, reserved - touched)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))


def _data() -> tuple[int, int]:
    """Bytes of data that this process has reserved, and those of them that it has touched; 0 and 0 where the kernel does not tell."""
    try:
        said = dict(re.findall(r"^(VmData|RssAnon):\s*(\d+) kB$", _STATUS.read_text(encoding="ascii"), re.MULTILINE))
        return int(said["VmData"]) * 1024, int(said["RssAnon"]) * 1024
    except (OSError, KeyError):
        return 0, 0


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError | ModelInvalid) and bool(_NO_MEMORY.search(str(error))))


if __name__ == "__main__":
    main(sys.argv[1:])
