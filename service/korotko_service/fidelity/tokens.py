"""Cut a text into the words and digit groups that number reading works on."""

import re
from dataclasses import dataclass
from decimal import Decimal

from korotko_service.fidelity.notation import DIGITS, readings
from korotko_service.fidelity.number_words import NumberWord, fold, number_word

_TOKEN = re.compile(DIGITS.pattern + r"|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)")
_JOINT = re.compile(r"[\s-]{0,2}")
_ABBREVIATIONS = frozenset({"тис", "тыс", "млн", "млрд", "трлн", "mln", "bln"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, or digits with the group of `notation.DIGITS` that matched them as `kind`."""

    kind: str
    text: str
    start: int
    end: int
    readings: tuple[Decimal, ...]
    word: NumberWord | None


def tokens(text: str, language: str) -> list[Token]:
    return [_token(match, language) for match in _TOKEN.finditer(text)]


def _token(match: re.Match[str], language: str) -> Token:
    kind, text = match.lastgroup or "word", match.group()
    is_word = kind == "word"
    return Token(
        kind=kind,
        text=text,
        start=match.start(),
        end=match.end(),
        readings=() if is_word or kind == "date" else readings(kind, text, language),
        word=number_word(fold(text), language) if is_word else None,
    )


def joined(text: str, left: Token, right: Token) -> bool:
    """Tell whether two neighbours may belong to one number: spaces, a hyphen, or the full stop of "тис."."""
    gap = text[left.end : right.start]
    if left.text.lower() in _ABBREVIATIONS:
        gap = gap.removeprefix(".")
    return _JOINT.fullmatch(gap) is not None
