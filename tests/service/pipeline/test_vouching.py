"""No sentence that a summarizer wrote stays in a brief unless the article says so."""

import pytest
from hypothesis import given, strategies as st

from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.choosing import Chosen
from korotko_service.pipeline.drafting import Source
from korotko_service.pipeline.results import ArticleField, Evidence
from korotko_service.pipeline.vouching import FALLBACK, UNSUPPORTED, vouch
from korotko_service.text.document import Span

ARTICLE = (
    "The council approved the budget of 1,250,000 euros on Monday.",
    "Schools will get 40 new buses before winter.",
    "The mayor thanked the teachers for their patience.",
    "Opposition members left the hall before the vote.",
)
UKRAINIAN = (
    "У понеділок рада ухвалила бюджет на 1 250 000 євро.",
    "Школи отримають 40 нових автобусів до зими.",
    "Мер подякував учителям за терпіння.",
    "Опозиціонери залишили залу перед голосуванням.",
)


def sources(originals: tuple[str, ...] = ARTICLE, language: str = "en") -> list[Source]:
    return [
        Source(text=text, original=original, language=language, span=Span(start=100 * place, end=100 * place + len(original)), score=0.5)
        for place, (text, original) in enumerate(zip(ARTICLE, originals, strict=True))
    ]


def floor(*places: int) -> list[Chosen]:
    given = sources()
    return [
        Chosen(
            text=given[place].text,
            language="en",
            evidence=(Evidence(field=ArticleField.BODY, span=given[place].span, score=0.5),),
            weight=1 - place / 10,
        )
        for place in places
    ]


def said(chosen: tuple[Chosen, ...]) -> list[tuple[str, bool, list[tuple[str, str]]]]:
    return [(each.text, each.written, [(finding.reason, finding.found) for finding in each.findings]) for each in chosen]


def test_a_supported_sentence_stays_with_its_evidence() -> None:
    (kept,) = vouch(["The mayor thanked the teachers."], sources(), floor(0), language="en")
    assert said((kept,)) == [("The mayor thanked the teachers.", True, [])]
    (evidence,) = kept.evidence
    assert (evidence.field, evidence.span, evidence.score) == (ArticleField.BODY, Span(start=200, end=250), 1.0)


def test_a_sentence_made_of_two_has_both_for_evidence() -> None:
    (kept,) = vouch(["The council approved the budget after opposition members left the hall."], sources(), (), language="en")
    assert [each.span.start for each in kept.evidence] == [0, 300]
    assert all(each.score is not None and 0 < each.score < 1 for each in kept.evidence)


def test_a_sentence_that_the_article_does_not_have_makes_way_for_one_that_it_has() -> None:
    dreamt = "Astronomers discovered a comet."
    assert said(vouch([dreamt], sources(), floor(1), language="en")) == [(ARTICLE[1], False, [(FALLBACK, UNSUPPORTED)])]


def test_the_stand_in_is_one_whose_news_is_not_yet_told() -> None:
    sentences = ["The council approved the budget on Monday.", "Astronomers discovered a comet."]
    assert [text for text, *_ in said(vouch(sentences, sources(), floor(0, 1, 2), language="en"))] == [sentences[0], ARTICLE[1]]


def test_without_a_stand_in_the_sentence_is_left_out() -> None:
    sentences = ["The council approved the budget on Monday.", "Astronomers discovered a comet."]
    assert [text for text, *_ in said(vouch(sentences, sources(), floor(0), language="en"))] == sentences[:1]
    assert vouch(sentences[1:], sources(), (), language="en") == ()


@pytest.mark.parametrize("number", ["1,350,000", "12", "2.5 million", "fifty"])
def test_an_invented_number_makes_way(number: str) -> None:
    sentence = f"The council approved the budget of {number} euros on Monday."
    assert said(vouch([sentence], sources(), floor(2), language="en")) == [(ARTICLE[2], False, [(FALLBACK, "NUMBER_NOT_IN_SOURCE")])]


@pytest.mark.parametrize("number", ["1,250,000", "1.25 million", "1250000"])
@pytest.mark.parametrize(("originals", "language"), [(ARTICLE, "en"), (UKRAINIAN, "uk")])
def test_a_number_of_the_article_may_be_written_otherwise(number: str, originals: tuple[str, ...], language: str) -> None:
    sentence = f"The council approved the budget of {number} euros on Monday."
    assert said(vouch([sentence], sources(originals, language), (), language="en")) == [(sentence, True, [])]


def test_a_number_that_only_a_translation_has_is_invented() -> None:
    originals = (UKRAINIAN[0].replace("1 250 000", "1 350 000"), *UKRAINIAN[1:])
    (chosen,) = vouch([ARTICLE[0]], sources(originals, "uk"), floor(1), language="en")
    assert said((chosen,)) == [(ARTICLE[1], False, [(FALLBACK, "NUMBER_NOT_IN_SOURCE")])]


def test_a_number_from_elsewhere_in_the_article_brings_its_own_evidence() -> None:
    sentence = "The mayor thanked the teachers for their patience with 40 buses."
    (kept,) = vouch([sentence], sources(), (), language="en")
    assert kept.written
    assert [each.span.start for each in kept.evidence] == [100, 200]


def test_a_number_beyond_the_usual_evidence_brings_one_piece_more() -> None:
    sentence = (
        "The mayor thanked the teachers for patience, the council approved the budget on Monday, "
        "opposition members left the hall before the vote and 40 guests stayed."
    )
    (kept,) = vouch([sentence], sources(), (), language="en")
    assert kept.written
    assert [each.span.start for each in kept.evidence] == [0, 100, 200, 300]


def test_a_word_or_two_in_common_are_no_support() -> None:
    sentence = "The mayor attended a crowded jazz concert near Odesa."
    assert said(vouch([sentence], sources(), floor(0), language="en")) == [(ARTICLE[0], False, [(FALLBACK, UNSUPPORTED)])]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The mayor the mayor the mayor the mayor thanked the teachers.", "REPETITION"),
        ("The mayor thanked the <unk> teachers.", "SPECIAL_TOKENS"),
        ("Мер подякував учителям за їхнє терпіння.", "WRONG_LANGUAGE"),
        ("…", "EMPTY_OUTPUT"),
    ],
)
def test_what_is_no_sentence_makes_way(sentence: str, reason: str) -> None:
    assert said(vouch([sentence], sources(), floor(0), language="en")) == [(ARTICLE[0], False, [(FALLBACK, reason)])]


def test_a_weakly_supported_sentence_stays_and_is_flagged() -> None:
    sentence = "The mayor thanked teachers amid rumours concerning yesterday's festival."
    (kept,) = vouch([sentence], sources(), floor(0), language="en")
    (finding,) = kept.findings
    assert kept.written
    assert (finding.reason, finding.severity, len(finding.span)) == (UNSUPPORTED, Severity.WARNING, len(sentence))


def test_earlier_sentences_weigh_more() -> None:
    weights = [each.weight for each in vouch(ARTICLE, sources(), (), language="en")]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)


def test_a_language_that_the_checks_cannot_read_is_vouched_for_by_words_alone() -> None:
    given = [
        Source(
            text="Der Rat nahm den Haushalt an.",
            original="Der Rat nahm den Haushalt an.",
            language="de",
            span=Span(start=0, end=29),
            score=1,
        )
    ]
    (kept,) = vouch(["Der Rat nahm den Haushalt an."], given, (), language="de")
    assert kept.written


pieces = st.lists(
    st.sampled_from([*" ".join(ARTICLE).split(), "comet", "77", "3.5", "▁", "жар", "the the the the"]), min_size=1, max_size=14
)


@given(st.lists(pieces.map(" ".join), max_size=6), st.sets(st.integers(0, 3)))
def test_whatever_was_written_only_supported_or_flagged_sentences_stay(sentences: list[str], places: set[int]) -> None:
    chosen = vouch(sentences, sources(), floor(*sorted(places)), language="en")
    assert len(chosen) <= len(sentences)
    for each in chosen:
        assert not any(finding.severity is Severity.SEVERE for finding in each.findings)
        assert each.evidence
        assert each.written or [finding.reason for finding in each.findings] == [FALLBACK]
    stand_ins = [each.text for each in chosen if not each.written]
    assert len(stand_ins) == len(set(stand_ins))
