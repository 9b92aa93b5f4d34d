"""The only home of threads: a pool whose threads each run one blocking call at a time, awaited from the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")
# A sentence or two. Reading or checking them takes well below a millisecond.
_SHORT_CHARACTERS = 1000


class WorkerPool:
    """Threads for blocking work. The threads start with the first call and end with the pool."""

    def __init__(self, *, size: int, name: str) -> None:
        self.size = size
        self._threads = ThreadPoolExecutor(max_workers=size, thread_name_prefix=name)

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` on a free thread. A caller that is cancelled stops waiting; work that has begun ends by itself."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def run_text(self, work: Callable[[], T], *, characters: int) -> T:
        """Pure work over that much text: at once where it is short, because the hop to a thread would cost more than the work."""
        return work() if characters <= _SHORT_CHARACTERS else await self.run(work)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wait for running work, off the event loop so that its results can still be delivered."""
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
