"""An English article, the ending of an ordinal and an hour before "p.m." are put right, and nothing else is touched."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.mends.english_forms import well_formed
from korotko_service.fidelity.pieces.protection import protect
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.document import Span


@pytest.mark.parametrize(
    ("output", "right"),
    [
        ("There will be a apartment block.", "There will be an apartment block."),
        ("A invitation came.", "An invitation came."),
        ("At 18:30 p.m. on Thursday, at 15 p.m. and from 23.05pm.", "At 6:30 p.m. on Thursday, at 3 p.m. and from 11.05pm."),
        ("The 3th and 2th regiments, the 21th, the 112nd.", "The 3rd and 2nd regiments, the 21st, the 112th."),
    ],
)
def test_a_slip_of_form_is_put_right(output: str, right: str) -> None:
    assert well_formed(Restored(text=output)).text == right


@pytest.mark.parametrize(
    "output",
    [
        "A one-day visit, a euro, a union, a university and a European.",
        "The 1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st, 100th and 111th.",
        "Sides a and b are equal, and so are a and c.",
        "Hepatitis A infections rose, and the US-a alliance too.",
        "He paid 5 th and 1.3th.",
        "At 18:30, at 12:30 p.m., 7:15 p.m. and 18:30 a.m., 15 pmol of it and 1:15 p.m.",
    ],
)
def test_what_is_right_or_no_word_stays(output: str) -> None:
    assert well_formed(Restored(text=output)).text == output


def test_what_is_protected_keeps_its_form_and_its_place() -> None:
    pieces = protect("Школа 3th.", Terms(terms=(Term(source="3th"),)))
    text = "It is a old school 3th."
    placed = (Placed(piece=pieces[0], span=Span(start=text.index("3th"), end=len(text) - 1)),)
    right = well_formed(Restored(text=text, placed=placed, pieces=pieces))
    assert right.text == "It is an old school 3th."
    assert [right.text[each.span.start : each.span.end] for each in right.placed] == ["3th"]


@given(st.text(alphabet="a Aen1239thsrdpm:.", max_size=40))
def test_what_was_put_right_once_is_right(text: str) -> None:
    once = well_formed(Restored(text=text))
    assert well_formed(once) == once
