"""Find the sentences of a source that a written sentence rests on, by the words that they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from korotko_service.text.words import terms

MOST_PIECES = 3
# Each further piece of the source must add at least this share of the sentence's terms, or it may be there by chance.
_LEAST_GAIN = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence of the source, by its index, and the share (0 to 1) of the written sentence's terms that it has."""

    index: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The pieces that a sentence rests on, in the order of the source; `coverage` (0 to 1) is the share of its terms that they have."""

    pieces: tuple[Piece, ...]
    coverage: float


def bag(text: str) -> frozenset[str]:
    """The terms of a text, numbers among them, each once."""
    return frozenset(terms(text))


def support(sentence: str, bags: Sequence[frozenset[str]]) -> Support:
    """The fewest pieces of the source, given by their bags, that have most of the sentence's terms; greedy, the first of equals first.

    Words are compared by their stems, so a paraphrase without a common word finds none: this shows what a sentence was made from,
    not whether it is true.
    """
    wanted = bag(sentence)
    missing, found = set(wanted), list[int]()
    while missing and bags and len(found) < MOST_PIECES:
        best = max(range(len(bags)), key=lambda index: len(missing & bags[index]))
        if len(missing & bags[best]) < max(1.0, _LEAST_GAIN * len(wanted)):
            break
        missing -= bags[best]
        found.append(best)
    pieces = tuple(Piece(index=index, score=len(wanted & bags[index]) / len(wanted)) for index in sorted(found))
    return Support(pieces=pieces, coverage=1 - len(missing) / len(wanted) if wanted else 0.0)
