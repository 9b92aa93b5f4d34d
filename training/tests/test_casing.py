"""The list of English words that sentences write small is the one that the training texts give."""

from korotko_service.fidelity.names.casing import RESOURCE
from training.casing import casing, english

_SENTENCES = [
    "The old mill by the river burned down.",
    "An old mill by a river in Kent is for sale.",
    "Every river has an old mill, says Mill of Old River.",
    "She saw the White House and a white house.",
    "He left the White House by the door.",
    "Some house, white or not, is better; the house is white.",
]


def test_words_are_listed_that_are_written_small_three_times_and_seldom_with_a_capital() -> None:
    listed = casing(_SENTENCES)
    assert {"the", "is"} <= set(listed)
    assert not {"kent", "burned", "mill", "old"} & set(listed)


def test_two_words_that_are_written_large_together_are_a_name() -> None:
    sentences = [*_SENTENCES, *["white paper and house rules", "a white paper, a house rule"] * 4]
    assert "white house" in casing(sentences)
    assert "white paper" not in casing(sentences)


def test_the_list_of_the_service_is_up_to_date() -> None:
    listed = RESOURCE.read_text(encoding="utf-8").splitlines()
    assert listed == casing(english()), "the texts changed: run `python -m training casing`"
