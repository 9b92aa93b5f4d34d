"""Let neighbouring numbers lend each other what is said once: the scale of "10–15 million", the century of "1941–45"."""

import re
from dataclasses import replace
from decimal import Decimal

from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.notation import add, clock, multiply
from korotko_service.text.document import Span

_YEAR = 4  # digits
_HOURS, _HALVES = 12, ("пів", "половин")
_FIRST_CENTURY, _LAST_CENTURY = 13, 20
_TEN, _HUNDRED, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)
_SCALES = (Decimal(1000), Decimal(10**6), Decimal(10**9), Decimal(10**12))
_BUNDLES = {"десят": 10, "дюжин": 12, "dozen": 12}
_NO_NOUN = re.compile(r"\s*(?:[.,;:!?)]|$)")
_OR_MORE = re.compile(r"\s(?:and|or|і|й|та|або|чи|и|или)\s(?:more|fewer|less|більше|менше|более|больше|менее|меньше)\s", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–—/]\s?|\s(?:to|or|and|до|або|и|или|і|й|та)\s")


def share_ranges(text: str, found: list[NumberMention]) -> list[NumberMention]:
    """Let the ends of a range lend each other what is said once: the scale of "10–15 million", the century of "1941–45"."""
    shared = list(found)
    for at in range(len(found) - 1):
        left, right = found[at], found[at + 1]
        if right.kind == "scale" and _OR_MORE.fullmatch(text, left.span.end, right.span.start):
            shared[at] = replace(left, readings=(*left.readings, multiply(left.value, right.value)))
            shared[at + 1] = replace(right, certain=False)
            continue
        if about := _about(text, left, right):
            shared[at] = replace(left, certain=False)
            shared[at + 1] = replace(right, value=about, readings=(about, right.value))
            continue
        if half_hour := _half_hour(text, left, right):
            shared[at + 1] = replace(right, readings=(*right.readings, *half_hour))
            continue
        if told := _year_in_words(text, left, right):
            whole = Span(start=left.span.start, end=right.span.end)
            shared[at] = replace(left, certain=False)
            shared[at + 1] = replace(
                right, value=told, kind="year", readings=(told, right.value), span=whole, text=text[whole.start : whole.end]
            )
            continue
        if _is_decade_of(text, left, right):
            shared[at] = replace(left, certain=False)
            shared[at + 1] = replace(right, readings=(*right.readings, left.value * 100 + right.value))
            continue
        if told := _tens(text, left, right):
            shared[at + 1] = replace(right, readings=(*right.readings, told))
            continue
        if unsaid := _unsaid_scale(text, left, right):
            shared[at + 1] = replace(right, readings=(*right.readings, unsaid))
            continue
        if right.span.start - left.span.end > 6 or not _RANGE.fullmatch(text, left.span.end, right.span.start):
            continue
        if lent := (*_lent_scale(left, right), *_lent_years(left, right)):
            shared[at] = replace(shared[at], readings=(*shared[at].readings, *lent))
        if year := _lent_century(left, right):
            shared[at + 1] = replace(shared[at + 1], value=year[0], readings=(*year, *shared[at + 1].readings))
    return shared


def _about(text: str, left: NumberMention, right: NumberMention) -> Decimal | None:
    """The value of «тысяч на тридцать», «мільйонів на сто п'ятдесят»: about so many thousand or million."""
    if left.kind != "scale" or text[left.span.end : right.span.start] != " на " or right.kind != "cardinal" or right.value >= _THOUSAND:
        return None
    return multiply(left.value, right.value)


def _half_hour(text: str, left: NumberMention, right: NumberMention) -> tuple[Decimal, ...]:
    """Both readings of «пів на шосту», «в половине шестого»: half past five."""
    if right.kind != "ordinal" or right.in_digits or not 1 <= right.value <= _HOURS or not left.text.lower().startswith(_HALVES):
        return ()
    return clock(f"{int(right.value) - 1}:30") if text[left.span.end : right.span.start] in (" ", " на ") else ()


def _year_in_words(text: str, left: NumberMention, right: NumberMention) -> Decimal | None:
    """Read "nineteen eighty-four" and "nineteen oh five", but not "twenty fifty-dollar notes"."""
    if left.in_digits or right.in_digits or not left.kind == right.kind == "cardinal" or not _FIRST_CENTURY <= left.value <= _LAST_CENTURY:
        return None
    least, most = {" ": (10, 99), " oh ": (1, 9)}.get(text[left.span.end : right.span.start], (1, 0))
    is_part = text[right.span.end : right.span.end + 1] == "-"
    return left.value * 100 + right.value if least <= right.value <= most and not is_part else None


def _is_decade_of(text: str, left: NumberMention, right: NumberMention) -> bool:
    """Tell whether the two are a decade with its century: "the nineteen-thirties"."""
    if left.in_digits or not right.text.lower().endswith("ties") or text[left.span.end : right.span.start] not in (" ", "-"):
        return False
    return _FIRST_CENTURY <= left.value <= _LAST_CENTURY


def _tens(text: str, left: NumberMention, right: NumberMention) -> Decimal | None:
    """Read «два десятки», "three dozen"."""
    if right.certain or not 1 < left.value < _TEN or text[left.span.end : right.span.start] != " ":
        return None
    each = next((size for opening, size in _BUNDLES.items() if right.text.lower().startswith(opening)), None)
    return left.value * each if each else None


def _unsaid_scale(text: str, left: NumberMention, right: NumberMention) -> Decimal | None:
    """What "two hundred million, with debts of nine hundred" leaves out: no noun follows, so the number takes the scale before it."""
    if left.in_digits or right.in_digits or right.kind != "cardinal" or not 100 <= right.value < 1000 or left.kind == "scale":
        return None
    if _NO_NOUN.match(text, right.span.end) is None or left.text[-1].isdigit():
        return None
    return next((multiply(right.value, scale) for scale in _SCALES if scale <= left.value < scale * 1000), None)


def _lent_scale(left: NumberMention, right: NumberMention) -> tuple[Decimal, ...]:
    if left.value < _TEN and not right.in_digits and right.value < _THOUSAND and right.value % _HUNDRED == 0:
        return (multiply(left.value, _HUNDRED),)  # "two or three hundred"
    for scale in _SCALES:
        if left.value < 1000 and scale <= right.value < scale * 1000 and _has_scale(right):
            return (multiply(left.value, scale),)
    return ()


def _has_scale(mention: NumberMention) -> bool:
    """Tell whether a number is worth more than its digits: "15 million", the 15 of "$15m"."""
    return not mention.text[-1].isdigit() or mention.value > 10 ** len(mention.text)


def _lent_century(left: NumberMention, right: NumberMention) -> tuple[Decimal, ...]:
    """The second year in full, of which "1941–45", "1943–6" and "2007–08" leave out a part."""
    is_year = left.kind == "year" or (left.kind == "code" and len(left.text) == _YEAR)
    if not is_year or not right.text.isdecimal() or len(right.text) > 2:
        return ()
    return (add(left.value - left.value % 10 ** len(right.text), right.value),)


def _lent_years(left: NumberMention, right: NumberMention) -> tuple[Decimal, ...]:
    """What the second year says of the first: «у 14–15-му роках», «1960–1970-е»."""
    if left.kind == right.kind == "year" and right.value % 100 in right.readings[1:]:
        return (left.value % 100,)
    if right.kind != "ordinal" or not left.text.isdecimal() or len(left.text) != 2 or right.value + 1900 not in right.readings:
        return ()
    return (add(left.value, Decimal(1900)), add(left.value, Decimal(2000)))
