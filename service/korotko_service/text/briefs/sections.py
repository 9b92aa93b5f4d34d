"""Find what is not a story told from the top: hourly logs, an interviewer's words, and what press releases say about their firm."""

import re
from itertools import groupby, pairwise

from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.news.datelines import entry_time
from korotko_service.text.words import terms

_NUMBER_OF_NOTE = re.compile(r"(\d{1,2})(?=\s|\Z)")
_OPENS_NOTE = re.compile(r"(\d{1,2})\s(?=[A-ZА-ЯІЇЄҐЁ])")  # "1 Minutes of …"
# How many times make an article a log, and the share of them that must be in order: midnight may lie between two.
_LEAST_ENTRIES = 4
_SHARE_IN_ORDER = 0.8

_LEAST_QUESTIONS = 3
# A reply with no more terms than this is half a sentence: "In Vienna, in the middle of the Elgar."
_MAX_TERMS_OF_A_REPLY = 4
# "By Rachel Osei" above "Ms. Osei is an economist at …", "Rachel Osei teaches …".
_AUTHOR = re.compile(r"(?:(?:by|від)\s|(?:автор(?:ка|и|ы)?|текст|author|text):\s?)(.+)", re.IGNORECASE)
_NAME = r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*"
_NAMES = re.compile(_NAME)
_INTRODUCES = re.compile(
    rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Professor|Sir|Dame)\.?\s)?(?:{_NAME}\s){{0,2}}({_NAME})\s(?:is|was|writes|teaches|works|covers|reports|[—–-])\s"
)
_ABOUT = re.compile(
    r"(?i:about|про|об?|довідка про|справка об?)\s"
    r"(?:(?i:(?:the |our )?(?:company|author|bank|group|foundation)s?|us|нас|компані\w+|банк\w*|груп\w+|фонд\w*|автор\w*)"
    r"|[«“\"]?[A-ZА-ЯІЇЄҐЁ][\w&.’'-]+(?:\s\S+){0,4})\W{0,2}"
    r"|(?i:references|bibliography|(?:список )?літератур[аи]|(?:список )?литератур[аы])\W{0,2}"
    r"|(?i:forward-looking statements?|safe harbou?r(?: statement)?|notes? (?:to|for) editors?|disclaimer)\W{0,2}"
)


def reading_order(document: Document) -> list[int]:
    """The indices of the segments, latest news first: a log that begins in the morning is read from its last entry back.

    What is above the log stays first, and each entry is read from its own beginning.
    """
    entries = _entries(document)
    # A later time before the first entry may be when the article was published.
    rising = next((place for place, (one, other) in enumerate(pairwise(entries)) if one[1] <= other[1]), len(entries))
    entries = entries[rising:]
    times = [time for _, time in entries]
    in_order = sum(later >= sooner for sooner, later in pairwise(times))
    if len(entries) < _LEAST_ENTRIES or in_order < _SHARE_IN_ORDER * (len(entries) - 1):
        return list(range(len(document.segments)))
    starts = [start for start, _ in entries]
    ends = [*starts[1:], len(document.segments)]
    parts = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    return [*range(starts[0]), *(index for part in reversed(parts) for index in part)]


def told_of_the_teller(document: Document) -> frozenset[int]:
    """The segments under a heading such as "About Acme" or «О компании», after the first third: about the publisher, not news.

    Also those that say who the author is, and the notes that the text refers to by number.
    """
    found = _told_of_the_author(document) | _notes(document)
    is_about = False
    for kind, group in groupby(range(len(document.segments)), key=lambda index: document.segments[index].kind):
        indices = list(group)
        if kind is SegmentKind.HEADLINE:
            last = indices[-1]
            is_about = 3 * last >= len(document.segments) and _ABOUT.fullmatch(document.segment_text(last)) is not None
        elif is_about:
            found.update(indices)
    return frozenset(found)


def _told_of_the_author(document: Document) -> set[int]:
    """The segments that open with a name from the byline and go on to say who that person is."""
    lines = [document.segment_text(index) for index, one in enumerate(document.segments) if one.kind is SegmentKind.BYLINE]
    names = {name for line in lines if (match := _AUTHOR.fullmatch(line)) for name in _NAMES.findall(match[1]) if name[0].isupper()}
    if not names:
        return set()
    opens = (_INTRODUCES.match(document.segment_text(index)) for index in range(len(document.segments)))
    return {index for index, match in enumerate(opens) if match and match[1] in names}


def _notes(document: Document) -> set[int]:
    """The segments of paragraphs that open with the number of a note: one that also occurs right after a sentence."""
    pointed = {match[1] for gap in document.gaps()[1:] if (match := _NUMBER_OF_NOTE.match(gap))}
    found: set[int] = set()
    for _, group in groupby(range(len(document.segments)), key=lambda index: document.segments[index].paragraph):
        paragraph = list(group)
        match = _OPENS_NOTE.match(document.segment_text(paragraph[0]))
        if match and match[1] in pointed:
            found.update(paragraph)
    return found


def asked(document: Document) -> frozenset[int]:
    """The segments of paragraphs that end with a question, where there are several: in an interview these are not the guest's words."""
    paragraphs = [list(group) for _, group in groupby(range(len(document.segments)), key=lambda index: document.segments[index].paragraph)]
    questions = [indices for indices in paragraphs if document.segment_text(indices[-1]).endswith("?")]
    return frozenset(index for indices in questions for index in indices) if len(questions) >= _LEAST_QUESTIONS else frozenset()


def replies(document: Document) -> frozenset[int]:
    """The segments after an interview's first question that are too short to be understood without what was said before."""
    questions = asked(document)
    behind = (index for index in range(min(questions, default=len(document.segments)), len(document.segments)) if index not in questions)
    return frozenset(index for index in behind if len(terms(document.segment_text(index))) <= _MAX_TERMS_OF_A_REPLY)


def introduced_items(document: Document) -> frozenset[int]:
    """The items of lists that a sentence introduces, "The plan has five parts:": one of them alone is a part without its whole."""
    found: set[int] = set()
    is_introduced = False
    for index, segment in enumerate(document.segments):
        if segment.kind is SegmentKind.LIST_ITEM and is_introduced:
            found.add(index)
        else:
            is_introduced = segment.kind is SegmentKind.SENTENCE and document.text[segment.span.end - 1] == ":"
    return frozenset(found)


def _entries(document: Document) -> list[tuple[int, int]]:
    """Where each entry begins (a paragraph that opens with a time, or a line that is only a time), and its time in minutes."""
    found: list[tuple[int, int]] = []
    paragraph = -1
    for index, segment in enumerate(document.segments):
        time = entry_time(document.segment_text(index)) if segment.paragraph != paragraph else None
        paragraph = segment.paragraph
        if time is not None:
            found.append((index, time))
    return found
