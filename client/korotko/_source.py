"""The source of a bulk stream: what callers may hand in, read one by one."""

from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Source = Iterable[T]
AsyncSource = Iterable[T] | AsyncIterable[T]


def each(source: Source[T]) -> Iterator[T]:
    """The items of the source, one by one; a single string is refused, since it would be an iterable of its characters."""
    _check_source(source, "an iterable")
    return iter(source)


def async_each(source: AsyncSource[T]) -> AsyncIterator[T]:
    """The same for asyncio, which takes asynchronous sources too."""
    if isinstance(source, AsyncIterable):
        return aiter(source)
    _check_source(source, "an iterable, asynchronous or not,")
    return _as_async(iter(source))


def _check_source(source: object, wanted: str) -> None:
    if isinstance(source, str | bytes):
        raise TypeError("a stream takes many texts, not one string")
    if not isinstance(source, Iterable):
        raise TypeError(f"a stream takes {wanted} of texts, not {type(source).__name__}")


def close(source: object) -> None:
    """Close a source that is a generator, in the thread or task that read it, so that it releases there what it holds open."""
    if isinstance(source, Generator):
        source.close()


async def _as_async(source: Iterator[T]) -> AsyncIterator[T]:
    try:
        for one in source:
            yield one
    finally:
        close(source)
