"""Cut a text into the words and digit groups that number reading works on."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.numbers import months, number_words
from korotko_service.fidelity.numbers.months import month
from korotko_service.fidelity.numbers.notation import DIGITS, readings
from korotko_service.fidelity.numbers.number_words import NumberWord, fold, number_word
from korotko_service.fidelity.numbers.romans import roman

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_TOKEN = re.compile(rf"(?P<word>(?![½¼¾⅓⅔⅛]){_WORD.pattern})|{DIGITS.pattern}")  # words first, since most tokens are words
_MARK = re.compile("[0-9½¼¾⅓⅔⅛]")
_JOINT = re.compile(r"\+?[\s-]{0,2}")  # "300+ billion"
_ABBREVIATIONS = frozenset({"тис", "тыс", "млн", "млрд", "трлн", "mln", "bln"})


_OPENING = 3  # letters
_ROMAN = frozenset("XVIХІ")  # Latin and Cyrillic: what may open a Roman numeral


def _openings(language: str) -> frozenset[str]:
    """The openings of words that may be numbers or months, in every spelling that writers use: "дев’", "трёх"."""
    folded = number_words.openings(language) | months.openings(language)
    return folded | {opening.replace("'", mark) for opening in folded for mark in "’ʼ"} | {each.replace("е", "ё") for each in folded}


_OPENINGS = {language: _openings(language) for language in ("en", "uk", "ru")}


def _may_count(word: str, openings: frozenset[str]) -> bool:
    """Whether the word opens as numbers and months do."""
    return word[:_OPENING].lower() in openings or word[0] in _ROMAN


class Token(NamedTuple):
    """A word, or digits with the group of `notation.DIGITS` that matched them as `kind`; a tuple, since a sentence makes dozens."""

    kind: str
    text: str
    start: int
    end: int
    readings: tuple[Decimal, ...]
    word: NumberWord | None
    plain: bool  # a word that can be no number, no month and no Roman numeral


def tokens(text: str, language: str) -> list[Token]:
    """Cut a text; one in which nothing can be a number has no tokens, which saves making them."""
    openings, row = _OPENINGS[language], list[Token]()
    if _MARK.search(text) is None and all(_look_up(word, language)[1] for word in _WORD.findall(text) if _may_count(word, openings)):
        return row
    for match in _TOKEN.finditer(text):
        kind, piece, (start, end) = match.lastgroup or "word", match.group(), match.span()
        if kind == "word":
            word, plain = _look_up(piece, language) if _may_count(piece, openings) else (None, True)
            row.append(Token(kind, piece, start, end, (), word, plain))
        else:
            row.append(Token(kind, piece, start, end, () if kind == "date" else readings(kind, piece, language), None, False))
    return row


@lru_cache(maxsize=16_384)  # News repeats its words.
def _look_up(text: str, language: str) -> tuple[NumberWord | None, bool]:
    word = number_word(fold(text), language)
    return word, word is None and month(text, language) is None and not roman(text)


def joined(text: str, left: Token, right: Token) -> bool:
    """Tell whether two neighbours may belong to one number: spaces, a hyphen, or the full stop of "тис."."""
    gap = text[left.end : right.start]
    if left.text.lower() in _ABBREVIATIONS:
        gap = gap.removeprefix(".")
    return _JOINT.fullmatch(gap) is not None
