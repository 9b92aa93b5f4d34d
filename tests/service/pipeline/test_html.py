"""HTML through the pipeline: the markup as it was whatever the model does, and every span one of the HTML."""

from typing import Any

import pytest

from korotko_service.errors import FieldInvalid, LanguageUndetermined, TextTooLong
from korotko_service.fidelity.pieces.glossary import Entry, Glossary
from korotko_service.fidelity.pieces.terms import Term
from korotko_service.pipeline.jobs import Choices, TranslateJob
from korotko_service.pipeline.results import Translation
from tests import zoo
from tests.service.text.pages import markup_of

PAGE = """<!doctype html>
<html lang="en"><head><title>Bridge &amp; trams</title><style>p { color: red }</style></head>
<body class="news">
  <h1>The new <em>bridge</em> is open</h1>
  <p>It cost <b>40 million</b> euros, the mayor&nbsp;said. Read
     <a href="https://kyiv.example/?a=1&amp;b=2">more about it</a> here.</p>
  <ul><li>Trams follow in May.<li>Run <code>tram --all</code> then.</ul>
  <script>if (a < b) say("The end.")</script>
</body></html>
"""
ENGINES = [zoo.Echo, zoo.Upper, zoo.Lower, zoo.Mute, zoo.Eating, zoo.Doubling, zoo.Gluing, zoo.Backwards, zoo.Tagged]


def job(*texts: str, target: str = "uk", source: str | None = "en", **choices: Any) -> TranslateJob:
    return TranslateJob(texts=texts, target=target, source=source, choices=Choices(**choices), html=True)


async def translated(house: Any, engine: zoo.Echo, text: str, **choices: Any) -> Translation:
    async with house(engine) as rooms:
        (item,) = (await rooms.translate(job(text, **choices))).items
    assert item.value is not None, item.error
    return item.value


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)
async def test_tags_in_are_tags_out(house, engine: type[zoo.Echo]) -> None:
    translation = await translated(house, engine(), PAGE)
    assert markup_of(translation.text) == markup_of(PAGE)
    assert not [each for each in translation.findings if "PROTECTED" in each.reason]


async def test_a_model_that_changes_nothing_gives_the_page_back(house) -> None:
    assert (await translated(house, zoo.Echo(), PAGE)).text == PAGE


async def test_the_model_reads_whole_sentences_without_tags_and_entities(house) -> None:
    engine = zoo.Upper()
    await translated(house, engine, PAGE)
    assert set(engine.texts) >= {
        "Bridge & trams",
        "The new XQ1 bridge XQ2 is open",
        "It cost XQ1 40 million XQ2 euros, the mayor\u00a0said.",
        "Read XQ1 more about it XQ2 here.",
        "Trams follow in May.",
        "Run XQ1 then.",
    }
    assert not [text for text in engine.texts if set("<>\ufdd0\ufffc") & set(text)]


async def test_sentences_point_into_both_pages(house) -> None:
    translation = await translated(house, zoo.Upper(), PAGE)
    pairs = [
        (PAGE[each.source.start : each.source.end], translation.text[each.target.start : each.target.end]) for each in translation.sentences
    ]
    assert pairs[0] == ("Bridge &amp; trams", "BRIDGE &amp; TRAMS")
    assert pairs[1] == ("The new <em>bridge</em> is open", "THE NEW <em>BRIDGE</em> IS OPEN")
    assert pairs[2][0] == "It cost <b>40 million</b> euros, the mayor&nbsp;said."
    assert pairs[-1] == ("Run <code>tram --all</code> then.", "RUN <code>tram --all</code> THEN.")


async def test_warnings_point_into_the_returned_page_and_show_no_stand_in(house) -> None:
    book = {"It cost XQ1 12 XQ2 euros.": "Це коштувало XQ1 15 XQ2 євро."}
    text = "<p>Fish &amp; chips.</p><p>It cost <b>12</b> euros.</p>"
    translation = await translated(house, zoo.Scripted(book), text, fail_on_severe=False)
    (wrong,) = [each for each in translation.findings if each.reason == "NUMBER_NOT_IN_SOURCE"]
    assert translation.text[wrong.span.start : wrong.span.end] == "15"
    assert not [each for each in translation.findings if set("\ufdd0\ufffc") & set(each.found + each.expected)]


async def test_the_checks_do_not_read_tags(house) -> None:
    source, target = "The talks will go on in Geneva.", "Переговори триватимуть у Женеві."
    tag = '<a href="https://a.example/2026/11/Brussels" title="A hundred words of a title, and 40 more of them in Paris">'
    html = f"<p>The talks {tag}will go on</a> in Geneva.</p>"
    book = {source: target, "The talks XQ1 will go on XQ2 in Geneva.": "Переговори XQ1 триватимуть XQ2 у Женеві."}
    with_tags = await translated(house, zoo.Scripted(book), html)
    assert with_tags.text == f"<p>Переговори {tag}триватимуть</a> у Женеві.</p>"
    async with house(zoo.Scripted(book)) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=(source,), target="uk", source="en"))).items
    assert [each.reason for each in with_tags.findings] == [each.reason for each in item.value.findings]


async def test_applied_terms_point_into_both_pages(house) -> None:
    entries = (Entry(term=Term(source="M&S", target="М & С")),)
    text = "<p>The <i>new</i> M&amp;S is open.</p>"
    translation = await translated(house, zoo.Upper(), text, glossary=Glossary(entries=entries))
    (term,) = translation.applied_terms
    assert term.source is not None
    assert text[term.source.start : term.source.end] == "M&amp;S"
    assert translation.text[term.target.start : term.target.end] == "М &amp; С"


async def test_the_language_is_that_of_the_words(house) -> None:
    tags = '<p class="this is a class of english words only"><b title="and so is this title of the tag">{}</b></p>'
    translation = await translated(house, zoo.Tagged(), tags.format("Переговори триватимуть у Женеві."), source=None, target="en")
    assert translation.source.language == "uk"


async def test_a_page_in_the_target_language_comes_back_untouched(house) -> None:
    assert (await translated(house, zoo.Upper(), PAGE, target="en")).text == PAGE


@pytest.mark.parametrize("html", ["<p></p>", "<script>The words of a script.</script>", "<!-- The words of a comment. -->", "&nbsp;"])
async def test_a_page_without_words_is_refused(house, html: str) -> None:
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job(html))).items
    assert isinstance(item.error, FieldInvalid)
    assert item.error.field == "texts[0]"


async def test_a_page_of_code_has_no_language(house) -> None:
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job("<p><code>The words of a program.</code></p>", source=None))).items
    assert isinstance(item.error, LanguageUndetermined)


async def test_the_limit_is_for_the_words_and_not_for_the_markup(house) -> None:
    html = f"<script>{'x' * 2000}</script><p title='{'x' * 2000}'>Good.</p>"
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(job(html))).items
        (long,) = (await rooms.translate(job(f"<p>{'Good. ' * 2000}</p>"))).items
    assert item.value is not None
    assert item.value.text == html.replace("Good", "GOOD")
    assert isinstance(long.error, TextTooLong)
    assert long.error.metadata["actual"] == "12000"


def test_html_is_never_cut_off() -> None:
    with pytest.raises(FieldInvalid) as caught:
        job(PAGE, truncates=True)
    assert caught.value.field == "translate_options.truncation_policy"


async def test_validation_counts_what_the_model_would_read(house) -> None:
    engine = zoo.Upper()
    async with house(engine) as rooms:
        done = await rooms.translate(job("<p title='a b c d'>The <b>bridge</b> is open.</p>", validate_only=True))
    assert (done.items, done.ledger.sentences, engine.batches) == ((), 1, [])
    assert done.ledger.input_tokens == len("The XQ1 bridge XQ2 is open.".split()) + 1


async def test_the_same_words_as_plain_text_keep_their_tags_too(house) -> None:
    async with house(zoo.Upper()) as rooms:
        (item,) = (await rooms.translate(TranslateJob(texts=("The \ufffc <b>one</b>.",), target="uk", source="en"))).items
    assert item.value.text == "THE \ufffc <b>ONE</b>."
