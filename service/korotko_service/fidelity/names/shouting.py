"""Rewrite words in capitals in sentence case before a model reads them: few models know words in capitals."""

import re
from collections.abc import Sequence
from itertools import groupby

from korotko_service.fidelity.names.casing import is_small
from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.names.given_names import is_given_name
from korotko_service.fidelity.words import words
from korotko_service.text.wordlists import STARTERS, word_set

_LEAST_WORDS = 3  # in capitals; fewer may be a name
_LEAST_LETTERS, _LEAST_LOUD, _LOUD_SHARE = 4, 2, 0.4  # of a word that is no abbreviation; such words in a sentence, and their share of it
# Not what touches a digit, such as a mask or the "F" of "F-16"; `_written` leaves initials alone.
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*(?![\w-])")
_CAPITALS = re.compile("[A-ZА-ЯЁІЇЄҐ]{4}")
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
    """`text` with words in capitals put in lower case, except the first, abbreviations, and names that the tables or the list of
    English words (`casing`) tell.

    That is, where all its words are in capitals, or four in ten, or three in a row; one or two words alone only if they are no names and
    no abbreviations ("WARNING", «НЕ ПАЛИТИ»). On 90 sentences of FLORES-200 dev in capitals starter 0.9.0 reaches 18 to 26 chrF2,
    rewritten 44 to 52, and in their own case 45 to 53 (six directions, ignoring case); of 770 to 940 words and pairs of words that it
    learnt from it gets 7 to 37 % right in capitals, rewritten 56 to 87 (en-uk, uk-en, ru-uk). With four words of each sentence in
    capitals 0.5.0 reached 34 (60 sentences), rewritten 42.5, in their own case 42.8. Names of Ukrainian and Russian that no table has
    lose their capital, and what a model makes of them is checked as usual.
    """
    loud = _loud(text, language) if language in ("en", "uk", "ru") else frozenset[int]()
    if not loud:
        return text
    parts, position, opens = list[str](), 0, True
    for match in _WORD.finditer(text):
        opens = opens and (bool(parts) or not any(map(str.isalnum, text[: match.start()])))
        is_loud = match.start() in loud
        parts += [text[position : match.start()], _written(match, language, opens=opens) if is_loud else match.group()]
        # A family name follows the given one.
        position, opens = match.end(), is_given_name(match.group().lower(), language)
    return "".join([*parts, text[position:]])


def _loud(text: str, language: str) -> frozenset[int]:
    """Where the words begin that are in capitals only for emphasis."""
    shouted = is_shouted(text)
    if not shouted and _CAPITALS.search(text) is None:
        return frozenset()
    row = list(_WORD.finditer(text))
    large = [match for match in row if match.group().isupper()]
    shouted = shouted or (len(row) < _LEAST_WORDS and len(large) == len(row) and _is_cry([match.group() for match in large], language))
    if shouted or (len(row) >= _LEAST_WORDS and _is_many(large, _LOUD_SHARE * len(row))):
        return frozenset(match.start() for match in large)
    runs = [list(run) for is_large, run in groupby(row, key=lambda match: match.group().isupper()) if is_large]
    return frozenset(match.start() for run in runs if len(run) >= _LEAST_WORDS and _is_many(run, _LEAST_LOUD) for match in run)


def _is_cry(row: Sequence[str], language: str) -> bool:
    """Tell whether words that are a whole text are no names, and one of them at least cannot be an abbreviation."""
    common = is_small if language == "en" else _is_loud_or_starter
    return any(map(_is_loud, row)) and all(map(common, row))


def _is_loud_or_starter(word: str) -> bool:
    return _is_loud(word) or word.lower() in STARTERS


def _is_loud(word: str) -> bool:
    """Tell whether a word in capitals is too long, or too well spelt, for an abbreviation."""
    return len(word) >= _LEAST_LETTERS and word not in _ABBREVIATIONS and _VOWEL.search(word) is not None


def _is_many(row: Sequence[re.Match[str]], least: float) -> bool:
    """Tell whether at least that many of the words in capitals, and at least two, cannot be abbreviations."""
    return sum(_is_loud(match.group()) for match in row) >= max(least, _LEAST_LOUD)


def is_shouted(text: str) -> bool:
    """Tell whether all words of a text are in capitals; addresses do not count, and one or two words may be names."""
    row = words(text)
    return all(match.group().isupper() for match in row) and sum(len(match.group()) > 1 for match in row) >= _LEAST_WORDS


def _written(match: re.Match[str], language: str, *, opens: bool) -> str:
    word = match.group()
    if word in _ABBREVIATIONS or (1 < len(word) <= _LEAST_NAME and not _VOWEL.search(word)):
        return word
    if len(word) == 1 and (word == "I" or match.string[match.end() : match.end() + 1] == "."):
        return word
    lowered = word.lower()
    if lowered.upper() != word:  # "İ" and "ẞ" do not convert back
        return word
    return lowered[0].upper() + lowered[1:] if opens or _is_name(lowered, language) else lowered


def _is_name(word: str, language: str) -> bool:
    if language == "en" and not all(map(is_small, word.split("-"))):
        return True
    known = concepts(word, language) or is_given_name(word, language)
    return len(word) >= _LEAST_NAME and (bool(known) or _FAMILY.fullmatch(word) is not None)
