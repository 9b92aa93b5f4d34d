"""A brief leaves out who said it, and nothing else."""

import pytest
from hypothesis import given, strategies as st

from training.compression import compressed
from training.recipe import LANGUAGES


@pytest.mark.parametrize(
    ("sentence", "language", "shorter"),
    [
        ("The bridge will open again in May, the mayor of the city said.", "en", "The bridge will open again in May."),
        ("The bridge will open again in May, the mayor said on Monday.", "en", "The bridge will open again in May."),
        ("The bridge will open again in May, according to the mayor.", "en", "The bridge will open again in May."),
        ("According to the mayor, the bridge will open again in May.", "en", "The bridge will open again in May."),
        ("The bridge (built in 1931) will open again in May.", "en", "The bridge will open again in May."),
        ("Міст знову відкриють у травні, повідомив міський голова.", "uk", "Міст знову відкриють у травні."),
        ("За словами міського голови, міст знову відкриють у травні.", "uk", "Міст знову відкриють у травні."),
        ("Мост снова откроют в мае, сообщил мэр города.", "ru", "Мост снова откроют в мае."),
        ("По словам мэра города, мост снова откроют в мае.", "ru", "Мост снова откроют в мае."),
    ],
)
def test_who_said_it_and_what_stands_in_brackets_goes(sentence: str, language: str, shorter: str) -> None:
    assert compressed(sentence, language) == shorter


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ('"The bridge will open again in May," he said.', "en"),
        ("«Міст знову відкриють у травні», — сказав голова.", "uk"),
        ("No, he said.", "en"),
        ("The mayor, who said nothing on Monday, will open the bridge in May.", "en"),
        ("По словам, которые он сказал, судят о нем.", "ru"),
    ],
)
def test_quotations_and_short_sentences_stay_whole(sentence: str, language: str) -> None:
    assert compressed(sentence, language) == sentence


@given(
    st.lists(st.sampled_from(["said", "according to", ", ", " ", "(", ")", "сказав ", "сообщил ", "За даними", "x", ".", "\n"])).map(
        "".join
    ),
    st.sampled_from(LANGUAGES),
)
def test_what_is_cut_is_never_longer_and_cutting_is_quick(text: str, language: str) -> None:
    assert len(compressed(text, language)) <= len(text)


@pytest.mark.parametrize("piece", [", said", " (", "said ", ", сказав ", "сообщил, "])
def test_long_hostile_texts_come_back(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(compressed(text, "en")) <= len(text)
