"""Language tags: one spelling inside, whatever the caller writes."""

import string

import pytest
from hypothesis import given, strategies as st

from korotko_service.errors import FieldInvalid
from korotko_service.text.language import canonical


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


@given(st.text(alphabet=string.ascii_letters + "-_", max_size=12))
def test_canonical_form_is_its_own_canonical_form(tag: str) -> None:
    try:
        language = canonical(tag)
    except FieldInvalid:
        return
    assert canonical(language) == language
