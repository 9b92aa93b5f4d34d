"""A newsroom for the tests of written briefs: one article in three languages, its translators, and the use case over them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from korotko_service.engines.engine import Engine, Sequence
from korotko_service.engines.manifest import Manifest
from korotko_service.errors import TextTooLong
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, Method, SummarizeJob
from korotko_service.pipeline.results import Brief, Summary
from korotko_service.pipeline.summarize import Summarize
from tests import summarizers, zoo

SENTENCES = {
    "en": (
        "The city council approved a budget of 1,250,000 euros on Monday evening.",
        "Schools in the northern district will get 40 new buses before winter.",
        "The mayor thanked the teachers for their patience during the long repairs.",
        "Opposition members left the hall before the final vote on the budget.",
        "The governor must sign the document within 10 days, officials said.",
        "Engineers will begin replacing the old water pipes in spring.",
    ),
    "uk": (
        "Міська рада ухвалила бюджет на 1 250 000 євро у понеділок увечері.",
        "Школи північного району отримають 40 нових автобусів до зими.",
        "Мер подякував учителям за терпіння під час довгого ремонту.",
        "Представники опозиції залишили залу перед остаточним голосуванням за бюджет.",
        "Губернатор має підписати документ протягом 10 днів, повідомили посадовці.",
        "Інженери почнуть замінювати старі водопровідні труби навесні.",
    ),
    "ru": (
        "Городской совет утвердил бюджет в 1 250 000 евро в понедельник вечером.",
        "Школы северного района получат 40 новых автобусов до зимы.",
        "Мэр поблагодарил учителей за терпение во время долгого ремонта.",
        "Представители оппозиции покинули зал перед окончательным голосованием по бюджету.",
        "Губернатор должен подписать документ в течение 10 дней, сообщили чиновники.",
        "Инженеры начнут менять старые водопроводные трубы весной.",
    ),
}
BODIES = {language: " ".join(sentences) for language, sentences in SENTENCES.items()}
DREAM = "Astronomers discovered a bright comet near Jupiter."


class Parallel(zoo.Echo):
    """Translates the article's sentences correctly, and nothing else at all."""

    def say(self, sequence: Sequence) -> str:
        known = dict(zip(SENTENCES[sequence.source_language], SENTENCES[sequence.target_language], strict=True))
        return known.get(sequence.text, sequence.text)


@asynccontextmanager
async def desk(
    writers: Mapping[str, Engine], *manifests: Manifest, translator: Engine | None = None, **settings: Any
) -> AsyncIterator[Summarize]:
    """The use case over summarizers, each with the manifest of its name (English if not given), and a translator "zoo"."""
    named = {manifest.name: manifest for manifest in manifests}
    models = [named.get("zoo") or zoo.manifest(), *(named.get(name) or summarizers.manifest(name) for name in writers)]
    async with zoo.running({"zoo": translator or Parallel(), **writers}, manifests=models, **settings) as app:
        yield app.use_cases.summarize


def job(
    body: str = BODIES["en"],
    *targets: str,
    language: str | None = "en",
    method: Method = Method.ABSTRACTIVE,
    title: str = "",
    choices: Choices | None = None,
    **shape: Any,
) -> SummarizeJob:
    article = Article(body=body, title=title, language=language)
    return SummarizeJob(
        article=article, targets=targets or (language or "en",), shape=BriefShape(method=method, **shape), choices=choices or Choices()
    )


def brief(summary: Summary, index: int = 0) -> Brief:
    value = summary.briefs[index].value
    assert value is not None, summary.briefs[index].error
    return value


def sentences(made: Brief) -> list[str]:
    return [made.text[each.span.start : each.span.end] for each in made.sentences]


def evidence(made: Brief, body: str) -> list[list[str]]:
    return [[body[piece.span.start : piece.span.end] for piece in each.evidence] for each in made.sentences]


def quoted(made: Brief, body: str) -> list[str]:
    return [piece for pieces in evidence(made, body) for piece in pieces]


async def cut_where_allowed(house: Any, job: Callable[..., SummarizeJob], body: str) -> Brief:
    """The brief of a text over the limit, which is refused unless the caller allows it to be cut."""
    async with house(zoo.Echo()) as rooms:
        with pytest.raises(TextTooLong):
            await rooms.summarize(job(body))
        (item,) = (await rooms.summarize(job(body, choices=Choices(truncates=True), max_sentences=50))).briefs
    assert item.value is not None
    assert item.value.truncated
    return item.value


def warnings(made: Brief) -> list[tuple[str, str]]:
    return [(finding.reason, finding.found) for finding in made.findings]


def models(made: Brief) -> list[str]:
    return [f"{hop.model.name}:{hop.source}-{hop.target}" for hop in made.hops]
