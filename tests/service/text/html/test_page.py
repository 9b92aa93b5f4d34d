"""HTML as a reader's text: what is a sentence, what is left alone, and which HTML stands behind each character."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.document import Span
from korotko_service.text.html.page import Page, page_of
from korotko_service.text.html.references import decoded, escaped
from tests.service.text.html.test_markup import broken

# What a reader sees: one line for each segment. · is a run of tags, □ something that is not translated.
CASES = {
    "an inline tag does not cut a sentence": ("<p>A <b>big</b> bridge.</p>", ["A ·big· bridge."]),
    "nor does a line break in the source": ("<p>A big\n   bridge\r\n\topened.</p>", ["A big bridge opened."]),
    "tags at its ends stay outside": ("<b><i>All of it.</i></b>", ["All of it."]),
    "a closing tag behind the full stop hides no end": ("<p><b>One is.</b> Two is.</p>", ["One is.", "Two is."]),
    "blocks end one": ("<div>One<p>Two</div>Three", ["One", "Two", "Three"]),
    "so does br": ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
    "and hr": ("One<hr>Two", ["One", "Two"]),
    "headings": ("<h1>Title</h1><h2>Heading</h2>Text.", ["Title", "Heading", "Text."]),
    "lists": ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
    "tables": ("<table><tr><th>Year<th>Sum<tr><td>2026<td>5 km</table>", ["Year", "Sum", "2026", "5 km"]),
    "definitions": ("<dl><dt>Kyiv<dd>A city</dl>", ["Kyiv", "A city"]),
    "two full stops are two sentences": ("<p>One is. Two is.</p>", ["One is.", "Two is."]),
    "an image is a tag": ("A <img src=x alt='no words'> picture.", ["A · picture."]),
    "a comment too": ("A <!-- no words --> picture.", ["A · picture."]),
    "a run of tags is one": ("A <b><i> picture</i></b>.", ["A · picture·."]),
    "code is an object": ("Run <code>rm -rf</code> now.", ["Run □ now."]),
    "also where it opens a sentence": ("<p><code>ls</code> is short.", ["□ is short."]),
    "or closes one": ("<p>Run <code>ls</code></p>One", ["Run □", "One"]),
    "but not the one before": ("<p>Run</p><code>ls</code><p>One", ["Run", "□", "One"]),
    "pre is a block": ("One<pre>two\n  three</pre>Four", ["One", "Four"]),
    "script and style are nothing": ("A <script>b()</script>c <style>d</style>e.", ["A ·c ·e."]),
    "textarea": ("One<textarea>two <b></textarea>Three", ["One", "Three"]),
    "svg": ("See <svg><text>no words</text></svg> here.", ["See □ here."]),
    "translate=no": ("The <span translate=no>New <b>York</b></span> office.", ["The □ office."]),
    "notranslate": ("The <span class='a notranslate'>New York</span> office.", ["The □ office."]),
    "translate=no, with one of its name inside": ("<i translate=no>a <i>b</i> c</i> d e.", ["□ d e."]),
    "a block that is not translated": ("One<div translate=no>two<div>three</div>four</div>Five", ["One", "Five"]),
    "an item that is not translated ends with the next": ("<ul><li>A<li translate=no>B<ul><li>C</ul><li>D</ul>E", ["A", "D", "E"]),
    "one that is never closed ends with its block": ("<div>A <code>b</div>C", ["A □", "C"]),
    "a paragraph that is not translated keeps its br": ("<p translate=no>A<br>B<p>C", ["C"]),
    "a stray end tag ends nothing": ("<div translate=no>A</p>B</div>C", ["C"]),
    "entities": ("Fish &amp; chips &lt;b&gt; &eacute;&#233;&#xE9; &copy2026", ["Fish & chips <b> ééé ©2026"]),
    "no entities": ("AT&T & R&D &nosuch; &", ["AT&T & R&D &nosuch; &"]),
    "white space as an entity": ("One&#10;two&nbsp;three.", ["One two\u00a0three."]),
    "title": ("<title>A &amp; B <i></title>C", ["A & B <i>", "C"]),
    "a list marker": ("<p>1. First</p><p>• Second</p>", ["First", "Second"]),
    "crossed tags": ("<b>One <i>two</b> three</i>.", ["One ·two· three·."]),
    "stray end tags": ("</div>One</b> two</p>", ["One· two"]),
    "a stray less-than": ("It is 1 < 2, he said.", ["It is 1 < 2, he said."]),
    "a tag that never ends": ("<p>One <a href='two", ["One"]),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_sentences_of_a_page(html: str, expected: list[str]) -> None:
    document = page_of(html).document()
    found = [document.segment_text(index) for index in range(len(document.segments))]
    assert [text.replace("\ufdd0", "·").replace("\ufffc", "□") for text in found] == expected


@given(broken)
@settings(max_examples=400, deadline=None)
def test_a_page_is_its_html_and_every_sentence_a_stretch_of_it(html: str) -> None:
    page = page_of(html)
    assert page.html == html
    for segment in page.document().segments:
        span = page.span(segment.span)
        assert html[span.start : span.end] == "".join(page.sources[segment.span.start : segment.span.end]) != ""


@given(st.text(alphabet="&<>#;xX019amplt \n\u00a0é", max_size=30))
@settings(max_examples=300, deadline=None)
def test_references_cover_their_text(text: str) -> None:
    assert "".join(source for _, source in decoded(text)) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\f\r"), max_size=30))
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    html = "".join(map(escaped, text))
    assert "<" not in html
    assert "".join(character for character, _ in decoded(html)) == text


@pytest.mark.parametrize("reference", ["&NotEqualTilde;", "&#1;", "&#" + "1" * 5000 + ";", "&#x" + "0" * 50 + "41;"])
def test_a_reference_to_no_single_character_is_kept_as_it_stands(reference: str) -> None:
    assert list(decoded(f"a{reference}b")) == [("a", "a"), ("", reference), ("b", "b")]


def test_a_stretch_of_text_is_a_stretch_of_html() -> None:
    page = page_of("<p>A &amp; <b>B</b></p>")
    start = page.text.index("&")
    span = page.span(Span(start=start, end=start + 1))
    assert page.html[span.start : span.end] == "&amp;"


def test_a_page_has_a_stretch_for_each_character() -> None:
    with pytest.raises(ValueError, match="2 characters"):
        Page(text="ab", sources=("a",))
