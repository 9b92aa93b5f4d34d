"""Compare the abbreviations of a Ukrainian sentence with those of its Russian translation, and the other way round: «МВС» is «МВД»."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.words import lowered
from korotko_service.text.document import Span
from korotko_service.text.wordlists import STOP_WORDS, word_set

_WORD = re.compile(r"[А-ЯІЇЄҐЁ]{2,6}(?!\w)")
_BEHIND = re.compile(r"[\w-]")
_ROMAN = frozenset("ХІ")  # typed in Cyrillic
_SMALL = 2  # letters of a small word
_MOST = 8  # a text with more is written in capitals
_LETTERS = str.maketrans("ІЇЄҐЭЫЁ", "ИИЕГЕИЕ")  # those that stand for each other
# Ukrainian | Russian: pairs that differ, and common ones that do not. What the table of exonyms has needs no line.
_LINES = """
МВС | МВД
ДСНС МНС | ГСЧС МЧС
МЗС | МИД
ЗСУ ВСУ | ВСУ
ВСУ | ВС
ПДВ | НДС
ПДФО | НДФЛ
ЦВК | ЦИК
ЗМІ | СМИ
ВІЛ СНІД | ВИЧ СПИД
ШІ | ИИ
УЗД | УЗИ
ШВЛ | ИВЛ
ГРВІ ГРЗ | ОРВИ ОРЗ
СДУГ РДУГ СДУ | СДВГ СДВ
ППО | ПВО
РСЗВ | РСЗО
ПТРК | ПТУР ПТРК
ВПС ПС | ВВС ВКС ВС
ВМС | ВМС ВМФ
ПВК | ЧВК
КДБ | КГБ
НКВС | НКВД
МДБ | МГБ
ДПУ | ГПУ
НДР | ГДР
КПРС | КПСС
СРСР УРСР | СССР УССР
ЄСПЛ | ЕСПЧ
СЗР | СВР
КВІР | КСИР
ЄІБ | ЕИБ
ХДС | ХДС
СДПН | СДПГ
ВДП | СвДП
НАЗК | НАПК
ДБР | ГБР
ВРП | ВСП
ДПС | ГНС
ДФС | ГФС
ДПСУ | ГПСУ ГНСУ
ДАІ | ГАИ
ВЦА | ВГА
КМДА КМВА | КГГА КГВА
РДА | РГА
ОДА ОВА | ОГА ОВА ОДА
РНБО | СНБО
ФДМ | ФГИ
МОЗ | МОЗ МИНЗДРАВ
ЗНО | ВНО
ЗВО ВНЗ | ВУЗ
ТОВ | ООО
АТ ВАТ ПАТ | АО ОАО ПАО
ПРАТ ЗАТ | ЧАО ЗАО
ФОП | ФЛП ИП ФОП
ДП | ГП
КК КПК | УК УПК
ЦК ЦПК ГК | ГК ГПК ХК
КУПАП | КОАП
ЖКГ | ЖКХ
ТБ | ТВ
ПЗ | ПО
ЕОМ | ЭВМ
НАН | НАН
СК | СК
ВВП | ВВП
НБУ | НБУ
ДТП | ДТП
ТЦК | ТЦК
ГУР | ГУР
САП | САП
НАБУ | НАБУ
ФСБ | ФСБ
ЦБ | ЦБ
АЕС | АЭС
ГЕС | ГЭС
ДНК | ДНК
БПЛА | БПЛА
МОН | МОН
КСУ | КСУ
ПЦУ | ПЦУ
УПЦ | УПЦ
РПЦ | РПЦ
""".strip().splitlines()


class _Abbreviation(NamedTuple):
    """A word in capitals, and its letters as both languages share them."""

    text: str
    span: Span
    letters: str


def compare_initials(source: str, output: str, *, source_language: str, target_language: str) -> Iterator[Finding]:
    """Report NAME_NOT_IN_SOURCE for an abbreviation in Cyrillic that the source lacks, where one that it has is gone.

    Between Ukrainian and Russian only. A warning where a table knows either, or one opens or ends with the other («НАНАН» for «НАН»); else
    an info, since translators coin such words. Not reported are those that the other text spells out or the tables know as a pair, nor any
    in texts in capitals.
    """
    written = _abbreviations(output) if {source_language, target_language} == {"uk", "ru"} else ()
    read = _abbreviations(source) if written else ()
    strange, lost = _missing(written, read), _missing(read, written)
    if not strange or not lost:
        return
    strange, lost = _unpaired(strange, lost, source, target_language), _unpaired(lost, strange, output, source_language)
    for each in strange if lost else ():
        expected = ", ".join(other.text for other in lost[:3])
        is_sure = any(_is_known(each, target_language) or _is_known(other, source_language) or _is_torn(each, other) for other in lost)
        severity = Severity.WARNING if is_sure else Severity.INFO
        yield Finding(reason="NAME_NOT_IN_SOURCE", severity=severity, span=each.span, found=each.text, expected=expected)


@lru_cache(maxsize=16)
def _abbreviations(text: str) -> tuple[_Abbreviation, ...]:
    found = [match for match in _WORD.finditer(text) if _is_abbreviation(text, match)]
    if len(found) > _MOST or text.isupper():
        return ()
    return tuple(_Abbreviation(each.group(), Span.of(each), each.group().translate(_LETTERS)) for each in found)


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    return not (word.lower() in STOP_WORDS or _ROMAN.issuperset(word) or _BEHIND.match(text[max(match.start() - 1, 0) : match.start()]))


def _missing(row: Sequence[_Abbreviation], others: Sequence[_Abbreviation]) -> list[_Abbreviation]:
    known = {other.letters for other in others}
    return [each for each in row if each.letters not in known]


def _unpaired(row: list[_Abbreviation], others: list[_Abbreviation], text: str, language: str) -> list[_Abbreviation]:
    """Those that none of the others stands for, and that are not spelled out in the other text."""
    return [
        each for each in row if not any(_are_pair(each, other, language) for other in others) and not _is_spelled_out(each.letters, text)
    ]


def _are_pair(one: _Abbreviation, two: _Abbreviation, language: str) -> bool:
    ukrainian, russian = (one, two) if language == "uk" else (two, one)
    if russian.letters in _PAIRS.get(ukrainian.letters, frozenset()):
        return True
    return bool(concepts(ukrainian.text, "uk") & concepts(russian.text, "ru"))


def _is_known(each: _Abbreviation, language: str) -> bool:
    return each.letters in _KNOWN[language] or bool(concepts(each.text, language))


def _is_torn(one: _Abbreviation, two: _Abbreviation) -> bool:
    short, long = sorted((one.letters, two.letters), key=len)
    return long.startswith(short) or long.endswith(short)


def _is_spelled_out(letters: str, text: str) -> bool:
    """Tell whether consecutive words open with these letters, small words counted or not."""
    row = lowered(text)
    every, long = (
        "".join(word[0] for word in each).upper().translate(_LETTERS) for each in (row, [word for word in row if len(word) > _SMALL])
    )
    return letters in every or letters in long


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in _LINES:
        ukrainian, russian = (word_set(side.upper().translate(_LETTERS)) for side in line.split("|"))
        for each in ukrainian:
            table[each] = table.get(each, frozenset()) | russian
    return table


_PAIRS = _table()
_KNOWN = {"uk": frozenset(_PAIRS), "ru": frozenset[str]().union(*_PAIRS.values())}
