"""Tell which sentences mislead without a neighbour: those that lean on the one before, and those that the next one takes back."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set as AbstractSet
from typing import TypeVar

from korotko_service.text.datelines import entry_time
from korotko_service.text.document import Document, SegmentKind
from korotko_service.text.headlines import headline
from korotko_service.text.wordlists import ADVERSATIVES, DANGLING_OPENINGS, DATE_WORDS
from korotko_service.text.words import terms

K = TypeVar("K", bound=Hashable)

_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
# "This week", «в этом сезоне», «после того, как …», «для того чтобы …»: when, or what follows.
_OF_ITS_OWN = (
    r"(?!,? (?:ро(?:ку|ці)|тижн[яі]|місяц[яі]|сезон[уіае]|літа|разу|дня|часу|году?|года|неделе|месяц[ае]|лета|раза|времени"
    r"|як|щоби?|как|что|чтобы?)\b)"
)
# "On it was …", «На ней была …», «За його словами, …», «При этом …»: what is meant stands in the sentence before.
_LEANING_PHRASE = re.compile(
    r"\W*(?:"
    r"(?:according to|in|on|at|with|from|of|to|by|for|among|after|before|under|behind|without|because of|despite|like|unlike|besides)"
    r" (?:him|her|it|them|this|that|these|those)\b(?! (?:week|month|year|time|day|morning|summer|spring|autumn|winter|season))"
    r"|(?:за|на|у|в|з|із|зі|до|від|по|при|про|для|під|над|між|через|після|перед|без|серед|крім|завдяки|замість)"
    r" (?:нього|неї|ньому|нім|ній|ним|нею|ними|них|його|її|їх|їхніми|того|цього|цим|цьому)\b"
    rf"{_OF_ITS_OWN}"
    r"|(?:за|на|в|во|с|со|из|у|к|ко|от|по|при|о|об|обо|для|под|над|между|через|после|перед|до|без|среди|кроме|благодаря|вместо|помимо)"
    r" (?:него|неё|нее|нём|нем|ней|ним|ними|них|нему|нею|его|её|ее|их|того|этого|этом|этим|тем)\b"
    rf"{_OF_ITS_OWN}"
    # "Most of them …", «Двоє з них …», «Відповідне рішення …».
    r"|[^\W\d_]+ (?:of them|(?:із|з|из) них)\b|(?:відповідн(?:ий|а|е|і|у|ого|ої|их)|соответствующ(?:ий|ая|ее|ие|ую|его|ей|их))\b"
    # Of whom a Ukrainian or Russian sentence tells without a subject: «Окончил мединститут, работает в больнице.»
    r"|(?:окончил|закінчи(?:в|ла)|учил(?:ся|ась)|навча(?:вся|лася)|работал|працюва(?:в|ла)|служи(?:л|в)|обійма(?:в|ла)|занимал)а?\b"
    r"|there,? (?:he|she|they)\b"
    r"|(?:тим|тем) (?:часом|временем)\b|в частности\b|вместе с тем\b|разом (?:і|з|із) тим\b|as a result,|for (?:example|instance),"
    r"|наприклад,|например,)",
    re.IGNORECASE,
)
# "After he was arrested, …", «Коли її затримали, …», «Дату его подписания …»: whom, unless a name says it later in the sentence.
_LEANING_CLAUSE = re.compile(
    r"\W*(?:(?:after|before|when|while|because|since|until|once|although|though|if|as) (?:he|she|they|his|her|their)\b"
    r"|(?:коли|після того,? як|перш ніж|поки|доки|якщо|оскільки|бо|хоча|щойно) (?:він|вона|вони|його|її|їх|йому|їй|їм)\b"
    r"|(?:когда|после того,? как|прежде чем|пока|если|поскольку|так как|хотя|едва) (?:он|она|они|его|её|ее|их|ему|ей|им)\b"
    # "Police arrested him", «Поліція затримала його»: whoever does it is somebody else.
    r"|(?:the )?[a-z]{3,} [a-z]{3,} (?:him|them)\b"
    r"|(?:[^\W\d_]{3,} )?[^\W\d_]+(?<=ав|ив|їв|ув|ла|ло|ли|ал|ил|ел|ят|ют|ть) (?:його|її|йому|їй|їх|его|её|ее|ему|ей|их)\b"
    r"|[^\W\d_]+ (?:його|її|йому|їй|его|её|ее|ему|ей)\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\s«“\"(])[A-ZА-ЯІЇЄҐЁ][\w'’ʼ-]+")
_NONE = r"nobody|no one|none|nothing|never|ніхто|нікого|ніколи|жодн\w+|никто|никого|никогда"
_DENIAL = (
    r"false|falsely|untrue|incorrect|fake|hoax|myth|debunked|refuted|acquitted|cleared of|overturned|quashed|retracted|withdrawn"
    r"|неправд\w+|хибн\w+|фейк\w*|спрост\w+|виправда\w+|невинуват\w+|вигадк\w+"
    r"|ложь|ложн\w+|опров[её]рг\w*|опроверж\w+|оправда\w+|невиновн\w+|вымысел|выдумк\w+"
)
_DENIES = re.compile(rf"\b(?:{_DENIAL})\b", re.IGNORECASE)
# What the accused says takes back an accusation, but no verdict: "The court jailed Smith for five years. He denied the charges."
_CONTESTS = re.compile(r"\b(?:den(?:y|ies|ied)|disputed|innocent|запереч\w+|отриц\w+)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:convict|jailed|sentenced|found guilty|imprisoned|засуд|ув.язн|визна\w+ винн|заарешт|приговор|осуд|осужд|призна\w+ виновн"
    r"|арестова)",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(rf"\b(?:{_NONE})\b", re.IGNORECASE)
# "It never happened, the ministry said."; "She has never lost there." and "He said nobody was hurt." take nothing back.
_NEVER_WAS = re.compile(r"\W*(?:it|this|that|це|то|это) (?:never|ніколи|никогда)\b", re.IGNORECASE)
# "But nobody was hurt." takes back only a claim that somebody was.
_HARM = re.compile(
    r"\b(?:died|dead|deaths?|kill|hurt|injur|harm|wound|casualt|victim|загину|загибл|постражда|поранен|травм|жертв|погиб|пострада|ранен|убит|вбит)",
    re.IGNORECASE,
)
_NEGATES = re.compile(r"\b(?:not|no|cannot|не|ні|нет|ни)\b|n['’]t\b", re.IGNORECASE)
_IT = frozenset({"it", "this", "that", "they", "he", "she", "це", "то", "это"})
_MAX_SHORT_WORDS = 4

# "- Pensions. They rise in March.": what the item is about.
_MAX_LABEL_WORDS = 3
_TOLD_KINDS = (SegmentKind.SENTENCE, SegmentKind.LIST_ITEM)
_BEFORE_AN_ITEM = (SegmentKind.HEADLINE, SegmentKind.BYLINE)

_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+|[ \u00a0\u202f]\d{3}\b)*")
_LEAST_LETTERS = 4


def company(document: Document, indices: Iterable[int]) -> dict[int, frozenset[int]]:
    """For each of the segments that misleads alone the indices of those that it needs beside it.

    The first one of the article and the one behind its title lean on nothing, because readers of a brief mostly see the title above it.
    """
    openings, items = (0, headline(document).stop), _openings_of_items(document)
    needs = {index: _needed(document, index, opens=index in openings) | items.get(index, frozenset()) for index in indices}
    return {index: needed for index, needed in needs.items() if needed}


def accompanied(there: Sequence[K], needs: Mapping[K, AbstractSet[K]]) -> list[K]:
    """Those that have among them all that they need."""
    kept = list(there)
    while alone := [each for each in kept if not needs.get(each, frozenset()) <= set(kept)]:
        kept = [each for each in kept if each not in alone]
    return kept


def _needed(document: Document, index: int, *, opens: bool) -> frozenset[int]:
    text = document.segment_text(index)
    needed = {index - 1} if not opens and leans_on_the_one_before(text) else set[int]()
    if index + 1 < len(document.segments) and (
        takes_back(document.segment_text(index + 1), text) or (text.endswith(":") and document.segments[index + 1].kind in _TOLD_KINDS)
    ):
        needed.add(index + 1)
    return frozenset(needed)


def _openings_of_items(document: Document) -> dict[int, frozenset[int]]:
    """For each further sentence of an item the one that opens it: behind other news it would be read as about that.

    An item is one of a list, or the paragraph behind a subheading, or behind or with the time of a live blog's entry; the paragraph at
    the top is none.
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


def leans_on_the_one_before(sentence: str) -> bool:
    """Whether only the sentence before tells who or when: it opens with a word such as "However," or "Він", or is little but figures."""
    first = _first_word(sentence)
    return (
        first in DANGLING_OPENINGS or _LEANING_PHRASE.match(sentence) is not None or _is_bare_figures(sentence) or _names_nobody(sentence)
    )


def _names_nobody(sentence: str) -> bool:
    """Whether a pronoun near the opening has no name behind it in the sentence; one further inside mostly has its person before it."""
    match = _LEANING_CLAUSE.match(sentence)
    return match is not None and all(name.casefold() in DATE_WORDS for name in _NAME.findall(sentence, match.end()))


def takes_back(sentence: str, claim: str) -> bool:
    """Whether the sentence denies the claim that stands before it: "It does not.", «Однако в правительстве это опровергли.»"""
    first = _first_word(sentence)
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


def _denies(sentence: str, claim: str) -> bool:
    return _DENIES.search(sentence) is not None or (_CONTESTS.search(sentence) is not None and not _VERDICT.search(claim))


def _first_word(sentence: str) -> str:
    first = _FIRST_WORD.match(sentence)
    return first.group(1).casefold() if first else ""


def _is_about(sentence: str, claim: str) -> bool:
    """Whether half of the sentence's terms are the claim's: "But the bank did not say when." is other news of the bank."""
    told = set(terms(sentence))
    return bool(told) and 2 * len(told.intersection(terms(claim))) >= len(told)


def _is_short(sentence: str) -> bool:
    return len(sentence.split()) <= _MAX_SHORT_WORDS


def _is_bare_figures(sentence: str) -> bool:
    """ "Max 9C, min 3C.", «Вночі –22 °C, вдень –14 °C.»: several numbers and hardly more words. «ЦБ поднял ставку до 21%.» has one."""
    numbers = len(_NUMBER.findall(sentence))
    words = sum(len(word) >= _LEAST_LETTERS for word in _LETTERS.findall(sentence))
    return numbers > 1 and words <= numbers + 1 and words <= _LEAST_LETTERS
