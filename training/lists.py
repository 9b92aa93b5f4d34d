"""Writes which pieces each target language may use: a decoding step then scores only those, and not the whole shared vocabulary.

CTranslate2 calls it a vocabulary map. A line applies to the sentences that contain its token, here that of the target language, so what
may be written depends on the language alone. Words whose pieces are on no list can still be spelt, in single letters.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.recipe import KINDS, LANGUAGES, PAIRS, TARGET_TOKENS
from training.shards import BACKWARD, FORWARD, Shard, Side, read_shards
from training.vocabulary import END, PAD, UNKNOWN, Vocabulary, read_vocabulary

# The name that CTranslate2 looks for in a model folder.
FILE_NAME = "vmap.txt"
# Pieces that a language writes less often are noise: other languages' names, letters and spelling mistakes.
_LEAST = 3
# Never written: CTranslate2 itself adds the end and the unknown piece to every list.
_CONTROL = {END, UNKNOWN, PAD, *TARGET_TOKENS.values()}
_SPACE = "\u2581"

Counts = Mapping[str, NDArray[np.int64]]


def write_lists(run: Path, folder: Path) -> None:
    """Write `folder`/vmap.txt from the shards of `run`."""
    vocabulary = read_vocabulary(run / "vocabulary.spm")
    shards, _sources = read_shards(run)
    lists = allowed(counts(shards, len(vocabulary)), vocabulary)
    lines = [f"{TARGET_TOKENS[language]}\t{' '.join(pieces)}\n" for language, pieces in lists.items()]
    (folder / FILE_NAME).write_text("".join(lines), encoding="utf-8")


def counts(shards: Mapping[str, Shard], size: int) -> Counts:
    """How often each language writes each of `size` pieces in the targets, without sentences that were cut at random."""
    totals = {language: np.zeros(size, dtype=np.int64) for language in LANGUAGES}
    for pair in PAIRS:
        for language, side, rows in _written(pair, shards[pair]):
            ids = side.text.ids[np.repeat(rows, np.diff(side.text.starts))]
            totals[language] += np.bincount(ids, minlength=size)
    return totals


def allowed(written: Counts, vocabulary: Vocabulary, least: int = _LEAST) -> dict[str, list[str]]:
    """The pieces of each language in the vocabulary's order: those written at least `least` times, and those that spell any text."""
    return {
        language: [
            piece
            for piece, times in zip(vocabulary.tokens, written[language].tolist(), strict=True)
            if piece not in _CONTROL and (times >= least or spells_anything(piece))
        ]
        for language in LANGUAGES
    }


def spells_anything(piece: str) -> bool:
    """Whether it is a byte, one character, or only digits and signs: these belong to no language."""
    text = piece.removeprefix(_SPACE)
    is_byte = piece.startswith("<0x") and piece.endswith(">")
    return is_byte or len(text) < 2 or not any(map(str.isalpha, text))


def _written(pair: str, shard: Shard) -> Iterator[tuple[str, Side, NDArray[np.bool_]]]:
    """Both sides of a shard with their language, and which of their sentences are targets, not only sources."""
    first, second = pair.split("-")
    whole = shard.kind != KINDS.index("sampled")
    yield first, shard.first, whole & ((shard.ways & BACKWARD) > 0)
    yield second, shard.second, whole & ((shard.ways & FORWARD) > 0)
