"""Briefs are measured as a reader would: against what people wrote, and against the article."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training.briefs import article_text, extractive, lead, measure_briefs, split_articles
from training.compression import joined


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


def test_joined_sentences_lose_only_bylines_and_attributions() -> None:
    random = np.random.default_rng(1)
    sentences = ["The bridge will open again in May, the mayor of the city said.", "It will rain in the north of the country."]
    for _ in range(50):
        text, brief = joined(sentences, "en", random)
        assert "mayor" not in brief
        assert text.endswith(("said.", "country."))
        assert brief.count(".") <= text.count(".")
