"""What a model said twice at once is taken out, and nothing else."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.guards.loops import find_loops
from korotko_service.fidelity.mends.twice import said_once
from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.text.document import Span

WORDS = st.lists(st.sampled_from(["так", "може", "навіть", "2009", "in", "XQ1"]), max_size=16).map(" ".join)


@pytest.mark.parametrize(
    ("output", "mended"),
    [
        ("Астроном Галілей Галілей, скористався ним.", "Астроном Галілей, скористався ним."),
        ("The national national team took an official official bus.", "The national team took an official bus."),
        ("He left in 2009 in 2009.", "He left in 2009."),
        ("Незалежність від британського панування від британського панування.", "Незалежність від британського панування."),
        ("У форматі DVD, у форматі DVD-диска.", "У форматі DVD, у форматі DVD-диска."),
    ],
)
def test_a_phrase_is_told_once(output: str, mended: str) -> None:
    once = said_once("A source.", Restored(text=output))
    assert (output if once is None else once.text) == mended


def test_up_to_twelve_slips_of_a_long_sentence_are_put_right_and_more_are_none() -> None:
    words = [f"слово{letter}" for letter in "абвгґдежзиіклмнопрст"]
    for slips, is_mended in ((12, True), (13, False)):
        output = " ".join(f"{word} {word}" if at < slips else word for at, word in enumerate(words))
        once = said_once("A source.", Restored(text=output))
        assert (once is not None and once.text == " ".join(words)) is is_mended


def test_a_loop_is_no_slip() -> None:
    assert said_once("A source.", Restored(text="Астроном Галілей Галілей Галілей, скористався ним.")) is None


def test_a_source_that_doubles_words_itself_is_left_alone() -> None:
    assert said_once("Hotel Roa Roa, hotel Bora Bora.", Restored(text="Hotel Bora Bora.")) is None


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Бора-Бора чекає на туристів.", "Bora Bora awaits tourists."),
        ("Pago-Pago is the capital.", "Паго Паго є столицею."),
        ("Це було дуже, дуже давно.", "This was very very long ago."),
    ],
)
def test_what_the_source_doubles_with_a_hyphen_or_a_comma_may_be_doubled_without(source: str, output: str) -> None:
    assert find_loops(source, output) == []
    assert said_once(source, Restored(text=output)) is None


def test_a_protected_piece_is_never_taken_out() -> None:
    piece = Protected(span=Span(start=0, end=5), text="Korot", kind=Kind.TERM)
    placed = tuple(Placed(piece=piece, span=Span(start=at, end=at + 5)) for at in (0, 6))
    assert said_once("Korot Korot is here.", Restored(text="Korot Korot тут.", placed=placed, pieces=(piece,))) is None


@given(WORDS, WORDS)
def test_protected_pieces_move_with_their_words(before: str, after: str) -> None:
    text = f"{before} korotko {after}"
    at = text.index("korotko")
    piece = Protected(span=Span(start=0, end=7), text="korotko", kind=Kind.TERM)
    once = said_once("", Restored(text=text, placed=(Placed(piece=piece, span=Span(start=at, end=at + 7)),), pieces=(piece,)))
    if once is not None:
        (placed,) = once.placed
        assert once.text[placed.span.start : placed.span.end] == "korotko"
        assert len(once.text) < len(text)
        assert find_loops("", once.text) == []
