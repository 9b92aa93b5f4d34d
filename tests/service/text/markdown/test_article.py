"""The article in a Markdown text: its words without the marks, no character lost that is no mark, every sentence in its place."""

import re

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.document import SegmentKind, Span
from korotko_service.text.markdown.article import is_markdown, unmarked
from tests.service.text.growth import is_linear

# What the segments of the article are.
CASES = {
    "bold, italics and code lose their marks": ("**One** _is_ *big* `now`, ***so***.", ["One is big now, so."]),
    "so does a link": ("The **pay** [rose by 11%](https://example.com/pay?a=(b)).", ["The pay rose by 11%."]),
    "a link with a title and words in bold": ('**So** [it **is**](/pay "The pay").', ["So it is."]),
    "a link by its name": ('One [is][port], two **are**.\n\n[Port]: https://example.com/ "Port"', ["One is, two are."]),
    "brackets that lead nowhere stay": (
        "**One** is [sic](he meant May) and [two][three].",
        ["One is [sic](he meant May) and [two][three]."],
    ),
    "asterisks and lines inside of words stay": ("**One** is f**k, s**t, a_b_c and 2*3*4.", ["One is f**k, s**t, a_b_c and 2*3*4."]),
    "around a part of a word they go": ("**Київ**ський мер, *пере*їзд, **П**олтава **є**.", ["Київський мер, переїзд, Полтава є."]),
    "asterisks that mark nothing stay": ("**One** is 2 * 3 * 4, rated 5*.", ["One is 2 * 3 * 4, rated 5*."]),
    "an escaped mark is a character": (r"**One** is \*not\* \[so\](https://a.example).", ["One is *not* [so](https://a.example)."]),
    "marks in code are characters": ("**One** is `a**b**`.", ["One is a**b**."]),
    "typed apostrophes are no code": ("**Обидва** об`єднання у п`ять годин.", ["Обидва об`єднання у п`ять годин."]),
    "headings by their hashes": ("# One is ##\nTwo is.\n\n## Three {#three}\n\nFour is.", ["One is", "Two is.", "Three", "Four is."]),
    "a hash in a sentence stays": ("## One\n\nTwo is # 1 in the charts.\n\n#Kyiv is.", ["One", "Two is # 1 in the charts.", "#Kyiv is."]),
    "headings by the line under them": ("One is\n======\n\nTwo **is**.", ["One is", "Two is."]),
    "a rule behind a sentence makes it no heading": ("**One** is.\n---\nTwo is.", ["One is.", "Two is."]),
    "items of lists": ("- [x] **One** is;\n- Two are;\n\n1. Three is.", ["One is", "Two are", "Three is."]),
    "images are not read": ("**One** is.\n\n![Two](https://a.example/b.jpg)\n\nThree ![4](5.png)is.", ["One is.", "Three is."]),
    "nor images that are links": ("**One** is.\n\n[![Two](b.png)](https://a.example)", ["One is."]),
    "nor what is written under one": ("**One** is.\n\n![Two](b.png)\n*Three is a port.*\n\nFour is.", ["One is.", "Four is."]),
    "nor code between fences": ("One is.\n\n```python\nprint(2)\n```\n\nThree is.", ["One is.", "Three is."]),
    "nor in items": ("1. ```\n   print(2)\n   ```\n2. Two **is**.", ["Two is."]),
    "a fence that nothing closes hides nothing": ("**One** is.\n\n```\nTwo is.", ["One is.", "Two is."]),
    "what is struck out is seen to be": ("**One** ~~was~~ is.", ["One ~~was~~ is."]),
    "nor what stands before the article": ("---\ntitle: No\ntags:\n  - no\n---\n**One** is.", ["One is."]),
    "nor footnotes and comments": ("**One** is[^1]. <!-- Two is. -->\n\n[^1]: Three is.", ["One is."]),
    "a speaker's words in brackets define nothing": ("**One** is.\n\n[Reporter]: Mr. Smith is.", ["One is.", "[Reporter]: Mr. Smith is."]),
    "a quotation set apart is not the article's voice": ("**One** is.\n\n> I am two.\n\nThree is.", ["One is.", "Three is."]),
    "a text that is mostly a quotation is read": ("**So:**\n\n> One is, and goes on.", ["So:", "One is, and goes on."]),
    "the cells of a table are no sentences": ("**One** is.\n\n| Two | 3 |\n|---|---|\n| F | 5 |\n\nSix is.", ["One is.", "Six is."]),
    "lines that are links lead elsewhere": (
        "**One** is long.\n\n- [Two is](https://a.example)\n\nThree is.",
        ["One is long.", "Three is."],
    ),
    "a link that a line was wrapped around does not": ("**One** is\n[two of](https://a.example)\nthree.", ["One is\ntwo of\nthree."]),
    "a heading may be a link": ("# [One is](https://a.example)\n\nTwo **is**.", ["One is", "Two is."]),
    "tags for the look of it": ("**One** is H<sub>2</sub>O.<br>Two is.", ["One is H2O.", "Two is."]),
    "references are the characters that they stand for": (
        "**One**&nbsp;is &laquo;so&raquo; &#8212; R&amp;D; `&amp;` &foo; AT&T; https://a.example/?b&copy;c",
        ["One\u00a0is «so» — R&D; &amp; &foo; AT&T; https://a.example/?b&copy;c"],
    ),
    "signs of less and more are no tags": ("**One** is a <b and c> d <i think so>.", ["One is a <b and c> d <i think so>."]),
    "lines in an address stay, those around it go": (
        "**One** is at https://a.example/_b_c_/d_ and _https://a.example/b_.",
        ["One is at https://a.example/_b_c_/d_ and https://a.example/b."],
    ),
    "an address": ("**One** is at <https://a.example/b_c_d>.", ["One is at https://a.example/b_c_d."]),
}


def sentences(markdown: str) -> list[str]:
    document = unmarked(markdown).document()
    return [document.segment_text(index) for index in range(len(document.segments))]


@pytest.mark.parametrize(("markdown", "expected"), CASES.values(), ids=CASES)
def test_sentences_of_an_article_in_markdown(markdown: str, expected: list[str]) -> None:
    assert is_markdown(markdown)
    assert sentences(markdown) == expected


@pytest.mark.parametrize("markdown", ["# One is\n\nTwo is.", "One is\n\n## Two", "One is\n======\n\nTwo **is**."])
def test_headings_are_headlines(markdown: str) -> None:
    kinds = [segment.kind for segment in unmarked(markdown).document().segments]
    assert SegmentKind.HEADLINE in kinds


@pytest.mark.parametrize(
    "text",
    [
        "Prices* rose by 5% in May.\n\n* Without energy.",
        "The song is # 1 in the charts, #news of the day.",
        "He said: f**k this s**t, and left.",
        "Area: 2 * 3 * 4 m; x ** 2 ** 3; **** you; ** so **.",
        "The mayor [sic](he meant the council) resigned [1] (see below).",
        "- Trams follow in May.\n- Rents fell.\n> he wrote\n1. First.",
        "* * *\n\n- - -\n\n---\n\n# # #\n\n### ###",
        "The file snake_case_name is __init__ and _so_ is *this*.",
        "Об`єднання у п`ять годин.",
        "Астана | –11 | –14\nАлма-Ата | –3 | –5",
        "",
    ],
)
def test_a_plain_text_is_no_markdown(text: str) -> None:
    assert not is_markdown(text)


def test_a_sentence_points_to_its_words_with_the_marks_inside_of_it() -> None:
    markdown = "## Port\n\n**Dockers went back** after a [pay rise](https://example.com). The union *agreed*."
    article = unmarked(markdown)
    spans = [article.span(segment.span) for segment in article.document().segments]
    assert [markdown[span.start : span.end] for span in spans] == [
        "Port",
        "Dockers went back** after a [pay rise](https://example.com).",
        "The union *agreed*.",
    ]


def test_of_a_longer_text_the_leading_part_is_read() -> None:
    article = unmarked("**One** is. Two is.", most=11)
    assert (article.text, article.beyond) == ("One is.\n", 8)


_words = st.lists(
    st.sampled_from(["Dockers", "порт", "п'ять", "11%", "a_b", "3 * 4", "C#", "(so)", "№ 1", "[sic]"]), min_size=1, max_size=5
)
_LOOKS = ["{}", "**{}**", "*{}*", "_{}_", "[{}](https://example.com/a_b)", "**[{}](/a)**", '[{}](https://a.example "b *c*")', "***{}***"]
_piece = st.tuples(_words.map(" ".join), st.sampled_from(_LOOKS))
_paragraph = st.tuples(
    st.sampled_from(["", "- ", "1. ", "## "]), st.lists(_piece, min_size=1, max_size=4), st.sampled_from(["", " \\", " ![no](a.png)"])
)


@given(st.lists(_paragraph, min_size=1, max_size=5), st.sampled_from(["\n\n", "\r\n\r\n", "\n\n```\nno\n```\n\n", "\n\n> no\n\n"]))
@settings(max_examples=300, deadline=None)
def test_the_words_of_a_text_come_back_whatever_marks_are_put_around_them(paragraphs: list, joint: str) -> None:
    written = joint.join(
        marker + "Words " + " and ".join(look.format(words) for words, look in pieces) + " end" + tail.rstrip("\\") + "."
        for marker, pieces, tail in paragraphs
    )
    expected = " ".join(marker + "Words " + " and ".join(words for words, _ in pieces) + " end." for marker, pieces, _ in paragraphs)
    assert "".join(unmarked(written).text.split()) == "".join(expected.split())


_soup = st.text(alphabet="ab б1 \n\r*_~`#>[]()!|-=\\<:/.\"'+", max_size=80)


@given(_soup)
@settings(max_examples=600, deadline=None)
def test_every_character_has_its_place_and_none_comes_twice(markdown: str) -> None:
    article = unmarked(markdown)
    ends = [0, *(end for _, end in article.places)]
    for character, (start, end), before in zip(article.text, article.places, ends, strict=False):
        assert before <= start <= end <= len(markdown)
        assert markdown[start:end] == character or (start == end and character in "\n# ")
    for each in article.document().segments:
        span = article.span(each.span)
        assert markdown[span.start] == article.text[each.span.start]
        assert markdown[span.end - 1] == article.text[each.span.end - 1]


@given(st.text(alphabet="ab б1 \n*_#[]!-+=.,'(", max_size=80))
@settings(max_examples=600, deadline=None)
def test_without_links_code_quotations_and_tables_only_marks_are_lost(markdown: str) -> None:
    def kept(text: str) -> str:
        return re.sub(r"[\s*_#\[\]!+=-]", "", text)

    assert kept(unmarked(markdown).text) == kept(markdown)


@given(st.lists(_words.map(" ".join), min_size=1, max_size=6))
def test_a_text_without_marks_is_read_as_it_is(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    article = unmarked(text)
    assert article.text == text + "\n"
    assert article.span(Span(start=0, end=len(text))) == Span(start=0, end=len(text))


_HOSTILE = [
    "**", "*a", "a_", "_a", "**a** ", "[", "[a](", "[a", "[[a]", "[a](/b) ", '[a](b "', "![",
    "[![a](b)", "[a]: b.c\n", "`", "``", "``` a\n", "```\n", "<!--", "<b ", "~~", "> a\n", "|-|\n", "|---",
    "# #\n", "# a #", "#", "https://_", "<b =", "---\na: b\n", "--\n", "=\n", "- [ ", "\\", " ", "\n \n",
]  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda text: (is_markdown(text), unmarked(text)), piece)
