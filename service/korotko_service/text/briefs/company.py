"""Find the sentences that mislead without a neighbour: those that lean on the one before, and those that the next one takes back."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set as AbstractSet
from typing import TypeVar

from korotko_service.text.briefs.leading import Top
from korotko_service.text.briefs.leaning import first_word, leans_on_the_one_before
from korotko_service.text.document import TOLD_KINDS, Document, SegmentKind
from korotko_service.text.news.datelines import entry_time
from korotko_service.text.sentences.partings import goes_on_in_other_letters
from korotko_service.text.wordlists import ADVERSATIVES
from korotko_service.text.words import terms

K = TypeVar("K", bound=Hashable)

_NONE = r"nobody|no one|none|nothing|never|ніхто|нікого|ніколи|жодн\w+|никто|никого|никогда"
_DENIAL = (
    r"false|falsely|untrue|incorrect|fake|hoax|myth|debunked|refuted|acquitted|cleared of|overturned|quashed|retracted|withdrawn"
    r"|неправд\w+|хибн\w+|фейк\w*|спрост\w+|виправда\w+|невинуват\w+|вигадк\w+"
    r"|ложь|ложн\w+|опров[её]рг\w*|опроверж\w+|оправда\w+|невиновн\w+|вымысел|выдумк\w+"
)
_DENIES = re.compile(rf"\b(?:{_DENIAL})\b", re.IGNORECASE)
# A denial by the accused takes back an accusation, but not a verdict: "The court jailed Smith for five years. He denied the charges."
_CONTESTS = re.compile(r"\b(?:den(?:y|ies|ied)|disputed|innocent|запереч\w+|отриц\w+)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:convict|jailed|sentenced|found guilty|imprisoned|засуд|ув.язн|визна\w+ винн|заарешт|приговор|осуд|осужд|призна\w+ виновн"
    r"|арестова)",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(rf"\b(?:{_NONE})\b", re.IGNORECASE)
# "It never happened, the ministry said." takes the claim back; "She has never lost there." and "He said nobody was hurt." do not.
_NEVER_WAS = re.compile(r"\W*(?:it|this|that|це|то|это) (?:never|ніколи|никогда)\b", re.IGNORECASE)
# "But nobody was hurt." takes back only a claim that somebody was.
_HARM = re.compile(
    r"\b(?:died|dead|deaths?|kill|hurt|injur|harm|wound|casualt|victim|загину|загибл|постражда|поранен|травм|жертв|погиб|пострада|ранен|убит|вбит)",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\b(?:not|no|cannot|не|ні|нет|ни)\b|n['’]t\b", re.IGNORECASE)
_IT = frozenset({"it", "this", "that", "they", "he", "she", "це", "то", "это"})
_MAX_SHORT_WORDS = 4

# "- Pensions. They rise in March.": a label says what the item is about.
_MAX_LABEL_WORDS = 3
# No brief has room for a sentence of more parts.
_MOST_PARTS = 6
_BEFORE_AN_ITEM = (SegmentKind.HEADLINE, SegmentKind.BYLINE)


def company(document: Document, indices: Iterable[int], top: Top) -> dict[int, frozenset[int]]:
    """For each of the segments that misleads alone, the indices of those that it needs with it.

    The first one of the article leans on the title if the story begins there, and otherwise on nothing, since nothing precedes it.
    """
    before, items, parts = {0: None, top.first: top.leads}, _openings_of_items(document), _parts_of_sentences(document)
    nothing = frozenset[int]()
    needs = {
        index: _needed(document, index, before.get(index, index - 1)) | items.get(index, nothing) | parts.get(index, nothing)
        for index in indices
    }
    return {index: needed for index, needed in needs.items() if needed}


def accompanied(there: Sequence[K], needs: Mapping[K, AbstractSet[K]]) -> list[K]:
    """Those of `there` that can stay: all that each needs stays too."""
    kept = list(there)
    while alone := [each for each in kept if not needs.get(each, frozenset()) <= set(kept)]:
        kept = [each for each in kept if each not in alone]
    return kept


def _needed(document: Document, index: int, before: int | None) -> frozenset[int]:
    text = document.segment_text(index)
    needed = {before} if before is not None and leans_on_the_one_before(text) else set[int]()
    if index + 1 < len(document.segments) and (
        takes_back(document.segment_text(index + 1), text) or (text.endswith(":") and document.segments[index + 1].kind in TOLD_KINDS)
    ):
        needed.add(index + 1)
    return frozenset(needed)


def _openings_of_items(document: Document) -> dict[int, frozenset[int]]:
    """For each further sentence of an item, the one that opens it: after other news it would seem to be about that.

    An item is a list item, the paragraph after a subheading, or an entry of a live blog, which has its time in front or on the line
    above; the paragraph at the top is not an item.
    """
    needed: dict[int, frozenset[int]] = {}
    opening, is_item, has_news_above = 0, False, False
    for index, segment in enumerate(document.segments):
        before = document.segments[index - 1] if index else None
        if before is None or segment.paragraph != before.paragraph:
            set_off = before is not None and before.kind in _BEFORE_AN_ITEM
            has_news_above = has_news_above or (before is not None and not set_off)
            is_entered = has_news_above and (set_off or entry_time(document.segment_text(index)) is not None)
            opening, is_item = index, segment.kind is SegmentKind.LIST_ITEM or is_entered
        elif is_item and opening == index - 1 and len(document.segment_text(opening).split()) <= _MAX_LABEL_WORDS:
            opening = index
        elif is_item:
            needed[index] = frozenset({opening})
    return needed


def _parts_of_sentences(document: Document) -> dict[int, frozenset[int]]:
    """For each part of a sentence cut at a quotation in the other alphabet, the other parts: who said it, and what was said."""
    parts: dict[int, frozenset[int]] = {}
    for index in range(1, len(document.segments)):
        before = parts.get(index - 1, frozenset({index - 1}))
        if len(before) < _MOST_PARTS and goes_on_in_other_letters(document, index):
            parts.update(dict.fromkeys(before | {index}, before | {index}))
    return {index: group - {index} for index, group in parts.items()}


def takes_back(sentence: str, claim: str) -> bool:
    """Whether the sentence denies the claim before it: "It does not.", «Однако в правительстве это опровергли.»"""
    first = first_word(sentence)
    if first in _IT:
        return (
            _denies(sentence, claim)
            or _NEVER_WAS.match(sentence) is not None
            or (_is_short(sentence) and (_NEGATES.search(sentence) or _SAYS_NONE.search(sentence)) is not None)
        )
    if first not in ADVERSATIVES:
        return False
    if _SAYS_NONE.search(sentence) and (not _HARM.search(sentence) or _HARM.search(claim)):
        return True
    return _denies(sentence, claim) or (_NEGATES.search(sentence) is not None and _is_about(sentence, claim))


def disputes(sentence: str) -> bool:
    """Whether the sentence says that something is not so, or that somebody denies it."""
    return (_DENIES.search(sentence) or _CONTESTS.search(sentence)) is not None


def _denies(sentence: str, claim: str) -> bool:
    return _DENIES.search(sentence) is not None or (_CONTESTS.search(sentence) is not None and not _VERDICT.search(claim))


def _is_about(sentence: str, claim: str) -> bool:
    """Whether half of the sentence's terms are the claim's: "But the bank did not say when." is other news about the bank."""
    told = set(terms(sentence))
    return bool(told) and 2 * len(told.intersection(terms(claim))) >= len(told)


def _is_short(sentence: str) -> bool:
    return len(sentence.split()) <= _MAX_SHORT_WORDS
