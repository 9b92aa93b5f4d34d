"""Plain text with a layout through the pipeline: lines, lists and columns of translations, one line for each bullet of a brief."""

import pytest

from korotko_service.fidelity.glossary import Glossary
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, SummarizeJob, TranslateJob
from korotko_service.text.assembly import BriefFormat
from tests import zoo

LIST = (
    "\ufeff  Plan:\r\n\r\n- Open the bridge. Light it.\r\n-\tPaint it.\r\n\t1) Run trams.\r\n"
    "\t2) Sell tickets.  \r\n\r\n\r\n• The end.\t\r\n\r\n"
)
TABLE = "City\tLength of the bridge\tOpened\nKyiv\t800\tin May\nLviv\t120\tnext year\n"
WRAPPED = (
    "The new bridge in Kyiv cost 40 million euros, and the\n  city will pay for it until the end of the year 2030. Trams\r\n"
    "will follow it in May of the next year, said the mayor of\nthe city. Nobody knows what the old bridge will be used for.\n"
)


@pytest.mark.parametrize("text", [LIST, TABLE], ids=["list", "table"])
async def test_a_layout_comes_back_as_it_was(house, text: str) -> None:
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=(text,), target="uk", source="en"))).items
    assert item.value.text == text.upper()


async def test_cells_of_a_table_are_read_one_by_one(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.translate(TranslateJob(texts=(TABLE,), target="uk", source="en"))
    assert set(engine.texts) == {"City", "Length of the bridge", "Opened", "Kyiv", "in May", "Lviv", "next year"}


@pytest.mark.parametrize("target", ["en", "uk"])
async def test_a_brief_of_a_wrapped_article_has_a_line_for_each_bullet(house, target: str) -> None:
    shape, choices = BriefShape(format=BriefFormat.BULLETS), Choices(glossary=Glossary(preserved=("city",)))
    job = SummarizeJob(article=Article(body=WRAPPED, language="en"), targets=(target,), shape=shape, choices=choices)
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.summarize(job)).briefs
    lines = item.value.text.split("\n")
    assert len(lines) == len(item.value.sentences) == 3
    assert all(line.startswith("• ") for line in lines)
    for sentence in item.value.sentences:
        quoted = WRAPPED[sentence.evidence[0].span.start : sentence.evidence[0].span.end]
        assert item.value.text[sentence.span.start : sentence.span.end].lower().split() == quoted.lower().split()
    assert [WRAPPED[term.source.start : term.source.end] for term in item.value.applied_terms] == ["city", "city"] * (target == "uk")


async def test_a_brief_in_the_articles_language_has_one_space_where_a_line_was_wrapped(house) -> None:
    job = SummarizeJob(article=Article(body=WRAPPED, language="en"), targets=("en",), shape=BriefShape())
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.summarize(job)).briefs
    assert item.value.text == " ".join(WRAPPED.split())
    assert [item.value.text[each.span.start : each.span.end][-1] for each in item.value.sentences] == [".", ".", "."]
