"""What a worker process costs against threads: `python -m benchmarks.isolation`

Both servers are warm and take turns within one run. It compares processor milliseconds of a sentence, server and worker together, because
other work on the machine changes wall time but hardly these. Repairs and the cache are off, so that both compute the same sentences.
"""

import argparse
import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import grpc

from benchmarks.material import sentences
from benchmarks.processes import cpu_seconds, memory_bytes, own_cpu_seconds
from benchmarks.serving import OURS, Running, serve
from korotko.v1 import service_pb2_grpc, translate_pb2

_SENTENCES = {1: 150, 16: 600, 64: 1200}
_KINDS = ("thread", "process")
_OFF = {"KOROTKO_CACHE_BYTES": "0", "KOROTKO_REPAIR": "false"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Processor milliseconds of a sentence: in all, and in the server alone."""

    cpu_ms: float
    server_ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--windows", type=int, default=5, help="windows of each configuration (default 5)")
    asyncio.run(_compare(parser.parse_args().windows))


async def _compare(windows: int) -> None:
    requests = [
        translate_pb2.TranslateRequest(texts=[work.text], source_language_code=work.source, target_language_code=work.target)
        for work in sentences()
    ]
    with serve(OURS, KOROTKO_ISOLATION="thread", **_OFF) as threads, serve(OURS, KOROTKO_ISOLATION="process", **_OFF) as process:
        servers = dict(zip(_KINDS, (threads, process), strict=True))
        starts = {kind: (cpu_seconds(server.pid), memory_bytes(server.pid)) for kind, server in servers.items()}
        for server in servers.values():
            await _window(server, requests, 16, 300)
        for callers, count in _SENTENCES.items():
            found: dict[str, list[Window]] = {kind: [] for kind in _KINDS}
            for _ in range(windows):
                for kind, server in servers.items():
                    found[kind].append(await _window(server, requests, callers, count))
            _print(callers, found)
        for kind, server in servers.items():
            seconds, idle = starts[kind]
            print(f"{kind:8} start {seconds:.2f} CPU s, {idle / 1e6:.0f} MB; after the load {memory_bytes(server.pid) / 1e6:.0f} MB (PSS)")


async def _window(server: Running, requests: Sequence[translate_pb2.TranslateRequest], callers: int, count: int) -> Window:
    """Closed loop: each caller sends the next sentence when its last one is answered, until `count` are."""
    turns = iter(range(count))
    work = itertools.cycle(requests)
    async with grpc.aio.insecure_channel(server.address) as channel:
        translate = service_pb2_grpc.KorotkoServiceStub(channel).Translate  # type: ignore[no-untyped-call]

        async def call_in_a_loop() -> None:
            for _ in turns:
                await translate(next(work), timeout=60)

        before = cpu_seconds(server.pid), own_cpu_seconds(server.pid)
        await asyncio.gather(*(call_in_a_loop() for _ in range(callers)))
        after = cpu_seconds(server.pid), own_cpu_seconds(server.pid)
    both, server_alone = (1000 * (late - soon) / count for soon, late in zip(before, after, strict=True))
    return Window(cpu_ms=both, server_ms=server_alone)


def _print(callers: int, found: dict[str, list[Window]]) -> None:
    for kind, windows in found.items():
        print(
            f"{callers:3} callers  {kind:8} {median(each.cpu_ms for each in windows):6.2f} CPU ms a sentence, "
            f"of them {median(each.server_ms for each in windows):.2f} in the server"
        )
    ratios = sorted(process.cpu_ms / thread.cpu_ms for thread, process in zip(found["thread"], found["process"], strict=True))
    print(f"{callers:3} callers  process / thread {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
