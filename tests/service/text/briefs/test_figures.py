"""Figures: the amounts of a sentence, and not its dates, hours, ages and names."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.briefs.figures import figures


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A court ordered the plant to pay 9.4 million hryvnias to 126 families.", {"9.4", "126"}),
        ("Some 210,000 homes, or 12%, have no power.", {"210,000", "12"}),
        ("Мобільні бригади зробили 1 480 щеплень за 3,5 години.", {"1 480", "3,5"}),
        ("Karpaty won 3–2 in front of 16,800 people.", {"3", "2", "16,800"}),
        ("Около 40 % из $65 млн, то есть €26 млн.", {"40", "65", "26"}),
        ("Гарантию дали на 60-дневный срок и на 25-тысячную толпу.", {"60", "25"}),
        ("In June 5,000 people came.", {"5,000"}),
        ("The 1,900 litres and 2 000 loaves came in 2 trucks.", {"1,900", "2 000", "2"}),
    ],
)
def test_amounts_are_figures(sentence: str, told: set[str]) -> None:
    assert figures(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks are to begin on 3 February 2027.",
        "The grey cloud came between 11 and 16 April, and again on June 14.",
        "Це сталося з 11 по 16 квітня 2023 року, о 7:25.",
        "Договор подписали 14 июня, а мост построили в 1974 г.",
        "The train arrives at 2.50 a.m. and leaves at 3 pm.",
        "Labour leader Helena Brandt, a 47-year-old economist, and Ana Ferreira, 36, came.",
        "38-річний спортсмен и 70-летний пастух (19) живы.",
        "The gate on the 66th parallel of No. 10 was hit by F-16 jets of the G7.",
        "Це передбачає стаття № 12.",
        "Гол забили на 61-й хвилині, о 7 вечора.",
        "Матч начался 29-го в 9 утра, это 34-я игра.",
        "The talks are in deadlock, and the deadline is near.",
        "Умеренный рост цен померк на фоне новостей.",
        "Play was held up by a serious knee injury.",
        "Гравець вибув через травму, у другого травма ноги.",
    ],
)
def test_what_says_when_who_or_which_one_is_no_figure(sentence: str) -> None:
    assert figures(sentence) == frozenset()


@pytest.mark.parametrize("sentence", ["The fire was deadly.", "Two are dead.", "Он умер.", "Она умерла, а умерших много.", "Вона померла."])
def test_victims_are_figures_without_digits(sentence: str) -> None:
    assert len(figures(sentence)) == 2


@given(st.text(alphabet="12 .,:-–№()aртрічня", max_size=200))
def test_every_figure_stands_in_its_sentence(sentence: str) -> None:
    assert all(each in sentence and each[0].isdecimal() for each in figures(sentence))
