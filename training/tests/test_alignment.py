"""Alignment by counting finds which words belong together."""

import numpy as np

from training.alignment import NO_LINK, Sentences, align


def _sentences(rows: list[list[int]]) -> Sentences:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return Sentences(np.concatenate(rows).astype(np.uint16), starts.astype(np.int64))


def test_swapped_words_are_linked_after_a_few_sentences() -> None:
    # The second language says 11 for 1, 12 for 2, 13 for 3, and turns the order round.
    first = _sentences([[1, 2], [1, 3], [2, 3], [3, 1], [2, 1], [1, 2, 3]] * 5)
    second = _sentences([[12, 11], [13, 11], [13, 12], [11, 13], [11, 12], [13, 12, 11]] * 5)
    first_links, second_links = align(first, second)
    assert first_links[-3:].tolist() == [2, 1, 0]
    assert second_links[-3:].tolist() == [2, 1, 0]


def test_long_sentences_stay_without_links() -> None:
    long, short = _sentences([[1] * 90, [1, 2]]), _sentences([[1] * 90, [1, 2]])
    assert set(align(long, short)[0][:90].tolist()) == {NO_LINK}
