"""Lists the English words that sentences write small, for the service: in headlines and in capitals case tells nothing."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from pathlib import Path

from korotko_service.fidelity.names.casing import RESOURCE
from korotko_service.fidelity.words import WORD
from korotko_service.text.wordlists import STARTERS
from training.data import own_pairs

_LEAST_TIMES, _LEAST_RATIO = 3, 4  # written small, and how many times as often as with a capital inside a sentence
_LEAST_PAIRS = 2


def write_casing() -> Path:
    """Write the list into the service."""
    RESOURCE.write_text("\n".join(casing(english())) + "\n", encoding="utf-8")
    return RESOURCE


def casing(sentences: Iterable[str]) -> list[str]:
    """Words that are written small, and names of two words of which one is such a word ("new york"), all in lower case and in order.

    The most frequent case of a word in running text is the usual guess for its case elsewhere (Lita et al. 2003, "tRuEcasIng").
    """
    small, large = Counter[str](), Counter[str]()
    small_pairs, large_pairs = Counter[str](), Counter[str]()
    for sentence in sentences:
        row = list(WORD.finditer(sentence))
        # The first word has its capital anyway.
        small.update(word for word in map(_word, row) if word.islower())
        large.update(word.lower() for word in map(_word, row[1:]) if word.istitle())
        for one, other in pairwise(row):
            if sentence[one.end() : other.start()] == " ":
                pair = f"{_word(one)} {_word(other)}"
                small_pairs[pair] += pair.islower()
                large_pairs[pair.lower()] += pair[0].isupper() and _word(other).istitle()
    words = {word for word, times in small.items() if times >= _LEAST_TIMES and times >= _LEAST_RATIO * large[word]}
    names = (pair for pair, times in large_pairs.items() if times >= _LEAST_PAIRS and times > small_pairs[pair])
    return sorted(chain(words, (pair for pair in names if words.intersection(pair.split()) and STARTERS.isdisjoint(pair.split()))))


def english() -> Iterable[str]:
    """The English sides of the project's own texts, each once."""
    return dict.fromkeys(pair.first for pair in own_pairs() if pair.pair == "en-uk")


def _word(match: re.Match[str]) -> str:
    return match.group().removesuffix("'s")
