"""A Markdown text put together again: whatever a model makes of its sentences, its marks are what they were."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.fidelity.pieces.marked import marked_up
from korotko_service.fidelity.pieces.protection import crossing, protect
from korotko_service.fidelity.pieces.shield import Restored, shield
from korotko_service.fidelity.pieces.terms import Terms
from korotko_service.text.document import STAND_INS
from korotko_service.text.html.page import Page
from korotko_service.text.markdown.page import markdown_page
from korotko_service.text.plain.wraps import on_one_line
from tests.service.fidelity.pieces.test_marked import MODELS, Model, every_model

_NONE = Terms()


def translated(markdown: str, model: Model) -> Page:
    """The text by a model, each sentence shielded as the pipeline shields it."""
    page = markdown_page(markdown)
    document = page.document(crossing(page.text, [_NONE]))
    return marked_up(page, document, [_sentence(on_one_line(document.segment_text(i)), model) for i in range(len(document.segments))])


def _sentence(text: str, model: Model) -> Restored:
    guarded = shield(text, protect(text, _NONE))
    restored = guarded.unmasked(model(guarded.masked)) if guarded.masked is not None and guarded.groups else None
    return restored or guarded.joined([model(core) if any(map(str.isalpha, core)) else core for core in guarded.cores()])


def marks_of(page: Page) -> list[str]:
    """What stands between paragraphs, and for each stand-in, in order."""
    pairs = list(zip(page.text, page.sources, strict=True))
    return [
        source
        for (character, source), behind in zip(pairs, [*pairs, ("", "")][1:], strict=True)
        if (character in STAND_INS and source != character) or (character == "\n" and source != "" and behind == ("\n", ""))
    ]


CASES = {
    "emphasis": ("The **new** _bridge_ is *open*.", "THE **NEW** _BRIDGE_ IS *OPEN*."),
    "quoted and in brackets": ('It is (**"now"**), *(so)*.', 'IT IS (**"NOW"**), *(SO)*.'),
    "around a part of a word it goes": ("**Київ**ський мер.", "КИЇВСЬКИЙ МЕР."),
    "links": ("See [the docs](https://a.example/B_c?d=e \"So\").", "SEE [THE DOCS](https://a.example/B_c?d=e \"So\")."),
    "code": ("Run `make all`:\n\n```\nmake all\n```\n", "RUN `make all`:\n\n```\nmake all\n```\n"),
    "a table": ("| One | **two** |\n|:--|--|\n| `x` | 5 km |\n", "| ONE | **TWO** |\n|:--|--|\n| `x` | 5 KM |\n"),
    "headings": ("# One #\ntwo\n===\n\n### Three {#three}", "# ONE #\nTWO\n===\n\n### THREE {#three}"),
    "lists": ("1. One.\n   * [ ] two.\n10) three.", "1. ONE.\n   * [ ] TWO.\n10) THREE."),
    "a wrapped quotation is one line": ("> one and\n> two,\n>\n> three.", "> ONE AND TWO,\n>\n> THREE."),
    "an escape is written again": ("One\\! Five \\- 5\\.5\\.", "ONE\\! FIVE \\- 5\\.5\\."),
    "where the sentence has it always": ("A\\*b * c is.", "A*B * C IS."),
    "references": ("Tom&amp;Jerry &mdash; a &lt;b&gt;.", "TOM&amp;JERRY &mdash; A &lt;b&gt;."),
}  # fmt: skip


@pytest.mark.parametrize(("markdown", "expected"), CASES.values(), ids=CASES)
def test_markdown_in_capitals(markdown: str, expected: str) -> None:
    assert translated(markdown, MODELS["capitals"]).html == expected


_PIECES = [
    "**so**", "*so it is*", "_so_", "~~so~~", "***so***", "**so", "so**", "[so](https://a.example/b_c)", "![so](a.png)", "`so()`",
    "[so][d]", "<b>so</b>", "<br>", "5\\*", "&mdash;", "&nbsp;", "\n", "  \n", "\n\n", "\n# ", "\n- ", "\n1. ", "\n> ", "\n> > ",
    "\n- [ ] ", "\n---\n", "\n\n```\nso\n```\n\n", "\n\n| so | so |\n|---|---|\n| so | so |\n\n", "\n[d]: https://a.example\n", "[^1]",
    "\n[^1]: ", "{so}", "https://a.ua/b_c", "So it is", "and", "5", ".", ",", "Він прийшов.", "XQ1", "2 * 3", "f**k", "**Ки**їв",
]  # fmt: skip
_texts = st.lists(st.sampled_from(_PIECES), max_size=14).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)


@given(_texts)
@settings(max_examples=400, deadline=None)
def test_a_model_that_changes_nothing_gives_the_text_back_byte_for_byte(markdown: str) -> None:
    assert translated(markdown, MODELS["echo"]).html == markdown


@every_model
@given(markdown=_texts)
@settings(max_examples=150, deadline=None)
def test_marks_in_are_marks_out_in_their_order_whatever_the_model_does(model: Model, markdown: str) -> None:
    assert marks_of(translated(markdown, model)) == marks_of(markdown_page(markdown))


_clause = st.lists(st.sampled_from(["so", "it is", "«так»", "5", "he"]), min_size=1, max_size=3).map(" ".join)
_clauses = st.lists(st.tuples(st.sampled_from(["{}", "**{}**", "*{}*", "~~{}~~"]), _clause), min_size=1, max_size=4)


@every_model
@given(clauses=_clauses, end=st.sampled_from(["", ".", "!", "?»"]))
@settings(max_examples=150, deadline=None)
def test_marks_stand_at_the_words_that_they_belong_to(model: Model, clauses: list, end: str) -> None:
    markdown = "So " + " and ".join(look.format(words) for look, words in clauses) + end
    if model is MODELS["nothing"] or model is MODELS["markup"]:
        return
    pieces = translated(markdown, model).html
    for run in ("**", "~~"):
        for inner in pieces.split(run)[1::2]:
            assert inner == inner.strip() != ""
