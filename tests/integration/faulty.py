"""An engine for worker processes that fails in native code as a word of its text says.

SEGFAULT reads address 0; HANG never returns and keeps the interpreter's lock; ERROR raises and quotes its text; WAIT, like HANG, creates
`entered` in the model's folder, and goes on once `go` is there. DEVOUR takes a gigabyte for a moment, LEAK keeps 20 MB for good.
Everything else comes back in capitals. The server over it is in `faulty_server`, so that the worker does not import the server.
"""

import ctypes
import mmap
import os
import shutil
import time
from collections.abc import Sequence as SequenceOf
from pathlib import Path

from korotko_service.engines import manifest as manifests
from korotko_service.engines.engine import DecodingOptions, FinishReason, Generation, Sequence
from korotko_service.engines.isolated import IsolatedEngine
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement

LOADER = "tests.integration.faulty:load"
SERVER = ("-m", "tests.integration.faulty_server")
PATIENCE_SECONDS = 60.0
_BROKEN, _SLOW = "broken", "slow"


class Faulty:
    """The engine inside the worker."""

    def __init__(self, manifest: Manifest, placement: Placement) -> None:
        self._folder = manifest.folder
        self._leaked: list[bytearray] = []
        self.weights: mmap.mmap | None = None
        self.replicas = placement.replicas
        if (self._folder / _BROKEN).exists():
            raise RuntimeError("the model cannot be loaded")
        if (self._folder / _SLOW).exists():
            self._wait()

    def count(self, text: str) -> int:
        return words(text)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        return [self._generation(sequence.text) for sequence in sequences]

    def warm_up(self) -> None:
        """Nothing: trial sentences are tested with the starter."""

    def close(self) -> None:
        """Nothing: the process ends."""

    def _generation(self, text: str) -> Generation:
        if "WAIT" in text:
            self._wait()
        if "SEGFAULT" in text:
            ctypes.string_at(0)
        if "HANG" in text:
            (self._folder / "entered").touch()
            ctypes.PyDLL(None).pause()
        if "DEVOUR" in text:
            bytearray(10**9)
        if "LEAK" in text:
            self._leaked.append(bytearray(20_000_000))
        if "ERROR" in text:
            raise RuntimeError(f"choked on: {text}")
        return Generation(text=text.upper(), score=-0.5, length=words(text), finish_reason=FinishReason.END)

    def _wait(self) -> None:
        (self._folder / "entered").touch()
        end = time.monotonic() + PATIENCE_SECONDS
        while not (self._folder / "go").exists():
            if time.monotonic() > end:
                os._exit(3)
            time.sleep(0.005)


def load(manifest: Manifest, placement: Placement) -> Faulty:
    """What the worker process calls."""
    return Faulty(manifest, placement)


def deadly(manifest: Manifest, placement: Placement) -> Faulty:
    """Does not survive loading."""
    os._exit(9)


def reserving(manifest: Manifest, placement: Placement) -> Faulty:
    """Reserves half a gigabyte for its weights and touches none of it, as MKL does on Intel's processors."""
    engine = Faulty(manifest, placement)
    engine.weights = mmap.mmap(-1, 500_000_000, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return engine


def words(text: str) -> int:
    """Length of a text: its words and an end."""
    return len(text.split()) + 1


def isolated(
    manifest: Manifest,
    *,
    replicas: int = 1,
    max_batch_seconds: float = PATIENCE_SECONDS,
    memory_bytes: int = 0,
    loader: str = LOADER,
) -> IsolatedEngine:
    """The engine in a process of its own, started."""
    placement = Placement(replicas=replicas, memory_bytes=memory_bytes)
    engine = IsolatedEngine(manifest, placement, counter=lambda: words, max_batch_seconds=max_batch_seconds, loader=loader)
    engine.start()
    return engine


class Folder:
    """A copy of the starter's model folder, and the marker files that the engine and a test leave in it."""

    def __init__(self, starter: Path, path: Path) -> None:
        shutil.copytree(starter, path, copy_function=lambda source, target: Path(target).symlink_to(source))
        self.path = path
        self.manifest = manifests.read(path)

    @property
    def entered(self) -> bool:
        """Whether a worker is working on a text that waits."""
        return (self.path / "entered").exists()

    def go(self) -> None:
        """Let whatever waits go on, now and from now on."""
        (self.path / "go").touch()

    def spoil(self) -> None:
        """From now on no worker can be started."""
        (self.path / _BROKEN).touch()

    def slow_down(self) -> None:
        """From now on a worker waits while it loads, as it does on a text with WAIT."""
        (self.path / _SLOW).touch()

    def mend(self) -> None:
        """From now on workers can be started again."""
        (self.path / _BROKEN).unlink()
