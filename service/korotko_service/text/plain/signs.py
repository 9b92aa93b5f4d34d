"""Write typographic signs in forms that models know: minus signs, the dots of "U.S.", wide digits, "m²", "CO₂", stray apostrophes."""

import re
import unicodedata
from collections.abc import Mapping

from korotko_service.text.plain.currencies import with_currencies_in_words

# Ukrainian and Russian sites print temperatures with Unicode's minus, or an en dash that joins no range. The starter turned "−18 °C" and
# "–22 °C" into "❒18 °C" and "22 °C".
_MINUS = re.compile(r"(?<![^\s(…:])(?<!\d\s)[−–](?=\d)")
_DOTTED = re.compile(r"(?<![\w.])(U\.S\.A|U\.S|U\.K|U\.N|E\.U)\.(?=(\W*)(\w?))")
# Single signs for others: wide letters and digits, bold and italic mathematical letters, Roman numerals, degrees, ligatures,
# the subscript digits of a formula, the endings of "21ˢᵗ".
_ONE_SIGN, _BELOW = "\uff01-\uff5e\u2160-\u217f\u2103\u2109\ufb00-\ufb06\U0001d400-\U0001d7ff", "\u2080-\u2089"
_RAISED = "ˢᵗⁿᵈʳʰ"
_COMPATIBLE = re.compile(f"[{_ONE_SIGN}]|(?<=[A-Za-z)])[{_BELOW}]+|(?<=\\d)[{_RAISED}]{{2}}")
# Soft hyphens, zero-width spaces and marks of writing direction: readers do not see them, and to models they are noise.
_UNSEEN = "\xad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# Typed in place of an apostrophe where a keyboard has none: grave and acute accents, primes, a quotation mark.
_STRAY = "`´′ʹˈ‘＇"
_APOSTROPHE = re.compile(f"(?<=[а-яіїєґА-ЯІЇЄҐ])[{_STRAY}](?=[яюєїеёиіЯЮЄЇЕЁИІ])")
# "1953 г.": between Ukrainian and Russian the starter kept the letter, which abbreviates another word there.
# «1500 г. муки» are grams, and «5000 г.» is not a year.
_YEAR = re.compile(r"(?:(?<=(?<!\d)1[6-9]\d\d)|(?<=(?<!\d)1[0-5]\d\d)(?= р)|(?<=(?<!\d)20\d\d)) (рр?|гг?)\.(?=(\W*)(\w?))")
_YEARS = {"uk": {"р": "року", "рр": "років"}, "ru": {"г": "года", "гг": "годов"}}
_MILLIONS = re.compile(r"(?<=[£$€])(\d[\d.,]*+)m\b|(?<![\w.,])(\d[\d.,]*+)m(?= (?:euros?|dollars?|pounds?)\b)")
# Of twelve quotations in single marks the starter kept four or five whole, and all twelve in double marks.
# The "n" of "rock 'n' roll" is not a quotation.
_SINGLE = re.compile(r"(?<!\w)['‘](?![\d\s])(?!n['’])((?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,300}?)['’](?!\w)")
_DOUBLE = frozenset('"“”„«»')
_QUOTED = {"en": (r'"\1"', r"“\1”"), "uk": (r"«\1»", r"„\1“"), "ru": (r"«\1»", r"„\1“")}  # alone, within other marks
_INNER = re.compile(r'«([^«»"\n]{0,300})"([^«»"\n]{1,300})"(?=[^«»"\n]{0,300}»)')
# Whatever is folded has one of these, and few texts do.
_ODD = re.compile(f"[{_ONE_SIGN}{_BELOW}{_RAISED}{_STRAY}{_UNSEEN}]")
_AREA = re.compile(r"(?<![^\W\d])(k|c|m|к|с|д)?([mм])([²³])(?!\w)")
_POWERS = {
    "en": {"²": "square", "³": "cubic"},
    "uk": {"²": "квадратних", "³": "кубічних"},
    "ru": {"²": "квадратных", "³": "кубических"},
}
_METRES = {
    "en": {"": "metres", "k": "kilometres", "c": "centimetres", "m": "millimetres"},
    "uk": {"": "метрів", "k": "кілометрів", "c": "сантиметрів", "m": "міліметрів", "d": "дециметрів"},
    "ru": {"": "метров", "k": "километров", "c": "сантиметров", "m": "миллиметров", "d": "дециметров"},
}
_SCALES = str.maketrans("ксдм", "kcdm")


def with_plain_signs(text: str, language: str) -> str:
    """`text` with "-18 °C" for "−18 °C" and "–18 °C", "CO2" for "CO₂", "square metres" for "m²", «1953 года» for «1953 г.»,
    "500 rupees" for "₹500", and quotations in double marks; in English also "US" for "U.S." and so on, "£40 million" for "£40m"."""
    text = with_currencies_in_words(_MINUS.sub("-", folded(text)), language)
    if language in _QUOTED and ("'" in text or "’" in text):
        marks = _QUOTED[language][not _DOUBLE.isdisjoint(text)]
        text = _SINGLE.sub(lambda match: match.expand(marks) if _is_whole(match[1]) else match.group(), text)
    if language in _POWERS and ("²" in text or "³" in text):
        text = _AREA.sub(lambda match: _unit(match, language), text)
    if language in _YEARS and (" р" in text or " г" in text):
        text = _YEAR.sub(lambda match: _year(match, _YEARS[language]), text)
    if language in _YEARS:
        text = _INNER.sub(r"«\1„\2“", text)
    if language != "en":
        return text
    return _MILLIONS.sub(r"\1\2 million", _DOTTED.sub(_undotted, text))


def _is_whole(quoted: str) -> bool:
    """Tell what has whole quotations in it, if any, from what the apostrophes of "'em" and "dogs'" cut out of two."""
    return quoted.count('"') % 2 == 0 and all(quoted.count(opens) == quoted.count(closes) for opens, closes in ("“”", "«»"))


def folded(text: str) -> str:
    """`text` with look-alikes of letters, digits and apostrophes made plain: "12" for "１２", "III" for "Ⅲ", «п'ять» for «п`ять»."""
    if not _ODD.search(text):
        return text
    plain = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), without_unseen(text))
    return _APOSTROPHE.sub("'", plain)


def without_unseen(text: str) -> str:
    """`text` without soft hyphens, zero-width spaces and marks of direction; joiners of emoji stay."""
    return _INVISIBLE.sub("", text)


def _unit(match: re.Match[str], language: str) -> str:
    """ "square metres" for "m²"; a unit without such words stays."""
    scale, _, power = match.groups(default="")
    metres = _METRES[language].get(scale.translate(_SCALES))
    joined = match.string[match.start() - 1 : match.start()].isdigit()  # "50m²"
    return f"{' ' * joined}{_POWERS[language][power]} {metres}" if metres else match.group()


def _year(match: re.Match[str], words: Mapping[str, str]) -> str:
    word = words.get(match.group(1))
    return f" {word}{_stop(match)}" if word else match.group()


def _undotted(match: re.Match[str]) -> str:
    return match.group(1).replace(".", "") + _stop(match)


def _stop(match: re.Match[str]) -> str:
    """The full stop to keep: an abbreviation's last dot also ends the sentence if nothing follows (groups 2 and 3: marks, a letter)."""
    marks, letter = match.group(2, 3)
    # After a bracket the sentence has a dot of its own, or goes on: «(1953 г.)».
    ends = not letter and not marks.startswith(")") and not marks.strip("\"'”’»)").startswith((".", ",", ";", ":", "?", "!", "…"))
    return "." if ends else ""
