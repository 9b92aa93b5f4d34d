"""Words that few languages share: which languages they speak for."""

import pytest

from korotko_service.text.languages.sign_words import CYRILLIC, LATIN
from korotko_service.text.languages.signs import Signs


def spoken_for(*words: str) -> set[str]:
    signs = Signs(words)
    return {language for language in ("en", "uk", "ru", "be", "bg", "sr", "de") if signs.evidence(language) > 0}


@pytest.mark.parametrize(
    ("word", "languages"),
    [
        ("ухвалила", {"uk"}), ("Якщо", {"uk"}), ("п’ять", {"uk"}), ("бібліотекарський", {"uk"}), ("програмування", {"uk", "be"}),
        ("сообщает", {"ru"}), ("Который", {"ru"}), ("разворачивается", {"ru"}), ("оправдан", {"ru", "bg"}), ("реставрация", {"ru", "bg"}),
        ("тридцати", set()), ("закон", set()), ("the", {"en"}), ("Storm", {"en"}), ("nicht", {"de"}), ("школа", set()), ("и", set()),
    ],
)  # fmt: skip
def test_a_word_speaks_for_the_languages_that_have_it(word: str, languages: set[str]) -> None:
    assert spoken_for(word) == languages


def test_only_listed_words_are_counted_as_no_names() -> None:
    assert [Signs([word]).count for word in ("Привіт", "Hello", "Полтавський", "Зимовская")] == [1, 1, 0, 0]


def test_many_signs_weigh_no_more_than_a_few() -> None:
    assert Signs(["the"] * 1000).evidence("en") == Signs(["the"] * 4).evidence("en") > Signs(["the"]).evidence("en")


def test_no_word_is_listed_twice() -> None:
    listed = [word for line in f"{CYRILLIC}{LATIN}".strip().splitlines() for word in line.partition(": ")[2].split()]
    assert len(listed) > 1_500
    assert sorted({word for word in listed if listed.count(word) > 1}) == []
