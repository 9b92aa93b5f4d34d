"""Where a strange name stands for one that is gone: how far they may be apart depends on how sure it is."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.names.capitals import Name
from korotko_service.fidelity.names.names import compare_names
from korotko_service.fidelity.names.rivals import Gone
from korotko_service.text.document import Span


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ('"We are doing great with North Korea," he said.', "«С Северной Луги дела обстоят замечательно», — сказал он."),
        ("The talks about trade were held in Japan.", "В Бриггз прошли переговоры, которые касались торговли."),
    ],
)
def test_a_person_or_town_for_a_country_is_a_warning_wherever_they_stand(source: str, output: str) -> None:
    found = compare_names(source, output, source_language="en", target_language="ru")
    assert [each.reason for each in found if each.severity >= Severity.WARNING] == ["NAME_NOT_IN_SOURCE"]


def test_a_person_put_for_a_pronoun_is_an_info() -> None:
    found = compare_names("On Monday he spoke.", "У понеділок виступив Петренко.", source_language="en", target_language="uk")
    assert [each.severity for each in found] == [Severity.INFO]


def at(place: float) -> Name:
    """A stranger to the table of exonyms that stands so far in."""
    return Name("Name", Span(start=0, end=4), "en", place, place, True, "nama", frozenset())


@pytest.mark.parametrize(
    ("apart", "alone", "is_rival"), [(0.25, True, True), (0.35, True, False), (0.05, False, True), (0.25, False, False)]
)
def test_what_is_only_likely_to_be_gone_must_stand_near_and_nearer_beside_more_strangers(apart: float, alone: bool, is_rival: bool) -> None:
    gone = Gone(hinted=[at(0.5)])
    assert bool(gone.rivals(at(0.5 + apart), alone=alone)) is is_rival


@pytest.mark.parametrize(("apart", "alone", "is_rival"), [(0.15, True, True), (0.25, True, False), (0.05, False, False)])
def test_what_opens_an_english_sentence_counts_for_a_lone_stranger_near_it(apart: float, alone: bool, is_rival: bool) -> None:
    gone = Gone(opening=[at(0)])
    assert bool(gone.rivals(at(apart), alone=alone)) is is_rival
