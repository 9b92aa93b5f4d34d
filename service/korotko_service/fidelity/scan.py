"""Find every number of a text, written in digits, in words or in both."""

import re
from decimal import Decimal

from korotko_service.fidelity.mention import NumberMention
from korotko_service.fidelity.months import is_certain, month
from korotko_service.fidelity.notation import multiply
from korotko_service.fidelity.number_words import NumberWord, Part, fold
from korotko_service.fidelity.numerals import Numeral
from korotko_service.fidelity.romans import roman
from korotko_service.fidelity.surroundings import is_exponent, kind_of, letter_scales, more_readings, share_ranges
from korotko_service.fidelity.tokens import Token, joined, tokens
from korotko_service.text.document import Span

_WHOLE = Decimal(2)  # a hint below it is a fraction: half, a quarter, one and a half
_LAST_DAY, _MONTHS = 31, 12
_LEAST_SCALE = 1000
_HALVES = {
    "en": (("and", "a", "half"),),
    "uk": (("з", "половиною"), ("із", "половиною")),
    "ru": (("с", "половиной"),),
}


def scan(text: str, language: str) -> list[NumberMention]:
    """Give every mention in the order of the text, the uncertain ones included."""
    found: list[NumberMention] = []
    row, at = tokens(text, language), 0
    while at < len(row):
        if row[at].plain:
            at += 1
            continue
        mentions, at = _read(text, row, at, language)
        found.extend(mentions)
    return share_ranges(text, found)


def _read(text: str, row: list[Token], at: int, language: str) -> tuple[list[NumberMention], int]:
    token = row[at]
    if token.kind == "date":
        return _date(token), at + 1
    if token.kind in ("phone", "version"):
        return [_mention(text, token.start, token.end, "code", token.readings)], at + 1
    if token.kind != "word" or (token.word is not None and token.word.part is not Part.HINT):
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
    if word.value >= _WHOLE or not word.value or scale is None or scale.part is not Part.SCALE:
        return [_mention(text, row[at].start, row[at].end, "cardinal", word.readings, certain=False)], at + 1
    return [_mention(text, row[at].start, row[end].end, "cardinal", (multiply(word.value, scale.value),))], end + 1


def _name(text: str, row: list[Token], at: int, language: str) -> list[NumberMention]:
    """Read a month, or a Roman numeral."""
    token = row[at]
    number = month(token.text, language)
    if number is not None:
        beside = any(0 <= near < len(row) and row[near].kind != "word" for near in (at - 1, at + 1))
        certain = is_certain(token.text, language, beside_number=beside)
        return [_mention(text, token.start, token.end, "month", (Decimal(number),), certain=certain)]
    value = roman(token.text)
    return [_mention(text, token.start, token.end, "ordinal", (Decimal(value),), certain=False)] if value else []


def _date(token: Token) -> list[NumberMention]:
    """Take 24.02.2027, 2/24/2027 or 2027-02-24 apart; where day and month may each be the other, they stand for each other."""
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
    numeral, end = _spell(text, row, at, language)
    first, last = row[at], row[end - 1]
    digits = first.kind != "word"
    values = _values(numeral, row, at, end)
    values += letter_scales(text, last) if digits and end - at == 1 else ()
    near = [row[place] for place in (at - 1, end) if 0 <= place < len(row)]
    beside_month = any(month(token.text, language) for token in near)
    kind = _kind(text, row[at:end], numeral, beside_month=beside_month)
    values = more_readings(text, last, kind, values)
    certain = not is_exponent(text, first) if digits else kind == "scale" or (numeral.counted and numeral.value > 1)
    return [_mention(text, first.start, last.end, kind, values, certain=certain)], end


def _kind(text: str, own: list[Token], numeral: Numeral, *, beside_month: bool) -> str:
    if numeral.ordinal:
        return "ordinal"
    if not numeral.counted and numeral.value >= _LEAST_SCALE:
        return "scale"
    if own[0].kind == "plain" and numeral.value <= _LAST_DAY and beside_month:
        return "date"
    return kind_of(text, own[0], own[-1], numeral.value)


def _spell(text: str, row: list[Token], at: int, language: str) -> tuple[Numeral, int]:
    """Take words and digits from `at` on for as long as they make one number; at least one is taken."""
    numeral, end = Numeral(), at
    while end < len(row) and (end == at or joined(text, row[end - 1], row[end])):
        length = _step(numeral, text, row, end, language)
        if not length:
            break
        end += length
    return numeral, max(end, at + 1)


def _step(numeral: Numeral, text: str, row: list[Token], at: int, language: str) -> int:
    """Count the tokens that go on with the number; 0 ends it."""
    if _take(numeral, text, row, at, language) or (language == "en" and _english_and(numeral, row, at)) or _is_ending(text, row, at):
        return 1
    half = _half(row, at, language) if numeral.counted else 0
    if half:
        numeral.take_half()
    return half


def _is_ending(text: str, row: list[Token], at: int) -> bool:
    """Tell whether the token is the written-out ending of the digits before a scale, as in "2-х мільйонів"."""
    if at == 0 or at + 1 >= len(row) or row[at - 1].kind == "word" or len(row[at].text) > 2 or not row[at].text.islower():
        return False
    scale = row[at + 1].word
    return text[row[at - 1].end : row[at].start] == "-" and scale is not None and scale.part is Part.SCALE


def _take(numeral: Numeral, text: str, row: list[Token], at: int, language: str) -> bool:
    token = row[at]
    if token.word is not None:
        return token.word.part is not Part.HINT and numeral.take(token.word)
    if token.kind in ("word", "date", "phone", "version"):
        return False
    following = row[at + 1] if at + 1 < len(row) and joined(text, token, row[at + 1]) else None
    if numeral.total and following is not None and month(following.text, language):
        return False  # «5 тисяч 25 лютого»
    scale = following.word.value if following and following.word and following.word.part is Part.SCALE else None
    return numeral.take_digits(token.readings[0], scale)


def _english_and(numeral: Numeral, row: list[Token], at: int) -> bool:
    """Tell whether "and" goes on with the number, as in "two hundred and five"."""
    following = row[at + 1].word if at + 1 < len(row) else None
    if fold(row[at].text) != "and" or following is None or following.part not in (Part.CARDINAL, Part.ORDINAL):
        return False
    return numeral.after_hundred and following.value < 100


def _half(row: list[Token], at: int, language: str) -> int:
    """Count the tokens of "and a half"."""
    for words in _HALVES[language]:
        if tuple(fold(token.text) for token in row[at : at + len(words)]) == words:
            return len(words)
    return 0


def _values(numeral: Numeral, row: list[Token], at: int, end: int) -> tuple[Decimal, ...]:
    """Give the number's value, and those that an ambiguous group of digits would make of it."""
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
