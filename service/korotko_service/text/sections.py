"""Tell apart what is no story from its top on: logs by the hour, an interviewer's words, and what press releases say of their firm."""

import re
from itertools import groupby, pairwise

from korotko_service.text.datelines import entry_time
from korotko_service.text.document import Document, SegmentKind

# As many times as make a log of an article, and the share of them that stand in the order of the day: a night may lie between two.
_LEAST_ENTRIES = 4
_SHARE_IN_ORDER = 0.8

_LEAST_QUESTIONS = 3
_ABOUT = re.compile(
    r"(?i:about|про|об?|довідка про|справка об?)\s"
    r"(?:(?i:(?:the |our )?(?:company|author|bank|group|foundation)s?|us|нас|компані\w+|банк\w*|груп\w+|фонд\w*|автор\w*)"
    r"|[«“\"]?[A-ZА-ЯІЇЄҐЁ][\w&.’'-]+(?:\s\S+){0,4})\W{0,2}"
    r"|(?i:forward-looking statements?|safe harbou?r(?: statement)?|notes? (?:to|for) editors?|disclaimer)\W{0,2}"
)


def reading_order(document: Document) -> list[int]:
    """The indices of the segments from the news to what was before it: those of a log that begins with the morning by its last entry first.

    What stands above the log stays first, and an entry is read from its own beginning.
    """
    entries = _entries(document)
    # A later time ahead is that at which the article was published, perhaps.
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
    """The segments under a heading such as "About Acme" or «О компании», behind the first third: whose release it is, and no news."""
    found: set[int] = set()
    is_about = False
    for kind, group in groupby(range(len(document.segments)), key=lambda index: document.segments[index].kind):
        indices = list(group)
        if kind is SegmentKind.HEADLINE:
            last = indices[-1]
            is_about = 3 * last >= len(document.segments) and _ABOUT.fullmatch(document.segment_text(last)) is not None
        elif is_about:
            found.update(indices)
    return frozenset(found)


def asked(document: Document) -> frozenset[int]:
    """The segments of paragraphs that end with a question, where there are several: in an interview these are not the guest's words."""
    paragraphs = [list(group) for _, group in groupby(range(len(document.segments)), key=lambda index: document.segments[index].paragraph)]
    questions = [indices for indices in paragraphs if document.segment_text(indices[-1]).endswith("?")]
    return frozenset(index for indices in questions for index in indices) if len(questions) >= _LEAST_QUESTIONS else frozenset()


def _entries(document: Document) -> list[tuple[int, int]]:
    """Where each entry begins, a paragraph with a time ahead or a line of nothing else, and its time in minutes."""
    found: list[tuple[int, int]] = []
    paragraph = -1
    for index, segment in enumerate(document.segments):
        time = entry_time(document.segment_text(index)) if segment.paragraph != paragraph else None
        paragraph = segment.paragraph
        if time is not None:
            found.append((index, time))
    return found
