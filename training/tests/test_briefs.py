"""Briefs are measured as a reader would: against what people wrote, and against the article."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.briefs import article_text, extractive, invented_names, lead, measure_briefs, split_articles


def _article(number: int) -> dict[str, Any]:
    rows = [f"Fire {number} burned 12 houses on Monday.", "Nobody was hurt.", "The mayor thanked 40 volunteers.", "Rain is expected."]
    return {
        "id": f"{number:02d}",
        "title": dict.fromkeys(("en", "uk", "ru"), "Fire burns houses"),
        "paragraphs": [0, 2],
        "sentences": [dict.fromkeys(("en", "uk", "ru"), row) for row in rows],
        "brief": dict.fromkeys(("en", "uk", "ru"), "Fire burned 12 houses."),
    }


def test_every_fifth_article_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "articles.jsonl").write_text("\n".join(json.dumps(_article(n)) for n in reversed(range(11))))
    learnt, held_out = split_articles(tmp_path)
    assert [article["id"] for article in held_out] == ["04", "09"]
    assert len(learnt) == 9


def test_an_article_reads_as_title_and_paragraphs() -> None:
    assert article_text(_article(1), "en").split("\n\n") == [
        "Fire burns houses",
        "Fire 1 burned 12 houses on Monday. Nobody was hurt.",
        "The mayor thanked 40 volunteers. Rain is expected.",
    ]


def test_extractive_and_lead_give_three_sentences_of_the_article() -> None:
    for method in (extractive, lead):
        brief = method(_article(1), "en")
        assert brief.count(".") == 3
        assert "12 houses" in brief


def test_a_number_that_the_article_lacks_is_counted() -> None:
    def liar(_article: object, _language: str) -> str:
        return "Fire burned 77 houses."

    found = measure_briefs([_article(1)], liar, "en")
    assert (found.number_recall, found.invented_numbers) == (0.0, 1.0)
    assert found.rouge1 == pytest.approx(2 * 3 / 8)


def test_a_name_that_a_long_article_lacks_is_counted() -> None:
    article = _article(1)
    filler = dict.fromkeys(
        ("en", "uk", "ru"), "The water rose by the river and the people of the town carried sand to the bridge all night."
    )
    article["sentences"] += [filler] * 20
    assert len(article_text(article, "en").split()) > 300

    def gossip(_article: object, _language: str) -> str:
        return "Fire burned 12 houses. Donald Trump thanked 40 volunteers."

    assert measure_briefs([article], gossip, "en").invented_names == 1.0
    assert measure_briefs([article], extractive, "en").invented_names == 0.0


def test_a_name_may_stand_in_any_sentence_of_the_article() -> None:
    rows = ["Nobody was hurt.", "Mayor Olena Koval thanked the volunteers."]
    assert invented_names(rows, "Koval thanked them.", "en") == 0
    assert invented_names(rows, "Petrenko thanked them.", "en") == 1
