"""Ranking: what an article's news is, by place, title, centrality and the reader's focus."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.news.headlines import headline, title_end
from korotko_service.text.sentences.segmentation import segment

NO_HINTS = RankingHints()
ARTICLE = """Місто купує нові трамваї

Міська рада в понеділок вирішила купити двадцять нових трамваїв для правого берега.
Погода того дня була теплою й сонячною, як і весь тиждень.
Трамваї коштуватимуть місту сорок мільйонів гривень і прибудуть навесні.
Рада також обговорила ремонт басейну на вулиці Садовій біля школи.
- News
"""


def test_scores_lie_between_zero_and_one_and_headlines_and_bylines_score_nothing() -> None:
    scores = rank(segment(ARTICLE), hints=NO_HINTS)
    assert scores[0] == scores[-1] == 0.0
    assert all(0.0 < score <= 1.0 for score in scores[1:-1])


def test_lead_comes_first_and_declined_title_words_count() -> None:
    scores = rank(segment(ARTICLE), hints=NO_HINTS)
    assert scores[1] == max(scores)
    assert scores[3] > scores[2]


def test_dateline_that_ends_like_a_sentence_scores_nothing() -> None:
    document = segment("МОСКВА, 5 мар — РИА Новости.\n\nГородской совет купил двадцать трамваев.")
    assert [score > 0 for score in rank(document, hints=NO_HINTS)] == [False, True]


@pytest.mark.parametrize(("focus", "index"), [("басейн", 4), ("погода тижня", 2)])
def test_focus_lifts_the_sentences_that_match_it(focus: str, index: int) -> None:
    document = segment(ARTICLE)
    without = rank(document, hints=NO_HINTS)
    scores = rank(document, hints=RankingHints(focus=focus))
    assert scores[index] / scores[1] > without[index] / without[1]


def test_title_given_apart_counts_as_one_in_the_text() -> None:
    body = segment("The sun shone. The weather stayed warm all week long. Parliament raised the tax on sugar by two percent.")
    titled = rank(body, hints=RankingHints(title="Parliament raises sugar tax"))
    plain = rank(body, hints=NO_HINTS)
    assert titled[2] / titled[1] > plain[2] / plain[1]


def test_short_attribution_is_weak() -> None:
    text = """Talks on a truce between the two sides failed again on Monday.
Bloomberg reported the information.
The sides will meet again in Geneva in two weeks to talk about the truce."""
    scores = rank(segment(text), hints=NO_HINTS)
    assert scores[1] == min(scores)


@pytest.mark.parametrize("count", [1, 2, 5_000])
def test_any_number_of_sentences_is_ranked(count: int) -> None:
    scores = rank(segment("Рада ухвалила бюджет міста. " * count), hints=NO_HINTS)
    assert len(scores) == count
    assert max(scores) > 0.0


def test_nothing_ranks_nothing() -> None:
    assert rank(segment(""), hints=NO_HINTS) == ()


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_is_scored_between_zero_and_one(text: str, focus: str) -> None:
    document = segment(text)
    scores = rank(document, hints=RankingHints(title=focus, lede=focus, focus=focus))
    assert len(scores) == len(document.segments)
    assert all(0.0 <= score <= 1.0 for score in scores)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        (ARTICLE, [0]),
        ("By Jane Doe\nCity buys trams\n\nThe city bought trams.", [1]),
        ("Will the city buy trams?\n\nThe council meets on Monday.", [0]),
        ("«Я не герой. Я фельдшер»\n\nВін працює в Києві.", [0, 1]),
        ("Trams are the best idea we had. Why kill them?\n\nThe council meets on Monday.", [0, 1]),
        ("Exclusive\nCity buys trams\n\nThe city bought trams.", [1]),
        ("Прес-реліз\n\n" + "Громада відкрила перший у столиці центр, де навчають водіїв " * 2 + "трамваїв\n\nЦентр працює щодня.", [1]),
        ("Council buys twenty trams | The Daily\n\nThe city bought trams.", [0]),
        ("РИА Новости\n14:05 03.12.2026\n(обновлено: 14:30 03.12.2026)\nГорсовет купил трамваи\n\nИх двадцать.", [3]),
        ("ПРЕСРЕЛІЗ\n\nГромада відкрила центр, де навчають водіїв трамваїв.", []),
        ("Opinion\n\nThe tip must go, and the sooner the better.", []),
        ("Сегодня, 12:44 Общество\nВ Омске закрыли 14 школ\n\nДети остались дома.", [1]),
        ("12\n\nCity buys trams\n\nThe city bought trams.", [1]),
        ("— 12 —\n\nCity buys trams\n\nThe city bought trams.", [1]),
        ("Storm Dennis\n\nThe storm came on Monday.", [0]),
        ("The city bought trams. They are red.", []),
        ("", []),
    ],
)
def test_headline_is_the_first_paragraph_that_reads_like_a_title(text: str, index: list[int]) -> None:
    assert list(headline(segment(text))) == index


@pytest.mark.parametrize("site", [" | The Daily", " - BBC News", " — Укрінформ", ""])
def test_the_name_of_the_site_is_no_part_of_the_title(site: str) -> None:
    title = "Council buys twenty trams – and two buses"
    assert title_end(title + site) == len(title)
