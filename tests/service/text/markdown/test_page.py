"""A Markdown text as it is translated: its words in segments, everything else between or behind stand-ins, nothing lost."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.document import OBJECT, TAG
from korotko_service.text.markdown.page import markdown_page
from korotko_service.text.markdown.signs import is_marked
from tests.service.text.growth import is_linear

# What a translator reads: "@" stands for marks, "$" for what is kept whole.
CASES = {
    "emphasis": ("The **new** _bridge_ is ***open***, ~~not~~ __shut__.", ["The @new@ @bridge@ is @open@, @not@ @shut@."]),
    "marks around a whole sentence are outside of it": ("**One is.** *Two are*.", ["One is.", "Two are@."]),
    "marks around a part of a word go": ("**Київ**ський і **П**олтава, *пере*їзд.", ["Київський і Полтава, переїзд."]),
    "a mark without its partner is kept": ("**One is two.\n\nPrices* rose.", ["One is two.", "Prices@ rose."]),
    "what marks nothing is text": ("**One** is f**k, a*b*c, snake_case, 2 * 3*4.", ["One@ is f**k, a*b*c, snake_case, 2 * 3*4."]),
    "links": ("See [the **docs**](https://a.example/b_c_d).", ["See @the @docs@@."]),
    "links by their names": ("See [docs][d], [d] and [x].\n\n[d]: https://a.example", ["See @docs@, $ and [x]."]),
    "a name of a link cannot be told in other words": ("See [Korotko][].\n\n[korotko]: /a.b 'So'", ["See $."]),
    "addresses between brackets": ("At <https://a.example/b_c_> and <a@b.ua>.", ["At $ and $."]),
    "images": ("![So](a.png) One ![two](b.png) is.", ["One @ is."]),
    "code": ("Run `make **all**` or ``ls``, <code>rm</code>.", ["Run $ or $, $."]),
    "blocks of code": ("One is:\n```sh\n# Two is.\n```\nThree is.\n~~~\nFour is.\n~~~", ["One is:", "Three is."]),
    "blocks of code in items and quotations": ("1. ```\n   One is.\n   ```\n2. Two is.\n\n> ```\n> Three is.\n> ```", ["Two is."]),
    "headings": ("# One ##\nTwo is.\n\nArsenal - Chelsea 2:1\n---\nThree is.", ["One", "Two is.", "Arsenal - Chelsea 2:1", "Three is."]),
    "items": ("- One is\n  * two is\n+ three is\n\n1. Four is\n10) five is", ["One is", "two is", "three is", "Four is", "five is"]),
    "tasks": ("- [ ] One is\n- [x] two is", ["One is", "two is"]),
    "a number in a wrapped line is no item": ("**He** came on May\n12. He left.", ["He@ came on May", "12. He left."]),
    "wrapped items and quotations": ("- One is\n  two.\n\n> three is\n> four.", ["One is\n  two.", "three is\nfour."]),
    "quotations of quotations": ("> One is.\n>\n> > Two is,\n>\n> three.", ["One is.", "Two is,", "three."]),
    "heads of boxes": ("> [!NOTE]\n> One is.", ["One is."]),
    "rules": ("One is\n\n---\n\ntwo is\n***\nthree is\n* * *", ["One is", "two is", "three is"]),
    "tables": ("| One | **Two** |\n|---|:-:|\n| `a\\|b` | c\\|d |", ["One", "Two", "$", "c|d"]),
    "footnotes": ("One is[^1].\n\n[^1]: Two is.", ["One is@.", "Two is."]),
    "front matter": ("---\ntitle: One\n---\n\nTwo **is**.", ["Two @is@."]),
    "escapes are characters": ("One \\*is\\* 5\\.5\\. **Two**\\! Three", ["One *is* 5.5.", "Two@!", "Three"]),
    "references too, but hard spaces": ("Tom&amp;Jerry &mdash; 5&nbsp;km &lt;b&gt; &foo;", ["Tom&Jerry — 5&nbsp;km <b> &foo;"]),
    "breaks": ("**One** is  \ntwo is\\\nthree is<br>four is", ["One@ is", "two is", "three is", "four is"]),
    "tags": ("<p align='center'>One <kbd>is</kbd> H<sub>2</sub>O</p>\n<!-- Two is. -->", ["One $ H@2@O"]),
    "names of emoji": ("**One** is :tada: at 10:30:45.", ["One@ is @ at 10:30:45."]),
    "what is hidden until it is touched": ("One is ||two||.", ["One is @two@."]),
    "nothing but code": ("```\nOne is.\n```\n", ["$"]),
}  # fmt: skip


def segments(markdown: str) -> list[str]:
    document = markdown_page(markdown).document()
    found = [document.segment_text(index) for index in range(len(document.segments))]
    return [each.replace(TAG, "@").replace(OBJECT, "$") for each in found]


@pytest.mark.parametrize(("markdown", "expected"), CASES.values(), ids=CASES)
def test_what_of_markdown_is_translated(markdown: str, expected: list[str]) -> None:
    assert markdown_page(markdown).html == markdown
    assert segments(markdown) == expected


def test_a_sentence_points_into_the_markdown() -> None:
    markdown = "- The **bridge** is open.\n- See [there](https://a.example)."
    page = markdown_page(markdown)
    spans = [page.span(each.span) for each in page.document().segments]
    assert [markdown[span.start : span.end] for span in spans] == ["The **bridge** is open.", "See [there](https://a.example)."]


_soup = st.text(alphabet="ab б1 \n\r*_~`#>[]()!|-=\\<:/.\"'+&;^xX", max_size=80)


@given(_soup)
@settings(max_examples=600, deadline=None)
def test_the_stretches_of_any_text_joined_are_the_text(markdown: str) -> None:
    page = markdown_page(markdown)
    assert page.html == markdown
    assert page.document().text == page.text


@pytest.mark.parametrize(
    "text",
    [
        "Run `make test` now.", "*Breaking:* the mayor resigned.", "It was _so_ good.", "The ~~old~~ price.", "It is ||a secret||.",
        "Рахунок __два нуль__.", "**Київ**ський голова.", "*пере*підготовка", "Привіт\\! Як справи?", "Tom&amp;Jerry", "A &#8212; b",
        "See [it](https://a.example).", "## Two\n\nOne is.", "a | b\n--- | ---\nc | d",
    ],
)  # fmt: skip
def test_a_text_with_marks_is_read_as_markdown(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Prices* rose by 5% in May.\n\n* Without energy.", "The area is 2 * 3 * 4 m, or 2*3*4; x ** 2.", "f**k this s**t, a*b*c",
        "The file snake_case_name is in __init__ and _private.", "# 1 in the charts, #hashtag, C# and 5-7 days.", "- Yes.\n- No!\n— Так.",
        "«— Так», — сказав він.", "Об`єднання у п`ять годин.", "He said: `hello' and ``bye''.", "5&nbsp;km, AT&T; R&D", "a || b, ~5~6",
        "c:\\.git", "[sic](he meant May) [1] (see below)", "Was ~ 5, is ~ 6; **** you", "___ and ____", "He got * and *** for it.",
    ],
)  # fmt: skip
def test_a_text_without_marks_is_not(text: str) -> None:
    assert not is_marked(text)


_words = [
    "Prices",
    "5*",
    "rose",
    "snake_case",
    "a_b_c",
    "2 * 3 * 4",
    "2*3*4",
    "#news",
    "5-7",
    "C#",
    "f**k",
    "[1]",
    "(so)",
    "R&D",
    "п`ять",
    "* so",
]
_lines = st.tuples(st.sampled_from(["", "- ", "— ", "• ", "* ", "«— ", "1. "]), st.lists(st.sampled_from(_words), min_size=1, max_size=6))


@given(st.lists(_lines, min_size=1, max_size=5), st.sampled_from(["\n", "\n\n", "\n\n* * *\n\n"]))
@settings(max_examples=400, deadline=None)
def test_prose_with_odd_signs_is_never_taken_for_markdown(lines: list, joint: str) -> None:
    assert not is_marked(joint.join(opening + " ".join(words) + "." for opening, words in lines))


_HOSTILE = [
    "**", "*a", "a_", "**a** ", "[", "[a](", "[a](/b) ", "![", "[a]: b.c\n", "`", "``` a\n", "<!--", "~~a", "> a\n", "> > - 1. # ",
    "|a|\n|-|\n", "# a #", "||a", "[^a]: ", "&#1", "<code>a", ":a", "a\\.", "a*b", "a**b**c", "a  \n", "\\\n", "[!", "1) a\n", "__a ",
    "- [ ] ",
]  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda text: (is_marked(text), markdown_page(text)), piece)
