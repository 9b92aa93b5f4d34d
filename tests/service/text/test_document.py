"""Documents are born valid and give their text back."""

import pytest

from korotko_service.text.document import Document, Segment, SegmentKind, Span
from korotko_service.text.segmentation import segment


def sentence(start: int, end: int, paragraph: int = 0) -> Segment:
    return Segment(span=Span(start=start, end=end), kind=SegmentKind.SENTENCE, paragraph=paragraph)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_span_never_runs_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start=start, end=end)


def test_spans_sort_by_place() -> None:
    assert sorted([Span(start=4, end=5), Span(start=0, end=9), Span(start=0, end=2)])[0] == Span(start=0, end=2)
    assert len(Span(start=4, end=9)) == 5


def test_segment_is_never_empty_and_counts_paragraphs_from_zero() -> None:
    with pytest.raises(ValueError, match="empty"):
        sentence(1, 1)
    with pytest.raises(ValueError, match="paragraphs"):
        sentence(0, 1, paragraph=-1)


@pytest.mark.parametrize(
    "segments",
    [
        (sentence(0, 30),),
        (sentence(0, 4), sentence(3, 6)),
        (sentence(4, 6), sentence(0, 2)),
        (sentence(0, 2, paragraph=1), sentence(4, 6)),
        (sentence(0, 3),),
        (sentence(2, 6),),
    ],
)
def test_document_refuses_segments_that_do_not_fit_its_text(segments: tuple[Segment, ...]) -> None:
    with pytest.raises(ValueError, match="segment"):
        Document(text="ab cd ef", segments=segments)


def test_gaps_and_segments_take_turns() -> None:
    document = Document(text=" ab  cd ", segments=(sentence(1, 3), sentence(5, 7)))
    assert document.gaps() == (" ", "  ", " ")
    assert [document.segment_text(index) for index in (0, 1)] == ["ab", "cd"]


def test_document_without_segments_is_one_gap() -> None:
    assert Document(text=" \n", segments=()).gaps() == (" \n",)


def test_head_keeps_whole_segments_and_cuts_the_text_behind_them() -> None:
    document = segment("One fish. Two fish. Red fish.")
    assert document.head(19).text == "One fish. Two fish."
    assert document.head(18).text == "One fish."
    assert document.head(3) == Document(text="", segments=())
    assert document.head(1_000) is document
