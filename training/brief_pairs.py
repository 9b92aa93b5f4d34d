"""Pairs to learn briefs from, in one language each: what people wrote about an article, and sentences cut by rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from korotko_service.fidelity.support import bag, support
from korotko_service.text.sentences.segmentation import segment
from training.augment import exchange
from training.briefs import article_text, chosen, invented_numbers, sentences
from training.compression import compressed
from training.data import Pair
from training.recipe import LANGUAGES

_PICKED = (2, 3, 4, 5)
# A brief's sentence that is supported by less of the source would teach the model to invent.
_LEAST_COVERAGE = 0.6
# The share of the sentences that no rule shortens which is kept, to teach that some need no cutting.
_UNCUT_SHARE = 0.02
# People wrote little, so half of it is read with other numbers and names on both sides at once.
_EXCHANGED_SHARE = 0.5

_Row = Mapping[str, str]


def told(articles: Iterable[Mapping[str, Any]]) -> Iterator[Pair]:
    """For each sentence of a brief or a headline the sentences of the article that it rests on."""
    for article in articles:
        for language in LANGUAGES:
            rows = [row[language] for row in article["sentences"]]
            for sentence in (*sentences(article["brief"][language]), article["headline_brief"][language]):
                found = support(sentence, [bag(row) for row in rows])
                read = " ".join(rows[piece.index] for piece in found.pieces)
                if _rests_on(sentence, read, language):
                    yield _pair(read, sentence, language)


def briefs(articles: Iterable[Mapping[str, Any]]) -> Iterator[Pair]:
    """For each number of picked sentences what the brief says of them; nothing if it says nothing."""
    for article in articles:
        for language in LANGUAGES:
            document = segment(article_text(article, language))
            for count in _PICKED:
                read = " ".join(chosen(document, count))
                kept = [s for s in sentences(article["brief"][language]) if _rests_on(s, read, language)]
                if kept:
                    yield _pair(read, " ".join(kept), language)


def cut(rows: Iterable[_Row], random: np.random.Generator) -> Iterator[Pair]:
    """Sentences that a rule shortens, and a few that no rule shortens."""
    for row in rows:
        for language in LANGUAGES:
            sentence = row.get(language)
            shorter = compressed(sentence, language) if sentence else ""
            if sentence and (shorter != sentence or random.random() < _UNCUT_SHARE):
                yield _pair(sentence, shorter, language)


class PairStream:
    """Endless pairs in their shares."""

    def __init__(self, pairs: Mapping[str, Sequence[Pair]], shares: Mapping[str, float], seed: int) -> None:
        self._pairs, self._shares, self._random = pairs, shares, np.random.default_rng(seed)

    def __iter__(self) -> Iterator[Pair]:
        kinds, shares = zip(*self._shares.items(), strict=True)
        while True:
            kind = kinds[self._random.choice(len(kinds), p=shares)]
            pair = self._pairs[kind][int(self._random.integers(len(self._pairs[kind])))]
            exchanged = kind != "cut" and self._random.random() < _EXCHANGED_SHARE
            yield exchange(pair, self._random) if exchanged else pair


def _rests_on(sentence: str, read: str, language: str) -> bool:
    covered = support(sentence, [bag(read)]).coverage >= _LEAST_COVERAGE
    return covered and not invented_numbers(read, sentence, language)


def _pair(read: str, written: str, language: str) -> Pair:
    return Pair(source="briefs", pair=f"{language}-{language}", first=read, second=written)
