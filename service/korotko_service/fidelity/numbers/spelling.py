"""Tell which words and digits spell one number together: "two hundred and five", "a million and a half", «двадцатью семью»."""

from decimal import Decimal

from korotko_service.fidelity.numbers.months import month
from korotko_service.fidelity.numbers.number_words import NumberWord, Part, fold
from korotko_service.fidelity.numbers.numerals import Numeral
from korotko_service.fidelity.numbers.tokens import Token, joined

_HALVES = {
    "en": (("and", "a", "half"),),
    "uk": (("з", "половиною"), ("із", "половиною")),
    "ru": (("с", "половиной"),),
}
_SEVEN = NumberWord(part=Part.CARDINAL, readings=(Decimal(7),))
_THOUSAND = 1000


def spell(text: str, row: list[Token], at: int, language: str) -> tuple[Numeral, int]:
    """Take words and digits from `at` on for as long as they make one number; at least one is taken."""
    numeral, end = Numeral(), at
    while end < len(row) and (end == at or joined(text, row[end - 1], row[end])):
        length = _step(numeral, text, row, end, language)
        if not length:
            break
        end += length
    return numeral, max(end, at + 1)


def _step(numeral: Numeral, text: str, row: list[Token], at: int, language: str) -> int:
    """Count the tokens that continue the number; 0 ends it."""
    if _take(numeral, text, row, at, language) or _and(numeral, row, at, language) or _is_ending(text, row, at):
        return 1
    half = _half(row, at, language) if numeral.counted or numeral.total else 0
    if half:
        numeral.take_half()
    return half


def _is_ending(text: str, row: list[Token], at: int) -> bool:
    """Tell whether a scale follows the ending of digits, as in "2-х мільйонів", or an "odd", as in "seventy-odd thousand"."""
    if at == 0 or at + 1 >= len(row) or not row[at].text.islower():
        return False
    if row[at].text != "odd" and (row[at - 1].kind == "word" or len(row[at].text) > 2):
        return False
    scale = row[at + 1].word
    return text[row[at - 1].end : row[at].start] == "-" and scale is not None and scale.part is Part.SCALE


def _take(numeral: Numeral, text: str, row: list[Token], at: int, language: str) -> bool:
    token = row[at]
    if token.word is not None:
        if token.word.part is Part.HINT:
            return is_seven(row, at) and numeral.take(_SEVEN)
        # «сотні дві» are about two hundred, not 102
        turned = token.word.part is Part.CARDINAL and numeral.current is not None and row[at - 1].text.lower().startswith("сотн")
        return not (turned or _is_of_adjective(text, row, at, numeral)) and numeral.take(token.word)
    if token.kind in ("word", "date", "phone", "version"):
        return False
    following = row[at + 1] if at + 1 < len(row) and joined(text, token, row[at + 1]) else None
    if numeral.total and following is not None and month(following.text, language):
        return False  # «5 тисяч 25 лютого»
    scale = following.word.value if following and following.word and following.word.part is Part.SCALE else None
    return numeral.take_digits(token.readings[0], scale)


def _is_of_adjective(text: str, row: list[Token], at: int, numeral: Numeral) -> bool:
    """Tell whether the word counts within an adjective of its own, as in "four hundred three-minute songs"."""
    if not numeral.after_hundred or text[row[at].end : row[at].end + 1] != "-" or at + 1 >= len(row):
        return False
    following = row[at + 1]
    return following.start == row[at].end + 1 and following.word is None and following.kind == "word"


def _and(numeral: Numeral, row: list[Token], at: int, language: str) -> bool:
    return _english_and(numeral, row, at) if language == "en" else _thousand_and_one(numeral, row, at)


def _thousand_and_one(numeral: Numeral, row: list[Token], at: int) -> bool:
    """Tell whether «й», «и» continues the number, as it does only in «тисяча й одна ніч»."""
    if fold(row[at].text) not in ("і", "й", "та", "и") or numeral.counted or numeral.total != _THOUSAND or at + 1 >= len(row):
        return False
    following = row[at + 1].word
    return numeral.current is None and following is not None and following.part is Part.CARDINAL and following.value == 1


def _english_and(numeral: Numeral, row: list[Token], at: int) -> bool:
    """Tell whether "and" continues the number, as in "two hundred and five"."""
    following, scale = (row[place].word if place < len(row) else None for place in (at + 1, at + 2))
    if fold(row[at].text) != "and" or following is None or following.part not in (Part.CARDINAL, Part.ORDINAL):
        return False
    if not numeral.after_hundred or following.value >= 100 or _is_between(row, at):
        return False
    if scale is None:
        return True
    is_another = scale.part is Part.HUNDRED and numeral.current is not None  # "four hundred and six hundred"
    return not is_another and not (scale.part is Part.SCALE and scale.value >= numeral.last_scale)


def _is_between(row: list[Token], at: int) -> bool:
    """Tell whether the "and" separates two numbers, as in "between a thousand and two thousand"."""
    place = at - 1
    while place >= 0 and (row[place].word is not None or row[place].text.lower() == "a"):
        place -= 1
    return place >= 0 and row[place].text.lower() == "between" and all(token.text != "and" for token in row[at + 1 : at + 6])


def _half(row: list[Token], at: int, language: str) -> int:
    """Count the tokens of "and a half"."""
    for words in _HALVES[language]:
        if tuple(fold(token.text) for token in row[at : at + len(words)]) == words:
            return len(words)
    return 0


def is_seven(row: list[Token], at: int) -> bool:
    """Tell whether «семью», also "family", is seven: «двадцатью семью», «семью тысячами»."""
    if row[at].text.lower() != "семью":
        return False
    before, after = row[at - 1] if at else None, row[at + 1].word if at + 1 < len(row) else None
    in_tens = before is not None and before.word is not None and before.text.lower().endswith(("ью", "ка", "та", "ми"))
    return in_tens or (after is not None and after.part is Part.SCALE and row[at + 1].text.lower().endswith("ами"))
