"""Tell pieces of quotations from whole ones: a brief that takes a piece presents a speaker's words as its own."""

import re
from itertools import groupby

from korotko_service.text.document import Document

_MARKS = re.compile(r"[«»“”„\"]")
_CLOSERS = {"«": "»", "„": "“”", "“": "”", '"': '"'}
# British quotations. Only what follows a colon or a comma, or opens the sentence, is sure to be speech.
_OPENS_SPEECH = re.compile(r"(?:^|[:,]\s)['‘](?=[A-Z])")
_OPENS_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)")
_CLOSES_SPEECH = re.compile(r"(?<=[.,!?…])['’](?!\w)")
_CLOSES_SINGLE = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
# If the closing mark was forgotten, the rest of a long paragraph is not quoted, let alone the rest of the article.
_MOST_UNCLOSED = 4
_MOST_PARAGRAPHS = 6


def quoted_sentences(document: Document) -> frozenset[int]:
    """The indices of segments that begin inside a quotation opened by an earlier sentence.

    A quotation ends with its paragraph unless one of the next few closes it before another one opens: some sites print each sentence
    as a paragraph, and newspapers open each paragraph of a long quotation anew. Linear in the text.
    """
    paragraphs = [[index for index, _ in group] for _, group in groupby(enumerate(document.segments), key=lambda each: each[1].paragraph)]
    found: set[int] = set()
    mark = ""
    for place, indices in enumerate(paragraphs):
        begun: list[int] = []
        for index in indices:
            if mark:
                begun.append(index)
            mark = _left_open(document.segment_text(index), mark)
            if not mark:
                found.update(begun)
                begun = []
        if mark and not _is_closed_in(document, paragraphs[place + 1 : place + 1 + _MOST_PARAGRAPHS], mark):
            mark, begun = "", begun[:_MOST_UNCLOSED]
        found.update(begun)
    return frozenset(found)


def breaks_a_quote(sentence: str) -> bool:
    """Whether a quotation opens or closes outside the sentence."""
    curly = sentence.count("“") + sentence.count("„") + sentence.count("”")
    return _breaks_guillemets(sentence) or curly % 2 == 1 or sentence.count('"') % 2 == 1 or _breaks_single(sentence)


def _left_open(sentence: str, mark: str) -> str:
    """The mark of the quotation that is open after the sentence, "" for none, given that `mark` was open before it.

    Nested quotations are not counted: one » may close two.
    """
    for match in _MARKS.finditer(sentence):
        found = match.group()
        if mark and found in _CLOSERS[mark]:
            mark = ""
        elif not mark and found in _CLOSERS:
            mark = found
    return mark


def _is_closed_in(document: Document, paragraphs: list[list[int]], mark: str) -> bool:
    """Whether the first quotation mark of these paragraphs closes what `mark` opened; a straight one does so after a word or a stop."""
    for indices in paragraphs:
        text = document.text[document.segments[indices[0]].span.start : document.segments[indices[-1]].span.end]
        if first := _MARKS.search(text):
            is_behind_a_word = first.start() > 0 and not text[first.start() - 1].isspace()
            return first.group() in _CLOSERS[mark] and (first.group() != '"' or is_behind_a_word)
    return False


def _breaks_guillemets(sentence: str) -> bool:
    """Whether « has no » after it, or » no « before it; one » may close two, as in «Торговий дім «Кременчук»."""
    before, behind = sentence.partition("«")[0], sentence.rpartition("«")[2]
    return "»" in before or ("«" in sentence and "»" not in behind)


def _breaks_single(sentence: str) -> bool:
    if _OPENS_SPEECH.search(sentence) and not _CLOSES_SINGLE.search(sentence):
        return True
    return _CLOSES_SPEECH.search(sentence) is not None and not _OPENS_SINGLE.search(sentence)
