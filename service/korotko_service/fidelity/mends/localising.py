"""Numbers and dates of a source that can be put into a translation as they are, written as the target language writes them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from korotko_service.fidelity.mends.centuries import century, in_figures
from korotko_service.fidelity.numbers.mention import NumberMention
from korotko_service.fidelity.numbers.millions import are_millions
from korotko_service.fidelity.numbers.notation import DIGITS, SPACES, ungrouped
from korotko_service.fidelity.numbers.scan import CENTURY, scan
from korotko_service.fidelity.pieces.protection import Kind, Protected
from korotko_service.fidelity.units.forms import is_sign, written
from korotko_service.fidelity.units.names import RATES
from korotko_service.fidelity.units.units import Unit, unit_of
from korotko_service.text.document import Span

_NO_BREAK = "\u00a0"
# Abbreviations have no case endings, so they are right in any sentence; English has one form for all.
_SCALES = {
    "en": {3: "thousand", 6: "million", 9: "billion", 12: "trillion"},
    "uk": {3: "тис.", 6: "млн", 9: "млрд", 12: "трлн"},
    "ru": {3: "тыс.", 6: "млн", 9: "млрд", 12: "трлн"},
}
# A day stands with its month in the genitive, whatever the sentence: «24 лютого», «24 февраля».
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
}
_SHORTENED = re.compile(r"\b(?:тис|тыс)\Z")
_KEPT_WHOLE = frozenset({"date", "phone"})
_KEPT_AS_THEY_ARE = frozenset({"date", "time", "phone", "version", "fraction"})
_LEAST_IN_WORDS = 11  # up to ten a translator writes words, which have cases
_MOST_IN_WORDS = 100
_LAST_CENTURY = 39
_CENTURY_WORD = re.compile(rf"(?:{CENTURY.pattern})\w*", re.IGNORECASE)
_CENTURIES = re.compile(r"(?:ях|ями|ть|ах|ами|ов|ий)\Z")
_SIGNS = "$€£¥₴₽"
_LATIN = re.compile(r"(?<![\w-])[A-Z][A-Za-z]{1,40}(?![\w-])")


def carriable(text: str, source_language: str, target_language: str) -> tuple[Protected, ...]:
    """Each number in digits, date or two-digit number word of `text`, in order, with its spelling in the target language.

    Centuries are "18th century" or XVIII. Left out is what depends on the sentence: other ordinals, what is glued to letters, numbers whose
    notation is ambiguous ("12,400" in Ukrainian), months without a day. A currency sign or "%" that touches the number goes with it, and so
    does a unit that is written as a sign.
    """
    whole = [(Span.of(match), match.group()) for match in DIGITS.finditer(text) if match.lastgroup in _KEPT_WHOLE]
    whole += [_century(text, each.span, century(each.number, target_language), target_language) for each in in_figures(text)]
    mentions = [each for each in scan(text, source_language) if each.certain and each.kind not in ("scale", "code")]
    apart = [each for each in mentions if not any(span.start <= each.span.start < span.end for span, _ in whole)]
    spelled = whole + list(_spelled(text, apart, source_language, target_language))
    found: list[Protected] = []
    for span, spelling in sorted(spelled):
        piece = _dressed(text, span, spelling)
        if not _touches_word(text, piece.span) and (not found or piece.span.start >= found[-1].span.end):
            found.append(piece)
    return tuple(found)


def latin_names(text: str) -> tuple[Protected, ...]:
    """The words in Latin letters with a capital, in order: in a Cyrillic text they are names that keep their spelling."""
    return tuple(Protected(span=Span.of(match), text=match.group(), kind=Kind.TERM) for match in _LATIN.finditer(text))


def _spelled(text: str, mentions: list[NumberMention], source: str, target: str) -> Iterator[tuple[Span, str]]:
    taken = 0
    for mention, following in pairwise([*mentions, None]):
        if mention is None or mention.span.start < taken:
            continue
        if following is not None and (day := _day_and_month(text, mention, following, target)):
            taken = following.span.end
            yield Span(start=mention.span.start, end=taken), day
        elif spelled := _number(mention, source, target):
            is_century = mention.kind == "century"
            yield _century(text, mention.span, spelled, target) if is_century else _with_unit(text, mention, spelled, source, target)


def _century(text: str, span: Span, spelled: str, target: str) -> tuple[Span, str]:
    """The number, in English with its word, which has no cases there: of "in XQ1 столітті" a model keeps the mask alone."""
    word = _CENTURY_WORD.match(text, span.end) if target == "en" else None
    if word is None or text[span.end] == "-":
        return span, spelled
    ends = text.endswith(".", span.end, word.end()) and not text[word.end() :].strip("»”\"')")
    end = word.end() - ends  # a full stop there is the sentence's own
    return Span(start=span.start, end=end), spelled + (" centuries" if _CENTURIES.search(text, span.end, end) else " century")


def _with_unit(text: str, mention: NumberMention, spelled: str, source: str, target: str) -> tuple[Span, str]:
    """The number with its unit, where that is written as a sign: "500 mg" and «500 мг»."""
    unit = unit_of(text, mention, source) if mention.in_digits and mention.kind in ("cardinal", "year") else None
    if unit is None or len(unit.names) > 1 or text[mention.span.end : unit.span.start].strip() or text.startswith("/", unit.span.end):
        return mention.span, spelled
    if text[unit.span.start : unit.span.end] in RATES or _may_be_millions(text, mention, unit):
        return mention.span, spelled
    (name,) = unit.names
    sign = written(name, mention.value, target) if is_sign(name) else None
    return (Span(start=mention.span.start, end=unit.span.end), f"{spelled}{_NO_BREAK}{sign}") if sign else (mention.span, spelled)


def _may_be_millions(text: str, mention: NumberMention, unit: Unit) -> bool:
    """Tell whether the m of "300m" may stand for millions as well as for metres; then the number touches a letter and is left out."""
    end = mention.span.end
    return "m" in unit.names and text.startswith("m", end) and are_millions(text, mention.span.start, end) is None


def _day_and_month(text: str, first: NumberMention, second: NumberMention, target: str) -> str | None:
    """Such as "24 February": day and month side by side in either order."""
    day, month = (first, second) if second.kind == "month" else (second, first)
    between = text[first.span.end : second.span.start]
    if (day.kind, month.kind) != ("date", "month") or not day.text.isdigit() or not re.fullmatch(rf"\.?[{SPACES}]", between):
        return None
    return f"{day.text} {_MONTHS[target][int(month.value) - 1]}"


def _number(mention: NumberMention, source: str, target: str) -> str | None:
    if mention.kind in ("ordinal", "month"):
        return None
    if mention.kind == "century":
        return century(int(mention.value), target) if 0 < mention.value <= _LAST_CENTURY else None
    digits = DIGITS.match(mention.text)
    if digits is None:
        in_words = mention.value == int(mention.value) and _LEAST_IN_WORDS <= mention.value < _MOST_IN_WORDS
        return str(int(mention.value)) if in_words and mention.kind == "cardinal" else None
    kind, written = digits.lastgroup or "", digits.group()
    if kind in _KEPT_AS_THEY_ARE or mention.kind == "time":
        return written if written == mention.text else None
    value = _value(kind, written, source)
    if value is None:
        return None
    if value and written != mention.text and value.scaleb((mention.value / value).adjusted()) != mention.value:
        return _grouped(mention.value, "spaced", target)  # "1 млн 200 тис.", «26 тисяч 477»
    return _grouped(value, kind, target) + _scale(mention, value, written, target)


def _value(kind: str, written: str, language: str) -> Decimal | None:
    """The value of plain digits; None where two readings are possible."""
    if kind in ("plain", "spaced"):
        return None if written[0] == "." else ungrouped(written)
    return Decimal(written.replace(",", "")) if kind == "comma" and language == "en" else None


def _grouped(value: Decimal, kind: str, target: str) -> str:
    """In groups only where the source has groups, so that years stay whole."""
    plain = f"{value:,f}" if kind in ("spaced", "comma") else f"{value:f}"
    return plain if target == "en" else plain.replace(",", _NO_BREAK).replace(".", ",")


def _scale(mention: NumberMention, value: Decimal, written: str, target: str) -> str:
    """The scale that is part of the mention; "" where there is none."""
    if written == mention.text or not value:
        return ""
    zeros = (mention.value / value).adjusted()
    return f"{_NO_BREAK}{_SCALES[target][zeros]}" if zeros in _SCALES[target] else ""


def _dressed(text: str, span: Span, spelling: str) -> Protected:
    """The number with the sign that touches it, or with the full stop of its abbreviation."""
    start = span.start - (span.start > 0 and text[span.start - 1] in _SIGNS)
    end = span.end + (text[span.end : span.end + 1] in ("%", *_SIGNS))
    behind = text[span.end : end]
    if _SHORTENED.search(text, span.start, span.end) and text.startswith(".", span.end):
        # At the end of a text it is the sentence's too, and stays.
        end, spelling = (span.end + 1, spelling) if span.end + 1 < len(text) else (end, spelling.removesuffix("."))
    return Protected(span=Span(start=start, end=end), text=text[start : span.start] + spelling + behind, kind=Kind.TERM)


def _touches_word(text: str, span: Span) -> bool:
    """Whether it is glued to letters; "17th-century" is not."""
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return _is_of_a_word(before) or (_is_of_a_word(behind) and CENTURY.match(text, span.end) is None)


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character in ("_", "-", "’", "'")
