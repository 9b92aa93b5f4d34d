"""What a sentence says, as far as can be seen without understanding it: to find two sentences that say the same."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from korotko_service.text.words import stem, terms

# A sentence repeats the news of another that has this share of its terms, every number and every initialism.
_REPEATED_SHARE = 0.75
# "No. 10" denies nothing.
_DENIAL = re.compile(r"\b(?:not|no(?!\.\s?\d)|never|nor|cannot|не|ні|нет|ни)\b|n['’]t\b", re.IGNORECASE)
_INITIALISM = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """The terms of a sentence in order, its capitalised words, and whether it denies something.

    `capitals` are the stems that are capitalised wherever they occur, `names` those of them that occur after the first word.
    """

    order: tuple[str, ...]
    terms: frozenset[str]
    capitals: frozenset[str]
    names: frozenset[str]
    denies: bool

    def likeness(self, other: "Sense") -> float:
        """The share of the smaller sentence's terms that the other has too."""
        least = min(len(self.terms), len(other.terms))
        return len(self.terms & other.terms) / least if least else 0.0

    def tells_the_same_as(self, other: "Sense") -> bool:
        """Whether the smaller of the two says nothing that the other does not."""
        less, more = sorted((self.terms, other.terms), key=len)
        if self.likeness(other) < _REPEATED_SHARE or self.denies != other.denies or any(map(_must_be_there, less - more)):
            return False
        names = (self.names | other.names) & self.capitals & other.capitals | set(filter(_is_initialism, self.terms & other.terms))
        return self._first_seen(names) == other._first_seen(names)

    def repeats(self, other: "Sense") -> bool:
        """Whether the other one has all terms of the shorter of the two, in the same order."""
        less, more = sorted((self, other), key=lambda each: len(each.terms))
        same = less.terms <= more.terms and self.denies == other.denies
        return same and less._first_seen(less.terms) == more._first_seen(less.terms)

    def _first_seen(self, wanted: AbstractSet[str]) -> list[str]:
        """ "Russia attacked Ukraine" and "Ukraine attacked Russia" have the same names, but are not the same news."""
        return [term for term in dict.fromkeys(self.order) if term in wanted]


def sense(sentence: str) -> Sense:
    """What the sentence says."""
    order = (*terms(sentence), *(match.group().casefold() for match in _INITIALISM.finditer(sentence)))
    words = [(place, word, stem(word.casefold())) for place, word in enumerate(_WORD.findall(sentence))]
    capitals = frozenset(found for _, _, found in words) - {found for _, word, found in words if not word[0].isupper()}
    return Sense(
        order=order,
        terms=frozenset(order),
        capitals=capitals,
        names=frozenset(found for place, _, found in words if place and found in capitals),
        denies=_DENIAL.search(sentence) is not None,
    )


def _must_be_there(term: str) -> bool:
    """A different number or initialism makes different news."""
    return term[0].isdigit() or _is_initialism(term)


def _is_initialism(term: str) -> bool:
    """ "u.k.", but not a number such as "1.5"."""
    return "." in term and not term[0].isdigit()
