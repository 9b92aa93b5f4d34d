"""Documents are born valid and give their text back."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.document import Document, Segment, SegmentKind, Span
from korotko_service.text.sentences.segmentation import segment


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


@pytest.mark.parametrize(
    ("spans", "segments"),
    [
        ([], ["One.", "Two!", "Six?"]),
        ([(0, 4), (5, 9)], ["One.", "Two!", "Six?"]),
        ([(4, 5)], ["One.", "Two!", "Six?"]),
        ([(3, 6)], ["One. Two!", "Six?"]),
        ([(8, 11), (0, 6)], ["One. Two! Six?"]),
        ([(2, 14)], ["One. Two! Six?"]),
    ],
)
def test_segments_are_one_where_a_cut_would_go_through_a_span(spans: list[tuple[int, int]], segments: list[str]) -> None:
    text = "One. Two! Six?"
    joined = segment(text).joined(Span(start=start, end=end) for start, end in spans)
    assert [joined.segment_text(index) for index in range(len(joined.segments))] == segments
    assert joined.text == text


@given(text=st.text(alphabet="Aб. !?\n1", max_size=60), ends=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_joining_loses_no_character_and_leaves_no_cut_in_a_span(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(start=min(pair), end=max(pair)) for pair in ends]
    joined = segment(text).joined(spans)
    gaps, words = joined.gaps(), [joined.segment_text(index) for index in range(len(joined.segments))]
    assert "".join(part for pair in zip(gaps, [*words, ""], strict=True) for part in pair) == text
    for before, after in pairwise(joined.segments):
        assert not any(span.start < before.span.end and span.end > after.span.start for span in spans)
