"""What is measured with: sentences of the seed articles in every direction, and a server of its own on a free port."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from korotko_service.text.segmentation import segment

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "uk", "ru")
_START_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One sentence and the direction it is translated in."""

    text: str
    source: str
    target: str


def sentences() -> list[Work]:
    """Every sentence of the seed articles into the two other languages, directions interleaved as mixed traffic would be."""
    lists = []
    for source in LANGUAGES:
        document = segment((ROOT / f"seeds/articles/{source}.txt").read_text(encoding="utf-8"))
        texts = [document.segment_text(index) for index in range(len(document.segments))]
        lists += [[Work(text=text, source=source, target=target) for text in texts] for target in LANGUAGES if target != source]
    longest = max(map(len, lists))
    return [work[index] for index in range(longest) for work in lists if index < len(work)]


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    """A server process with the default settings; gives its address, ends it with SIGTERM."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder, "port")
        command = ("-m", "korotko_service", "serve", "--host", "127.0.0.1", "--port", "0", "--port-file", str(port_file))
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=asyncio.subprocess.DEVNULL)
        try:
            yield f"127.0.0.1:{await _port(process, port_file)}"
        finally:
            process.terminate()
            await process.wait()


async def _port(process: asyncio.subprocess.Process, port_file: Path) -> int:
    for _ in range(_START_SECONDS * 10):
        if process.returncode is not None:
            raise SystemExit(f"the server ended with status {process.returncode}; run `make serve` to see why")
        if port := _written(port_file):
            return port
        await asyncio.sleep(0.1)
    raise SystemExit(f"the server was not ready within {_START_SECONDS} s")


def _written(port_file: Path) -> int:
    """The port in the file; 0 while it is not there or not complete."""
    text = port_file.read_text(encoding="ascii") if port_file.exists() else ""
    return int(text) if text.endswith("\n") else 0
