"""Numbers that changed places, each now beside the other's name or month."""

import pytest

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.finding import Severity

SOURCE = "Prices rose by 4% in May and by 6% in June."
NAMED = "In the first round Petrenko won 45% and Sokolov 38% of the votes."


@pytest.mark.parametrize(
    ("source", "output", "found"),
    [
        (SOURCE, "Ціни зросли на 6% у травні та на 4% у червні.", ["6", "4"]),
        (NAMED, "У першому турі Петренко здобув 38%, а Соколов 45% голосів.", ["38", "45"]),
    ],
)
def test_two_numbers_that_change_places_are_warned_of_where_they_stand(source: str, output: str, found: list[str]) -> None:
    reports = compare_numbers(source, output, source_language="en", target_language="uk")
    assert [(each.reason, each.severity, each.found) for each in reports] == [
        ("NUMBER_NOT_IN_SOURCE", Severity.WARNING, text) for text in found
    ]
    assert [output[each.span.start : each.span.end] for each in reports] == found


@pytest.mark.parametrize(
    ("source", "output"),
    [
        (SOURCE, "У червні ціни зросли на 6%, а в травні на 4%."),
        (NAMED, "У першому турі Соколов здобув 38% голосів, а Петренко 45%."),
        ("Prices rose from 4% to 6%.", "Ціни зросли до 6% з 4%."),
        ("It has 30 rooms and 12 baths.", "У ньому 12 ванних і 30 кімнат."),
    ],
)
def test_another_order_of_the_same_is_no_fault(source: str, output: str) -> None:
    assert compare_numbers(source, output, source_language="en", target_language="uk") == ()
