"""Letters and scripts of a text."""

import pytest

from korotko_service.text.languages.alphabets import letters_in, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("The house is big.", "Latn"), ("Łódź, Kraków 2026", "Latn"), ("Місто 5!", "Cyrl"), ("Қазақстан", "Cyrl"),
        ("Компанія Apple", None), ("12 345 €", None), ("", None), ("Αθήνα", None), ("東京", None),
    ],
)  # fmt: skip
def test_a_text_has_a_script_where_all_its_letters_are_of_one(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_only_letters_are_counted() -> None:
    assert letters_in("Так, 12 km!") == 5
