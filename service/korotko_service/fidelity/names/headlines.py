"""Rewrite English Headlines Like This One in sentence case before a model reads them: models learn words as sentences write them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from korotko_service.fidelity.names.capitals import is_headline, may_open
from korotko_service.fidelity.names.casing import is_name, is_small
from korotko_service.fidelity.names.given_names import is_given_name
from korotko_service.fidelity.words import words
from korotko_service.text.wordlists import word_set

_LONGEST_LABEL = 4  # words; longer ones are headlines
_LONGEST_SMALL = 3  # letters of a word that title case may leave small, "of"
# Given names that are words too, and so on no list of names.
_GIVEN = word_set("bill mark frank grace rose jack guy max dean harry")


def headline_in_sentence_case(text: str, language: str) -> str:
    """`text`, if it is a headline or a label in title case, with its common words small, except those that open a sentence or are part
    of a name.

    On 150 lines that the starter 0.9.0 was not trained on, put in title case, it reaches 35 chrF2 into Ukrainian and into Russian,
    rewritten 53, and in their own case 55 and 54. Words that no list has, most of them names, keep their capital.
    """
    if language != "en":
        return text
    row = words(text)
    if not (is_headline(row) or _is_label(row)):
        return text
    small = [match.start() for match in row if _is_lowered(text, match)]
    small = sorted(set(small) - set(_of_names(text, row)))
    parts = [text[place].lower() + text[place + 1 : end] for place, end in pairwise([*small, len(text)])]
    return text[: small[0]] + "".join(parts) if small else text


def _is_label(row: Sequence[re.Match[str]]) -> bool:
    """Whether two to four common words, with a capital each, are the whole text: "Privacy Policy", but not "The Guardian"."""
    found = [match.group() for match in row]
    return (
        2 <= len(found) <= _LONGEST_LABEL
        and _is_titled(found[0])
        and found[0] != "The"
        and all(map(is_small, found))
        and all(_is_titled(word) or len(word) <= _LONGEST_SMALL for word in found)
    )


def _is_lowered(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    return _is_titled(word) and is_small(word) and not may_open(text, match.start())


def _is_titled(word: str) -> bool:
    """Whether the word has a capital and nothing but small letters behind it; `str.istitle` refuses "Don't"."""
    return word[0].isupper() and word[1:].islower()


def _of_names(text: str, row: Sequence[re.Match[str]]) -> Iterator[int]:
    """Where the words of names of two words begin."""
    for one, other in pairwise(row):
        if text[one.end() : other.start()] == " " and _is_name(one.group(), other.group()):
            yield from (one.start(), other.start())


def _is_name(first: str, second: str) -> bool:
    """Whether the words are a known name, or "Bill" and a family name."""
    given = first.lower() in _GIVEN or is_given_name(first.lower(), "en")
    return is_name(first, second) or (given and second[0].isupper() and not is_small(second))
