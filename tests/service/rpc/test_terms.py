"""The glossary of a request: what it means, and which of its fields is wrong."""

from typing import Any

import pytest

from korotko.v1.options_pb2 import GlossaryEntry, TranslateOptions
from korotko_service.errors import InvalidRequest
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term
from korotko_service.rpc.terms import glossary_of

LONG = "x" * 201


def entry(source: str = "Kyiv", target: str = "Київ", **fields: Any) -> GlossaryEntry:
    return GlossaryEntry(source_term=source, target_term=target, **fields)


def test_terms_are_taken_as_they_are() -> None:
    options = TranslateOptions(
        glossary=[entry(" Kyiv ", "Київ", target_language_code="uk-UA", case_sensitive=True), entry("NATO", "")],
        preserved_terms=["F-16", " EU "],
    )
    assert glossary_of(options) == Glossary(
        entries=(
            Entry(term=Term(source="Kyiv", target="Київ", case_sensitive=True), language="uk"),
            Entry(term=Term(source="NATO", target=None), language=None),
        ),
        preserved=("F-16", "EU"),
    )
    assert glossary_of(TranslateOptions()) == Glossary()


def test_as_many_terms_as_the_limit_are_taken() -> None:
    names = [f"{number}".rjust(200, "n") for number in range(256)]
    made = glossary_of(TranslateOptions(glossary=[entry(name, name) for name in names], preserved_terms=[name[1:] for name in names]))
    assert (len(made.entries), len(made.preserved)) == (256, 256)


def test_one_term_may_have_an_entry_for_each_language() -> None:
    entries = [entry(target_language_code=language) for language in ("uk", "ru", "")]
    assert len(glossary_of(TranslateOptions(glossary=entries)).entries) == 3


@pytest.mark.parametrize(
    ("field", "options"),
    [
        ("glossary", {"glossary": [entry(f"term {number}") for number in range(257)]}),
        ("glossary[0].source_term", {"glossary": [entry("")]}),
        ("glossary[1].source_term", {"glossary": [entry(), entry(" ")]}),
        ("glossary[0].source_term", {"glossary": [entry("—")]}),
        ("glossary[0].source_term", {"glossary": [entry(LONG)]}),
        ("glossary[0].source_term", {"glossary": [entry("New\nYork")]}),
        ("glossary[0].source_term", {"glossary": [entry("New\0York")]}),
        ("glossary[0].target_term", {"glossary": [entry(target=" ")]}),
        ("glossary[0].target_term", {"glossary": [entry(target=LONG)]}),
        ("glossary[0].target_term", {"glossary": [entry(target="a\u2028b")]}),
        ("glossary[0].target_language_code", {"glossary": [entry(target_language_code="українська")]}),
        ("glossary[1].source_term", {"glossary": [entry("Kyiv", target_language_code="uk"), entry("KYIV", target_language_code="ukr")]}),
        ("preserved_terms", {"preserved_terms": [f"term {number}" for number in range(257)]}),
        ("preserved_terms[1]", {"preserved_terms": ["a", ""]}),
        ("preserved_terms[0]", {"preserved_terms": [LONG]}),
        ("preserved_terms[0]", {"preserved_terms": ["kyiv"], "glossary": [entry()]}),
    ],
)
def test_a_bad_term_is_refused_by_its_path(field: str, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        glossary_of(TranslateOptions(**options))
    assert caught.value.field == f"translate_options.{field}"
    assert not caught.value.message.startswith(caught.value.field), "the status puts it in front"
