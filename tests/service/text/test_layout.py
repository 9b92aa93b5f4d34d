"""The layout of a plain text survives: lines, blank lines, lists, columns, indents and the white space at its ends."""

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.assembly import assemble
from korotko_service.text.document import SegmentKind
from korotko_service.text.plain.wraps import on_one_line
from korotko_service.text.sentences.segmentation import segment

SENTENCES = ["The bridge is open.", "Trams follow it in May!", "Who paid for it?", "Міст коштував 40 млн євро.", "Трамваи пойдут в мае."]
CELLS = ["The bridge", "Length", "800", "opened in May", "Київ", "12 May 2026"]
MARKERS = ["", "- ", "* ", "• ", "-\t", "•\t", "1. ", "2) ", "(3) ", "1.\t", "> ", "## ", "  - ", "1️⃣ ", "🔟", "✅ ", "🔴 "]
BREAKS = ["\n", "\r\n", "\n\n", "\r\n\r\n", "\n\n\n", "\r", "\n \t\n"]
BLANKS = ["", " ", "\t", "  \t ", "\u00a0"]

_line = st.tuples(
    st.sampled_from(["", "  ", "\t", "\t\t"]), st.sampled_from(MARKERS), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3),
    st.sampled_from([" ", "  "]), st.sampled_from(BLANKS), st.sampled_from(BREAKS),
)  # fmt: skip
_row = st.lists(st.sampled_from(CELLS), min_size=2, max_size=4)


def written(text: str) -> str:
    """The text by a model that answers in capitals and knows no white space but single spaces."""
    document = segment(text)
    outputs = [" ".join(document.segment_text(index).upper().split()) for index in range(len(document.segments))]
    return assemble(document, outputs).text


def laid_out(lines: list[tuple[str, str, list[str], str, str, str]], *, capitals: bool) -> str:
    return "".join(
        indent + marker + joint.join(each.upper() if capitals else each for each in sentences) + trail + end
        for indent, marker, sentences, joint, trail, end in lines
    )


@given(lines=st.lists(_line, max_size=8), start=st.sampled_from(["", "\n", " \t", "\ufeff", "\r\n\r\n"]))
@settings(max_examples=400, deadline=None)
def test_lines_lists_and_white_space_survive(lines: list[tuple[str, str, list[str], str, str, str]], start: str) -> None:
    assert written(start + laid_out(lines, capitals=False)) == start + laid_out(lines, capitals=True)


@given(rows=st.lists(_row, min_size=1, max_size=5), end=st.sampled_from(["\n", "\r\n"]), tabs=st.sampled_from(["\t", "\t\t", " \t"]))
@settings(max_examples=200, deadline=None)
def test_columns_survive(rows: list[list[str]], end: str, tabs: str) -> None:
    text = "".join(tabs.join(row) + end for row in rows)
    assert written(text) == text.upper()


@given(rows=st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), min_size=2, max_size=5), framed=st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_cells_of_a_table_with_bars_are_read_one_by_one(rows: list[list[str]], framed: bool) -> None:
    lines = [" | ".join(row) for row in rows]
    text = "\n".join(["| " + line + " |" for line in lines] if framed else lines)
    document = segment(text)
    assert [document.segment_text(index) for index in range(len(document.segments))] == [cell for row in rows for cell in row]
    assert written(text) == text.upper()


def test_the_rule_under_the_head_of_a_table_is_no_cell() -> None:
    document = segment("| Місто | Ціна |\n|---|:--:|\n| Київ | 12 грн |\n")
    assert [document.segment_text(index) for index in range(len(document.segments))] == ["Місто", "Ціна", "Київ", "12 грн"]


@pytest.mark.parametrize(
    ("line", "words", "kind"),
    [
        ("⚡️❗️ Міст закрито.", "Міст закрито.", SegmentKind.SENTENCE),
        ("🇺🇦 Trams follow in May.", "Trams follow in May.", SegmentKind.SENTENCE),
        ("👍🏽👍", "👍🏽👍", SegmentKind.HEADLINE),
    ],
)
def test_what_catches_the_eye_before_a_line_is_no_part_of_it(line: str, words: str, kind: SegmentKind) -> None:
    document = segment(f"The council met on Monday.\n{line}\nIt was late.")
    assert (document.segment_text(1), document.segments[1].kind) == (words, kind)
    assert written(document.text) == document.text.upper()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5️⃣ people were hurt.\nPolice came.", ["5️⃣ people were hurt.", "Police came."]),
        ("Вимоги Києва:\n1️⃣ підписати угоду\n2️⃣ вивести війська", ["Вимоги Києва:", "підписати угоду", "вивести війська"]),
    ],
)
def test_a_figure_in_keycaps_stays_with_what_it_counts_unless_the_lines_beside_have_one(text: str, words: list[str]) -> None:
    document = segment(text)
    assert [document.segment_text(index) for index in range(len(document.segments))] == words


@pytest.mark.parametrize("bullet", ["▪️", "🔹 ", "➡️ ", "✅", "1️⃣ ", "1️⃣0️⃣", "🔟 ", "③ ", "🔴 ", "❗️❗️"])
def test_the_bullets_of_posts_make_a_list(bullet: str) -> None:
    document = segment(f"The council met.\n{bullet}the bridge is open;\n{bullet}the trams are not.")
    assert [document.segment_text(index) for index in (1, 2)] == ["the bridge is open", "the trams are not."]
    assert [each.kind for each in document.segments[1:]] == [SegmentKind.LIST_ITEM] * 2


def test_the_first_of_two_lines_with_one_emoji_may_be_the_title() -> None:
    assert segment("⚡️ Bridge opens in Kyiv\n⚡️ Trams follow in May.").segments[0].kind is SegmentKind.HEADLINE


def test_a_year_in_keycaps_is_no_number_of_an_item() -> None:
    document = segment("The council met.\n2️⃣0️⃣2️⃣6️⃣ is here.")
    assert document.segment_text(1) == "2️⃣0️⃣2️⃣6️⃣ is here."


def test_a_bar_in_one_line_alone_makes_no_table() -> None:
    line = "Council buys new trams | The Daily"
    assert segment(f"{line}\nThe council met on Monday.").segment_text(0) == line


@pytest.mark.parametrize(
    "line", ["John Smith | 3 March 2026 | London", "Home > World > Europe", "By Jane Doe · 3 March 2026", "Updated 2 hours ago | Kyiv"]
)
def test_the_parts_of_a_byline_are_read_one_by_one(line: str) -> None:
    document = segment(f"The council met on Monday.\n{line}")
    parts = [document.segment_text(index) for index in range(1, len(document.segments))]
    assert {each.kind for each in document.segments[1:]} == {SegmentKind.BYLINE}
    assert len(parts) > 1
    assert parts == [part.strip() for part in line.replace(">", "|").replace("·", "|").split("|")]
    assert written(line) == line.upper()


@pytest.mark.parametrize("marker", ["- ", "•\t", "1.\t", "1. "])
def test_a_tab_behind_a_marker_makes_no_column(marker: str) -> None:
    document = segment(f"{marker}the bridge\n{marker}the trams")
    assert [document.segment_text(index) for index in range(2)] == ["the bridge", "the trams"]
    assert {each.kind for each in document.segments} == {SegmentKind.LIST_ITEM}


def test_lines_wrapped_by_hand_with_a_tab_as_indent_are_one_sentence() -> None:
    text = "\tThe bridge is open, and the trams\n\twill follow it in May."
    assert len(segment(text).segments) == 1


@settings(deadline=None)
@given(st.text(alphabet="a \n\r\u2028\t.", max_size=20))
def test_a_text_on_one_line_keeps_every_place(text: str) -> None:
    flat = on_one_line(text)
    assert len(flat.splitlines()) <= 1
    assert [place for place in enumerate(flat) if place[1] != " "] == [place for place in enumerate(text) if place[1] in "a\t."]
