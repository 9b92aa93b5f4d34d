"""Words: forms of one word meet, empty words do not count."""

import pytest

from korotko_service.text.words import stem, terms


@pytest.mark.parametrize(
    "forms",
    [
        ["трамвай", "трамваї", "трамваїв", "трамваями"],
        ["президент", "президента", "президентом", "президентові"],
        ["ракета", "ракети", "ракетою"],
        ["переговоры", "переговоров", "переговорах"],
        ["санкция", "санкции", "санкциями"],
        ["attack", "attacks", "attacked", "attacking"],
        ["Trump", "Trump’s", "Trump's"],
        ["п'ятниця", "п’ятниця", "пʼятниця"],
    ],
)
def test_forms_of_a_word_meet(forms: list[str]) -> None:
    assert len({stem(form.casefold()) for form in forms}) == 1


def test_numbers_stay_whole_and_empty_words_do_not_count() -> None:
    assert terms("The vote was 10,5 to 3") == ["vote", "10,5", "3"]
    assert terms("і в на та що") == []
