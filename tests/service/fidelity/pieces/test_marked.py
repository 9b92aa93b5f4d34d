"""A page put together again: whatever a model makes of its sentences, its markup is what it was."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from korotko_service.fidelity.pieces.marked import marked_up
from korotko_service.fidelity.pieces.protection import crossing, protect
from korotko_service.fidelity.pieces.shield import Restored, shield
from korotko_service.fidelity.pieces.terms import Term, Terms
from korotko_service.text.html.page import Page, page_of
from tests.service.text.html.test_markup import broken
from tests.service.text.pages import markup_of, trees

Model = Callable[[str], str]
MODELS: dict[str, Model] = {
    "echo": lambda text: text,
    "capitals": str.upper,
    "nothing": lambda text: "",
    "backwards": lambda text: " ".join(reversed(text.split())),
    "lost masks": lambda text: " ".join(word for word in text.split() if not any(map(str.isdigit, word))),
    "markup": lambda text: f"</p>&amp;\ufdd0\ufffc {text} <b>",
}
every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)


def translated(html: str, model: Model, terms: Terms | None = None) -> Page:
    """The page by a model, each sentence shielded as the pipeline shields it."""
    page = page_of(html)
    document = page.document(crossing(page.text, [terms or Terms()]))
    return marked_up(page, document, [_sentence(document.segment_text(i), model, terms) for i in range(len(document.segments))])


def _sentence(text: str, model: Model, terms: Terms | None) -> Restored:
    guarded = shield(text, protect(text, terms or Terms()))
    restored = guarded.unmasked(model(guarded.masked)) if guarded.masked is not None else None
    return restored or guarded.joined([model(core) if core else core for core in guarded.cores()])


@given(trees | broken)
@settings(max_examples=400, deadline=None)
def test_a_model_that_changes_nothing_gives_the_page_back_byte_for_byte(html: str) -> None:
    assert translated(html, MODELS["echo"]).html == html


@every_model
@given(html=trees | broken)
@settings(max_examples=150, deadline=None)
def test_tags_in_are_tags_out_in_their_order_whatever_the_model_does(model: Model, html: str) -> None:
    assert markup_of(translated(html, model).html) == markup_of(html)


@given(trees)
@settings(max_examples=200, deadline=None)
def test_a_translated_page_reads_as_the_page_that_it_is(html: str) -> None:
    page = translated(html, MODELS["capitals"])
    again = page_of(page.html)
    assert "".join(again.text.split()) == "".join(page.text.split())


CASES = {
    "text is escaped": ("<p>A &amp; b.</p>", "<p>A &amp; B.</p>"),
    "also where it was not": ("<p>A & b < c.</p>", "<p>A &amp; B &lt; C.</p>"),
    "what was not touched is not": ("<p>1 &#43; 1 &eacute;.</p><p>1 &#43; 2 & 3</p>", "<p>1 + 1 É.</p><p>1 &#43; 2 & 3</p>"),
    "a text of tags stays text": ("<p>Write &lt;b&gt; here.</p>", "<p>WRITE &lt;b&gt; HERE.</p>"),
    "glued tags": ("<p>A b<b>i</b>g one.</p>", "<p>A B<b>I</b>G ONE.</p>"),
    "white space beside tags": ("<p>A <b> big </b> one.</p>", "<p>A <b> BIG </b> ONE.</p>"),
    "an address with a tag inside": ("Read https://a.example/<wbr>news soon.", "READ https://a.example/<wbr>news SOON."),
    "a placeholder with a tag inside": ("Dear {<b>name</b>}, hello.", "DEAR {<b>name</b>}, HELLO."),
    "hard spaces": ("<p>5&nbsp;km away.</p>", "<p>5&nbsp;KM AWAY.</p>"),
    "attributes": ('<p title="a &amp; b">One <img alt="two"> three.</p>', '<p title="a &amp; b">ONE <img alt="two"> THREE.</p>'),
    "doctype and comments": ("<!doctype html><!-- a --><p>One<!-- b --> is.</p>", "<!doctype html><!-- a --><p>ONE<!-- b --> IS.</p>"),
    "script in a sentence": ("One <script>a < b && c</script>is.", "ONE <script>a < b && c</script>IS."),
    "indents between blocks": ("<ul>\r\n\t<li>One</li>\r\n\t<li>Two</li>\r\n</ul>\r\n",
                               "<ul>\r\n\t<li>ONE</li>\r\n\t<li>TWO</li>\r\n</ul>\r\n"),
    "crossed tags": ("<b>One <i>two</b> three</i>.", "<b>ONE <i>TWO</b> THREE</i>."),
    "text that looks like a tag around two": ("&lt;a b='One.</p><p>Two.'&gt;", "&lt;A B='ONE.</p><p>TWO.'&gt;"),
    "code": ("<p>Run <code>rm &lt;x&gt;</code> now.</p>", "<p>RUN <code>rm &lt;x&gt;</code> NOW.</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_a_page_in_capitals(html: str, expected: str) -> None:
    assert translated(html, MODELS["capitals"]).html == expected


def test_a_term_is_written_as_html_and_not_looked_for_across_a_tag() -> None:
    terms = Terms(terms=(Term(source="M&S", target="M & S <ua>"), Term(source="New York", target="Нью-Йорк")))
    html = "<p>The M&amp;S of <b>New York</b> and of New <b>York</b>.</p>"
    assert translated(html, MODELS["capitals"], terms).html == (
        "<p>THE M &amp; S &lt;ua&gt; OF <b>Нью-Йорк</b> AND OF NEW <b>YORK</b>.</p>"
    )


def test_a_preserved_term_stands_as_the_page_wrote_it() -> None:
    terms = Terms(terms=(Term(source="Café", case_sensitive=True),))
    assert translated("<p>The Caf&eacute; is open.</p>", MODELS["capitals"], terms).html == "<p>THE Caf&eacute; IS OPEN.</p>"


def test_a_sentence_that_came_back_without_its_tags_stays_as_the_page_has_it() -> None:
    page = page_of("<p>A <b>big</b> &amp; one.</p>")
    document = page.document()
    assert marked_up(page, document, [Restored(text="ВЕЛИКИЙ.")]).html == page.html
