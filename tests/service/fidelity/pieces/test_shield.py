"""What a model gets in place of protected pieces: masks, or the text cut at them."""

import pytest

from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import shield
from korotko_service.fidelity.pieces.terms import Terms


def test_texts_that_a_bar_parts_are_translated_each_by_itself() -> None:
    text = "Minister resigns | BBC News"
    cut = shield(text, protect(text, Terms()))
    assert cut.masked is None
    assert cut.joined([core.upper() for core in cut.cores()]).text == "MINISTER RESIGNS | BBC NEWS"


def test_a_bar_beside_an_address_is_masked_as_it_is() -> None:
    text = "Write to a@b.ua today | BBC News"
    assert shield(text, protect(text, Terms())).masked == "Write to XQ1 today XQ2 BBC News"


def test_a_bar_among_tags_is_masked_as_they_are() -> None:
    text = "The <b>minister</b> resigns | BBC News"
    assert shield(text, protect(text, Terms())).masked == "The XQ1 minister XQ2 resigns XQ3 BBC News"


@pytest.mark.parametrize(
    ("text", "masked", "output", "restored"),
    [
        ("Alpha® is here", "Alpha XQ1 is here", "Альфа XQ1 тут", "Альфа® тут"),
        ("by ≥5 % a year", "by XQ1 5 % a year", "на XQ1 5 % на рік", "на ≥5 % на рік"),
        ("by ≥ 5 % a year", "by XQ1 5 % a year", "на XQ1,5 % на рік", "на ≥ 5 % на рік"),
        ("by ≥5 % a year", "by XQ1 5 % a year", "на XQ1,5 % на рік", "на ≥5 % на рік"),
        ("the ∑, and 5", "the XQ1, and 5", "XQ1, і 5", "∑, і 5"),
        ("Hello👋 you", "Hello XQ1 you", "Привіт XQ1 ти", "Привіт👋 ти"),
    ],
)
def test_a_sign_that_is_glued_to_a_word_is_told_apart_and_glued_again(text: str, masked: str, output: str, restored: str) -> None:
    cut = shield(text, protect(text, Terms()))
    back = cut.unmasked(output)
    assert cut.masked == masked
    assert back is not None
    assert back.text == restored
