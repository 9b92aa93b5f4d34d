"""Write a sentence that stands all in capitals as sentences are written, before a model reads it: few models know words in capitals."""

import re

from korotko_service.fidelity.exonyms import concepts
from korotko_service.fidelity.given_names import is_given_name
from korotko_service.fidelity.months import is_certain, month
from korotko_service.fidelity.weekdays import weekday
from korotko_service.fidelity.words import words
from korotko_service.text.wordlists import word_set

_LEAST_WORDS = 3  # fewer may be a name
# Not what touches a digit, such as a mask; initials and the "F" of "F-16" are left by hand.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*(?![\w-])")
_VOWEL = re.compile("[AEIOUYАЕЁЄИІЇОУЫЭЮЯ]")
_ABBREVIATIONS = word_set(
    """
    NATO EU US USA UK UN UAE AP AI IMF WHO CIA UEFA FIFA NASA OPEC UNESCO UNICEF AFP IAEA EC OSCE COVID
    НАТО ЄС США ООН СБУ ЗСУ ГУР МЗС НБУ ДТП МАГАТЕ ОБСЄ АЕС ВООЗ МВФ УЄФА ФІФА ЮНЕСКО ОВА
    ЕС ООН ФСБ ВСУ ОБСЕ МИД ДТП АЭС ВОЗ УЕФА ФИФА МАГАТЭ ЦБ ТАСС РИА
    """
)
_FAMILY = re.compile(r"\w{2,}(?:enko|[cy]huk|shyn|sky{1,2}|skii?|shvili|adze|енко|чук|ишин|ышин|швілі|швили|адзе)")
_LEAST_NAME = 4


def in_sentence_case(text: str, language: str) -> str:
    """`text` with small letters where all its words are in capitals, but for the first, abbreviations and names that the tables know.

    Of 90 sentences of FLORES-200 dev in capitals the starter reaches 5 to 18 chrF, so written 32 to 44, and with their own letters 34 to
    46 (five directions, letter case apart). Names that no table has lose their capital, and what a model makes of them is checked as ever.
    """
    if language not in ("en", "uk", "ru") or not is_shouted(text):
        return text
    parts, position, opens = list[str](), 0, True
    for match in _WORD.finditer(text):
        opens = opens and (bool(parts) or not any(map(str.isalnum, text[: match.start()])))
        parts += [text[position : match.start()], _written(match, language, opens=opens)]
        # A family name follows the given one.
        position, opens = match.end(), is_given_name(match.group().lower(), language)
    return "".join([*parts, text[position:]])


def is_shouted(text: str) -> bool:
    """Tell whether all words of a text are in capitals; addresses are none, and one or two words may be names."""
    row = [match.group() for match in words(text)]
    return sum([len(word) > 1 for word in row]) >= _LEAST_WORDS and all(map(str.isupper, row))


def _written(match: re.Match[str], language: str, *, opens: bool) -> str:
    word = match.group()
    if word in _ABBREVIATIONS or (1 < len(word) <= _LEAST_NAME and not _VOWEL.search(word)):
        return word
    if len(word) == 1 and (word == "I" or match.string[match.end() : match.end() + 1] == "."):
        return word
    lowered = word.lower()
    if lowered.upper() != word:  # "İ" and "ẞ" have no way back
        return word
    return lowered[0].upper() + lowered[1:] if opens or _is_name(lowered, language) else lowered


def _is_name(word: str, language: str) -> bool:
    if language == "en" and (
        weekday(word, language) or (month(word.title(), language) and is_certain(word, language, beside_number=False))
    ):
        return True
    known = concepts(word, language) or is_given_name(word, language)
    return len(word) >= _LEAST_NAME and (bool(known) or _FAMILY.fullmatch(word) is not None)
