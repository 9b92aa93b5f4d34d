"""Terms in a text: whole words only, the longest first, by case where case matters, inflections never guessed."""

import re
import time
from unicodedata import normalize

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term, Terms


def found(text: str, *terms: Term) -> list[str]:
    return [text[each.start : each.end] for each in Terms(terms=terms).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "times"),
    [
        ("Kyiv", "Kyiv, KYIV and kyiv's Kyivstar, not Kyivan", 3),
        ("Київ", "Київ, київ; Києва, Київський, Київ-2, Ки́їв", 3),
        ("м", "5 м від м'ята і м’яч, ім", 1),
        ("п'ять", "п’ять пʼять п'ять п'ятьма", 3),
        ("C++", "C++ and C+++", 2),
        ("New York", "New York, New\nYork, New  York, New\n\nYork, Newyork", 3),
        ("F-16", "F-16 and F-160, XF-16", 1),
        ("№ 5", "за № 5 і № 55", 1),
        ("ß.", "ß. ẞ.", 2),
    ],
)
def test_a_term_is_whole_words_in_the_form_given(term: str, text: str, times: int) -> None:
    assert len(found(text, Term(source=term))) == times


@pytest.mark.parametrize(("of_term", "of_text"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
@pytest.mark.parametrize("cased", [True, False])
def test_a_term_is_found_however_its_letters_are_composed(of_term: str, of_text: str, cased: bool) -> None:
    term = Term(source=normalize(of_term, "Київ"), case_sensitive=cased)
    assert found(normalize(of_text, "У Київ, а не в Києвї"), term) == [normalize(of_text, "Київ")]


def test_case_decides_where_it_is_asked_to() -> None:
    assert found("US, us, Us", Term(source="US", case_sensitive=True)) == ["US"]


def test_of_terms_that_begin_together_the_longest_is_found() -> None:
    assert found("Bank of Ukraine and Bank", Term(source="Bank"), Term(source="Bank of Ukraine")) == ["Bank of Ukraine", "Bank"]


def test_letters_that_only_a_pattern_takes_for_one_another_are_no_trouble() -> None:
    assert found("ıstanbul İstanbul istanbul", Term(source="istanbul")) == ["istanbul"]


def test_a_language_has_its_own_entries_before_those_for_every_one() -> None:
    uk = Entry(term=Term(source="bank", target="банк"), language="uk")
    every = Entry(term=Term(source="bank", target="Bank"))
    glossary = Glossary(entries=(every, uk), preserved=("NATO",))
    assert [each.term.target for each in glossary.terms("uk").find("bank NATO nato")] == [None, "банк"]
    assert [each.term.target for each in glossary.terms("ru").find("bank")] == ["Bank"]


@pytest.mark.parametrize("values", [{"source": " "}, {"source": "a", "target": ""}])
def test_a_blank_term_is_never_born(values: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Term(**values)


def test_the_terms_of_a_language_are_made_ready_once() -> None:
    glossary = Glossary(preserved=("NATO",))
    assert glossary.terms("uk") is glossary.terms("uk")


@pytest.mark.parametrize(
    ("term", "text"),
    [("ята", "м'ята м’ята мʼята"), ("Київ", "Київ\u0301"), ("єкт", "об'єкт"), ("a b", "a\0b a\0 \0b"), ("straße", "straßen")],
)
def test_a_part_of_a_word_is_no_term(term: str, text: str) -> None:
    assert found(text, Term(source=term), Term(source=term, case_sensitive=True)) == []


SCRAPS = st.sampled_from(["a", "ab", "А", "ї", "ї", "'", "’", "ʼ", " ", "\n", "\u00a0", "-", "+", "İ", "ß", "1"])
SCRAP_TEXTS = st.lists(SCRAPS, max_size=12).map("".join)


def spelled(text: str) -> list[str]:
    """A text in the parts that a term is made of, spelled in one way."""
    straight = re.sub("[’ʼ]", "'", normalize("NFC", text))
    parts = re.findall(r"\w+(?:'(?=[а-яїє])\w+)*|\s+|.", straight, re.IGNORECASE)
    return [" " if part.isspace() and part.count("\n") < 2 else part for part in parts]


@given(text=SCRAP_TEXTS, sources=st.lists(SCRAP_TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_the_longest_terms_are_found_from_left_to_right_and_no_others(text: str, sources: list[str]) -> None:
    text, sources = normalize("NFC", text), [" ".join(source.split()) for source in sources]
    parts, wanted, place = spelled(text), list[str](), 0
    lists = [spelled(source) for source in sources]
    while place < len(parts):
        longest = max((len(each) for each in lists if parts[place : place + len(each)] == each), default=0)
        wanted += ["".join(parts[place : place + longest])] if longest else []
        place += longest or 1
    terms = [Term(source=source, case_sensitive=True) for source in sources]
    assert ["".join(spelled(each)) for each in found(text, *terms)] == wanted


@pytest.mark.parametrize(("form", "text"), [("a " * 98 + "{}", "a " * 10_000), ("b{}", "b#" * 10_000)], ids=["long", "nested"])
def test_terms_that_begin_alike_take_no_longer_than_others(form: str, text: str) -> None:
    marks = ["!" * number if form.startswith("b") else str(number) for number in range(1, 199)]
    started = time.process_time()
    terms = Terms(terms=tuple(Term(source=form.format(mark), case_sensitive=True) for mark in marks))
    assert list(terms.find(text)) == []
    assert time.process_time() - started < 3


def test_as_many_terms_as_a_call_may_have_are_found_in_a_long_text_in_a_moment() -> None:
    terms = Terms(terms=tuple(Term(source=f"слово{n} та ще{n}", case_sensitive=n % 2 == 0) for n in range(512)))
    text = "Слово про слово7 та ще7 і про слова. " * 2700
    started = time.process_time()
    assert sum(1 for _ in terms.find(text)) == 2700
    assert time.process_time() - started < 3
