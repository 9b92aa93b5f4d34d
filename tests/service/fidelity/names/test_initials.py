"""Abbreviations are held against each other between Ukrainian and Russian, where both have their own."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.names import compare_names

OTHERS = {"uk": "ru", "ru": "uk"}


def found(source: str, output: str, read: str) -> list[tuple[str, str, Severity]]:
    reports = compare_names(source, output, source_language=read, target_language=OTHERS[read])
    return [(each.found, each.expected, each.severity) for each in reports if each.reason == "NAME_NOT_IN_SOURCE"]


@pytest.mark.parametrize(
    ("read", "source", "output", "strange", "gone"),
    [
        ("ru", "МЧС сообщило о пожаре.", "МВС повідомило про пожежу.", "МВС", "МЧС"),
        ("ru", "Директор ТОО ушёл.", "Директор ТО пішов.", "ТО", "ТОО"),
        ("ru", "Президент НАН ушёл.", "Президент НАНАН пішов.", "НАНАН", "НАН"),
        ("uk", "ДСНС повідомила про вибух.", "ФСБ сообщила о взрыве.", "ФСБ", "ДСНС"),
        ("uk", "Про це сказали в МЗС.", "Об этом сказали в МВД.", "МВД", "МЗС"),
        ("uk", "Ставку підняв НБУ.", "Ставку поднял НБО.", "НБО", "НБУ"),
    ],
)
def test_an_abbreviation_that_became_another_is_a_warning(read: str, source: str, output: str, strange: str, gone: str) -> None:
    assert found(source, output, read) == [(strange, gone, Severity.WARNING)]


RIGHT = [
    ("МВС повідомило про ДТП.", "МВД сообщило о ДТП."),
    ("ДСНС гасить пожежу.", "ГСЧС тушит пожар."),
    ("МНС Росії мовчить.", "МЧС России молчит."),
    ("Речник ЗСУ говорив в ОВА.", "Спикер ВСУ говорил в ОГА."),
    ("У США та ЄС це знають.", "В США и ЕС это знают."),
    ("МАГАТЕ й ВООЗ мовчать.", "МАГАТЭ и ВОЗ молчат."),
    ("ПДВ і ВВП зросли.", "НДС и ВВП выросли."),
    ("Гості з ПАР приїхали до СРСР.", "Гости из ЮАР приехали в СССР."),
    ("Це було у ХХ столітті, у КНР.", "Это было в XX веке, в КНР."),
    ("Міністерство внутрішніх справ і ЦВК мовчать.", "МВД и ЦИК молчат."),
    ("Генеральна прокуратура і СБУ мовчать.", "ГП и СБУ молчат."),
    ("ТАК, це НЕ він.", "ДА, это НЕ он."),
]


@pytest.mark.parametrize("pair", RIGHT)
@pytest.mark.parametrize("read", ["uk", "ru"])
def test_what_both_languages_call_so_is_none(pair: tuple[str, str], read: str) -> None:
    source, output = pair if read == "uk" else pair[::-1]
    assert [each for each in found(source, output, read) if each[2] > Severity.INFO] == []


def test_abbreviations_that_no_table_knows_are_worth_an_info() -> None:
    assert found("Так сказали в ЩЖК.", "Так сказали в РЗП.", "uk") == [("РЗП", "ЩЖК", Severity.INFO)]


def test_texts_in_capitals_have_no_abbreviations() -> None:
    assert found("МВС КАЖЕ ТАК", "ФСБ ГОВОРИТ ТАК", "uk") == []
