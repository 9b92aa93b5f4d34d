"""Sentences in capitals: a model reads them as sentences are written, and nothing but the case of letters changes."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.names.shouting import in_sentence_case

WRITTEN = [
    ("en", "MISSILES HIT KYIV OVERNIGHT", "Missiles hit Kyiv overnight"),
    ("en", "NATO CHIEF MEETS ZELENSKY IN BRUSSELS", "NATO chief meets Zelensky in Brussels"),
    ("en", "THE POLISH PRESIDENT, ANDRZEJ DUDA, LEFT ON MONDAY.", "The Polish president, Andrzej Duda, left on Monday."),
    ("en", "U.S. SENDS F-16 JETS, BBC SAYS", "U.S. sends F-16 jets, BBC says"),
    ("en", "COVID-19 CASES RISE, AND SO DO I", "COVID-19 cases rise, and so do I"),
    ("en", "XQ1 ARRIVED IN WARSAW TODAY", "XQ1 arrived in Warsaw today"),
    ("en", "PRESIDENT Zelensky ARRIVED", "President Zelensky arrived"),
    ("en", "BREAKING NEWS: Russia STRIKES Kharkiv AGAIN", "Breaking news: Russia strikes Kharkiv again"),
    (
        "en",
        "People in the park near the lake were told: PLEASE DO NOT FEED ducks.",
        "People in the park near the lake were told: please do not feed ducks.",
    ),
    ("en", "HE ARRIVED IN MARCH, SHE IN JULY", "He arrived in March, she in July"),
    ("uk", "ТЕРМІНОВО: Зеленський ПРИБУВ до Варшави", "Терміново: Зеленський прибув до Варшави"),
    ("uk", "ПРЕЗИДЕНТ УКРАЇНИ ПРИБУВ ДО ВАРШАВИ", "Президент України прибув до Варшави"),
    ("uk", "УРЯД І ЄС ПІДПИСАЛИ УГОДУ", "Уряд і ЄС підписали угоду"),
    ("ru", "ДВА ДНЯ В США И РФ", "Два дня в США и РФ"),
    ("ru", "ВЛАДИМИР ПУТИН ПРИЕХАЛ В КИТАЙ", "Владимир Путин приехал в Китай"),
]


@pytest.mark.parametrize(("language", "text", "written"), WRITTEN)
def test_a_sentence_in_capitals_is_read_as_sentences_are_written(language: str, text: str, written: str) -> None:
    assert in_sentence_case(text, language) == written


@pytest.mark.parametrize(
    "text",
    [
        "Missiles hit KYIV",
        "NATO",
        "BBC NEWS",
        "12.5 %",
        "NATO, EU, UN",
        "Міст ВІДКРИТО.",
        "",
        "The BBC, CNN and NASA said so",
        "Do NOT open it",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert in_sentence_case(text, "uk") == text


def test_languages_without_tables_stay_as_they_are() -> None:
    assert in_sentence_case("DER PRÄSIDENT KAM AM MONTAG", "de") == "DER PRÄSIDENT KAM AM MONTAG"


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=8), max_size=8), st.sampled_from(["en", "uk", "ru"]))
def test_nothing_but_the_case_changes(words: list[str], language: str) -> None:
    text = " ".join(words).upper()
    assert in_sentence_case(text, language).upper() == text
