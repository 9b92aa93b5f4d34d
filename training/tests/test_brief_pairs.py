"""The targets that a summarizer learns from never say more than their sources."""

from itertools import islice
from typing import Any

import numpy as np
import pytest

from training.brief_pairs import PairStream, briefs, cut, told
from training.data import Pair

_LANGUAGES = ("en", "uk", "ru")


def _article(brief: str, headline: str = "Fire burned 12 houses.") -> dict[str, Any]:
    rows = ["Fire burned 12 houses in the town on Monday.", "Nobody was hurt.", "The mayor thanked 40 volunteers.", "Rain is expected."]
    return {
        "title": dict.fromkeys(_LANGUAGES, "Fire burns houses"),
        "paragraphs": [0, 2],
        "sentences": [dict.fromkeys(_LANGUAGES, row) for row in rows],
        "brief": dict.fromkeys(_LANGUAGES, brief),
        "headline_brief": dict.fromkeys(_LANGUAGES, headline),
    }


def _english(pairs: Any) -> list[tuple[str, str]]:
    return [(pair.first, pair.second) for pair in pairs if pair.pair == "en-en"]


def test_each_sentence_of_a_brief_comes_with_the_sentences_that_it_rests_on() -> None:
    found = _english(told([_article("The mayor thanked 40 volunteers after the fire.")]))
    assert found[0] == (
        "Fire burned 12 houses in the town on Monday. The mayor thanked 40 volunteers.",
        "The mayor thanked 40 volunteers after the fire.",
    )
    assert found[1] == ("Fire burned 12 houses in the town on Monday.", "Fire burned 12 houses.")


@pytest.mark.parametrize("brief", ["The mayor thanked 41 volunteers.", "Parliament votes on pensions tomorrow."])
def test_a_sentence_with_a_number_or_words_of_its_own_teaches_nothing(brief: str) -> None:
    article = _article(brief, headline=brief)
    assert not [*told([article]), *briefs([article])]


def test_a_brief_tells_only_what_the_picked_sentences_tell() -> None:
    found = _english(briefs([_article("Fire burned 12 houses. Parliament votes on pensions tomorrow.")]))
    assert found
    assert all(written == "Fire burned 12 houses." and "12 houses" in read for read, written in found)


def test_all_sentences_that_a_rule_shortens_and_few_others_are_kept() -> None:
    rows = [{"en": f"Bridge number {n} will open again in May, the mayor said."} for n in range(50)]
    rows += [{"en": f"It will rain in the north of region {n}."} for n in range(50)]
    found = _english(cut(rows, np.random.default_rng(1)))
    assert sum(written == read for read, written in found) < 20
    assert sum("mayor" in read and "mayor" not in written for read, written in found) == 50


def test_a_stream_draws_the_kinds_in_their_shares_and_exchanges_both_sides_alike() -> None:
    pair = Pair(source="briefs", pair="en-en", first="Fire burned 57 houses in Kyiv, he said.", second="Fire burned 57 houses in Kyiv.")
    left_alone = Pair(source="briefs", pair="en-en", first="It burned 83 cars, he said.", second="It burned 83 cars.")
    drawn = list(islice(PairStream({"told": [pair], "cut": [left_alone]}, {"told": 0.5, "cut": 0.5}, seed=3), 400))
    assert 150 < drawn.count(left_alone) < 250
    others = [each for each in drawn if each not in (pair, left_alone)]
    assert len(others) > 50
    assert all(each.first == each.second.replace(".", ", he said.") for each in others)
