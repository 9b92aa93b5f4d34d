"""Which English words sentences write small."""

import pytest

from korotko_service.fidelity.names.casing import is_name, is_small


@pytest.mark.parametrize("word", ["weather", "Weather", "WEATHER", "president", "president's", "president’s", "don't"])
def test_a_common_word_is_small_whatever_its_case(word: str) -> None:
    assert is_small(word)


@pytest.mark.parametrize("word", ["Kyiv", "kyiv", "Monday", "May", "NATO", "", "XQ"])
def test_names_and_what_the_list_does_not_know_are_not(word: str) -> None:
    assert not is_small(word)


def test_two_common_words_may_be_a_name_together() -> None:
    assert is_name("White", "House")
    assert is_name("New", "York")
    assert not is_name("white", "paper")
