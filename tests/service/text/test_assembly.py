"""Assembly: outputs stand where their segments stood, and every span slices to its sentence."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.assembly import Assembled, BriefFormat, assemble, assemble_brief
from korotko_service.text.document import Span
from korotko_service.text.sentences.segmentation import segment


def test_outputs_take_the_place_of_segments_between_unchanged_gaps() -> None:
    document = segment("Title\n\n• One fish. Two fish.\r\n")
    assembled = assemble(document, ["Назва", "Одна риба.", "Дві риби."])
    assert assembled.text == "Назва\n\n• Одна риба. Дві риби.\r\n"
    assert [assembled.text[span.start : span.end] for span in assembled.spans] == ["Назва", "Одна риба.", "Дві риби."]


def test_segments_as_outputs_give_the_text_back() -> None:
    document = segment("  Перше. Друге!\n\n- Третє\n")
    outputs = [document.segment_text(index) for index in range(len(document.segments))]
    assert assemble(document, outputs).text == document.text


def test_each_segment_needs_one_output() -> None:
    with pytest.raises(ValueError, match="outputs"):
        assemble(segment("One. Two."), ["Один."])


def test_paragraph_brief_joins_with_one_space() -> None:
    assert assemble_brief(["One.", "Two."], format=BriefFormat.PARAGRAPH).text == "One. Two."


def test_sentence_without_a_full_stop_does_not_run_into_the_next() -> None:
    assembled = assemble_brief(["A standfirst without one", "Two."], format=BriefFormat.PARAGRAPH)
    assert assembled.text == "A standfirst without one. Two."
    assert assembled.spans[0] == Span(start=0, end=24)


@pytest.mark.parametrize(
    ("sentence", "gap"),
    [
        ("Talk of 'love'", ". "),
        ("Ставка зросла до 20 %", ". "),
        ("He said: “Go.”", " "),
        ("«Так!»", " "),
        ("Three rules:", " "),
        ("Вітер 🌬", " "),
    ],
)
def test_a_quotation_mark_or_a_sign_alone_closes_no_sentence(sentence: str, gap: str) -> None:
    assert assemble_brief([sentence, "Two."], format=BriefFormat.PARAGRAPH).text == f"{sentence}{gap}Two."


@pytest.mark.parametrize(
    ("quotation", "following", "gap"),
    [
        ("“It is a historic day”", "said the commander.", ", "),
        ("«Це історичний день»", "сказав командувач.", ", "),
        ("«Це історичний день»,", "сказав командувач.", " "),
        ("He called it “a day”", "The commander left.", ". "),
        ("The council agreed", "and work begins in March", ". "),
    ],
)
def test_a_quotation_goes_on_behind_a_comma(quotation: str, following: str, gap: str) -> None:
    assert assemble_brief([quotation, following], format=BriefFormat.PARAGRAPH).text == f"{quotation}{gap}{following}"


def test_bulleted_brief_has_a_line_for_each_sentence() -> None:
    assert assemble_brief(["One.", "Two."], format=BriefFormat.BULLETS).text == "• One.\n• Two."


@pytest.mark.parametrize("layout", list(BriefFormat))
def test_brief_of_nothing_is_empty(layout: BriefFormat) -> None:
    assert assemble_brief([], format=layout) == Assembled(text="", spans=())


@given(st.lists(st.text()), st.sampled_from(BriefFormat))
def test_spans_of_a_brief_slice_to_its_sentences(sentences: list[str], layout: BriefFormat) -> None:
    assembled = assemble_brief(sentences, format=layout)
    assert [assembled.text[span.start : span.end] for span in assembled.spans] == sentences


@given(st.text(max_size=100), st.data())
def test_spans_of_an_assembled_document_slice_to_its_outputs(text: str, data: st.DataObject) -> None:
    document = segment(text)
    size = len(document.segments)
    outputs = data.draw(st.lists(st.text(max_size=10), min_size=size, max_size=size))
    assembled = assemble(document, outputs)
    assert [assembled.text[span.start : span.end] for span in assembled.spans] == outputs


@given(st.text(max_size=200))
def test_a_document_assembled_from_its_own_segments_gives_any_text_back(text: str) -> None:
    document = segment(text)
    outputs = [document.segment_text(index) for index in range(len(document.segments))]
    assert assemble(document, outputs).text == text


def test_assembled_refuses_spans_outside_its_text_or_out_of_order() -> None:
    with pytest.raises(ValueError, match="behind"):
        Assembled(text="ab", spans=(Span(start=0, end=3),))
    with pytest.raises(ValueError, match="order"):
        Assembled(text="abcd", spans=(Span(start=0, end=3), Span(start=2, end=4)))
