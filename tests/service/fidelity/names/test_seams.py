"""Names that one language writes in two words and the other in one, and letters that languages read in two ways."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.names import compare_names

RIGHT = [
    ("The temple is in Chiang Mai now.", "Храм тепер у Чіангмаї.", "Храм теперь в Чиангмае."),
    ("The swimmer Lin Chia-wen won there.", "Там перемогла плавчиня Лінь Цзявень.", "Там победила пловчиха Линь Цзявэнь."),
    ("The president Lai Ching-te spoke.", "Виступив президент Лай Цінде.", "Выступил президент Лай Циндэ."),
    ("We were in Arnhem Land then.", "Тоді ми були в Арнемленді.", "Тогда мы были в Арнемленде."),
    ("The planet of Urbain Le Verrier shone.", "Планета Урбена Левер'є сяяла.", "Планета Урбена Леверье сияла."),
    ("The painter Jana Novak came.", "Прийшла художниця Яна Новак.", "Пришла художница Яна Новак."),
    ("There Joanna Lichocka spoke.", "Там говорила Йоанна Ліхоцька.", "Там говорила Йоанна Лихоцка."),
    ("The book of Thucydides is old.", "Книга Фукідіда стара.", "Книга Фукидида старая."),
    ("There Sviatlana Tsikhanouskaya spoke.", "Там говорила Світлана Тихановська.", "Там говорила Светлана Тихановская."),
    ("The boxer Floyd Merriweather left.", "Боксер Флойд Меррівезер пішов.", "Боксёр Флойд Мерриуэзер ушёл."),
]
LANGUAGES = ("en", "uk", "ru")
PAIRS = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)]


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row[0])
@pytest.mark.parametrize(("read", "written"), PAIRS, ids=lambda at: LANGUAGES[at])
def test_the_same_name_in_another_spelling_is_no_stranger(row: tuple[str, str, str], read: int, written: int) -> None:
    found = compare_names(row[read], row[written], source_language=LANGUAGES[read], target_language=LANGUAGES[written])
    assert [each for each in found if each.severity > Severity.INFO] == []


@pytest.mark.parametrize(
    ("source", "output", "strange"),
    [
        ("The temple is in Chiang Mai now.", "Храм тепер у Барселоні.", "Барселоні"),
        ("The swimmer Lin Chia-wen won there.", "Там перемогла плавчиня Лінь Коваленко.", "Коваленко"),
        ("The painter Jana Novak came.", "Прийшла художниця Рита Новак.", "Рита"),
        ("There Joanna Lichocka spoke.", "Там говорила Марта Ліхоцька.", "Марта"),
        ("The book of Thucydides is old.", "Книга Порфирія стара.", "Порфирія"),
    ],
)
def test_another_name_in_that_place_is_still_one(source: str, output: str, strange: str) -> None:
    found = compare_names(source, output, source_language="en", target_language="uk")
    assert strange in [each.found for each in found if each.reason == "NAME_NOT_IN_SOURCE"]
