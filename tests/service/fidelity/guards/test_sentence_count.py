"""Sentences that vanish within a segment are told by counting; joining two is no fault."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.guards.sentence_count import count, find_sentence_count

READ = "The plant stopped in March. Its workers went home without pay. The owner is looking for a buyer."
WRITTEN = "Завод зупинився в березні. Робітники пішли додому без платні. Власник шукає покупця."


def severities(source: str, output: str) -> list[Severity]:
    return [each.severity for each in find_sentence_count(source, output, "en", "uk")]


def test_as_many_sentences_are_no_finding() -> None:
    assert severities(READ, WRITTEN) == []


def test_a_lost_sentence_is_a_warning() -> None:
    assert severities(READ, WRITTEN.replace(" Робітники пішли додому без платні.", "")) == [Severity.WARNING]


def test_two_sentences_joined_are_an_info() -> None:
    assert severities(READ, WRITTEN.replace("платні. Власник", "платні, а власник")) == [Severity.INFO]


def test_an_invented_sentence_is_a_warning() -> None:
    more = " Мер міста пообіцяв допомогти всім, хто втратив роботу, і знайти нового інвестора ще до кінця цього року."
    assert severities("The plant stopped in March.", "Завод зупинився в березні." + more) == [Severity.WARNING]


@pytest.mark.parametrize(("text", "sentences"), [("", 0), ("…", 0), ("Так.", 1), ("Dr. Lee left. He ran.", 2), ("Перше\nДруге", 2)])
def test_sentences_are_counted_line_by_line(text: str, sentences: int) -> None:
    assert count(text) == sentences


@given(st.text(max_size=200))
def test_any_text_is_counted_and_never_short_of_itself(text: str) -> None:
    assert count(text) >= 0
    assert severities(text, text) == []
