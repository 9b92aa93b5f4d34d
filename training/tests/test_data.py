"""Cleaning keeps prose, and no evaluation sentence passes."""

from dataclasses import replace

import pytest

from training.data import Pair, forms, is_useful
from training.held_out import LeakError, check_no_leak, evaluation_sentences, read_samples, without_evaluation

_HELD_ASIDE = evaluation_sentences({"set": {"en": ["The bridge was closed."], "uk": ["Міст закрили."]}})


def _pair(first: str, second: str) -> Pair:
    return Pair(source="news", pair="en-uk", first=first, second=second)


@pytest.mark.parametrize(
    ("first", "second", "useful"),
    [
        ("Two people were injured.", "Двоє людей поранено.", True),
        ("translator-credits", "Перекладачі", False),
        ("Use `make` here.", "Скористайтеся `make`.", False),
        ("Yes.", "Так, безумовно, тому що інакше й бути не може, зрештою.", False),
        ("12:30, 14:00", "12:30, 14:00", False),
    ],
)
def test_only_prose_of_like_length_is_useful(first: str, second: str, useful: bool) -> None:
    assert is_useful(_pair(first, second), 2.2) is useful


def test_a_short_text_may_be_the_same_in_both_languages_and_no_other() -> None:
    copied = _pair("Андорра", "Андорра")
    assert is_useful(replace(copied, source="short"), 2.2)
    assert not is_useful(copied, 2.2)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("exit", "вихід", ["exit вихід", "Exit Вихід", "Exit. Вихід."]),
        ("train", "потяг", ["train потяг", "Train Потяг", "Train. Потяг.", "TRAIN ПОТЯГ"]),
        ("Hello!", "Привіт!", ["Hello! Привіт!", "Hello Привіт", "HELLO! ПРИВІТ!"]),
        ("I am here.", "Я тут.", ["I am here. Я тут.", "I am here Я тут"]),
        ("10 km", "10 км", ["10 km 10 км", "10 km. 10 км."]),
        ("NATO", "НАТО", ["NATO НАТО", "NATO. НАТО."]),
    ],
)
def test_a_short_text_is_learnt_as_people_type_it_and_one_in_five_in_capitals(first: str, second: str, wanted: list[str]) -> None:
    assert [f"{pair.first} {pair.second}" for pair in forms(_pair(first, second))] == wanted


def test_an_evaluation_sentence_is_found_whatever_its_case_and_punctuation() -> None:
    leaked = _pair("the bridge was closed!", "Міст було закрито.")
    assert without_evaluation([leaked], _HELD_ASIDE) == []
    with pytest.raises(LeakError, match="1 training pairs"):
        check_no_leak([leaked], _HELD_ASIDE)


def test_the_sample_articles_are_held_aside_in_three_languages() -> None:
    samples = read_samples()
    assert set(samples) == {"en", "uk", "ru"}
    leaked = _pair(samples["en"][2], "Текст.")
    assert without_evaluation([leaked], evaluation_sentences({"samples": samples})) == []
