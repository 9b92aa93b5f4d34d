"""Numbers and dates are spelled as the target language spells them, and what depends on the sentence is left alone."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.amounts.numbers import compare_numbers
from korotko_service.fidelity.mends.localising import carriable, latin_names

NB = "\u00a0"


@pytest.mark.parametrize(
    ("source", "target", "text", "spelled"),
    [
        ("en", "uk", "about 12,400 people", [f"12{NB}400"]),
        ("en", "ru", "1,234,567.5 tons", [f"1{NB}234{NB}567,5"]),
        ("uk", "en", "12 400 осіб", ["12,400"]),
        ("ru", "uk", "12 400 человек", [f"12{NB}400"]),
        ("en", "uk", "in 2027", ["2027"]),
        ("en", "uk", "3.5 percent", ["3,5"]),
        ("uk", "en", "1,5 % і 15%", ["1.5", "15%"]),
        ("en", "uk", "$3.5 million", [f"$3,5{NB}млн"]),
        ("en", "ru", "€5 billion", [f"€5{NB}млрд"]),
        ("uk", "en", "3,5 млрд грн", [f"3.5{NB}billion"]),
        ("ru", "uk", "15 тыс. человек", [f"15{NB}тис."]),
        ("ru", "uk", "15 тыс.", [f"15{NB}тис"]),
        ("uk", "ru", "5 мільйонів людей", [f"5{NB}млн"]),
        ("en", "uk", "on February 24 and 1 March", ["24 лютого", "1 березня"]),
        ("uk", "en", "24 лютого 2022 року", ["24 February", "2022"]),
        ("ru", "uk", "8 мая", ["8 травня"]),
        ("en", "uk", "at 10:30", ["10:30"]),
        ("ru", "en", "24.02.2027", ["24.02.2027"]),
        ("en", "ru", "twenty-five people", ["25"]),
        ("uk", "en", "26 тисяч 477 осіб", ["26,477"]),
        ("ru", "uk", "1 млн 200 тыс. человек", [f"1{NB}200{NB}000"]),
        ("en", "uk", "UAH 30’000 in 1943–6", [f"30{NB}000", "1943", "6"]),
        ("en", "ru", "10 1/2 points", ["10 1/2"]),
        ("en", "uk", "a .45 calibre", []),
        ("en", "uk", "in the 18th and the nineteenth century", ["XIX"]),
        ("en", "ru", "late in the 16th century, on the 24th floor", ["XVI"]),
        ("en", "uk", "a 17th-century convent, F-16 centuries, a 5-year plan", ["XVII"]),
        ("uk", "en", "наприкінці XXI століття", ["21st century"]),
        ("ru", "uk", "в ХІ веке, при Людовике XIV", ["XI"]),
        ("uk", "en", "у 18-му столітті, 3 ст. ложки", ["18th century", "3"]),
        ("ru", "en", "в XVI–XVIII веках, в начале XV в., замок XVII ст.", ["18th centuries", "17th century"]),
        ("uk", "en", "до XIX–XX століть", ["20th centuries"]),
        ("uk", "en", "за 5 століть, 12-ти століть", ["5"]),
        ("en", "uk", "3 centuries", ["3"]),
        ("en", "uk", "a dose of 500 mg", [f"500{NB}мг"]),
        ("uk", "en", "3,2 ГГц і 1200 кв. км", [f"3.2{NB}GHz", f"1200{NB}km²"]),
        ("en", "ru", "at 140 km/h, 90 kph, a 50-metre pool, 5 miles", ["140", "90", "5"]),
    ],
)
def test_a_number_is_spelled_as_the_target_language_does(source: str, target: str, text: str, spelled: list[str]) -> None:
    assert [each.text for each in carriable(text, source, target)] == spelled


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("en", "the 24th time"),
        ("en", "an F-16 and a B2B fair"),
        ("en", "two people, the first, in February"),
        ("uk", "12,400 осіб"),
        ("uk", "24-го разу"),
        ("en", "three hundred people"),
    ],
)
def test_what_depends_on_the_sentence_is_left_to_the_model(source: str, text: str) -> None:
    target = "uk" if source == "en" else "en"
    assert carriable(text, source, target) == ()


@given(st.integers(11, 10**9), st.sampled_from([("en", "uk"), ("en", "ru"), ("uk", "en"), ("ru", "en"), ("uk", "ru")]))
def test_the_check_of_numbers_agrees_with_every_spelling(number: int, pair: tuple[str, str]) -> None:
    source, target = pair
    text = f"{number:,}".replace(",", "," if source == "en" else " ")
    (piece,) = carriable(text, source, target)
    found = compare_numbers(text, piece.text, source_language=source, target_language=target)
    assert not found


@given(st.text(alphabet="0123456789 .,-:/%$€ тис.млн Maй24я", max_size=60))
def test_pieces_never_overlap_and_stand_where_they_say(text: str) -> None:
    pieces = carriable(text, "uk", "en")
    ends = [0, *(piece.span.end for piece in pieces)]
    assert all(piece.span.start >= end for piece, end in zip(pieces, ends, strict=False))
    assert all(piece.span.end <= len(text) for piece in pieces)


def test_names_in_latin_letters_are_found() -> None:
    assert [each.text for each in latin_names("Компанія Google та NASA, а не iPhone чи google.")] == ["Google", "NASA"]
