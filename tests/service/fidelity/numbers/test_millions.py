"""The m of "300m" is millions or metres by what stands beside it, and either where nothing tells."""

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.mends.localising import carriable
from korotko_service.fidelity.numbers.millions import are_millions

MILLIONS = [
    "They got $300m for it.", "They got $200-300m for it.", "It cost USD 300m.", "About 300m people live there.", "It sold 300m copies.",
    "The 300m euro deal is off.", "A 300m-dollar loan came.", "Some 300m tonnes were shipped.",
]  # fmt: skip
METRES = [
    "They built 300m of road.", "They laid 300m of cable.", "She won a 300m sprint.", "The 300m hurdles come next.",
    "The wall is 300m long.", "She won the 300m final.", "He lost in 300m heats.", "A 300m cable lies there.",
    "He lives 300m away.", "A 300m-deep lake lies there.",
]  # fmt: skip
EITHER = [
    "It grew to 300m.",
    "She ran 300m in a minute.",
    "They asked for 300m of aid.",
    "They want a 300m loan.",
    "It won 300m of the market.",
    "The 300m who fled need help.",
    "A 300m-strong party rules.",
    "It has a 300m population.",
    "Only 300m separates them.",
    "He ran 300m this morning.",
]


def read(text: str) -> bool | None:
    at = text.index("300")
    return are_millions(text, at, at + 3)


@pytest.mark.parametrize(("texts", "millions"), [(MILLIONS, True), (METRES, False), (EITHER, None)])
def test_what_stands_beside_the_number_tells_what_the_m_is(texts: list[str], millions: bool | None) -> None:
    assert {text: read(text) for text in texts} == dict.fromkeys(texts, millions)


@pytest.mark.parametrize("text", ["300 m", "300km", "300mm", "300", "300 million people"])
def test_no_other_letter_and_no_m_apart_is_judged(text: str) -> None:
    assert are_millions(text, 0, 3) is None


def alarms(source: str, output: str) -> list[tuple[str, str]]:
    found = compare_numbers(source, output, source_language="en", target_language="uk")
    return [(each.reason, each.found or each.expected) for each in found if each.severity.name != "INFO"]


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("They got $300m for it.", "Вони отримали за це 300 мільйонів доларів.", "Вони отримали за це 300 доларів."),
        ("About 300m people live there.", "Там живе близько 300 млн людей.", "Там живе близько 300 м людей."),
        ("They built 300m of road.", "Вони збудували 300 метрів дороги.", "Вони збудували 300 мільйонів доріг."),
        ("She won a 300m sprint.", "Вона виграла спринт на 300 м.", "Вона виграла спринт на 300 млн."),
        ("The 300m euro deal is off.", "Угоду на 300 млн євро скасовано.", "Угоду на 300 м євро скасовано."),
    ],
)
def test_the_other_reading_is_another_number(source: str, right: str, wrong: str) -> None:
    assert alarms(source, right) == []
    assert {reason for reason, _ in alarms(source, wrong)} == {"NUMBER_NOT_IN_SOURCE", "NUMBER_MISSING"}


def test_a_range_lends_its_millions_to_its_first_number() -> None:
    assert alarms("They got $200-300m for it.", "Вони отримали за це від 200 млн до 300 млн доларів.") == []


def test_another_currency_behind_the_letter_is_another_amount() -> None:
    assert ("CURRENCY_CHANGED", "300 мільйонів USD") in alarms("The 300m euro deal is off.", "Угоду на 300 мільйонів доларів скасовано.")


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("The 1.4m who fled need help.", "1,4 мільйона тих, хто втік, потребують допомоги."),
        ("It is a 5m-strong party.", "Це партія, в якій 5 мільйонів членів."),
        ("He swam 50m this morning.", "Сьогодні вранці він проплив 50 метрів."),
        ("He ran in 100m races.", "Він бігав на 100 м."),
        ("Some 2m long-term unemployed found work.", "Роботу знайшли близько 2 мільйонів тих, хто довго її не мав."),
    ],
)
def test_a_right_translation_of_either_reading_is_no_fault(source: str, output: str) -> None:
    assert alarms(source, output) == []


def test_millions_are_never_carried_past_a_model_as_metres() -> None:
    for text in ("About 300m people live there.", "It is a 300m-strong party.", "The 300m who fled need help."):
        assert [piece.text for piece in carriable(text, "en", "uk")] == []
    for text in ("She won a 300m sprint.", "She ran 300 m in a minute."):
        assert [piece.text for piece in carriable(text, "en", "uk")] == ["300\u00a0м"]
