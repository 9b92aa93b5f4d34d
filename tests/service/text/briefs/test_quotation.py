"""Quotations of several sentences: none of their inner sentences speaks for the article."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.text.briefs.quotation import breaks_a_quote, quoted_sentences
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.sentences.segmentation import segment


def inside(text: str) -> list[str]:
    document = segment(text)
    return [document.segment_text(index) for index in sorted(quoted_sentences(document))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said, "We won. They lost. We go home." Nobody clapped.', ["They lost.", 'We go home."']),
        ("He said: “We won. They lost.” Nobody clapped.", ["They lost.”"]),
        ("Він сказав: «Ми перемогли. Вони програли. Ідемо додому». Ніхто не плескав.", ["Вони програли.", "Ідемо додому»."]),
        ("Він сказав: „Ми перемогли. Вони програли.“ Ніхто не плескав.", ["Вони програли.“"]),
        ("Компанія «Торговий дім «Мрія» закрилася. Борги сягнули мільйона.", []),
        ('He read "Dune" twice. He liked it.', []),
        ("“We won,” he said. “They lost.” Nobody clapped.", []),
        ("The students' rights hold. It's good.", []),
    ],
)
def test_sentences_inside_a_quotation_are_found(text: str, quoted: list[str]) -> None:
    assert inside(text) == quoted


def test_a_quotation_ends_with_its_paragraph() -> None:
    assert inside('He said: "We build a bridge. It costs 40 million.\n\nThe council voted. It was late.') == ["It costs 40 million."]


def test_a_quotation_that_was_never_closed_does_not_take_the_rest_of_the_article() -> None:
    assert len(inside('He said: "We build. ' + "The council met again. " * 30)) == 4


def test_a_speakers_words_are_not_the_briefs_own() -> None:
    document = segment(
        'Trump spoke in Wheeling on Saturday. He said, "You see this group. They want power in November. They do not care." '
        "About 5,000 people listened."
    )
    assert pick(document, [0.5, 0.9, 0.9, 0.9, 0.4], limits=BriefLimits(max_sentences=3)) == (0, 4)


def test_an_article_that_is_one_quotation_still_has_a_brief() -> None:
    document = segment('"We won. They lost. We go home."')
    assert pick(document, [0.5, 0.4, 0.9], limits=BriefLimits(max_sentences=1)) == (2,)


@given(st.text(alphabet='aЯ. «»“”„"\n', max_size=80))
def test_every_index_is_one_of_the_document(text: str) -> None:
    document = segment(text)
    assert all(0 <= index < len(document.segments) for index in quoted_sentences(document))


def test_a_quotation_in_paragraphs_ends_where_one_closes_it() -> None:
    text = 'Trump said, "You see this group.\n\nThey want power in November.\n\nThey do not care."\n\nAbout 5,000 people listened.'
    assert inside(text) == ["They want power in November.", 'They do not care."']


def test_a_paragraph_that_opens_anew_is_no_inside() -> None:
    assert inside("“We won.\n\n“They lost.\n\nNobody clapped.\n\nHe left.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It has undergraduates studying through 'all-nighters.'",
        "It left him 'furious' after the vote.",
        "Police urged anyone to 'come forward.'",
        "The workers' rights hold.",
        "He feels 'quite strongly' about it.",
        "ТОВ «Торговий дім «Мрія» закрито.",
    ],
)
def test_whole_quotations_break_nothing(sentence: str) -> None:
    assert not breaks_a_quote(sentence)
