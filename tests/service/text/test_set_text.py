"""Set text: what comes from files made for print, and lines that lead elsewhere: page heads, notes, numbers of sections, links."""

import pytest

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.sentences.segmentation import segment


def texts(document: Document) -> list[str]:
    return [document.segment_text(index) for index in range(len(document.segments))]


def kinds(document: Document) -> list[SegmentKind]:
    return [one.kind for one in document.segments]


@pytest.mark.parametrize(
    "line",
    [
        "Bank of Estmark                    Quarterly Bulletin 2026 Q3", "Вестник статистики. 2026. № 4 (38)                41",
        "Надіслати новину: @kharkiv_bot", "Подробности — на сайте 👉 https://kaktus.example/523411",
        "Ключевые слова: демография, миграция.", "Keywords: tax, trams", "УДК 314.1", "DOI: 10.1038/s41559-026-02941-7",
    ],
)  # fmt: skip
def test_what_frames_a_page_or_leads_to_another_is_a_byline(line: str) -> None:
    document = segment(f"{line}\n\nThe council met on Monday in Kyiv.\n\n{line}\n")
    assert kinds(document) == [SegmentKind.BYLINE, SegmentKind.SENTENCE, SegmentKind.BYLINE]


@pytest.mark.parametrize(
    "line",
    [
        "The  minister  of  finance  said:  the  money  is  there.", "Macron met @ZelenskyyUa and thanked him for the talks",
        "УДК, яку застосовують бібліотеки, оновили.", "Read it at https://example.com, the mayor said.",
    ],
)  # fmt: skip
def test_news_with_spaces_addresses_and_codes_is_none(line: str) -> None:
    assert kinds(segment(f"The council met on Monday in Kyiv.\n{line}\n"))[1] is not SegmentKind.BYLINE


def test_a_line_that_leads_on_is_a_byline_behind_a_marker_too() -> None:
    document = segment(
        "The council met on Monday in Kyiv.\n\n👉 Підписатися | Надіслати новину\n\n• Читайте також: Що далі\n• Rents fell by half."
    )
    assert kinds(document)[1:] == [SegmentKind.BYLINE, SegmentKind.BYLINE, SegmentKind.BYLINE, SegmentKind.LIST_ITEM]


def test_a_number_before_capitals_makes_a_heading() -> None:
    document = segment("2. RESULTS OF THE AUDIT\n\n2.1. The rate was cut. It is low.\n\n2.2. The bank is calm.")
    assert kinds(document) == [SegmentKind.HEADLINE, *[SegmentKind.LIST_ITEM] * 3]


def test_a_line_that_ends_with_a_dash_goes_on() -> None:
    document = segment("The cost of the drugs that were written off last year is —\n186.4 million euros. It was paid by the state.")
    assert [document.segment_text(index).split()[-1] for index in range(len(document.segments))] == ["euros.", "state."]


@pytest.mark.parametrize("end", ["to 4.0%.", "at the target.", "за +14 °С.", "«Так».", "це визнали!"])
def test_the_number_of_a_note_parts_two_sentences(end: str) -> None:
    assert texts(segment(f"Something was {end}12 Firms cut staff.")) == [f"Something was {end}", "Firms cut staff."]


def test_the_number_of_a_note_and_that_of_a_section_are_no_words() -> None:
    document = segment("2.1. The rate was cut to 4.0%.1 Inflation is at the target.12\n\n3.4.1. Firms cut staff.")
    assert texts(document) == ["The rate was cut to 4.0%.", "Inflation is at the target.", "Firms cut staff."]
    assert document.gaps() == ("2.1. ", "1 ", "12\n\n3.4.1. ", "")


def test_a_day_before_its_news_is_no_number_of_a_section() -> None:
    assert texts(segment("24.02. Росія напала на Україну.\n24.11. Міст відкрили."))[1] == "24.11. Міст відкрили."


def test_a_paragraph_that_ends_with_the_number_of_a_note_is_no_heading() -> None:
    document = segment("City buys trams\n\nThe council bought 20 trams.\n\nOf 1,214 patients 702 had theirs, or 57.8 %.1\n\nThe rest wait.")
    assert [one.kind for one in document.segments] == [SegmentKind.HEADLINE, *[SegmentKind.SENTENCE] * 3]
