"""Word alignment by counting: which source token each target token most likely comes from.

IBM model 1 with a preference for the diagonal, as in fast_align, over subword tokens, in both
directions; only links that both directions agree on are kept. Training shows one attention head
these links: a network that sees few tokens otherwise spends most of them on finding out where to look.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_LINK = 255
_ITERATIONS = 4
_DIAGONAL = 4.0
_LONGEST = 60
_BLOCK = 40_000


@dataclass(frozen=True, slots=True)
class Sentences:
    """Tokenized sentences: their ids end to end, and where each begins."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every meeting of a first and a second token inside a sentence pair, end to end."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    word: NDArray[np.int64]
    words: int
    prior: NDArray[np.float32]


def align(first: Sentences, second: Sentences) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For every first token its second token, and vice versa, as positions in the sentence.

    Many pairs are counted in several blocks, each a fair sample of all: memory grows with the block alone.
    """
    pairs = len(first.starts) - 1
    blocks = max(1, round(pairs / _BLOCK))
    first_links = np.full(len(first.ids), NO_LINK, dtype=np.uint8)
    second_links = np.full(len(second.ids), NO_LINK, dtype=np.uint8)
    for number in range(blocks):
        chosen = np.arange(number, pairs, blocks)
        first_part, first_places = _part(first, chosen)
        second_part, second_places = _part(second, chosen)
        first_links[first_places], second_links[second_places] = _align_block(first_part, second_part)
    return first_links, second_links


def _part(sentences: Sentences, chosen: NDArray[np.int64]) -> tuple[Sentences, NDArray[np.int64]]:
    """Some of the sentences, and where their tokens stand among all."""
    lengths = np.diff(sentences.starts)[chosen]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    places = np.arange(starts[-1]) + np.repeat(sentences.starts[chosen] - starts[:-1], lengths)
    return Sentences(sentences.ids[places], starts), places


def _align_block(first: Sentences, second: Sentences) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    cells = _cells(first, second)
    to_first = _best(cells.second, cells.first, len(second.ids), _explained(cells, cells.second, first.ids[cells.first]))
    to_second = _best(cells.first, cells.second, len(first.ids), _explained(cells, cells.first, second.ids[cells.second]))
    return _agreed(to_second, to_first, second), _agreed(to_first, to_second, first)


def _cells(first: Sentences, second: Sentences) -> _Cells:
    rows, columns = np.diff(first.starts), np.diff(second.starts)
    # Long sentences cost the most and teach the least here.
    chosen = np.flatnonzero((rows <= _LONGEST) & (columns <= _LONGEST))
    parts = [_grid(first.starts[n], rows[n], second.starts[n], columns[n]) for n in chosen]
    firsts, seconds, priors = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    pair = first.ids[firsts].astype(np.int64) << 16 | second.ids[seconds]
    found, word = np.unique(pair, return_inverse=True)
    return _Cells(firsts, seconds, word, len(found), priors)


def _grid(first: int, rows: int, second: int, columns: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The cells of one sentence pair, and how near the diagonal each lies."""
    row, column = np.divmod(np.arange(rows * columns), columns)
    distance = np.abs((row + 0.5) / rows - (column + 0.5) / columns)
    return row + first, column + second, np.exp(-_DIAGONAL * distance).astype(np.float32)


def _explained(cells: _Cells, given: NDArray[np.int64], causes: NDArray[np.uint16]) -> NDArray[np.float64]:
    """How much each cell explains its `given` token by the other side's token, after EM."""
    owner = np.zeros(cells.words, dtype=np.int64)
    owner[cells.word] = causes
    table = np.ones(cells.words)
    share = np.empty(0)
    for _ in range(_ITERATIONS):
        weight = table[cells.word] * cells.prior
        share = weight / np.bincount(given, weights=weight)[given]
        counts = np.bincount(cells.word, weights=share, minlength=cells.words)
        # The constant keeps words that were seen once from explaining everything.
        table = counts / (np.bincount(owner, weights=counts)[owner] + 1.0)
    return share


def _best(given: NDArray[np.int64], other: NDArray[np.int64], size: int, share: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each token of the given side the token of the other that explains it best; -1 for none."""
    order = np.argsort(share)
    best = np.full(size, -1, dtype=np.int64)
    best[given[order]] = other[order]
    return best


def _agreed(mine: NDArray[np.int64], theirs: NDArray[np.int64], other: Sentences) -> NDArray[np.uint8]:
    """Links in which both sides name each other, counted from the start of the other's sentence."""
    agreed = (mine >= 0) & (theirs[mine] == np.arange(len(mine)))
    start = other.starts[np.searchsorted(other.starts, mine, side="right") - 1]
    return np.where(agreed, mine - start, NO_LINK).astype(np.uint8)
