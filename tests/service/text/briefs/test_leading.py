"""Leading titles: where the news stands only in the title a brief begins with it, and else it begins with the text."""

import pytest

from korotko_service.text.briefs.leading import top_of
from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.sentences.segmentation import segment

OBITUARY = """Eleanor Whitcombe, botanist who listed the ferns of Borneo, dies aged 97

She was the first woman to lead the society and crossed the Crocker Range on foot.

Whitcombe described 312 species, 140 of them from Mt. Kinabalu alone, and her book on the ferns is still in use.
"""
POST = """⚡️⚡️Землетрясение магнитудой 6,1 произошло в Кыргызстане

Эпицентр — в 34 км от Нарына, на глубине 10 км.

В горах сошли две лавины, дорога Бишкек — Нарын — Торугарт закрыта.
"""


def brief(text: str, sentences: int) -> list[str]:
    document = segment(text)
    picked = pick(document, rank(document, hints=RankingHints()), limits=BriefLimits(max_sentences=sentences))
    return [document.segment_text(index) for index in picked]


@pytest.mark.parametrize("text", [OBITUARY, POST, POST.replace("⚡️⚡️", "‼️ ")])
def test_a_brief_begins_with_the_title_that_is_the_news(text: str) -> None:
    title = text.partition("\n")[0].lstrip("⚡️‼ ")
    assert brief(text, 1) == [title]
    assert brief(text, 2)[0] == title


def test_a_by_line_may_stand_between_the_title_and_what_leans_on_it() -> None:
    document = segment("Mayor resigns over the trams\n\nBy Jane Doe\n\nHe had led the city for nine years. Trams will run again on Monday.")
    assert top_of(document).leads == 0
    assert pick(document, [0.7, 0.0, 0.9, 0.5], limits=BriefLimits(max_sentences=2)) == (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        "City buys twenty trams\n\nThe council bought twenty trams on Monday. They are red.",
        "«Я не герой. Я фельдшер»\n\nВін працює в Києві.",
        "«Кино — это способ не врать»\n\nОна снимала фильм шесть лет.",
        "Who will buy the trams of the city?\n\nThey are red.",
        "Storm Dennis\n\nIt came on Monday.",
        "City buys twenty new trams | The Daily\n\nThey are red.",
        "Still Game star moves to hospitality\n\nStill Game star Ford Kiernan is to move to hospitality.",
        "Storms in Arizona come in rows\n\nIt's rare for a storm to hit Arizona.",
        "Storms in Arizona come in rows\n\nIt is rare for a storm to hit Arizona.",
        "Альманах: хто винайшов лічильник\n\nА тепер сторінка з нашого альманаху.",
        "The city bought trams. They are red.",
        "🍋 Trams\n\nThe city bought trams.",
        "",
    ],
)
def test_other_titles_only_stand_above_the_news(text: str) -> None:
    assert top_of(segment(text)).leads is None


@pytest.mark.parametrize("line", ["Embargo on grain exports lifted", "Ембарго на зерно скасовано", "Эмбарго на зерно снято"])
def test_a_title_about_an_embargo_is_a_title(line: str) -> None:
    assert top_of(segment(f"{line}\n\nThe government met on Monday.")).title == range(1)
