"""Find every number of a text, written in digits, in words or in both."""

import re
from decimal import Decimal
from functools import lru_cache

from korotko_service.fidelity.numbers.clock_words import clock_words
from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.months import is_certain, month
from korotko_service.fidelity.numbers.neighbours import share_ranges
from korotko_service.fidelity.numbers.notation import multiply
from korotko_service.fidelity.numbers.number_words import NumberWord, Part
from korotko_service.fidelity.numbers.numerals import Numeral
from korotko_service.fidelity.numbers.phrases import phrases
from korotko_service.fidelity.numbers.romans import roman
from korotko_service.fidelity.numbers.spelling import is_seven, spell
from korotko_service.fidelity.numbers.surroundings import is_exponent, kind_of, letter_scales, more_readings
from korotko_service.fidelity.numbers.tokens import Token, tokens
from korotko_service.text.document import Span

_WHOLE = Decimal(2)  # a hint below it is a fraction: half, a quarter, one and a half
_LAST_DAY, _MONTHS = 31, 12
_LEAST_SCALE = 1000
_LONG = 2000  # characters
CENTURY = re.compile(r"[\s-](?:centur|столі|сторіч|столет|век(?:[ауеи]|ом|ов|а[хм]и?)?\b|вік\b|віку\b|віці\b|ст\.)", re.IGNORECASE)


def scan(text: str, language: str) -> list[NumberMention]:
    """Give every mention in the order of the text, the uncertain ones included."""
    return list((_of_long if len(text) > _LONG else _of_short)(text, language))


def _scanned(text: str, language: str) -> tuple[NumberMention, ...]:
    found: list[NumberMention] = []
    row, at = tokens(text, language), 0
    while at < len(row):
        if row[at].plain:
            at += 1
            continue
        mentions, at = _read(text, row, at, language)
        found.extend(mentions)
    told = phrases(text, language)
    if any(not mention.in_digits for mention in found) or (language == "ru" and "пол" in text):  # «полчетвёртого» is no number word
        found = _with_times(found, clock_words(text, language))
    shared = share_ranges(text, found)
    return tuple(sorted((*shared, *told), key=lambda mention: mention.span.start) if told else shared)


# A source is compared with each target and each try, a brief with two others; a mend needs both again. Of long texts only a source and its
# translation are kept: one of nothing but numbers takes 37 MB.
_of_short, _of_long = lru_cache(maxsize=16)(_scanned), lru_cache(maxsize=2)(_scanned)


def _with_times(found: list[NumberMention], times: list[NumberMention]) -> list[NumberMention]:
    """Put each time in place of the numbers that it is made of."""
    if not times:
        return found
    apart = [each for each in found if not any(each.span.start < time.span.end and time.span.start < each.span.end for time in times)]
    return sorted([*apart, *times], key=lambda mention: mention.span.start)


def _read(text: str, row: list[Token], at: int, language: str) -> tuple[list[NumberMention], int]:
    token = row[at]
    if token.kind == "date":
        return _date(token), at + 1
    if token.kind in ("phone", "version"):
        return [_mention(text, token.start, token.end, "code", token.readings)], at + 1
    if token.kind != "word" or (token.word is not None and token.word.part is not Part.HINT):
        return _numeral(text, row, at, language)
    if is_seven(row, at):
        return _numeral(text, row, at, language)
    if token.word is not None:
        return _hint(text, row, at, token.word)
    return _name(text, row, at, language), at + 1


def _hint(text: str, row: list[Token], at: int, word: NumberWord) -> tuple[list[NumberMention], int]:
    """Read a word that may be a number, or a fraction of a scale: "half a million", "півтора мільярда"."""
    end = at + 1
    while end < min(len(row), at + 3) and row[end].text.lower() in ("of", "a"):
        end += 1
    scale = row[end].word if end < len(row) else None
    if word.value >= _WHOLE or not word.value or scale is None or scale.part not in (Part.SCALE, Part.HUNDRED):
        return [_mention(text, row[at].start, row[at].end, "cardinal", word.readings, certain=False)], at + 1
    return [_mention(text, row[at].start, row[end].end, "cardinal", (multiply(word.value, scale.value),))], end + 1


def _name(text: str, row: list[Token], at: int, language: str) -> list[NumberMention]:
    """Read a month, or a Roman numeral."""
    token = row[at]
    number = month(token.text, language)
    if number is not None:
        beside = any(0 <= near < len(row) and row[near].kind != "word" for near in (at - 1, at + 1))
        certain = is_certain(token.text, language, beside_number=beside or _is_in_a_month(row, at))
        certain = certain and (beside or not _is_person(text, row, at))
        return [_mention(text, token.start, token.end, "month", (Decimal(number),), certain=certain)]
    value = roman(token.text)
    kind = "century" if CENTURY.match(text, token.end) else "ordinal"
    return [_mention(text, token.start, token.end, kind, (Decimal(value),), certain=kind == "century")] if value else []


def _is_in_a_month(row: list[Token], at: int) -> bool:
    """Tell whether травні is the month, as in «у травні», «минулому травні», and not digestive, as enzymes are."""
    if row[at].text.lower() != "травні" or at == 0:
        return False
    before = row[at - 1].text.lower()
    return before in ("у", "в", "і", "й", "та", "чи", "або") or before.endswith("ому") or month(before, "uk") is not None


def _is_person(text: str, row: list[Token], at: int) -> bool:
    """Tell whether the month is rather somebody's second given name, as in "and Ernst August of Hanover"."""
    if at < 2 or row[at].text != "August" or text[row[at - 1].end : row[at].start] != " ":
        return False
    before, gap = row[at - 1].text, text[row[at - 2].end : row[at - 1].start]
    return before.istitle() and gap == " " and row[at - 2].text.islower() and month(before, "en") is None


def _date(token: Token) -> list[NumberMention]:
    """Take 24.02.2027, 2/24/2027 or 2027-02-24 apart; where day and month may be either way round, each stands for both."""
    parts = [(found.start() + token.start, found.group()) for found in re.finditer("[0-9]+", token.text)]
    both = tuple(Decimal(digits) for _, digits in parts if len(digits) < 4)
    unclear = max(both) <= _MONTHS
    months = tuple(value for value in both if 1 <= value <= _MONTHS)
    mentions = []
    for start, digits in parts:
        kind = "date" if len(digits) < 4 else "year"
        if kind == "date" and not unclear and Decimal(digits) in months:
            continue
        span = Span(start=start, end=start + len(digits))
        values = both if kind == "date" and unclear else (Decimal(digits),)
        mentions.append(NumberMention(value=Decimal(digits), kind=kind, span=span, text=digits, readings=values))
    if months:
        span = Span(start=token.start, end=token.end)
        mentions.append(NumberMention(value=months[0], kind="month", span=span, text=token.text, readings=months, certain=not unclear))
    return mentions


def _numeral(text: str, row: list[Token], at: int, language: str) -> tuple[list[NumberMention], int]:
    numeral, end = spell(text, row, at, language)
    first, last = row[at], row[end - 1]
    digits = first.kind != "word"
    values = _values(numeral, row, at, end)
    values = letter_scales(text, last, values) if digits and end - at == 1 else values
    values = (*values, *_hundreds_of(numeral, first, last)) if not digits else values
    near = [row[place] for place in (at - 1, end) if 0 <= place < len(row)]
    beside_month = any(month(token.text, language) for token in near)
    kind = _kind(text, row[at:end], numeral, beside_month=beside_month)
    kind = "century" if kind == "ordinal" and CENTURY.match(text, last.end) else kind
    values = more_readings(text, last, kind, values)
    counts = (kind == "scale" and not _is_yew(text, first)) or (numeral.counted and numeral.value > 1)
    certain = not is_exponent(text, first) if digits else counts
    return [_mention(text, first.start, last.end, kind, values, certain=certain)], end


def _hundreds_of(numeral: Numeral, first: Token, last: Token) -> tuple[Decimal, ...]:
    """The thousands of «сотні тисяч», which English distinguishes: "hundreds of thousands"."""
    scale = last.word.value if last.word and last.word.part is Part.SCALE else None
    return (scale,) if scale and not numeral.counted and first.text.lower().startswith("сот") else ()


def _is_yew(text: str, token: Token) -> bool:
    """Tell the tree тис from the thousand, which has a full stop."""
    return token.text.lower() == "тис" and text[token.end : token.end + 1] != "."


def _kind(text: str, own: list[Token], numeral: Numeral, *, beside_month: bool) -> str:
    if numeral.ordinal:
        return "ordinal"
    if not numeral.counted and numeral.value >= _LEAST_SCALE:
        return "scale"
    if own[0].kind == "plain" and numeral.value <= _LAST_DAY and beside_month:
        return "date"
    return kind_of(text, own[0], own[-1], numeral.value)


def _values(numeral: Numeral, row: list[Token], at: int, end: int) -> tuple[Decimal, ...]:
    """Give the number's value, and the others that it would have by an ambiguous group of digits."""
    first, last = row[at], row[end - 1]
    if end - at == 1 and first.readings:
        return first.readings
    if end - at != 2 or first.kind == "time" or last.word is None:
        return (numeral.value,)
    scale = last.word.value
    return (numeral.value, *(multiply(value, scale) for value in first.readings[1:]))


def _mention(text: str, start: int, end: int, kind: str, values: tuple[Decimal, ...], *, certain: bool = True) -> NumberMention:
    span = Span(start=start, end=end)
    return NumberMention(value=values[0], kind=kind, span=span, text=text[start:end], readings=values, certain=certain)
