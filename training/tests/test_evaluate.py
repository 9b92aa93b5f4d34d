"""The figures by which models are judged."""

import pytest

from training.evaluate import loops, number_recall


@pytest.mark.parametrize(
    ("source", "output", "recall"),
    [
        ("In Berlin, police estimated 6,500 protestors.", "У Берліні поліція нарахувала 6500 протестувальників.", 1.0),
        ("It cost 1,250,000 euros.", "Це коштувало 1 250 000 євро.", 1.0),
        ("It drew 5,000,000 visitors.", "Його відвідали 5000 людей.", 0.0),
        ("On 24 May 12.5% were left.", "24 травня лишилося 12,5 %.", 1.0),
        ("Seven of 60 came in 1995.", "Семеро прийшли 1995 року.", 0.5),
        ("Nobody came.", "Ніхто не прийшов.", 1.0),
    ],
)
def test_a_number_is_kept_however_its_thousands_are_written(source: str, output: str, recall: float) -> None:
    assert number_recall([source], [output]) == recall


def test_the_same_three_words_four_times_are_a_loop() -> None:
    assert loops("on the bridge and " * 4)
    assert not loops("He came to the city, and she came to the city, and they left.")
