"""Alignment by counting finds which words belong together."""

import numpy as np

from training.alignment import NO_LINK, Sentences, align


def _sentences(rows: list[list[int]]) -> Sentences:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return Sentences(np.concatenate(rows).astype(np.uint16), starts.astype(np.int64))


def test_words_that_change_places_are_linked() -> None:
    # The second language says word + 100, and swaps neighbours.
    random = np.random.default_rng(0)
    rows = [random.permutation(20)[:6].tolist() for _ in range(200)]
    turned = [[row[place ^ 1] + 100 for place in range(6)] for row in rows]
    for links in align(_sentences(rows), _sentences(turned)):
        assert links[-6:].tolist() == [1, 0, 3, 2, 5, 4]


def test_long_sentences_stay_without_links() -> None:
    long, short = _sentences([[1] * 90, [1, 2]]), _sentences([[1] * 90, [1, 2]])
    assert set(align(long, short)[0][:90].tolist()) == {NO_LINK}


def test_counting_in_blocks_fills_every_place() -> None:
    rows = [[number % 7, 7 + number % 5] for number in range(90_000)]
    turned = [[token + 20 for token in row] for row in rows]
    for links in align(_sentences(rows), _sentences(turned)):
        assert (links.reshape(-1, 2) == [0, 1]).mean() > 0.99
