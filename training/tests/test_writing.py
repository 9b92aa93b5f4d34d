"""What a summarizer writes stays only if its source supports it."""

from collections.abc import Sequence
from typing import Any

import pytest

from training.briefs import extractive
from training.writing import at_once, at_once_checked, by_rule, is_safe, one_by_one

_READ = "The mayor of Poltava, Olena Koval, thanked 40 volunteers on Monday but did not name them."


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("Olena Koval thanked 40 volunteers but did not name them.", True),
        ("Olena Koval thanked 400 volunteers but did not name them.", False),
        ("Olena Petrenko thanked 40 volunteers but did not name them.", False),
        ("Olena Koval thanked 40 volunteers and named them.", False),
        ("The parliament discussed pensions but did not vote.", False),
        ("Olena Koval thanked 40 volunteers but did not name", False),
        ("", False),
    ],
)
def test_a_written_sentence_may_leave_out_but_not_add_or_deny(written: str, safe: bool) -> None:
    assert is_safe([_READ], written, "en") is safe


def test_a_denial_is_seen_in_each_language() -> None:
    assert not is_safe(["Міст у травні не відкриють."], "Міст у травні відкриють.", "uk")
    assert not is_safe(["Мост в мае не откроют."], "Мост в мае откроют.", "ru")


def _article() -> dict[str, Any]:
    rows = [
        "Fire burned 12 houses in the town on Monday.",
        "The mayor thanked 40 volunteers on Tuesday.",
        "Rain is expected in the region.",
    ]
    languages = ("en", "uk", "ru")
    return {"title": dict.fromkeys(languages, "Fire"), "paragraphs": [0], "sentences": [dict.fromkeys(languages, row) for row in rows]}


def _shorter(texts: Sequence[str], _language: str) -> list[str]:
    return [text.replace(" on Monday", "").replace("40", "99") for text in texts]


def test_one_by_one_a_sentence_that_fails_stays_as_it_was() -> None:
    brief = one_by_one(_shorter, 3)(_article(), "en")
    assert brief == "Fire burned 12 houses in the town. The mayor thanked 40 volunteers on Tuesday. Rain is expected in the region."


def test_told_together_the_sentence_that_fails_is_replaced_by_the_one_it_rests_on() -> None:
    assert "99 volunteers" in at_once(_shorter, 3)(_article(), "en")
    brief = at_once_checked(_shorter, 3)(_article(), "en")
    assert brief == "Fire burned 12 houses in the town. The mayor thanked 40 volunteers on Tuesday. Rain is expected in the region."


def test_told_together_what_was_told_before_is_not_told_again() -> None:
    def twice(texts: Sequence[str], _language: str) -> list[str]:
        return [f"Fire burned 12 houses. {texts[0]} Fire burned 12 houses." for _ in texts]

    assert at_once_checked(twice, 3)(_article(), "en").count("Fire burned") == 1


def test_together_with_nothing_usable_the_brief_is_the_extractive_one() -> None:
    def silent(texts: Sequence[str], _language: str) -> list[str]:
        return ["" for _ in texts]

    article = _article()
    assert at_once_checked(silent, 3)(article, "en") == extractive(article, "en")


def test_a_rule_may_stand_in_a_models_place() -> None:
    assert by_rule(["The bridge will open in May, the mayor said.", "It rains."], "en") == ["The bridge will open in May.", "It rains."]
