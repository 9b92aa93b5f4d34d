"""A sentence in a language that nobody asked about never has its whole text refused."""

import pytest

from korotko_service.pipeline.jobs import Article, BriefShape, DetectJob, SummarizeJob, TranslateJob
from korotko_service.text.language import detect
from tests import zoo

ARTICLE = "The talks on the new gas pipeline began in Brussels on Monday. {} The ministers will meet again on Friday, officials said."
STRANGERS = {
    "pl": "The mayor of Kraków, Aleksander Miszalski, met Łukasz Kowalski.",
    "tr": "Ursula von der Leyen met Recep Tayyip Erdoğan in Ankara on 5 March.",
    "de": "Ministers from Deutschland, Österreich and die Schweiz were there.",
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
