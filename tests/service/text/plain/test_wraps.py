"""Text wrapped by hand: words cut at the end of a line are whole again, and words with a hyphen of their own keep it."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.plain.wraps import on_one_line, shown
from korotko_service.text.sentences.segmentation import segment
from korotko_service.text.words import terms

LETTERS = "abcdefghijklmnopqrstuvwxyzабвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэё"


@pytest.mark.parametrize(
    ("wrapped", "read"),
    [
        ("the lead-\ner of the study", "the leader of the study"),
        ("the lead-\r\n   er of the study", "the leader of the study"),
        ("18 листо-\nпада", "18 листопада"),
        ("на Неза-\nлежній площі", "на Незалежній площі"),
        ("здраво\xad\nохранение", "здравоохранение"),
        ("прави¬\nтельство", "правительство"),
        ("THE UNITED NATI-\nONS", "THE UNITED NATIONS"),
        ("a 45-\nyear-old man", "a 45-year-old man"),
        ("the COVID-\n19 rules", "the COVID-19 rules"),
        ("a state-of-the-\nart plant", "a state-of-the-art plant"),
        ("the London-\nbased firm", "the London-based firm"),
        ("a long-\nterm plan", "a long-term plan"),
        ("longi-\ntude", "longitude"),
        ("Івано-\nФранківськ", "Івано-Франківськ"),
        ("где-\nнибудь", "где-нибудь"),
        ("two-\nand three-year terms", "two- and three-year terms"),
        ("одно-\nи двухкомнатные", "одно- и двухкомнатные"),
        ("https://example.com/some-\npage", "https://example.com/some-page"),
        ("the talks -\nthe third", "the talks - the third"),
        ("low-carbon heat", "low-carbon heat"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_read_whole(wrapped: str, read: str) -> None:
    assert " ".join(shown(on_one_line(wrapped)).split()) == read


@given(word=st.text(LETTERS, min_size=4, max_size=14), place=st.integers(2, 12), room=st.sampled_from(["\n", "\r\n", "\n  "]))
@settings(deadline=None)
def test_a_cut_word_keeps_its_letters_and_every_place(word: str, place: int, room: str) -> None:
    place = min(place, len(word) - 2)
    wrapped = f"so {word[:place]}-{room}{word[place:]} it is"
    flat = on_one_line(wrapped)
    assert len(flat) == len(wrapped)
    assert shown(flat).replace("-", "").replace(" ", "") == wrapped.replace("-", "").replace(" ", "").replace(room.strip(" "), "")
    assert "\n" not in flat


@given(st.text(alphabet="aа1A -\xad\n\r\u2060", max_size=30))
@settings(deadline=None)
def test_whatever_the_text_is_its_places_stay(text: str) -> None:
    assert len(on_one_line(text)) == len(text)
    assert "\n" not in on_one_line(text)


def test_a_line_of_half_a_word_belongs_to_its_sentence() -> None:
    document = segment("The object lies\nfar away. It betrayed\nit-\nself by the wobble\nof a star.\n")
    assert [document.segment_text(index) for index in range(2)] == [
        "The object lies\nfar away.",
        "It betrayed\nit-\nself by the wobble\nof a star.",
    ]


def test_a_word_in_two_lines_or_with_soft_hyphens_is_the_same_word() -> None:
    assert terms("здраво\xadохранения") == terms("здравоохра-\nнения") == terms("здравоохранения")
