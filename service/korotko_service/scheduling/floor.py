"""The floor of one engine: batches share it, or one has it alone, so that it is certain what was inside when a worker died."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Floor:
    """Many together or one alone. One that asks to be alone goes first: newcomers wait until it is done."""

    def __init__(self) -> None:
        self._inside = 0
        self._alone = False
        self._wanted_alone = 0
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def shared(self) -> AsyncIterator[None]:
        """Inside with others."""
        while self._alone or self._wanted_alone:
            await self._change()
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            self._changed.set()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Inside with nobody else."""
        self._wanted_alone += 1
        try:
            while self._alone or self._inside:
                await self._change()
            self._alone = True
        finally:
            self._wanted_alone -= 1
            self._changed.set()
        try:
            yield
        finally:
            self._alone = False
            self._changed.set()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
