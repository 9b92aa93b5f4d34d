"""Language tags: one spelling inside, whatever the caller writes."""

import string

import pytest
from hypothesis import given, strategies as st

from korotko_service.errors import FieldInvalid
from korotko_service.text.languages.language import canonical
from korotko_service.text.languages.tags import spoken_in


@pytest.mark.parametrize(
    ("tag", "language"),
    [("uk-UA", "uk"), ("UK", "uk"), ("ukr", "uk"), ("uk_UA", "uk"), ("eng", "en"), ("en-GB-oxendict", "en"), ("RUS", "ru"), ("de-DE", "de"),
     ("zh-Hant-TW", "zh"), ("ger", "de"), ("tlh", "tlh")],
)  # fmt: skip
def test_spellings_of_a_language_meet(tag: str, language: str) -> None:
    assert canonical(tag) == language


@pytest.mark.parametrize("tag", ["", "english!", "u", "english", "uk-", "-uk", "uk UA", " uk", "uk\n", "укр", "uk--UA", "e1"])
def test_malformed_tag_is_refused_with_what_is_expected(tag: str) -> None:
    with pytest.raises(FieldInvalid, match="BCP-47") as refusal:
        canonical(tag)
    assert refusal.value.field == ""


@pytest.mark.parametrize(
    ("tag", "meant"), [("english", "en"), ("Ukrainian", "uk"), (" Russian ", "ru"), ("українська", "uk"), ("рус", "ru"), ("англ", "en")]
)
def test_the_name_of_a_language_is_refused_with_its_tag(tag: str, meant: str) -> None:
    with pytest.raises(FieldInvalid, match=f"did you mean '{meant}'"):
        canonical(tag)


@pytest.mark.parametrize(
    ("country", "language"), [("ua", "uk"), ("us", "en"), ("gb", "en"), ("cz", "cs"), ("uk", ""), ("en", ""), ("", "")]
)
def test_a_country_speaks_the_language_that_its_code_is_sent_for(country: str, language: str) -> None:
    assert spoken_in(country) == language


@given(st.text(alphabet=string.ascii_letters + "-_", max_size=12))
def test_canonical_form_is_its_own_canonical_form(tag: str) -> None:
    try:
        language = canonical(tag)
    except FieldInvalid:
        return
    assert canonical(language) == language
