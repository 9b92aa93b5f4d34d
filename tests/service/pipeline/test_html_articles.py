"""Summarize reads the article of a page: briefs are plain text, and their evidence is in the HTML."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from korotko_service.errors import FieldInvalid, TextTooLong
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term
from korotko_service.pipeline.jobs import Article, BriefShape, Choices, Method, SummarizeJob, TranslateJob
from korotko_service.pipeline.reading import MAX_TAGS
from korotko_service.pipeline.results import ArticleField, Brief
from tests import zoo
from tests.service.pipeline.press import cut_where_allowed, desk, quoted, sentences
from tests.service.text.html.test_readable import Stripped
from tests.service.text.pages import trees
from tests.summarizers import FirstSentences

PAGE = """<!doctype html>
<html lang="en"><head><title>The bridge | The Kyiv Daily</title><style>p { color: red }</style></head>
<body class="news">
  <nav><ul><li><a href="/">All the news of the city of Kyiv is here.</a></ul></nav>
  <article>
    <h1>The new <em>bridge</em> in Kyiv is open</h1>
    <p>The bridge cost <b>40 million</b> euros, the mayor&nbsp;said on <time datetime="2026-11-25">Monday</time>. Read
       <a href="https://kyiv.example/?a=1&amp;b=2">more about it</a> here.</p>
    <aside>Ten more stories of bridges that cost millions of euros.</aside>
    <p>The first trams of the city will cross the bridge to the <i>left</i> bank in May, Fish &amp; Sons told reporters.</p>
    <script>if (a < b) say("The end of the bridge.")</script>
    <p hidden>The bridge cost 90 million euros.</p>
  </article>
  <footer>The mayor said that all rights of the bridge are reserved.</footer>
</body></html>
"""


def job(body: str = PAGE, *targets: str, title: str = "", choices: Choices | None = None, **shape: Any) -> SummarizeJob:
    article = Article(body=body, title=title, language="en", html=True)
    return SummarizeJob(article=article, targets=targets or ("en",), shape=BriefShape(**shape), choices=choices or Choices())


async def briefs(house: Any, engine: zoo.Echo, wanted: SummarizeJob) -> list[Brief]:
    async with house(engine) as rooms:
        items = (await rooms.summarize(wanted)).briefs
    assert all(item.value is not None for item in items), [item.error for item in items]
    return [item.value for item in items if item.value is not None]


def bare(html: str) -> str:
    return " ".join(Stripped(html).words.split())


async def test_a_brief_is_the_text_of_its_evidence_without_the_tags(house) -> None:
    (made,) = await briefs(house, zoo.Echo(), job())
    assert (
        quoted(made, PAGE)[0]
        == 'The bridge cost <b>40 million</b> euros, the mayor&nbsp;said on <time datetime="2026-11-25">Monday</time>.'
    )
    assert [" ".join(sentence.split()) for sentence in sentences(made)] == [bare(html) for html in quoted(made, PAGE)]
    assert "Fish & Sons told reporters." in made.text
    assert not set("<>\ufdd0\ufffc\n") & set(made.text)


async def test_what_stands_beside_the_article_is_not_in_the_brief(house) -> None:
    (made,) = await briefs(house, zoo.Echo(), job(max_sentences=50))
    assert len(made.sentences) == 3
    assert not [beside for beside in ("news of the city", "Ten more", "The end", "90 million", "reserved") if beside in made.text]


async def test_a_translated_brief_points_to_the_same_html(house) -> None:
    own, translated = await briefs(house, zoo.Tagged(), job(PAGE, "en", "uk"))
    assert quoted(own, PAGE) == quoted(translated, PAGE)
    assert sentences(translated) == [f"[en>uk] {sentence}" for sentence in sentences(own)]


async def test_the_heading_is_the_headline(house) -> None:
    (made,) = await briefs(house, zoo.Echo(), job(headline=True))
    assert made.text == "The new bridge in Kyiv is open"
    assert quoted(made, PAGE) == ["The new <em>bridge</em> in Kyiv is open"]


async def test_a_given_title_is_plain_text_and_keeps_its_places(house) -> None:
    (made,) = await briefs(house, zoo.Echo(), job(title=" AT&amp;T <b>", headline=True))
    (piece,) = made.sentences[0].evidence
    assert (made.text, piece.field, piece.span.start, piece.span.end) == ("AT&amp;T <b>", ArticleField.TITLE, 1, 13)


async def test_applied_terms_point_into_the_page(house) -> None:
    terms = Glossary(entries=(Entry(term=Term(source="Fish & Sons", target="Фіш"), language=None),))
    (made,) = await briefs(house, zoo.Upper(), job(PAGE, "uk", choices=Choices(glossary=terms)))
    (term,) = made.applied_terms
    assert term.source is not None
    assert PAGE[term.source.start : term.source.end] == "Fish &amp; Sons"
    assert made.text[term.target.start : term.target.end] == "Фіш"


async def test_a_written_brief_rests_on_the_page() -> None:
    async with desk({"writer": FirstSentences(1)}) as summarize:
        (item,) = (await summarize(job(method=Method.ABSTRACTIVE))).briefs
    assert item.value is not None, item.error
    assert item.value.method is Method.ABSTRACTIVE
    assert [bare(html) for html in quoted(item.value, PAGE)] == [" ".join(item.value.text.split())]


@pytest.mark.parametrize("html", ["<p></p>", "<nav>The words of a menu.</nav>", "<!-- The words of a comment. -->", "<p hidden>Words.</p>"])
async def test_a_page_without_an_article_is_refused(house, html: str) -> None:
    async with house(zoo.Echo()) as rooms:
        with pytest.raises(FieldInvalid) as caught:
            await rooms.summarize(job(html))
    assert caught.value.field == "article.body"


async def test_a_page_over_the_limit_is_refused_or_cut_before_its_last_sentence(house) -> None:
    long = PAGE.replace("</aside>", "</aside>" + "<p>One more tram crossed the <b>bridge</b> today.</p>" * 60)
    made = await cut_where_allowed(house, job, long)
    assert all(html.endswith(".") for html in quoted(made, long))
    assert max(piece.span.end for each in made.sentences for piece in each.evidence) < 2000


async def test_the_limit_is_for_what_is_read_and_not_for_the_page(house) -> None:
    page = f"<head><script>{'x' * 300_000}</script></head><article><p title='{'x' * 3000}'>The bridge is open.</p></article>"
    async with house(zoo.Echo()) as rooms:
        (item,) = (await rooms.summarize(job(page))).briefs
    assert item.value is not None
    assert quoted(item.value, page) == ["The bridge is open."]


async def test_a_page_of_one_endless_sentence_cannot_be_cut(house) -> None:
    async with house(zoo.Echo()) as rooms:
        with pytest.raises(TextTooLong) as caught:
            await rooms.summarize(job(f"<p>{'word ' * 3000}</p>", choices=Choices(truncates=True)))
    assert caught.value.field == "article.body"


@given(trees)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_sentence_of_a_brief_is_its_html_without_the_markup(html: str) -> None:
    page = f"<p>The bridge is <b>open</b> again.</p>{html}"
    async with zoo.running(zoo.Echo()) as app:
        (item,) = (await app.use_cases.summarize(job(page, max_sentences=50))).briefs
    assert item.value is not None, item.error
    for sentence, stretch in zip(sentences(item.value), quoted(item.value, page), strict=True):
        assert "".join(sentence.split()) == "".join(bare(stretch).split())


async def test_a_page_of_endless_tags_is_refused_before_it_is_read(house) -> None:
    page = "<p>a</p>" * MAX_TAGS
    async with house(zoo.Echo()) as rooms:
        with pytest.raises(TextTooLong) as caught:
            await rooms.summarize(job(page))
        (item,) = (await rooms.translate(TranslateJob(texts=(page,), target="uk", source="en", html=True))).items
    assert isinstance(item.error, TextTooLong)
    assert [error.metadata["actual"] for error in (caught.value, item.error)] == [str(2 * MAX_TAGS)] * 2
