"""A sentence in another language than its text never has the whole text refused, and never silently stays as it is."""

import pytest

from korotko_service.fidelity.finding import Severity
from korotko_service.pipeline.jobs import Article, BriefShape, DetectJob, SummarizeJob, TranslateJob
from korotko_service.text.languages.language import detect
from tests import zoo

ARTICLE = "The talks on the new gas pipeline began in Brussels on Monday. {} The ministers will meet again on Friday, officials said."
STRANGERS = {
    "pl": "Aleksander Miszalski, Łukasz Kowalski, Rafał Trzaskowski.",
    "tr": "Ursula von der Leyen met Recep Tayyip Erdoğan in Ankara on 5 March.",
    "de": "Bundeskanzler Friedrich Merz, Außenminister Johann Wadephul.",
}


@pytest.mark.parametrize("language", STRANGERS)
async def test_a_sentence_that_looks_like_a_language_not_served_goes_with_its_article(house, language: str) -> None:
    stranger = STRANGERS[language]
    assert detect(stranger).language == language
    body = ARTICLE.format(stranger)
    async with house(zoo.Tagged()) as rooms:
        (translated,) = (await rooms.translate(TranslateJob(texts=(body,), target="uk"))).items
        briefs = (await rooms.summarize(SummarizeJob(article=Article(body=body), targets=("en", "uk"), shape=BriefShape()))).briefs
    assert f"[en>uk] {stranger}" in translated.value.text
    assert [item.error for item in briefs] == [None, None]
    assert stranger in briefs[0].value.text


async def test_the_detection_of_languages_still_names_it(house) -> None:
    async with house(zoo.Echo()) as rooms:
        (item,) = await rooms.detect(DetectJob(texts=(ARTICLE.format(STRANGERS["pl"]),), sentences=True))
    assert [each.detection.language for each in item.value.sentences] == ["en", "pl", "en"]


UKRAINIAN = "Президент прибув до Варшави у понеділок вранці."


async def translated(house, text: str, target: str):
    async with house(zoo.Tagged()) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=(text,), target=target))).items
    return item.value


@pytest.mark.parametrize("foreign", ["The house is big.", "Breaking news!", "Kyiv is big."])
@pytest.mark.parametrize("order", ["{own} {foreign}", "{foreign} {own}"])
async def test_a_short_english_sentence_in_a_ukrainian_text_is_translated_into_ukrainian(house, foreign: str, order: str) -> None:
    value = await translated(house, order.format(own=UKRAINIAN, foreign=foreign), "uk")
    assert value.text == order.format(own=UKRAINIAN, foreign=f"[en>uk] {foreign}")


async def test_each_sentence_of_a_mixed_text_is_translated_from_its_own_language(house) -> None:
    text = "Президент прибув до Варшави. Он сказал это по-русски вчера вечером. Потім поїхав."
    value = await translated(house, text, "en")
    assert value.source.language == "uk"
    assert value.text == ("[uk>en] Президент прибув до Варшави. [ru>en] Он сказал это по-русски вчера вечером. [uk>en] Потім поїхав.")


async def test_an_article_that_is_mostly_english_is_summarized_as_english(house) -> None:
    body = (
        "Kyiv has opened a new bridge. The work cost 40 million euros. Trams will follow in May. Привіт усім. "
        "Мер подякував будівельникам за роботу."
    )
    async with house(zoo.Tagged()) as rooms:
        summary = await rooms.summarize(SummarizeJob(article=Article(body=body), targets=("en", "uk", "ru"), shape=BriefShape()))
    assert summary.source.language == "en"
    assert [item.error for item in summary.briefs] == [None] * 3


@pytest.mark.parametrize(
    ("foreign", "severity"),
    [("Volkswagen.", Severity.INFO), ("Bundeskanzler trifft Präsident Macron heute.", Severity.WARNING)],
)
async def test_a_sentence_that_stays_in_other_letters_is_said_to(house, foreign: str, severity: Severity) -> None:
    value = await translated(house, f"{UKRAINIAN} {foreign}", "uk")
    assert value.text == f"{UKRAINIAN} {foreign}"
    assert [(each.reason, each.severity, value.text[each.span.start : each.span.end]) for each in value.findings] == [
        ("UNTRANSLATED", severity, foreign)
    ]


async def test_a_cyrillic_sentence_that_stays_in_an_english_text_is_said_to(house) -> None:
    text = "The council met on Monday and voted. Курс валют на завтра."
    value = await translated(house, text, "en")
    assert value.text == text
    assert [(each.reason, each.severity) for each in value.findings] == [("UNTRANSLATED", Severity.WARNING)]


async def test_a_text_that_is_in_the_target_language_already_has_no_finding(house) -> None:
    assert (await translated(house, f"{UKRAINIAN} Про це пише Reuters. 12 345.", "uk")).findings == ()
