"""A wrong century is put right without a model where there is no doubt which one is meant."""

import pytest

from korotko_service.fidelity.mends.centuries import right_century
from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.pieces.shield import Placed, Restored
from korotko_service.text.document import Span
from tests.service.fidelity.put_right import expect_put_right, warned

MENDED = [
    ("It was built in the 18th century.", "Її збудували в XII столітті.", "en", "uk", "Її збудували в XVIII столітті."),
    ("It was built in the 18th century.", "Её построили в XII веке.", "en", "ru", "Её построили в XVIII веке."),
    ("A 19th-century church.", "Церква ХVІІІ століття.", "en", "uk", "Церква XIX століття."),
    ("It burnt in the nineteenth century.", "Она сгорела в восемнадцатом веке.", "en", "ru", "Она сгорела в XIX веке."),
    ("It burnt in the 19th century.", "Вона згоріла у 18-му столітті.", "en", "uk", "Вона згоріла у 19-му столітті."),
    ("Його збудували в XVI столітті.", "It was built in the 17th century.", "uk", "en", "It was built in the 16th century."),
    ("Его построили в XVI веке.", "It was built in the fifteenth century.", "ru", "en", "It was built in the 16th century."),
    ("Церковь XX века.", "Церква XIX століття.", "ru", "uk", "Церква XX століття."),
    (
        "Її збудували у XVIII столітті та перебудували наприкінці XIX століття.",
        "It was built in the 17th century and rebuilt at the end of the nineteenth century.",
        "uk",
        "en",
        "It was built in the 18th century and rebuilt at the end of the nineteenth century.",
    ),
    ("В XVI–XVIII веках город рос.", "In the XVI–XVII centuries the city grew.", "ru", "en", "In the XVI–XVIII centuries the city grew."),
]
LEFT = [
    ("It was built in the 18th century.", "Її збудували в XVIII столітті.", "en", "uk"),  # right
    ("It was built in the 18th century.", "Её построили в восемнадцатом веке.", "en", "ru"),  # right, in words
    ("It stood for two centuries.", "Вона стояла в II столітті.", "en", "uk"),  # the source names none
    ("It was built in the 18th century.", "Її збудували давно.", "en", "uk"),
    ("From the 5th century to the 18th century.", "З IV століття.", "en", "uk"),  # which of the two?
    ("In the 18th century.", "У XVI столітті та в XVII столітті.", "en", "uk"),
    ("From the 5th century to the 18th.", "З IV століття до XVI століття.", "en", "uk"),
    ("Louis XIV lived in the 17th century.", "Людовік XVI жив у XVII столітті.", "en", "uk"),  # no century
]


@pytest.mark.parametrize(("source", "output", "read", "written", "right"), MENDED)
def test_a_wrong_century_is_put_right(source: str, output: str, read: str, written: str, right: str) -> None:
    assert warned(source, output, read, written)
    expect_put_right(right_century, (source, output, read, written), right)


@pytest.mark.parametrize(("source", "output", "read", "written"), LEFT)
def test_what_is_right_or_unclear_is_left_alone(source: str, output: str, read: str, written: str) -> None:
    assert right_century(source, Restored(text=output), read, written) is None


def test_what_is_protected_stays_as_it_is() -> None:
    piece = Protected(span=Span(start=7, end=11), text="XII", kind=Kind.TERM)
    output = Restored(text="Церква XII століття.", placed=(Placed(piece=piece, span=Span(start=7, end=10)),), pieces=(piece,))
    assert right_century("A church of the 18th century.", output, "en", "uk") is None
