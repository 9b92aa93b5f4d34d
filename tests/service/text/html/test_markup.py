"""HTML cut into tokens: nothing lost, tags where the standard ends them, and each character read once."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.html.markup import Token, TokenKind, is_marked_untranslated, tokens
from korotko_service.text.html.page import page_of

# Broken HTML is made of the same pieces as any other.
PIECES = [
    "<", ">", "</", "<!--", "-->", "<!", "<?", "<![CDATA[", "]]>", "&", "&amp;", "&#", "&#x", ";", "'", '"', "=", "/", "/>", " ", "\n",
    "\r", "\x00", "<p>", "</p>", "<b", "<b>", "</b>", "<script>", "</script", "<title>", "<svg/>", "<svg>", "</svg>",
    "<li translate=no>", "<code>",
    "class=notranslate", "\ufdd0", "\ufffc", "слово", "word. ", "A", "1",
    "&lt;!--", "--&gt;", "&lt;a b='", "'&gt;", "{", "}", "https://a.ua/",
]  # fmt: skip
broken = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


def kinds(html: str) -> list[tuple[str, str]]:
    return [(token.kind.value, html[token.start : token.end]) for token in tokens(html)]


@given(broken)
@settings(max_examples=400, deadline=None)
def test_the_tokens_are_the_html_whatever_it_is(html: str) -> None:
    found = list(tokens(html))
    assert "".join(html[token.start : token.end] for token in found) == html
    assert [token.start for token in found] == [0, *(token.end for token in found)][: len(found)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<b>c</b>", [("text", "a"), ("start", "<b>"), ("text", "c"), ("end", "</b>")]),
        ("<a title='x > y' href=\"?a=1>2\" b=/c/>d", [("start", "<a title='x > y' href=\"?a=1>2\" b=/c/>"), ("text", "d")]),
        ("1 < 2 > 0", [("text", "1 < 2 > 0")]),
        ("<3 & <>", [("text", "<3 & <>")]),
        ("a <b is open", [("text", "a "), ("start", "<b is open")]),
        ('<a href="x>y', [("start", '<a href="x>y')]),
        ("</>a</ b>c</", [("other", "</>"), ("text", "a"), ("other", "</ b>"), ("text", "c"), ("other", "</")]),
        ("<!-->a<!--->b<!-- > -- c --!>d", [("other", "<!-->"), ("text", "a"), ("other", "<!--->"), ("text", "b"),
                                              ("other", "<!-- > -- c --!>"), ("text", "d")]),
        ("<!-- open <p>a", [("other", "<!-- open <p>a")]),
        ("<!DOCTYPE html><?xml v?>a", [("other", "<!DOCTYPE html>"), ("other", "<?xml v?>"), ("text", "a")]),
        ("<![CDATA[ a > b ]]>c", [("other", "<![CDATA[ a > b ]]>"), ("text", "c")]),
        ("<SCRIPT>if (a<b) '</p>'</sCript >c", [("start", "<SCRIPT>"), ("raw", "if (a<b) '</p>'"), ("end", "</sCript >"), ("text", "c")]),
        ("<style>a</styles></style>", [("start", "<style>"), ("raw", "a</styles>"), ("end", "</style>")]),
        ("<title>A <b> B</title>", [("start", "<title>"), ("text", "A <b> B"), ("end", "</title>")]),
        ("<svg><style/></svg>a", [("start", "<svg>"), ("start", "<style/>"), ("end", "</svg>"), ("text", "a")]),
        ("<script></script>", [("start", "<script>"), ("end", "</script>")]),
        ("<plaintext>a</plaintext>", [("start", "<plaintext>"), ("raw", "a</plaintext>")]),
    ],
)  # fmt: skip
def test_a_token_ends_where_the_standard_says(html: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(html) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<p translate=no>", True),
        ("<p TRANSLATE='No'>", True),
        ('<p id=a class="x notranslate y">', True),
        ("<p translate>", False),
        ("<p translate=yes translate=no>", False),
        ('<p class="notranslated">', False),
        ('<p title="translate=no">', False),
        ("<notranslate>", False),
        ("<p>", False),
    ],
)
def test_only_the_attributes_say_that_an_element_is_not_translated(tag: str, expected: bool) -> None:
    assert is_marked_untranslated(tag) is expected


def test_a_token_is_never_empty() -> None:
    with pytest.raises(ValueError, match="start < end"):
        Token(kind=TokenKind.TEXT, start=1, end=1)


def steps(work: Callable[[], Any]) -> int:
    """How many lines of the service the work runs; a finalizer of somebody else's may run in between."""
    count = 0

    def trace(frame: Any, event: str, argument: Any) -> Any:
        nonlocal count
        if "korotko_service" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        "<div>", "<b>a", "<li translate=no>", "<code><i>", "</p>", "<svg><title/>", "<p translate=no></b>", "&amp", "<", "<a ", "<!--",
        "<td>a</td>",
    ],
)  # fmt: skip
def test_twice_the_html_is_at_most_twice_the_work(unit: str) -> None:
    few, many = (steps(lambda times=times: page_of(unit * times)) for times in (150, 300))
    assert many <= 2 * few
