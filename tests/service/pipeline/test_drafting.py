"""What a summarizer reads and how much it may write."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.engines.engine import FinishReason, Generation
from korotko_service.pipeline.drafting import Source, best, bounds, budgets, candidates, chunks, fits, whole_sentences
from korotko_service.pipeline.jobs import BriefShape
from korotko_service.pipeline.reading import read
from korotko_service.text.document import Span


def count(text: str) -> int:
    return len(text.split()) + 1


def source(text: str, score: float) -> Source:
    return Source(text=text, original=text, language="en", span=Span(start=0, end=len(text)), score=score)


def generation(text: str, reason: FinishReason = FinishReason.END) -> Generation:
    return Generation(text=text, score=-1.0, length=1, finish_reason=reason)


SOURCES = [source("One two three.", 0.2), source("Four five.", 0.9), source("Six seven eight nine.", 0.5)]
words = st.lists(st.text(alphabet="abcxyz", min_size=1, max_size=6), min_size=1, max_size=30).map(" ".join)


def test_the_best_sentences_that_fit_are_read_in_the_order_of_the_article() -> None:
    assert [each.score for each in best(SOURCES, count, 8, BriefShape())] == [0.9, 0.5]
    assert [each.score for each in best(SOURCES, count, 12, BriefShape())] == [0.2, 0.9, 0.5]


def test_a_weaker_sentence_that_fits_is_read_where_a_stronger_one_does_not() -> None:
    assert [each.score for each in best(SOURCES, count, 7, BriefShape())] == [0.2, 0.9]


def test_the_best_sentence_is_read_even_if_it_has_to_go_in_pieces() -> None:
    assert [each.score for each in best(SOURCES, count, 1, BriefShape())] == [0.9]


def test_a_focus_narrows_what_is_read() -> None:
    many = [source(f"Sentence {index}.", index / 10) for index in range(10)]
    assert len(best(many, count, 1000, BriefShape(max_sentences=1, focus="trade"))) == 3
    assert len(best(many, count, 1000, BriefShape(max_sentences=1))) == 10


@pytest.mark.parametrize(("budget", "wide"), [(12, 1), (4, 1), (3, 4)])
def test_a_long_article_is_read_in_several_budgets(budget: int, wide: int) -> None:
    assert budgets(SOURCES, count, budget, translated=False) == wide
    assert budgets(SOURCES, count, budget, translated=True) == 1


def test_headings_and_unreadable_languages_are_not_read() -> None:
    body = "Council meets\n\nThe council met on Monday in the town hall. It will meet again next week."
    reading = read(body, language="en", limit=1000, field="body")
    scores = [0.5] * len(reading.document.segments)
    found = candidates(reading, scores, ["en"])
    assert [body[each.span.start : each.span.end] for each in found] == [each.text for each in found]
    assert found[0].text.startswith("The council met")
    assert candidates(reading, scores, ["uk"]) == []


def test_words_cut_at_the_end_of_a_line_are_read_whole() -> None:
    reading = read("The lead-\ner of the\ncouncil met voters.", language="en", limit=1000, field="text")
    assert [each.text for each in candidates(reading, (1.0,), ["en"])] == ["The leader of the council met voters."]


def test_where_there_is_nothing_but_a_heading_that_is_read() -> None:
    reading = read("Council meets", language="en", limit=1000, field="body")
    assert [each.text for each in candidates(reading, [0.0], ["en"])] == ["Council meets"]


@given(st.lists(words, max_size=20), st.integers(min_value=2, max_value=40))
def test_no_chunk_is_over_the_budget_and_no_word_is_lost(texts: list[str], budget: int) -> None:
    made = chunks(texts, count, budget)
    assert all(count(each) <= budget for each in made)
    assert " ".join(made).split() == " ".join(texts).split()


@given(st.lists(words, min_size=1, max_size=8), st.integers(min_value=6, max_value=40))
def test_a_tokenizer_that_adds_tokens_at_joints_breaks_no_budget(texts: list[str], budget: int) -> None:
    def costly(text: str) -> int:
        return len(text.split()) + max(0, len(text.split()) - 1) // 2 + 1

    assert all(costly(each) <= budget for each in chunks(texts, costly, budget))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (BriefShape(max_sentences=3), (16, 48)),
        (BriefShape(max_sentences=3, headline=True), (1, 16)),
        (BriefShape(max_sentences=50), (16, 64)),
        (BriefShape(max_sentences=50, max_characters=100), (1, 32)),
    ],
)
def test_bounds_follow_the_wanted_length_and_the_articles_own_sentences(shape: BriefShape, expected: tuple[int, int]) -> None:
    texts = ["x" * 50] * 6
    assert bounds(texts, [10] * 6, [60], shape, 64) == expected


def test_each_of_several_chunks_is_to_become_half_as_long() -> None:
    assert bounds(["x"] * 9, [100] * 9, [400, 400, 100], BriefShape(max_sentences=9), 1000)[1] == 150


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=20),
    st.lists(st.integers(1, 500), min_size=1, max_size=5),
    st.integers(1, 50),
    st.one_of(st.none(), st.integers(20, 2000)),
    st.integers(1, 500),
)
def test_bounds_are_bounds(lengths: list[int], chunked: list[int], sentences: int, characters: int | None, limit: int) -> None:
    shape = BriefShape(max_sentences=sentences, max_characters=characters)
    least, most = bounds(["word"] * len(lengths), lengths, chunked, shape, limit)
    assert 1 <= least <= most <= limit


def test_a_sentence_that_was_cut_off_is_left_out_and_no_other() -> None:
    cut = generation("The talks ended. They will go on", FinishReason.LENGTH)
    assert whole_sentences([cut]) == ("The talks ended.",)
    assert whole_sentences([generation(cut.text)]) == ("The talks ended.", "They will go on")
    assert whole_sentences([generation("The talks ended.", FinishReason.LENGTH)]) == ("The talks ended.",)


def test_a_sentence_counts_once() -> None:
    assert whole_sentences([generation("It rained. It rained."), generation("IT RAINED.")]) == ("It rained.",)


@pytest.mark.parametrize("text", ["", " \n ", "…"])
def test_from_nothing_comes_nothing_to_read(text: str) -> None:
    assert not any(map(str.isalnum, "".join(whole_sentences([generation(text)]))))


def test_what_fits_is_told_with_the_space_between() -> None:
    shape = BriefShape(max_sentences=2, max_characters=21)
    assert fits(["x" * 10, "x" * 10], shape)
    assert not fits(["x" * 11, "x" * 10], shape)
    assert not fits(["x"] * 3, shape)
