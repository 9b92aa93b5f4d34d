"""Recognise numbers that the other text tells by other means: 75 % as three quarters, the night of 5–6 March as the night to the 6th."""

import re
from collections.abc import Sequence
from decimal import Decimal

from korotko_service.fidelity.mention import NumberMention

_FRACTIONS = {
    Decimal(share): re.compile(pattern, re.IGNORECASE)
    for shares, pattern in (
        ((20,), r"\ba fifth\b|\bin five\b|п['’ʼ]ятин|пят(?:ая|ую|ой) част|\bкожн\w+\sп['’ʼ]ят|\bкажд\w+\sпят|\bіз п['’ʼ]яти|\bиз пяти"),
        ((25,), r"\bquarter\b|\bчверт|\bчетверть|\bчетверт[иь]"),
        ((33,), r"\bthird\b|\bтретин|\bтреть|\bтрети\b|\bтретью"),
        ((50,), r"\bhalf\b|\bhalve|половин|\bпів\b|\bпол"),
        ((66, 67), r"\btwo[ -]thirds\b|\bдв(?:і|ох|ом|ома)\sтретин|\bдв(?:е|ух|ум|умя)\sтрет"),
        ((75,), r"\bthree[ -](?:quarters|fourths)\b|\bтр(?:и|ьох|ьом|ьома)\sчверт|\bтр(?:и|ех|ёх|ем|ём|емя)\sчетверт"),
    )
    for share in shares
}
# A number of this kind and worth, and what else tells it: "rose by 100 %" and «зросло вдвічі».
_WORDED = {
    (kind, Decimal(value)): re.compile(pattern, re.IGNORECASE)
    for kind, value, pattern in (
        ("percent", 100, r"\bdoubl|\btwice\b|twofold|вдвічі|удвічі|подвої|вдвое|удво[ие]"),
        ("percent", 200, r"\btripl|threefold|втричі|утричі|потрої|втрое|утро[ие]"),
        ("cardinal", 3, r"\bhat-?\s?trick|хет-?трик"),
        ("ordinal", 2, r"\brunners?-up\b|віце-?чемпіон|вице-?чемпион"),
        ("cardinal", 21, r"\bhalf[ -]marathon|півмарафон|полумарафон"),
        ("date", 25, r"\bChristmas\b|Різдв|Рождеств"),
        ("month", 12, r"\bChristmas\b|Різдв|Рождеств"),
        ("month", 9, r"\b9/11\b"),
        ("year", 2001, r"\b9/11\b"),
    )
}
_SEPTEMBER = 9
_YOUTH = range(16, 24)
_UNDER, _YOUNG = re.compile(r"(?:\bunder|\b[UЮ])[ -]?\Z", re.IGNORECASE), re.compile(r"молод[іеё]ж|юнацьк|юношеск", re.IGNORECASE)
_UNDER_REACH = 8
_NEXT = re.compile(r"\s?[-–—/]\s?(?P<next>[0-9]{1,2})\b")
_NIGHT = re.compile(r"\b(?:over)?night\b|\bніч\b|\bночі\b|\bночь\b|\bночи\b", re.IGNORECASE)
_DAYS = range(1, 31)


def is_told_otherwise(text: str, mention: NumberMention, other_text: str, others: Sequence[NumberMention]) -> bool:
    """Tell whether a number that the other text lacks is there in words of no number: as a fraction, "doubled", "Christmas", "9/11".

    Or it is the evening of a night that is told by its morning, or the age of a youth team.
    """
    worded = _WORDED.get((mention.kind, mention.value))
    if worded is not None and worded.search(other_text):
        return True
    if mention.kind == "percent":
        fraction = _FRACTIONS.get(mention.value)
        return fraction is not None and fraction.search(other_text) is not None
    if mention.value == _SEPTEMBER and text.startswith("/11", mention.span.end):
        return any(other.kind == "month" and other.value == _SEPTEMBER for other in others)
    return _is_evening(text, mention, other_text, others) or _is_age_of_team(text, mention, other_text)


def _is_age_of_team(text: str, mention: NumberMention, other_text: str) -> bool:
    """ "the under-21 side" and «молодіжна збірна»"""
    if not mention.in_digits or mention.value not in _YOUTH:
        return False
    before = text[max(mention.span.start - _UNDER_REACH, 0) : mention.span.start]
    return _UNDER.search(before) is not None and _YOUNG.search(other_text) is not None


def _is_evening(text: str, mention: NumberMention, other_text: str, others: Sequence[NumberMention]) -> bool:
    following = _NEXT.match(text, mention.span.end) if mention.in_digits and mention.value in _DAYS else None
    if following is None or int(following["next"]) != mention.value + 1 or not (_NIGHT.search(text) and _NIGHT.search(other_text)):
        return False
    return any(other.value == mention.value + 1 for other in others)
