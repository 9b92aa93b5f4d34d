"""Sections: a log by the hour is read from its end, an interviewer is not the guest, and what a release says of its firm is no news."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings, strategies as st

from korotko_service.text.briefs.ranking import RankingHints, rank
from korotko_service.text.briefs.sections import asked, reading_order, replies, told_of_the_teller
from korotko_service.text.briefs.selection import BriefLimits, pick
from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.sentences.segmentation import segment

LOG = ["08:00 Polls opened in Kyiv.", "10:30 Turnout is at a tenth.", "15:00 Turnout is at a third.", "23:40 Olha Bilak has won the vote."]


def brief(text: str, sentences: int) -> list[str]:
    document = segment(text)
    picked = pick(document, rank(document, hints=RankingHints()), limits=BriefLimits(max_sentences=sentences))
    return [document.segment_text(index) for index in picked]


def untimed(entries: Iterable[str]) -> list[str]:
    return [entry.partition(" ")[2] for entry in entries]


def in_order(document: Document) -> list[str]:
    return [document.segment_text(index) for index in reading_order(document) if document.segments[index].kind is not SegmentKind.BYLINE]


def test_the_last_entry_of_a_log_that_begins_with_the_morning_is_its_news() -> None:
    assert in_order(segment("Vote in Kyiv\n\n" + "\n\n".join(LOG))) == ["Vote in Kyiv", *untimed(reversed(LOG))]
    assert "Olha Bilak has won the vote." in brief("Vote in Kyiv\n\n" + "\n\n".join(LOG), 2)


def test_the_time_may_stand_in_a_line_of_its_own_and_what_is_above_the_log_stays_first() -> None:
    text = "Vote in Kyiv\n\n19 March, 23:50\n\nKyiv votes today.\n\n" + "\n\n".join(each.replace(" ", "\n", 1) for each in LOG)
    read = in_order(segment(text))
    assert read == ["Vote in Kyiv", "Kyiv votes today.", *untimed(reversed(LOG))]


@pytest.mark.parametrize(
    "entries", [LOG[::-1], LOG[:3], ["The talks failed.", "At 08:00 trains stopped."]], ids=["newest first", "few", "prose"]
)
def test_other_texts_are_read_from_their_top(entries: list[str]) -> None:
    document = segment("Vote in Kyiv\n\n" + "\n\n".join(entries))
    assert reading_order(document) == list(range(len(document.segments)))


def test_a_log_may_go_on_behind_midnight() -> None:
    entries = [*LOG, "00:20 Her rival concedes.", "01:10 The count ends."]
    assert in_order(segment("\n\n".join(entries))) == untimed(reversed(entries))


@given(st.lists(st.sampled_from([*LOG, "09:35", "The talks failed.", "- Rents fell.", ""]), max_size=12))
@settings(deadline=None)
def test_every_segment_is_read_once(lines: list[str]) -> None:
    document = segment("\n\n".join(lines))
    assert sorted(reading_order(document)) == list(range(len(document.segments)))


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("About Acme Trams", True),
        ("About the company", True),
        ("Forward-Looking Statements", True),
        ("Довідка про компанію", True),
        ("Про «Агросвіт»", True),
        ("О банке", True),
        ("Об авторе", True),
        ("References", True),
        ("Література", True),
        ("Список литературы", True),
        ("Література воєнного часу", False),
        ("About time for trams", False),
        ("Про що мовчить мер", False),
        ("О чем молчит мэр", False),
    ],
)
def test_what_a_press_release_says_of_its_firm_is_no_news(heading: str, told: bool) -> None:
    document = segment(
        f"City buys trams\n\nThe council met. It bought trams.\n\n{heading}\n\nAcme makes trams. It is big.\n\nContact\n\nAnn Lee."
    )
    texts = {document.segment_text(index) for index in told_of_the_teller(document)}
    assert texts == ({"Acme makes trams.", "It is big."} if told else set())


def test_a_brief_of_an_interview_has_none_of_its_questions() -> None:
    text = (
        "Doctor kept her hospital open\n\nThe hospital was cut off for 61 hours.\n\n"
        "You were to go off shift when the water came. Why did you stay?\n\n"
        "The road was under two metres of water by evening.\n\nThe state has promised money for a new building. Is that enough?\n\nNo.\n\n"
        "And now? What will you do?\n\nThe plan puts the generator in the basement again."
    )
    assert len(asked(segment(text))) == 6
    assert brief(text, 2) == ["The hospital was cut off for 61 hours.", "The road was under two metres of water by evening."]


def test_a_question_or_two_make_no_interview() -> None:
    assert not asked(segment("The mayor resigned. What next?\n\nNobody knows. Who will lead?\n\nThe council met."))


def test_a_reply_that_only_its_question_explains_is_no_news() -> None:
    text = (
        "Cellist runs a school\n\nMara Lindt, who lost her hearing in 2024, runs a school for 140 deaf children in Ghent.\n\n"
        "When did you notice?\n\nIn Vienna, in the middle of the Elgar. The oboe of the orchestra vanished within a minute that night.\n\n"
        "And the doctors?\n\nMara Lindt: No, of course.\n\nDo you play?\n\n"
        "The school has a hall where all of the children play every day. I miss it."
    )
    document = segment(text)
    assert {document.segment_text(index) for index in replies(document)} == {
        "In Vienna, in the middle of the Elgar.",
        "Mara Lindt: No, of course.",
        "I miss it.",
    }
    assert brief(text, 8) == brief(text, 3)
    assert brief(text, 3)[1:] == [
        "The oboe of the orchestra vanished within a minute that night.",
        "The school has a hall where all of the children play every day.",
    ]


@pytest.mark.parametrize(
    ("author", "note", "told"),
    [
        ("By Rachel Osei", "Ms. Osei is an economist at the University of Ghana.", True),
        ("By Rachel Osei", "Rachel Osei is an economist at the University of Ghana.", True),
        ("Автор: Ярослав Грицишин", "Ярослав Грицишин — транспортний аналітик.", True),
        ("By Rachel Osei and John Smith", "Dr Osei teaches at the University of Ghana.", True),
        ("By Rachel Osei", "Macron is on his way to Ghana, the palace said.", False),
        ("Photo: Rachel Osei", "Osei is on her way to Ghana, the palace said.", False),
    ],
)
def test_who_the_author_is_is_no_news(author: str, note: str, told: bool) -> None:
    document = segment(f"The four-day week pays\n\n{author}\n\n{note}\n\nLast year 61 firms cut the week. Of these 54 kept it.")
    assert [document.segment_text(index) for index in told_of_the_teller(document)] == [note] * told


def test_a_note_that_the_text_points_to_is_no_news() -> None:
    document = segment(
        "Bank keeps its rate\n\nThe rate was cut to 4.0%.1\n\n1 Minutes of the meeting of 5 November.\n\n"
        "2 Firms in three went bankrupt.\n\n"
        "Jobs are lost. 1 Bank is shut."
    )
    assert [document.segment_text(index) for index in told_of_the_teller(document)] == ["1 Minutes of the meeting of 5 November."]


PLAN = """Ministry spends 3 billion on shelters for power stations

The ministry said on Monday that it would spend 3 billion on shelters for power stations.

The money goes on these aims:
{items}

The work ends before the first day of March. The audit office watches over all of it.
"""


def test_an_item_in_small_letters_is_half_a_sentence_and_comes_into_no_brief() -> None:
    text = PLAN.format(items="1) shelters for 34 power stations, 2 billion;\n2) spare parts for power stations, 1 billion.")
    assert brief(text, 4) == [
        text.split("\n")[2],
        "The work ends before the first day of March.",
        "The audit office watches over all of it.",
    ]


def test_an_item_that_a_sentence_introduces_gives_way_to_a_whole_sentence() -> None:
    text = PLAN.format(items="1) Shelters for 34 power stations.\n2) New spare parts for all of the ministry's power stations.")
    assert brief(text, 2) == [text.split("\n")[2], "The work ends before the first day of March."]


def test_a_list_of_nothing_else_is_its_own_brief() -> None:
    assert brief("- shelters for 34 power stations\n- spare parts for two power stations", 1) == ["shelters for 34 power stations"]
