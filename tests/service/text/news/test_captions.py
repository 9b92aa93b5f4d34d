"""Captions: a place and a full date tell them from the news."""

import pytest

from korotko_service.text.news.captions import is_caption
from korotko_service.text.sentences.segmentation import segment


@pytest.mark.parametrize(
    "caption",
    [
        "Премьер-министр прибывает на конференцию в Бирмингеме 29 сентября 2018 г.",
        "30 вересня 2018 р. в Струміці прем'єр-міністр голосує на референдумі.",
        "A farmer feeds pigs in Xining, Qinghai, China, May 30, 2005.",
        "The prime minister arrives in Birmingham, Britain, 29 September 2018.",
    ],
)
def test_captions_are_known_by_place_and_full_date(caption: str) -> None:
    document = segment(f"The council met.\n\n{caption}\n\nRents fell.")
    assert is_caption(document, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Monday.",
        "The trial will begin on September 29, 2026.",
        "Суд розпочнеться 15 грудня 2026 року.",
        "Закон набуває чинності 1 січня 2027 року.",
        "He has 30 pigs and 2005 hens.",
    ],
)
def test_news_that_says_a_day_is_no_caption(text: str) -> None:
    document = segment(f"The council met.\n\n{text}\n\nRents fell.")
    assert not is_caption(document, 1)


def test_the_first_paragraph_and_sentences_among_others_are_no_captions() -> None:
    document = segment("Farmers feed pigs in Xining, China, May 30, 2005.\n\nSo they do in Rome, Italy, May 30, 2006. He ruled for years.")
    assert not any(is_caption(document, index) for index in range(3))


def test_what_stands_before_an_agency_s_name_in_a_paragraph_is_a_caption() -> None:
    document = segment("Rents rose.\n\nProtesters hold up keys in Lisbon. REUTERS/Rui Costa\n\nThe strike began on Monday. Reuters saw it.")
    assert [is_caption(document, index) for index in range(len(document.segments))] == [False, True, False, False, False]
