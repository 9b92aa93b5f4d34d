"""The article of a page: what a reader reads of it, and that every sentence is a stretch of the HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from korotko_service.text.html.markup import TokenKind, tokens
from korotko_service.text.html.readable import Readable, readable
from korotko_service.text.html.references import decoded
from tests.service.text.html.test_markup import broken
from tests.service.text.pages import trees

# What the segments of the article are.
CASES = {
    "tags inside a sentence are gone": ("<p>A <b>big</b> br<i>i</i>dge.</p>", ["A big bridge."]),
    "white space is one space": ("<p>A <b> big\n </b> bridge .</p>", ["A big bridge ."]),
    "also between elements": ("<p>A <b></b> <i> big</i> bridge.</p>", ["A big bridge."]),
    "blocks end a sentence": ("<h1>Title</h1><p>One is.</p><div>Two is.<br>Three is.</div>", ["Title", "One is.", "Two is.", "Three is."]),
    "references are characters": ("<p>Fish &amp; chips &mdash; 5&nbsp;&euro;.</p>", ["Fish & chips — 5\u00a0€."]),
    "a reference to no character is what browsers show": ("<p>A &#1; b.</p>", ["A \ufffd b."]),
    "code is read": ("<p>Run <code>tram --all</code> now.</p>", ["Run tram --all now."]),
    "what is not translated is read": ("<p>The <span translate=no>New York</span> office.</p>", ["The New York office."]),
    "pictures in a sentence are passed over": ("<p>See <svg><text>no</text></svg>here <img alt=no>.</p>", ["See here ."]),
    "so is a script in it": ("<p>See <script>no()</script>here.</p>", ["See here."]),
    "navigation and footers": ("<nav><a>Home</a></nav><p>One is.</p><footer>Two is.</footer>", ["One is."]),
    "asides, captions and buttons": (
        "<p>One is.</p><aside>No.</aside><figure><img><figcaption>No.</figcaption></figure><button>No.</button><p>Two is.</p>",
        ["One is.", "Two is."],
    ),
    "what is hidden": ("<p>One is.</p><p hidden>No.</p><div class=hidden>Two is.</div>", ["One is.", "Two is."]),
    "the title of the window": ("<head><title>One | Site</title></head><p>Two is.</p>", ["Two is."]),
    "a page in a form": ("<form><p>One is.</p><select><option>No</select></form>", ["One is."]),
    "navigation that is never closed ends with its block": ("<div><nav>No.<ul><li>No.</ul></div><p>One is.</p>", ["One is."]),
    "an article is the page's": ("<div>Log in now.</div><article><p>One is.</p><p>Two is.</p></article>", ["One is.", "Two is."]),
    "the longest of several": ("<article>One is.</article><article>Two is, and is long.</article>", ["Two is, and is long."]),
    "with the ones inside it": ("<article>One is.<article>Two is.</article>Three is.</article>Ad.", ["One is.", "Two is.", "Three is."]),
    "a teaser is not the article": (
        "<main><article>A teaser is.</article><p>One is long, and goes on.</p></main><p>Ad.</p>",
        ["A teaser is.", "One is long, and goes on."],
    ),
    "a quotation set apart is not the article's voice": (
        "<p>The council met on Monday.</p><blockquote><p>I should have told them.</p></blockquote><p>It meets again.</p>",
        ["The council met on Monday.", "It meets again."],
    ),
    "a page that is mostly a quotation is read": (
        "<p>Seen:</p><blockquote>One is, and it is long.</blockquote>",
        ["Seen:", "One is, and it is long."],
    ),
    "main where there is no article": ("<p>Log in.</p><main><p>One is.</p></main><p>Ad.</p>", ["One is."]),
    "an empty main is none": ("<main></main><p>One is.</p>", ["One is."]),
    "an article that is never closed": ("<p>Ad.</p><article><p>One is.<p>Two is.", ["One is.", "Two is."]),
    "a stray end tag is nothing": ("</article></main><p>One is.</p>", ["One is."]),
    "a tag that never ends": ("<p>One is. Two <a href='three", ["One is.", "Two"]),
    "paragraphs that are links lead elsewhere": (
        "<p>One is long, and goes on.</p><div><a>The mayor resigned.</a> <a>Prices rose.</a></div><p>Two <a>is</a>.</p>",
        ["One is long, and goes on.", "Two is."],
    ),
    "a page of nothing but links is read": ("<ul><li><a>One is.</a><li><a>Two is.</a></ul>", ["One is.", "Two is."]),
    "a heading may be a link": ("<h1><a>Title</a></h1><p>One is.</p>", ["Title", "One is."]),
    "boxes by their class": (
        "<p>One is long, and goes on.</p><div class='newsletter-signup'><p>Sign up.</p></div><div role=dialog>Cookies.</div><p>Two is.</p>",
        ["One is long, and goes on.", "Two is."],
    ),
    "a class that holds the whole page names no box": (
        "<div class='post comments-open'><p>One is.</p></div><p>Ad.</p>",
        ["One is.", "Ad."],
    ),
    "the body of the article and its title": (
        "<div>News</div><h1>Title</h1><div>2,345 views</div><div itemprop=articleBody><div>One is.</div> Two is.</div><div>Ad.</div>",
        ["Title", "One is.", "Two is."],
    ),
    "what stands before the title": ("<div>Sport</div><p>3 March</p><h1>Title</h1><p>One is long.</p>", ["Title", "One is long."]),
    "a page of several titles has none": ("<p>One is.</p><h1>A</h1><p>Two is.</p><h1>B</h1>", ["One is.", "A", "Two is.", "B"]),
    "no words": ("<script>a()</script>", []),
    "no page at all": ("One is. Two is.", ["One is.", "Two is."]),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_sentences_of_an_article(html: str, expected: list[str]) -> None:
    document = readable(html).document()
    assert [document.segment_text(index) for index in range(len(document.segments))] == expected


LIST, LEAD = "<ul><li>Two is.<li>Three is. Four is.</ul>", "<p>One is long, and goes on for a while.</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<h1>Is it?</h1>{LEAD}<h2>So <i>it is.</i></h2><p>Two is.</p>", ["headline", "sentence", "headline", "sentence"]),
        (f"{LEAD}{LIST}<p>Five is.</p>", ["sentence", "list_item", "list_item", "list_item", "sentence"]),
        (f"{LEAD}<ol><li>By John Smith</li><li><p>Two is.</p></li></ol>", ["sentence", "byline", "list_item"]),
        ("<h2>One is.</h2><h2>Two is.</h2><p>So.</p>", ["sentence", "sentence", "sentence"]),
    ],
    ids=["headings however they end", "items whose end tags are left out", "a byline in a list is one", "a page of headings"],
)
def test_what_the_page_says_that_a_sentence_is(html: str, expected: list[str]) -> None:
    assert [segment.kind.value for segment in readable(html).document().segments] == expected


class Stripped(HTMLParser):
    """The standard library's view of what is shown between the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self._unseen: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img", "wbr") and (self._unseen or tag == "script" or "hidden" in dict(attrs)):
            self._unseen.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # HTML knows no tag that closes itself; the library would end the element around it.

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._unseen.pop()

    def handle_data(self, data: str) -> None:
        self.words += "" if self._unseen else data


@given(trees)
@settings(max_examples=300, deadline=None)
def test_a_sentence_is_its_html_without_the_markup(html: str) -> None:
    article = readable(html)
    document = article.document()
    for index, segment in enumerate(document.segments):
        span = article.span(segment.span)
        assert Stripped(html[span.start : span.end]).words.split() == document.segment_text(index).split()


@given(broken)
@settings(max_examples=400, deadline=None)
def test_so_it_is_in_a_broken_page(html: str) -> None:
    """No other parser breaks a page in the same places, so this one strips it: what is read stands there, in order, as text."""
    article = readable(html)
    texts = [token for token in tokens(html) if token.kind is TokenKind.TEXT]
    for segment in article.document().segments:
        span = article.span(segment.span)
        shown = "".join(
            character or "\ufffd"
            for token in texts
            if token.start < span.end and span.start < token.end
            for character, _ in decoded(html[max(token.start, span.start) : min(token.end, span.end)])
        )
        rest = iter("".join(shown.split()))
        assert all(character in rest for character in "".join(article.text[segment.span.start : segment.span.end].split()))


@given(broken)
@settings(max_examples=200, deadline=None)
def test_places_never_go_back(html: str) -> None:
    places = [place for pair in readable(html).places for place in pair]
    assert places == sorted(places)
    assert all(0 <= place <= len(html) for place in places)


_NEWS = "<p>The bridge over the river was closed for repairs on Monday until the spring, the city said.</p><p>Trains take another line.</p>"
_READ = ["The bridge over the river was closed for repairs on Monday until the spring, the city said.", "Trains take another line."]


@pytest.mark.parametrize(
    ("html", "read"),
    [
        (
            f"<article><p>Commuters will need twenty minutes more.</p><h1>Title</h1>{_NEWS}</article>",
            ["Commuters will need twenty minutes more.", "Title", *_READ],
        ),
        (f"<article><p>World | Europe</p><h1>Title</h1>{_NEWS}</article>", ["Title", *_READ]),
        (f"<article><h2>Title</h2><div itemprop=articleBody>{_NEWS}</div><h2>More</h2></article>", ["Title", *_READ]),
        (f"<article><h1>Title</h1>{_NEWS}<p><a name=x>It is old.</a></p></article>", ["Title", *_READ, "It is old."]),
        (f"<article><h1>Title</h1>{_NEWS}<p><a href=x>It is old.</a></p></article>", ["Title", *_READ]),
        (f"<article><h1>Title</h1>{_NEWS}<table><tr><td><a href=x>Smith</a><td>5</table></article>", ["Title", *_READ, "Smith", "5"]),
    ],
    ids=["a standfirst above its title", "a section above it", "a title of the second rank", "a named place", "a link", "names in a table"],
)
def test_what_belongs_to_the_article_is_read_wherever_it_stands(html: str, read: list[str]) -> None:
    document = readable(html).document()
    assert [document.segment_text(index) for index in range(len(document.segments))] == read


def test_a_text_has_a_place_for_each_character() -> None:
    with pytest.raises(ValueError, match="2 characters"):
        Readable(text="ab", places=((0, 1),))
