"""The only home of threads: a pool whose threads each run one blocking call at a time, awaited from the event loop."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
# The pool whose turns are taken, and the turn of the call that this task belongs to.
_turn: ContextVar[tuple["WorkerPool", asyncio.Lock] | None] = ContextVar("turn", default=None)
# A sentence or two. Reading or checking them takes well below a millisecond.
_SHORT_CHARACTERS = 1000


class WorkerPool:
    """Threads for blocking work. The threads start with the first call and end with the pool."""

    def __init__(self, *, size: int, name: str) -> None:
        self.size = size
        self._threads = ThreadPoolExecutor(max_workers=size, thread_name_prefix=name)

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` on a free thread. A caller that is cancelled stops waiting; work that has begun ends by itself."""
        async with self._own_turn():
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def run_text(self, work: Callable[[], T], *, characters: int) -> T:
        """Pure work over that much text: at once where it is short, because the hop to a thread would cost more than the work."""
        return work() if characters <= _SHORT_CHARACTERS else await self.run(work)

    @contextmanager
    def taking_turns(self) -> Iterator[None]:
        """The block and the tasks that it starts give this pool one piece of work at a time.

        So a call of many long texts, seconds of work, has one place in the queue for a thread, and the others have theirs.
        """
        before = _turn.set((self, asyncio.Lock()))
        try:
            yield
        finally:
            _turn.reset(before)

    def _own_turn(self) -> AbstractAsyncContextManager[object]:
        pool, turn = _turn.get() or (None, None)
        # A task that began in a call, such as a model's loading, may outlive it and use other pools.
        return turn if turn is not None and pool is self else nullcontext()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wait for running work, off the event loop so that its results can still be delivered."""
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
