"""English headlines in title case: a model reads them as sentences are written, and nothing but the case of letters changes."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.names.headlines import headline_in_sentence_case

WRITTEN = [
    (
        "The Bells of St. Martin's Fall Silent as Churches in Harlem Struggle",
        "The bells of St. Martin's fall silent as churches in Harlem struggle",
    ),
    ("Russia Launches Massive Missile Attack on Kyiv", "Russia launches massive missile attack on Kyiv"),
    ("White House Says It Will Send New Weapons to New York", "White House says it will send new weapons to New York"),
    ("A Split-Second Pro-Trump Decision by the U.S. Supreme Court", "A split-second pro-Trump decision by the U.S. Supreme Court"),
    ("Former President Bill Clinton Meets Mark Rutte in Rome", "Former president Bill Clinton meets Mark Rutte in Rome"),
    ("He Said I Was Wrong: Police Arrest Man at BBC Office", "He said I was wrong: Police arrest man at BBC office"),
    ("What to Know About XQ1 and XQ2 Before You Go", "What to know about XQ1 and XQ2 before you go"),
    ("Why Voters Don't Trust the President's Plan", "Why voters don't trust the president's plan"),
    ("Terms of Service", "Terms of service"),
    ("Sign In", "Sign in"),
    ("Hepatitis A Cases Rise in Florida Again", "Hepatitis A cases rise in Florida again"),
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_a_headline_in_title_case_is_read_as_sentences_are_written(text: str, written: str) -> None:
    assert headline_in_sentence_case(text, "en") == written


@pytest.mark.parametrize(
    "text",
    [
        "Russia launches massive missile attack on Kyiv",
        "Boris Johnson, Theresa May, David Cameron and Tony Blair",
        "The New York Times",
        "MISSILES HIT KYIV OVERNIGHT",
        "White House",
        "The Guardian",
        "Sign in",
        "New York",
        "Samsung Phone",
        "a Hello.",
        "",
    ],
)
def test_sentences_names_and_titles_stay_as_they_are(text: str) -> None:
    assert headline_in_sentence_case(text, "en") == text


def test_only_english_has_such_headlines() -> None:
    assert headline_in_sentence_case("The Weather Will Be Good Again", "uk") == "The Weather Will Be Good Again"


@given(st.lists(st.sampled_from(["The", "Weather", "of", "U.S.", "New", "York", "Kyiv", "Ärger", "İ", "5th", "«Sea»", "’s"]), max_size=12))
def test_nothing_but_the_case_of_first_letters_changes(words: list[str]) -> None:
    text = " ".join(words).title()
    written = headline_in_sentence_case(text, "en")
    assert written.casefold() == text.casefold()
    assert len(written) == len(text)
