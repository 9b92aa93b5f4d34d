"""A country may come or go where the text names a part of it, and not otherwise."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.exonyms import concepts
from korotko_service.fidelity.names.names import compare_names
from korotko_service.fidelity.names.parts import tells_by_part


def severities(source: str, output: str, read: str, written: str) -> list[Severity]:
    found = compare_names(source, output, source_language=read, target_language=written)
    return [each.severity for each in found if each.reason == "NAME_MISSING"]


@pytest.mark.parametrize(
    ("read", "written", "source", "output"),
    [
        ("ru", "uk", "Прошел митинг за выход Каталонии из Испании.", "Пройшов мітинг за вихід Каталонії."),
        ("uk", "en", "Він виступив на Генеральній асамблеї ООН у вівторок.", "He spoke at the General Assembly on Tuesday."),
        ("ru", "en", "Кавано дал показания в Конгрессе США.", "Later Kavanaugh testified before Congress."),
    ],
)
def test_a_country_told_by_its_part_is_no_warning_when_it_goes(read: str, written: str, source: str, output: str) -> None:
    assert severities(source, output, read, written) == [Severity.INFO]


def test_a_country_without_its_part_is_a_warning_when_it_goes() -> None:
    source, output = "Прошел митинг за выход провинции из Испании.", "Пройшов мітинг за вихід провінції."
    assert severities(source, output, "ru", "uk") == [Severity.WARNING]


def test_a_part_is_of_its_own_country_alone() -> None:
    assert tells_by_part("Мітинг у Каталонії.", "uk", concepts("Spain", "en"))
    assert not tells_by_part("Мітинг у Каталонії.", "uk", concepts("France", "en"))
    assert not tells_by_part("Мітинг у Каталонії.", "uk", frozenset())


@pytest.mark.parametrize(
    ("country", "language", "text"),
    [
        ("India", "ru", "Они делились опытом."),
        ("India", "uk", "Це делікатне питання."),
        ("USA", "ru", "Корабль вошёл в гавань."),
        ("Spain", "en", "The catalogue is out."),
        ("Italy", "en", "He read of Turing."),
        ("Russia", "en", "He read Dumas."),
    ],
)
def test_a_word_that_only_begins_like_a_part_names_none(country: str, language: str, text: str) -> None:
    assert not tells_by_part(text, language, concepts(country, "en"))


def test_whole_words_name_parts_too() -> None:
    assert tells_by_part("Переговори у Делі тривають.", "uk", concepts("India", "en"))
    assert tells_by_part("Пожар на Гавайях.", "ru", concepts("USA", "en"))
    assert tells_by_part("Пожежа на Гаваях.", "uk", concepts("USA", "en"))
