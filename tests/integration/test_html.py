"""HTML through the real server with the starter: tags in are tags out, with every method."""

import random
import re
from typing import Any

import pytest

from korotko import Article, AsyncClient, Client, FieldInvalid, Translation
from korotko.v1 import options_pb2, translate_pb2
from tests.integration.process import ServerProcess
from tests.integration.wire import PATIENCE_SECONDS, cut, cyrillic_share, refused, translate
from tests.service.text.html.test_markup import PIECES
from tests.service.text.pages import markup_of, words_of

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Bridge &amp; trams</title><style>p > b { color: red }</style></head>
<body class="news">
  <h1>The new <em>bridge</em> in Kyiv is open</h1>
  <p>It cost <b>40 million</b> euros, the mayor&nbsp;said on <time datetime="2026-11-25">Monday</time>. Read
     <a href="https://kyiv.example/?a=1&amp;b=2" title="more">more about it</a> on our site.</p>
  <p>"The <i>first <u>tram</u></i> will cross the bridge in May," he told <a href='/r'>reporters</a>.<br>
  The old bridge closes.</p>
  <!-- The end of the article. -->
  <ul><li>Trams follow in <strong>May</strong>.<li>Run <code>tram --all &lt;file&gt;</code> on your computer.</ul>
  <table><tr><td>Length</td><td>800</td></tr></table>
  <pre>  The bridge
    is open.</pre>
  <script>if (a < b && c) say("The bridge is open.")</script>
</body>
</html>
"""
KEPT = ("<code>tram --all &lt;file&gt;</code>", "<td>800</td>", "<pre>  The bridge\n    is open.</pre>", "&& c) say(")


def check(translation: Translation, page: str = PAGE) -> None:
    assert markup_of(translation.text) == markup_of(page)
    assert all(kept in translation.text for kept in KEPT)
    assert cyrillic_share(words_of(translation.text)) > 0.5
    for pair in translation.sentences:
        source, target = pair.source_span, pair.target_span
        assert page[source.start : source.end].strip("<> \n") == page[source.start : source.end]
        assert markup_of(translation.text[target.start : target.end]) == markup_of(page[source.start : source.end])
    for warning in translation.warnings:
        assert 0 <= warning.span.start <= warning.span.end <= len(translation.text)
        assert not set("\ufdd0\ufffc") & set(warning.found + warning.expected)


@pytest.mark.parametrize("target", ["uk", "ru"])
def test_a_page_through_the_client(client: Client, target: str) -> None:
    translation = client.translate(PAGE, target=target, mime_type="text/html")
    assert translation.source_language.code == "en"
    check(translation)


async def test_a_page_through_the_asyncio_client_and_its_stream(starter: ServerProcess) -> None:
    async with AsyncClient(starter.address) as client:
        single = await client.translate(PAGE, target="uk", mime_type="text/html")
        streamed = [each async for each in client.translate_stream([PAGE], target="uk", mime_type="text/html")]
        assert "text/html" in (await client.info()).features
    check(single)
    check(streamed[0].unwrap())


def test_the_way_back_from_cyrillic(client: Client) -> None:
    page = "<p>Новий <b>міст</b> у Києві коштував <i>40&nbsp;млн</i> євро.<br>Трамваї &mdash; у травні.</p>"
    translation = client.translate(page, target="en", mime_type="text/html")
    assert markup_of(translation.text) == markup_of(page)
    assert "40" in translation.text
    assert cyrillic_share(words_of(translation.text)) < 0.5


def test_a_page_in_the_target_language_comes_back_byte_for_byte(client: Client) -> None:
    assert client.translate(PAGE, target="en", source="en", mime_type="text/html").text == PAGE


def test_a_check_of_a_page_costs_nothing(client: Client) -> None:
    checked = client.translate_many([PAGE], target="uk", mime_type="text/html", validate_only=True)
    assert len(checked) == 0
    assert checked.usage.input_tokens > 0


def test_a_page_is_never_cut_off(client: Client) -> None:
    with pytest.raises(FieldInvalid):
        client.translate(PAGE, target="uk", mime_type="text/html", truncate=True)


def test_a_glossary_holds_inside_tags(client: Client) -> None:
    translation = client.translate(
        "<p>The <b>bridge</b> in Kyiv.</p>", target="uk", mime_type="text/html", glossary={"bridge": "МІСТ & Co"}
    )
    assert "<b>МІСТ &amp; Co</b>" in translation.text
    (term,) = translation.applied_terms
    assert translation.text[term.target_span.start : term.target_span.end] == "МІСТ &amp; Co"


@pytest.mark.parametrize("target", ["en", "uk"])
def test_the_article_of_a_page_is_summarized(client: Client, target: str) -> None:
    article = f"<nav>All the news of Kyiv.</nav><article>{PAGE}</article><footer>All rights of the bridge are reserved.</footer>"
    assert "brief.html" in client.info().features
    by_article = client.summarize(Article(article, mime_type="text/html"), targets=[target])[target]
    assert by_article == client.summarize(article, mime_type="text/html", targets=[target])[target]
    assert (cyrillic_share(by_article.text) > 0.5) is (target == "uk")
    assert not set(re.findall(r"<\S+", by_article.text)) - {"<file>"}  # which the page shows
    pieces = [piece for sentence in by_article.sentences for piece in sentence.evidence]
    assert pieces
    assert all(piece.text in PAGE for piece in pieces)
    assert any("<b>40 million</b>" in piece.text for piece in pieces)


@pytest.mark.usefixtures("lives_on")
def test_no_page_however_broken_loses_a_tag(stub: Any) -> None:
    dice = random.Random(5)
    words = ["The new bridge is open. ", "Міст відкрито. ", "He said", "word "]
    pages = ["".join(dice.choice(PIECES + words) for _ in range(dice.randrange(1, 60))) for _ in range(120)]
    for start in range(0, len(pages), 30):
        batch = pages[start : start + 30]
        request = translate(*batch, target="uk", source="en")
        request.mime_type = "text/html"
        reply = stub.Translate(request, timeout=PATIENCE_SECONDS)
        for page, result in zip(batch, reply.results, strict=True):
            if result.HasField("error"):
                assert refused(result.error).reason == "FIELD_INVALID"
                continue
            assert markup_of(result.translation.text) == markup_of(page)
            assert all(cut(page, pair.source_span) for pair in result.translation.sentences)


def test_the_stream_refuses_a_page_to_cut_off_and_goes_on(stub: Any) -> None:
    def request(index: int, **options: Any) -> translate_pb2.StreamTranslationsRequest:
        inner = translate_pb2.TranslateRequest(texts=["<p>Good.</p>"], target_language_code="uk", source_language_code="en", **options)
        inner.mime_type = "text/html"
        return translate_pb2.StreamTranslationsRequest(index=index, request=inner)

    truncated = options_pb2.TranslateOptions(truncation_policy=options_pb2.TRUNCATION_POLICY_TRUNCATE)
    requests = iter([request(0, translate_options=truncated), request(1)])
    answers = {each.index: each for each in stub.StreamTranslations(requests, timeout=PATIENCE_SECONDS)}
    assert refused(answers[0].error).fields == ["translate_options.truncation_policy"]
    assert answers[1].response.results[0].translation.text.startswith("<p>")
