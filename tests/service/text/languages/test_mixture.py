"""Texts of several languages: one is the text's, and each sentence is in its own."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.languages.language import Detection
from korotko_service.text.languages.mixture import MAX_SEGMENTS, detect_document, is_mixed
from korotko_service.text.sentences.segmentation import segment

EN = "The council met on Monday and voted for the new budget of the city."
UK = "Міська рада зібралася в понеділок і проголосувала за новий бюджет міста."
RU = "Городской совет собрался в понедельник и проголосовал за новый бюджет города."
DE = "Der Stadtrat trat am Montag zusammen und stimmte für den neuen Haushalt der Stadt."


def languages(text: str) -> tuple[str | None, list[str | None]]:
    whole, found = detect_document(segment(text))
    return whole.language, [each.language for each in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Президент прибув до Варшави. Он сказал это по-русски вчера вечером. Потім поїхав.",
            ("uk", ["uk", "ru", "uk"]),
        ),
        (
            "Kyiv has opened a new bridge. Trams will follow in May. Привіт усім. Мер подякував будівельникам.",
            ("en", ["en", "en", "uk", "uk"]),
        ),
        (f"{EN} {UK} {RU} {RU}", ("ru", ["en", "uk", "ru", "ru"])),
        (f"{DE} {DE} {EN}", ("de", ["de", "de", "en"])),
    ],
)
def test_a_text_of_several_languages_is_in_that_of_most_of_it(text: str, told: tuple[str, list[str]]) -> None:
    assert languages(text) == told


@pytest.mark.parametrize(("first", "second", "told"), [("Дякую усім.", "Спасибо ей.", "uk"), ("Спасибо ей.", "Дякую усім.", "ru")])
def test_of_two_languages_that_are_even_the_first_is_the_texts(first: str, second: str, told: str) -> None:
    assert languages(f"{first}\n\n{second}")[0] == told


def test_the_confidence_of_a_mixed_text_is_the_share_of_its_language() -> None:
    whole, _ = detect_document(segment(f"{UK} {RU}"))
    assert [each.language for each in whole.candidates] == ["ru", "uk"]
    assert whole.confidence == pytest.approx(len(RU) / (len(RU) + len(UK)))


def test_one_sentence_that_is_told_does_not_speak_for_many_that_are_not() -> None:
    assert languages("Hotel Bristol Praha. Real Madrid Sevilla. Olympia Berlin Wien. Дякую.")[0] is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Привіт, як справи сьогодні у вас? The house is big.", ("uk", ["uk", "en"])),
        ("Kyiv is big. Привіт, як справи сьогодні у вас?", ("uk", ["en", "uk"])),
        ("Президент прибув до Варшави у понеділок. Breaking news! Читайте далі.", ("uk", ["uk", "en", "uk"])),
        (f"{EN} Привіт усім. {EN}", ("en", ["en", "uk", "en"])),
    ],
)
def test_a_short_sentence_in_another_alphabet_is_in_its_own_language(text: str, told: tuple[str, list[str]]) -> None:
    assert languages(text) == told


def test_an_unsure_sentence_in_another_alphabet_goes_with_the_sentences_of_that_alphabet() -> None:
    assert languages(f"{EN} {EN} {RU} Погода на завтра.") == ("en", ["en", "en", "ru", "ru"])


def test_a_name_in_another_alphabet_stays_with_its_text() -> None:
    assert languages(f"{UK} Volkswagen. {UK}") == ("uk", ["uk", "uk", "uk"])


def test_a_sentence_with_names_in_latin_letters_is_not_english() -> None:
    assert languages(f"{UK} Компанія Apple Inc. купила Shazam Entertainment Limited. {UK}") == ("uk", ["uk"] * 3)


def test_segments_keep_the_texts_language_unless_surely_in_another() -> None:
    assert languages(f"{UK} {UK} Так. NATO. «{RU}» 12 345.") == ("uk", ["uk", "uk", "uk", "uk", "ru", "uk"])


def test_segments_of_a_text_that_cannot_be_told_may_stay_undetermined() -> None:
    assert languages("Hotel Bristol Praha. Real Madrid Sevilla. Дякую.") == (None, [None, None, "uk"])


def test_of_an_endless_list_only_the_first_segments_are_read_one_by_one() -> None:
    whole, found = detect_document(segment(f"{UK}\n" * MAX_SEGMENTS + f"{RU}\nThe bridge is closed.\n" + f"{UK}\n" * 2))
    assert whole.language == "uk"
    assert [(each.language, each.confidence > 0) for each in found[-4:]] == [("uk", False)] * 4


def told(language: str | None) -> Detection:
    return Detection(language=language, confidence=0.9, candidates=())


def test_text_is_mixed_where_two_languages_were_told() -> None:
    assert is_mixed([told("uk"), told(None), told("ru")])
    assert not is_mixed([told("uk"), told(None), told("uk")])
    assert not is_mixed([])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from([EN, UK, RU, DE, "Так.", "NATO.", "12 345.", "Погода.", "🙂"]), max_size=6))
def test_any_mixture_has_a_language_for_each_sentence_of_a_text_that_has_one(sentences: list[str]) -> None:
    document = segment(" ".join(sentences))
    whole, found = detect_document(document)
    assert len(found) == len(document.segments)
    assert whole.language is None or all(each.language is not None for each in found)
    assert whole.language is None or whole.language == whole.candidates[0].language
