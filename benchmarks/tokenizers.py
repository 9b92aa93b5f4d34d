"""Which library should tokenize: sentencepiece, tokenizers or transformers, on the same vocabulary. `python -m benchmarks.tokenizers`

Needs the `convert` extra. Prints the cost of a sentence and of the import; docs/parity.md quotes it.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import sentencepiece

from benchmarks.material import sentences
from tests import vocabularies

WINDOWS, WINDOW_SECONDS = 5, 1.0
IMPORTS = {
    "sentencepiece": "import sentencepiece",
    "tokenizers": "import tokenizers",
    "transformers": "from transformers import AutoTokenizer",
}


def main() -> None:
    texts = sorted({work.text for work in sentences()})
    with tempfile.TemporaryDirectory() as folder:
        ways = _ways(Path(folder))
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(WINDOWS):  # Interleaved, so that other work on the machine affects all alike.
            for name, encode in ways.items():
                times[name].append(_microseconds(encode, texts))
    print(f"{len(texts)} sentences of the seed articles, {WINDOWS} windows of {WINDOW_SECONDS:.0f} s each, median (least to greatest)")
    for name, each in times.items():
        print(f"{name:32} {median(each):7.1f} µs a sentence ({min(each):.1f} to {max(each):.1f})")
    for name, statement in IMPORTS.items():
        print(f"import {name:25} {median(_import_milliseconds(statement) for _ in range(WINDOWS)):7.0f} ms")


def _ways(folder: Path) -> dict[str, Callable[[str], object]]:
    import transformers  # noqa: PLC0415  # Otherwise --help alone would pay for the import.

    path = folder / "spiece.model"
    vocabularies.pieces(path, 2000, pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(path))
    fast, slow = transformers.T5TokenizerFast(str(path)), transformers.T5Tokenizer(str(path), legacy=True)
    return {
        "sentencepiece": lambda text: pieces.encode(text, out_type=str),
        "tokenizers": lambda text: fast.backend_tokenizer.encode(text).tokens,
        "transformers, fast (T5)": lambda text: fast(text).tokens(),
        "transformers, slow (T5)": slow.tokenize,
    }


def _microseconds(encode: Callable[[str], object], texts: list[str]) -> float:
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < WINDOW_SECONDS:
        for text in texts:
            encode(text)
        done += len(texts)
    return (time.perf_counter() - started) / done * 1e6


def _import_milliseconds(statement: str) -> float:
    """The import in a fresh interpreter."""
    script = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    return float(answer.stdout) * 1000


if __name__ == "__main__":
    main()
