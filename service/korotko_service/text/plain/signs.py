"""Write the signs of typography as models know them: minus signs, the dots of "U.S.", wide digits, "m²", "CO₂", stray apostrophes."""

import re
import unicodedata
from collections.abc import Mapping

# As Ukrainian and Russian sites print a temperature: the minus of Unicode, or an en dash that joins no range. The starter made "❒18 °C" and
# "22 °C" of "−18 °C" and "–22 °C".
_MINUS = re.compile(r"(?<![^\s(…:])(?<!\d\s)[−–](?=\d)")
_DOTTED = re.compile(r"(?<![\w.])(U\.S\.A|U\.S|U\.K|U\.N|E\.U)\.(?=(\W*)(\w?))")
# One sign that stands for others: wide letters and digits, Roman numerals, degrees, ligatures, digits below the line of a formula.
_ONE_SIGN, _BELOW = "\uff01-\uff5e\u2160-\u217f\u2103\u2109\ufb00-\ufb06", "\u2080-\u2089"
_COMPATIBLE = re.compile(f"[{_ONE_SIGN}]|(?<=[A-Za-z)])[{_BELOW}]+")
# Soft hyphens, zero-width spaces and the marks that turn the direction of writing: no reader sees them, and models read noise.
_UNSEEN = "\xad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# What keyboards without an apostrophe have: grave and acute accents, primes, a quotation mark.
_STRAY = "`´′ʹˈ‘＇"
_APOSTROPHE = re.compile(f"(?<=[а-яіїєґА-ЯІЇЄҐ])[{_STRAY}](?=[яюєїеёиіЯЮЄЇЕЁИІ])")
# "1953 г.": between Ukrainian and Russian the starter kept the letter, which is another word's there.
# «1500 г. муки» are grams, and «5000 г.» is no year.
_YEAR = re.compile(r"(?:(?<=(?<!\d)1[6-9]\d\d)|(?<=(?<!\d)1[0-5]\d\d)(?= р)|(?<=(?<!\d)20\d\d)) (рр?|гг?)\.(?=(\W*)(\w?))")
_YEARS = {"uk": {"р": "року", "рр": "років"}, "ru": {"г": "года", "гг": "годов"}}
_MILLIONS = re.compile(r"(?<=[£$€])(\d[\d.,]*+)m\b|(?<![\w.,])(\d[\d.,]*+)m(?= (?:euros?|dollars?|pounds?)\b)")
# Of twelve sentences with a quotation in single marks the starter kept four or five quotations whole, and all twelve of double ones.
_SINGLE = re.compile(r"(?<!\w)['‘](?![\d\s])((?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,300}?)['’](?!\w)")
_DOUBLE = frozenset('"“”„«»')
# One of these stands in whatever is folded, and in few texts.
_ODD = re.compile(f"[{_ONE_SIGN}{_BELOW}{_STRAY}{_UNSEEN}]")
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
    """`text` with "-18 °C" for "−18 °C" and "–18 °C", "CO2" for "CO₂", "square metres" for "m²", «1953 года» for «1953 г.»;
    in English also "US" for "U.S." and so on, "£40 million" for "£40m", and quotations in double marks."""
    text = _MINUS.sub("-", folded(text))
    if language in _POWERS and ("²" in text or "³" in text):
        text = _AREA.sub(lambda match: _unit(match, language), text)
    if language in _YEARS and (" р" in text or " г" in text):
        text = _YEAR.sub(lambda match: _year(match, _YEARS[language]), text)
    if language != "en":
        return text
    text = text if _DOUBLE.intersection(text) else _SINGLE.sub(r'"\1"', text)
    return _MILLIONS.sub(r"\1\2 million", _DOTTED.sub(_undotted, text))


def folded(text: str) -> str:
    """`text` with plain letters, digits and apostrophes for their look-alikes: "12" for "１２", "III" for "Ⅲ", «п'ять» for «п`ять»."""
    if not _ODD.search(text):
        return text
    plain = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), without_unseen(text))
    return _APOSTROPHE.sub("'", plain)


def without_unseen(text: str) -> str:
    """`text` without soft hyphens, zero-width spaces and marks of direction; joiners of emoji stay."""
    return _INVISIBLE.sub("", text)


def _unit(match: re.Match[str], language: str) -> str:
    """ "square metres" for "m²"; a unit that has no such words stays."""
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
    """The last dot of an abbreviation is the sentence's too where nothing follows (groups 2 and 3: marks, and a letter)."""
    marks, letter = match.group(2, 3)
    # Behind a bracket the sentence has a dot of its own, or goes on: «(1953 г.)».
    ends = not letter and not marks.startswith(")") and not marks.strip("\"'”’»)").startswith((".", ",", ";", ":", "?", "!", "…"))
    return "." if ends else ""
