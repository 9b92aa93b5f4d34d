"""Find the words of a sentence that are names, or may be: persons, places and bodies, recognised by their capitals."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.names.likeness import consonants, sounds
from korotko_service.fidelity.names.titles import is_title
from korotko_service.fidelity.words import is_latin, words
from korotko_service.text.document import Span

MOST_WORDS = 150
_LEAST_LETTERS = 4
_LEAST_CONSONANTS = 2
_LEAST_HEADLINE = 5  # words; fewer are more often a name, "The New York Times"
_OPENS = re.compile(r"(?:^|[.!?:…•*|>\n]|(?:^|\s)[-–—])[\s\"'«»“”„‘’(\[]*$|[\"«“„‘(\[]$")
_BEFORE = 6  # characters looked at before a word
_SMALL_WORDS = frozenset("the and for but nor off out via with from into over than onto".split())
# Family names that hardly any other word looks like, so that they count even at the start of a sentence.
_FAMILY = re.compile(
    r"\w{2,}(?:enko|[cy]huk|shyn|sk[iy]{1,2}|shvili|adze|[oe]v|[oe]va)$|[А-ЯІЇЄҐ]\w+(?:енко|чук|ишин|ышин|швілі|швили|адзе)$"
)
# Other words look like these, «Туристов», «Податкова»: a family name where a verb, another name or an aside follows.
_MAYBE_FAMILY = re.compile(
    r"(?!(?:Кров|Любов|Церков|Улов|Позов|Остров|Голова|Вдова|Удова|Королева|Корова|Дерева|Слова)$)"
    r"[А-ЯІЇЄҐ]\w+(?:(?<![чщ]ик)(?:ов|ев|єв)|ова|єва|ева)$"
)
_DOES = {
    "uk": re.compile(r"\s(?:(?:не|також|теж|вже|уже)\s)?(?:\w+(?:в|ла|є|ить)(?:ся)?|\w+[аеиє]ться)\b|\s[А-ЯІЇЄҐ]|\s?[,(—–]"),
    "ru": re.compile(r"\s(?:(?:не|уже|также|тоже)\s)?(?:\w+(?:л|ла|[аеуюя]ет|ит)(?:ся|сь)?)\b|\s[А-Я]|\s?[(—–]"),
}
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?!\w)")


class Name(NamedTuple):
    """A word that is a name or may be one; `certain` where it can be nothing else, `place` and `end` (0 to 1) how far in the text.

    `language` is the text's, and English for a word in Latin letters: titles of papers and firms stay as they are in Cyrillic texts.
    `key` is its sounds, `concepts` what the table of exonyms knows it as. A tuple, since a sentence makes dozens.
    """

    text: str
    span: Span
    language: str
    place: float
    end: float
    certain: bool
    key: str
    concepts: frozenset[int]

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def title(self) -> bool:
        return is_title(self.text, self.language)


def names(text: str, language: str) -> tuple[Name, ...]:
    """Give the words that are surely names, in the order of the text: a capital where the grammar asks for none."""
    return tuple(name for name in capitals(text, language) if name.certain)


@lru_cache(maxsize=16)  # Several checks of one sentence ask for the same two texts.
def capitals(text: str, language: str) -> tuple[Name, ...]:
    """The words with a capital."""
    row = words(text)[: MOST_WORDS + 1]
    telling = language != "en" or not is_headline(row)
    large = [match for match in row if match.group()[0].isupper()]
    if any(match.end() - match.start() == 1 for match in large):
        large = _joined(text, large)
    return tuple([_name(text, match, language, may_be_certain=telling) for match in large])


def is_headline(row: Sequence[re.Match[str]]) -> bool:
    """Tell whether English Puts Every Word of Weight in Capitals: then they tell nothing."""
    if len(row) < _LEAST_HEADLINE:
        return False
    for match in row:
        word = match.group()
        if word[0].islower() and len(word) > 2 and word not in _SMALL_WORDS:
            return False
    return True


def common(text: str, language: str) -> list[Name]:
    """The words without a capital, since adjectives are made from names."""
    return [_name(text, match, language, may_be_certain=False) for match in words(text) if not match.group()[0].isupper()]


def _joined(text: str, row: list[re.Match[str]]) -> list[re.Match[str]]:
    """Read "U.N." as one word."""
    dotted = {match.start(): match for match in _DOTTED.finditer(text)}
    inner = {match.start() + 2 * at for match in dotted.values() for at in range(1, len(match.group()) // 2)}
    return [dotted.get(match.start(), match) for match in row if match.start() not in inner]


def _name(text: str, match: re.Match[str], language: str, *, may_be_certain: bool) -> Name:
    word = match.group().replace(".", "")
    span, size = Span.of(match), len(text)
    own = "en" if is_latin(word) else language
    certain = may_be_certain and _may_be_name(word, own) and _is_certain(text, word, span, own)
    return Name(word, span, own, span.start / size, span.end / size, certain, *_heard(word, own))


@lru_cache(maxsize=16_384)
def _heard(word: str, language: str) -> tuple[str, frozenset[int]]:
    return sounds(word, language), concepts(word, language)


def _is_certain(text: str, word: str, span: Span, language: str) -> bool:
    """Tell whether nothing around a possible name casts doubt on it: the start of a sentence, the sign of a currency."""
    return text[span.end : span.end + 1] != "$" and (not may_open(text, span.start) or _is_family(text, word, span, language))


def _is_family(text: str, word: str, span: Span, language: str) -> bool:
    if _FAMILY.match(word):
        return True
    does = _DOES.get(language)  # none for a word in Cyrillic that an English text has
    return does is not None and _MAYBE_FAMILY.match(word) is not None and does.match(text, span.end) is not None


def may_open(text: str, start: int) -> bool:
    """Tell whether a sentence may begin here; after a word and a space none does, which is the most frequent case and needs no search."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum():
        return False
    return _OPENS.search(text[max(start - _BEFORE, 0) : start]) is not None


@lru_cache(maxsize=16_384)  # News repeats its words.
def _may_be_name(word: str, language: str) -> bool:
    return not is_title(word, language) and (bool(concepts(word, language)) or _is_long(word, language))


def _is_long(word: str, language: str) -> bool:
    return len(word) >= _LEAST_LETTERS and not word.isupper() and consonants(sounds(word, language)) >= _LEAST_CONSONANTS
