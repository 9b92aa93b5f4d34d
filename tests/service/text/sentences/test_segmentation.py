"""Segmentation: sentences of newsroom text in three languages, every character accounted for."""

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.sentences.segmentation import segment
from tests.service.text.marked_sentences import ENGLISH, RUSSIAN, UKRAINIAN

NEWSROOM = "абіїєґюяыэABCabc.,!?…«»“”\"'—–-()[]0123456789 \n\r\t\u00a0\u200b•*#@:/🙂"


def texts(document: Document) -> list[str]:
    return [document.segment_text(index) for index in range(len(document.segments))]


def kinds(document: Document) -> list[SegmentKind]:
    return [one.kind for one in document.segments]


@pytest.mark.parametrize("marked", ENGLISH + UKRAINIAN + RUSSIAN)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    lost_space = {
        "The talks failed.The delegations left.": ["The talks failed.", "The delegations left."],
        "Перемовини зірвалися.Президент поїхав.": ["Перемовини зірвалися.", "Президент поїхав."],
    }
    expected = lost_space.get(marked, marked.split(" | "))
    assert texts(segment(marked.replace(" | ", " "))) == expected


ARTICLE = """By Jane Doe
KYIV, Nov. 12 (Reuters) — Russia fired missiles at Kyiv.
Photo: Getty Images
The attack came at night. Two people died.
"""


def test_lines_of_an_article_get_their_kinds() -> None:
    document = segment(ARTICLE)
    assert kinds(document) == [
        SegmentKind.BYLINE,
        SegmentKind.SENTENCE,
        SegmentKind.BYLINE,
        SegmentKind.SENTENCE,
        SegmentKind.SENTENCE,
    ]
    assert [one.paragraph for one in document.segments] == [0, 1, 2, 3, 3]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe", "By Jane Doe and John Smith", "By Jane Doe, Reuters", "Автор: Іван Франко", "Фото: Укрінформ", "Джерело: УНІАН",
        "- News", "— Reuters", "(Reuters)", "Reuters", "AP Photo/Evan Vucci", "Getty Images", "12 November 2025, 14:30", "24.02.2022 10:30",
        "Опубліковано: 12 листопада 2025", "Читайте також: Що відомо про перемовини", "Читайте также: Что известно", "https://example.com/news",
        "@korotko", "desk@example.com", "5 min read", "Jane Doe | Reuters | Kyiv",
        "© 2025 Example", "Reporting by Jane Doe; Editing by John Smith",
        "Reporting by Jane Doe in Kyiv; Editing by John Smith.", "Copyright 2026 The Associated Press.", "Источник: РИА Новости.",
        "Laura Schmidt, Head of Communications press@example.org", "From: Morning Brief <brief@example.org>", "Реклама",
        "Share", "5 hours ago", "Оновлено 2 дні тому", "Сегодня, 12:44 Общество", "Оновлено о 09:40",
        "(Reporting by Jane Doe; Additional reporting by Ann Lee in Kyiv and Bob Ray in Rome; Editing by J. R. Smith)",
        "EMBARGOED UNTIL 00:01 GMT THURSDAY 26 NOVEMBER 2026", "Strict embargo: until 6 p.m. on Friday",
        "NOT FOR PUBLICATION BEFORE THIS TIME", "Ембарго до 18:00 26 листопада", "Под эмбарго до 26 ноября", "Не для публікації до 18:00",
    ],
)  # fmt: skip
def test_who_where_and_when_is_a_byline(line: str) -> None:
    document = segment(f"The council met on Monday in Kyiv.\n{line}\n")
    assert kinds(document) == [SegmentKind.SENTENCE, *[SegmentKind.BYLINE] * (1 + line.count(" | "))]


@pytest.mark.parametrize(
    "line",
    [
        "By noon, engineers had reconnected 74,000 customers.",
        "Bloomberg reported the information.",
        "Reuters reported on Monday that talks had failed.",
        "Фото з місця події опублікувала поліція, а слідчі вже опитали понад двадцять свідків нічного вибуху в центрі міста.",
        "On 12 November 2025 the council met.",
        "Copyright rules for artificial intelligence will change in May.",
        "Advertisement of tobacco is banned from Monday.",
        "Video by a bystander shows the officer shooting twice.",
        "Reporting by state media was biased, the court found.",
        "Subscribe-and-save plans are illegal, a court in Paris ruled.",
        "Реклама VPN запрещена, за нарушение грозит штраф.",
        "Реклама алкоголю на телебаченні заборонена з 1 березня.",
        "Фото из морга показали суду.",
        "Все права на фильм купила студия из Казахстана.",
        "Усі права на пісню належать вдові.",
        "Источник: в правительстве не знали о сделке.",
    ],
)
def test_news_about_agencies_and_dates_is_no_byline(line: str) -> None:
    assert kinds(segment(f"The council met on Monday in Kyiv.\n{line}\n"))[1] is SegmentKind.SENTENCE


@pytest.mark.parametrize("line", ["Реклама алкоголю дозволена з 2027 року", "Advertisement spending falls for a third year"])
def test_a_title_about_advertisements_is_a_headline(line: str) -> None:
    assert segment(line + "\n\nA bridge is open.").segments[0].kind is SegmentKind.HEADLINE


def test_title_is_a_headline_and_a_standfirst_without_a_full_stop_is_a_sentence() -> None:
    standfirst = (
        "As the president pushes for a swift resolution to the war, the other side remains unwilling to consider a ceasefire at all"
    )
    document = segment(f"Tensions escalate as talks fail\n{standfirst}\nThe talks failed. Nobody spoke.\n- News\n")
    assert kinds(document) == [
        SegmentKind.HEADLINE,
        SegmentKind.SENTENCE,
        SegmentKind.SENTENCE,
        SegmentKind.SENTENCE,
        SegmentKind.BYLINE,
    ]
    assert texts(document)[1] == standfirst


def test_capitals_make_a_headline_even_with_an_exclamation_mark() -> None:
    assert kinds(segment("МИ ПЕРЕМОГЛИ!\nЗбірна виграла матч."))[0] is SegmentKind.HEADLINE


def test_subheadings_stand_out_only_where_other_lines_close_with_punctuation() -> None:
    assert kinds(segment("Заголовок новини\n\nТекст новини.\n\nЩо далі\n\nЩе текст."))[2] is SegmentKind.HEADLINE
    assert kinds(segment("Заголовок новини\nперший рядок без крапки\nДругий рядок без крапки"))[1] is SegmentKind.SENTENCE


def test_list_markers_stay_in_the_gaps() -> None:
    document = segment("Here is what we know.\n• The talks failed\n- Nobody spoke\n1. Prices rose\n2) Rents fell\na) Wages stayed\n")
    assert texts(document)[1:] == ["The talks failed", "Nobody spoke", "Prices rose", "Rents fell", "Wages stayed"]
    assert set(kinds(document)[1:]) == {SegmentKind.LIST_ITEM}
    assert document.gaps()[1:6] == ("\n• ", "\n- ", "\n1. ", "\n2) ", "\na) ")


def test_a_list_may_begin_right_under_a_heading() -> None:
    document = segment("The borscht\n\nMethod\n1. Boil the beef.\n2. Fry the beetroot.")
    assert [document.segment_text(index) for index in range(2, 4)] == ["Boil the beef.", "Fry the beetroot."]


def test_a_day_at_the_head_of_a_wrapped_line_is_no_number() -> None:
    document = segment("He left Kyiv for the talks on November\n12. She stayed.")
    assert document.segment_text(1).endswith("She stayed.")
    assert SegmentKind.LIST_ITEM not in {each.kind for each in document.segments}


def test_ordinal_stays_with_its_sentence_inside_a_line() -> None:
    assert texts(segment("Ось план. 1. Почати. 2. Закінчити.")) == ["Ось план.", "1. Почати.", "2. Закінчити."]


def test_hard_wrapped_lines_stay_one_sentence() -> None:
    text = "The president said on\nmonday that talks with the\nother side had failed.\nNobody answered."
    assert texts(segment(text)) == [text.split("\nNobody", maxsplit=1)[0], "Nobody answered."]


def test_wrapped_paragraph_holds_lines_that_open_with_a_capital() -> None:
    text = (
        "The governor of the region told reporters late on Monday that\n"
        "Ukraine had asked its partners for help with repairs before the\n"
        "Winter set in. Nobody in the capital has answered the request so\n"
        "far."
    )
    assert len(texts(segment(text))) == 2


def test_windows_line_ends_and_blank_lines_are_gaps() -> None:
    document = segment("Перше речення.\r\n\r\nДруге речення.\r\n")
    assert document.gaps() == ("", "\r\n\r\n", "\r\n")


def test_a_title_in_small_letters_ends_no_sentence() -> None:
    assert len(segment("Then mr. Koval, mrs. Smith and dr. Jones came.").segments) == 1


def test_all_lower_case_writers_get_sentences_too() -> None:
    assert texts(segment("он пришел. потом ушел. вот и все.")) == ["он пришел.", "потом ушел.", "вот и все."]


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n\t", "\u200b\ufeff\u2060", "\u00a0", "* * *\n———\n"])
def test_text_without_words_has_no_segments(text: str) -> None:
    document = segment(text)
    assert document.segments == ()
    assert document.gaps() == (text,)


def interleaved(document: Document) -> str:
    gaps = document.gaps()
    return gaps[0] + "".join(text + gap for text, gap in zip(texts(document), gaps[1:], strict=True))


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=300), st.text(alphabet=NEWSROOM, max_size=400)))
def test_segments_and_gaps_give_any_text_back(text: str) -> None:
    document = segment(text)
    assert interleaved(document) == text
    assert all(not one.isspace() and one.strip() == one for one in texts(document))
    for before, after in pairwise(document.segments):
        assert before.span.end <= after.span.start
        assert before.paragraph <= after.paragraph


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=NEWSROOM, max_size=200))
def test_gaps_hold_only_blanks_and_markers(text: str) -> None:
    for gap in segment(text).gaps():
        assert len("".join(one for one in gap if one.isalpha())) <= gap.count(")")


def calls_made(text: str) -> int:
    """How many functions, Python's and C's, segmentation calls for the text."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        segment(text)
    finally:
        sys.setprofile(None)
    return count


HOSTILE = [
    "слово ", "а", ".", ". ", "!?", "слово\n", "Так. ", "\u200b", "р. ", "U.S. ", "— ", "- а\n", "\n", '."', ".[1]", "#", "> ", "1. ",
    "А. Б. ", "abc.Abc", "! 🎉 ", "«", "(", "а (б. ", "(А. ", "abcd.1 ", "x: @a ", "A. A. Abc", "2.1. ", "a     b ",
    "Слово слово слово\n", "By A", "http://", "@", "\u0301", "😀\u200d", "1. а\n", ". « ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_hostile_text_takes_twice_the_calls(piece: str) -> None:
    once, twice = calls_made(piece * 1_000), calls_made(piece * 2_000)
    assert twice <= 2.1 * once + 100


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_of_a_hundred_thousand_characters_is_accounted_for(piece: str) -> None:
    """No pattern backtracks and nothing recurses: a quadratic step would hold this test for minutes."""
    text = piece * (100_000 // len(piece))
    assert interleaved(segment(text)) == text


def test_a_numbered_heading_is_no_item_of_a_list() -> None:
    text = "Five rules.\n\n1. Every parcel will be taxed\nFrom July a duty of 3 euros applies.\n\n2. Platforms pay\nShoppers see the price."
    assert kinds(segment(text))[1::2] == [SegmentKind.HEADLINE, SegmentKind.HEADLINE]


def test_the_dash_and_the_semicolon_of_an_item_are_no_part_of_it() -> None:
    document = segment("Відомо таке:\n— поштовхи почалися об 11:22;\n— школи закрито;\n— жертв немає.")
    assert texts(document)[1:3] == ["поштовхи почалися об 11:22", "школи закрито"]


def test_the_last_item_of_a_list_with_dashes_is_one_too() -> None:
    document = segment("На что смотреть:\n— упаковка без воздуха;\n— яркий цвет говорит о красителе.\n\n— Да, — сказал он.")
    assert kinds(document)[1:] == [SegmentKind.LIST_ITEM, SegmentKind.LIST_ITEM, SegmentKind.SENTENCE]


def test_a_paragraph_of_a_post_may_close_with_an_emoji() -> None:
    document = segment("Школи Києва зачинено\n\nУсі школи міста закрили до понеділка. 🙏\n\nВода буде ввечері! ❤️\n\nПодробиці згодом")
    assert kinds(document) == [SegmentKind.HEADLINE, SegmentKind.SENTENCE, SegmentKind.SENTENCE, SegmentKind.HEADLINE]


@pytest.mark.parametrize("time", ["09:45.", "14:05", "[14:05]", "UPD 2.05pm:"])
def test_the_time_of_an_entry_is_read_apart_from_its_news(time: str) -> None:
    document = segment(f"Flood in Kyiv\n\n{time} The dam has burst. Trams stand still.")
    assert texts(document) == ["Flood in Kyiv", time, "The dam has burst.", "Trams stand still."]
    assert kinds(document)[1:3] == [SegmentKind.BYLINE, SegmentKind.SENTENCE]
