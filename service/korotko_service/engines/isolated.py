"""Isolation: any engine in a process of its own, behind the engine protocol. What kills or hangs that process leaves the server alone."""

from collections.abc import Callable, Iterator, Sequence as SequenceOf
from contextlib import contextmanager
from typing import Any

from korotko_service.engines import frames, worker_process
from korotko_service.engines.engine import DecodingOptions, EngineFailed, Generation, Sequence, WorkerLost
from korotko_service.engines.manifest import Manifest
from korotko_service.engines.placement import Placement
from korotko_service.engines.worker import NO_MEMORY, Worker, launch
from korotko_service.errors import ModelInvalid

# What makes the engine there, given a manifest and a placement.
LOADER = "korotko_service.engines.loading:placed"
_WARM_UP_SECONDS = 600.0  # Longer than any warm-up seen: a model that has not finished its trial sentences by then hangs.


class IsolatedEngine:
    """One model in one process with all its replicas, so that the weights are in memory once. Call `start` first."""

    def __init__(
        self,
        manifest: Manifest,
        placement: Placement,
        *,
        counter: Callable[[], Callable[[str], int]],
        max_batch_seconds: float,
        loader: str = LOADER,
    ) -> None:
        """`counter` makes the token counter, which is in the server because every sentence is counted, once the files are verified.

        A batch that takes longer than `max_batch_seconds` counts as hung.
        """
        self._order = worker_process.order(manifest=manifest, placement=placement, loader=loader)
        self._folder = manifest.folder
        self._memory_bytes = placement.memory_bytes
        self._lines = placement.replicas * len(placement.device_indices)
        self._counter = counter
        self._count: Callable[[str], int] | None = None
        self._max_batch_seconds = max_batch_seconds
        self._worker: Worker | None = None
        self._newest: Worker | None = None
        self._replicas = 0
        self._closed = False

    @property
    def replicas(self) -> int:
        return self._replicas

    @property
    def pid(self) -> int | None:
        """The process that holds the model now."""
        return self._newest.pid if self._newest else None

    def start(self) -> None:
        """Start the process and load the model; blocks. ModelInvalid where it cannot be loaded or the process dies of it."""
        self._worker = self._launched(warm=False)

    def _launched(self, *, warm: bool) -> Worker:
        worker = self._newest = launch(lines=self._lines)
        if self._worker:
            self._worker.close()
        try:
            if self._closed:
                worker.kill()
            with self._survived("while it loaded"):
                self._replicas = worker.started(self._order)
            self._count = self._count or self._counter()
            if warm:
                self._warm(worker)
        except BaseException:
            worker.close()
            raise
        return worker

    def restart(self) -> None:
        """Start and warm up a new process in place of one that is gone; blocks. One thread, when every call to the old one has ended.

        Until it is warm it gets no texts: one that killed it would be reported as a fault of the model.
        """
        self._worker = self._launched(warm=True)

    def abandon(self) -> None:
        """End the process at once and for good, from any thread; whoever waits for it gets WorkerLost."""
        self._closed = True
        if self._newest:
            self._newest.kill()

    def count(self, text: str) -> int:
        assert self._count, "start() comes first"
        return self._count(text)

    def generate(self, sequences: SequenceOf[Sequence], options: DecodingOptions) -> list[Generation]:
        question = {"call": "generate", "sequences": [frames.plain(each) for each in sequences], "options": frames.plain(options)}
        worker = self._present()
        answer = worker.ask(question, seconds=self._max_batch_seconds)
        try:
            return [frames.value(Generation, each) for each in _list(answer.get("generations"))]
        except frames.Garbled:
            worker.kill()
            raise WorkerLost("it said nonsense", worker=worker.number) from None

    def warm_up(self) -> None:
        self._warm(self._present())

    def close(self) -> None:
        self._closed = True
        if self._newest:
            self._newest.close()

    def _warm(self, worker: Worker) -> None:
        with self._survived("in its trial sentences"):
            worker.ask({"call": "warm_up"}, seconds=_WARM_UP_SECONDS)

    @contextmanager
    def _survived(self, when: str) -> Iterator[None]:
        try:
            yield
        except WorkerLost as loss:
            raise ModelInvalid(f"{self._folder}: its worker process died {when}: {loss.cause}{self._bound(loss.cause)}") from loss
        except EngineFailed as failure:
            raise ModelInvalid(f"{self._folder}: its worker process failed {when}: {failure}{self._bound()}") from failure

    def _bound(self, cause: str = "") -> str:
        """The limit on memory, which may be the cause: a library that is refused memory can die in any way, so the setting is named."""
        if not self._memory_bytes:
            return ""
        allows = f"of which worker_memory_bytes allows {self._memory_bytes}"
        return f", {allows}" if cause == NO_MEMORY else f"; it may have wanted more memory, {allows}: set a higher one, or 0 for any"

    def _present(self) -> Worker:
        assert self._worker, "start() comes first"
        return self._worker


def _list(content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise frames.Garbled("no list")
    return content
