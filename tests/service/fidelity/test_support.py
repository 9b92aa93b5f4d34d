"""What a written sentence rests on, told by common words."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.support import MOST_PIECES, bag, support

SOURCES = {
    "en": ("The council approved the budget on Monday.", "Schools will get 40 million euros.", "The mayor thanked the teachers."),
    "uk": ("Рада ухвалила бюджет у понеділок.", "Школи отримають 40 мільйонів євро.", "Мер подякував учителям."),
    "ru": ("Совет принял бюджет в понедельник.", "Школы получат 40 миллионов евро.", "Мэр поблагодарил учителей."),
}


def bags(language: str) -> list[frozenset[str]]:
    return [bag(text) for text in SOURCES[language]]


@pytest.mark.parametrize("language", SOURCES)
@pytest.mark.parametrize("index", range(3))
def test_a_quoted_sentence_rests_on_itself(language: str, index: int) -> None:
    found = support(SOURCES[language][index], bags(language))
    assert [(piece.index, piece.score) for piece in found.pieces] == [(index, 1.0)]
    assert found.coverage == 1.0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Teachers were thanked by the mayor for approving budgets."),
        ("uk", "Мер дякував учителям за ухвалений бюджет."),
        ("ru", "Мэр благодарил учителей за принятый бюджет."),
    ],
)
def test_other_forms_of_the_words_and_two_pieces_are_found_in_the_articles_order(language: str, sentence: str) -> None:
    found = support(sentence, bags(language))
    assert [piece.index for piece in found.pieces] == [0, 2]
    assert found.coverage > 0.7


@pytest.mark.parametrize("sentence", ["Astronomers discovered a comet near Jupiter.", "", "The of and.", "Комета."])
def test_a_sentence_about_something_else_rests_on_nothing(sentence: str) -> None:
    found = support(sentence, bags("en"))
    assert (found.pieces, found.coverage) == ((), 0.0)


def test_a_number_is_a_word_like_others() -> None:
    assert [piece.index for piece in support("40", bags("en")).pieces] == [1]


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=6))
def test_shares_are_shares_whatever_was_written(sentence: str, sources: list[str]) -> None:
    found = support(sentence, [bag(text) for text in sources])
    indices = [piece.index for piece in found.pieces]
    assert indices == sorted(set(indices))
    assert len(indices) <= MOST_PIECES
    assert 0 <= found.coverage <= 1
    assert all(0 < piece.score <= found.coverage + 1e-9 for piece in found.pieces)
