"""Retelling: a title stands in for a sentence only where it says in short what that says, and nothing against it."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.briefs.retelling import tells_in_short


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (
            "Amber warning for wind issued as Storm Petra approaches",
            "The Met Office has issued an amber warning for wind across western Scotland, with gusts of up to 85mph expected.",
        ),
        ("Former bank manager jailed for six years", "A former manager who stole £2.3 million from a bank was jailed for six years."),
        ("Генштаб: за добу відбулося 187 боєзіткнень", "За минулу добу на фронті відбулося 187 бойових зіткнень, повідомив Генштаб."),
        ("Учёные нашли под льдом реку длиной 460 километров", "Под ледяным щитом учёные обнаружили реку длиной 460 километров."),
        ("Council does not buy trams for the city", "The city council will not buy forty new trams, it said on Monday."),
    ],
)
def test_a_title_tells_its_sentence_in_short(title: str, sentence: str) -> None:
    assert tells_in_short(title, sentence)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Mayor resigns over parking permits", "The mayor denied reports that she had resigned over parking permits given to friends."),
        ("Мер подав у відставку через тендер", "Мер спростував повідомлення, що подав у відставку через тендер на ремонт."),
        ("Council buys trams for the city", "The city council will not buy forty new trams, it said on Monday."),
        ("Council buys 50 trams for the city", "The city council will buy forty new trams, it said on Monday."),
        ("Who will pay for the trams of the city?", "The council will pay for forty new trams of the city, it said on Monday."),
        ("“Trams are the future of the city”", "Trams are the future of the city, the mayor said on Monday."),
        ("City trams", "The council will buy forty new city trams, it said on Monday."),
        ("Slow boat to Kotor along a forgotten shore", "The ferry leaves at dawn, and I have already lost my hat."),
        ("", "The council met."),
    ],
)
def test_a_title_that_says_less_or_something_else_does_not(title: str, sentence: str) -> None:
    assert not tells_in_short(title, sentence)


@given(st.text(alphabet="trams buy 40 not ні ,.«»", max_size=60), st.text(alphabet="trams buy 40 not ні ,.«»", max_size=60))
@settings(deadline=None)
def test_what_stands_in_has_no_number_that_the_sentence_lacks(title: str, sentence: str) -> None:
    if tells_in_short(title, sentence):
        assert {word for word in title.split() if word.isdigit()} <= {word.strip(".,«»") for word in sentence.split()} | {""}
