"""Three briefs of one article tell the same."""

import itertools

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.agreement import DISAGREE, Told, disagreements
from korotko_service.fidelity.finding import Severity

TEXTS = {
    "en": "On Monday 12,400 people left Kharkiv. The aid for Kovalchuk was worth €3.5 million.",
    "uk": "У понеділок Харків покинули 12 400 людей. Допомога Ковальчуку коштувала 3,5 млн євро.",
    "ru": "В понедельник Харьков покинули 12 400 человек. Помощь Ковальчуку стоила 3,5 млн евро.",
}


def told(language: str, text: str | None = None, *, sentences: int = 2, translated: bool = True) -> Told:
    return Told(language=language, text=TEXTS[language] if text is None else text, sentences=sentences, translated=translated)


@pytest.mark.parametrize("order", list(itertools.permutations(TEXTS)), ids="-".join)
def test_briefs_that_agree_have_no_findings(order: tuple[str, ...]) -> None:
    assert disagreements([told(language) for language in order]) == ((), (), ())


CHANGES = [
    ("en", "12,400", "14,200"),
    ("uk", "12 400", "14 200"),
    ("ru", "12 400", "14 200"),
    ("en", "3.5", "5.3"),
    ("uk", "3,5", "5,3"),
    ("ru", "3,5", "5,3"),
    ("en", "Kovalchuk", "Bondarenko"),
    ("uk", "Ковальчуку", "Бондаренку"),
    ("ru", "Ковальчуку", "Бондаренко"),
]


@pytest.mark.parametrize(("language", "old", "new"), CHANGES)
def test_the_brief_that_stands_alone_is_told_so(language: str, old: str, new: str) -> None:
    text = TEXTS[language].replace(old, new)
    found = dict(zip(TEXTS, disagreements([told(each, text if each == language else None) for each in TEXTS]), strict=True))
    assert {each for each, findings in found.items() if findings} == {language}
    severity = Severity.SEVERE if new[0].isdigit() else Severity.WARNING
    assert {(each.reason, each.severity) for each in found[language]} == {(DISAGREE, severity)}
    assert any(
        each.found and text[each.span.start : each.span.end] == each.found and (each.found in new or new in each.found)
        for each in found[language]
    )


def test_what_one_brief_alone_writes_as_a_name_is_lacking_in_no_other() -> None:
    texts = {
        "en": "The hurricane must pass over the desert of South West. The National Meteorological Service has warned of floods in Nevada.",
        "uk": "Ураган має пройти над пустельною частиною Юго-Західу. Національна метеорологічна служба попереджала про паводки в Неваді.",
        "ru": "Ураган должен пройти над пустынной частью Юго-Запада. Национальная метеорологическая служба предупреждала о паводках.",
    }
    assert disagreements([told(language, text, translated=language != "ru") for language, text in texts.items()]) == ((), (), ())


def test_an_article_s_own_number_is_never_outvoted_by_translations_of_it() -> None:
    own = told("uk", TEXTS["uk"].replace("12 400", "14 200"), translated=False)
    assert disagreements([told("en"), own, told("ru")])[1] == ()


@pytest.mark.parametrize(("language", "number"), [("en", "12,400"), ("uk", "12 400"), ("ru", "12 400")])
def test_what_only_one_brief_leaves_out_is_expected_of_it(language: str, number: str) -> None:
    text = TEXTS[language].replace(number, "many")
    found = dict(zip(TEXTS, disagreements([told(each, text if each == language else None) for each in TEXTS]), strict=True))
    assert {each for each, findings in found.items() if findings} == {language}
    (lost,) = found[language]
    assert (len(lost.span), lost.found) == (len(text), "")
    assert lost.expected.replace(",", " ") == "12 400"


def test_of_two_briefs_the_translated_one_is_held_to_the_other() -> None:
    changed = told("uk", TEXTS["uk"].replace("12 400", "14 200"))
    own, translated = disagreements([told("en", translated=False), changed])
    assert (own, [each.found for each in translated if each.found]) == ((), ["14 200"])


def test_an_odd_count_of_sentences_is_a_disagreement_and_a_short_brief_owes_nothing() -> None:
    short = told("uk", "У понеділок Харків покинули 12 400 людей.", sentences=1)
    assert [[(each.found, each.expected) for each in findings] for findings in disagreements([told("en"), short, told("ru")])] == [
        [],
        [("1", "2")],
        [],
    ]


@pytest.mark.parametrize("others", [[], ["uk"]])
def test_languages_without_tables_are_not_compared(others: list[str]) -> None:
    briefs = [Told(language="de", text="Am Montag 7 Leute.", sentences=9, translated=True), *(told(each) for each in others)]
    assert disagreements(briefs) == ((),) * len(briefs)


@given(st.lists(st.tuples(st.sampled_from(["en", "uk", "ru", "de"]), st.text(max_size=60), st.integers(0, 3)), max_size=4))
def test_any_briefs_get_findings_inside_their_texts(rows: list[tuple[str, str, int]]) -> None:
    briefs = [Told(language=language, text=text, sentences=count, translated=True) for language, text, count in rows]
    found = disagreements(briefs)
    assert len(found) == len(briefs)
    assert all(each.span.end <= len(brief.text) for brief, findings in zip(briefs, found, strict=True) for each in findings)
