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
_NEXT = re.compile(r"\s?[-–—/]\s?(?P<next>[0-9]{1,2})\b")
_NIGHT = re.compile(r"\b(?:over)?night\b|\bніч\b|\bночі\b|\bночь\b|\bночи\b", re.IGNORECASE)
_DAYS = range(1, 31)


def is_told_otherwise(text: str, mention: NumberMention, other_text: str, others: Sequence[NumberMention]) -> bool:
    """Tell whether a number that the other text lacks is there as a fraction, or is the evening of a night that is told by its morning."""
    if mention.kind == "percent":
        fraction = _FRACTIONS.get(mention.value)
        return fraction is not None and fraction.search(other_text) is not None
    return _is_evening(text, mention, other_text, others)


def _is_evening(text: str, mention: NumberMention, other_text: str, others: Sequence[NumberMention]) -> bool:
    following = _NEXT.match(text, mention.span.end) if mention.in_digits and mention.value in _DAYS else None
    if following is None or int(following["next"]) != mention.value + 1 or not (_NIGHT.search(text) and _NIGHT.search(other_text)):
        return False
    return any(other.value == mention.value + 1 for other in others)
