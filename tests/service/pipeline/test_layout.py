"""Plain text with a layout through the pipeline: lines, lists and columns of translations, one line for each bullet of a brief."""

import pytest

from korotko_service.fidelity.pieces.glossary import Glossary
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


CUT = "The new bridge in Kyiv was opened on Mon-\nday by the lead-\ner of the council, a 45-\nyear-old engineer.\n"


@pytest.mark.parametrize("target", ["en", "uk"])
async def test_a_word_cut_at_the_end_of_a_line_is_one_word_to_models_and_readers(house, target: str) -> None:
    read = "The new bridge in Kyiv was opened on Monday by the leader of the council, a 45-year-old engineer."
    article, engine = Article(body=CUT, language="en"), zoo.Upper()
    async with house(engine) as rooms:
        (brief,) = (await rooms.summarize(SummarizeJob(article=article, targets=(target,), shape=BriefShape()))).briefs
        (translation,) = (await rooms.translate(TranslateJob(texts=(CUT,), target=target, source="en"))).items
    written = read if target == "en" else read.upper()
    assert brief.value.text == written
    assert translation.value.text == written + "\n"
    assert set(engine.texts) <= {read}
    evidence = brief.value.sentences[0].evidence[0].span
    assert CUT[evidence.start : evidence.end] == CUT.strip()


async def test_soft_hyphens_reach_neither_models_nor_readers(house) -> None:
    body, engine = "На це з бюджету ви\xadділять 94,3 млн гри\xadвень у травні цього ро\xadку.", zoo.Upper()
    async with house(engine) as rooms:
        job = SummarizeJob(article=Article(body=body, language="uk"), targets=("uk", "en"), shape=BriefShape())
        own, other = (await rooms.summarize(job)).briefs
    assert own.value.text == body.replace("\xad", "")
    assert other.value.text == own.value.text.upper()


async def test_models_read_letters_with_their_marks_composed_as_they_learnt_them(house) -> None:
    text, engine = "The cafe\u0301 in Kyi\u0308v opened on Monday.", zoo.Upper()
    async with house(engine) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=(text,), target="uk", source="en"))).items
    assert engine.texts == ["The caf\u00e9 in Ky\u00efv opened on Monday."]
    assert item.value.sentences[0].source.end == len(text)


async def test_a_model_reads_abbreviations_in_full(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        await rooms.translate(TranslateJob(texts=("Поїзд спізнився на 3 год. 15 хв.",), target="en", source="uk"))
    assert engine.texts == ["Поїзд спізнився на 3 години 15 хвилин."]
