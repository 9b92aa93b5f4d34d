"""Look up what a written-out number is worth, in English, Ukrainian and Russian."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from korotko_service.fidelity.numbers import words_english, words_russian, words_ukrainian


class Part(Enum):
    """What a word does in a number: stand for itself, order, multiply, or only hint at a value ("both", "доба")."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    HUNDRED = "hundred"
    SCALE = "scale"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWord:
    """One word; `readings` holds every value that a translator may put for it, the likeliest first."""

    part: Part
    readings: tuple[Decimal, ...]

    @property
    def value(self) -> Decimal:
        return self.readings[0]


def fold(word: str) -> str:
    """Spell a word as the tables do: lower case, one apostrophe, е for ё."""
    return word.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")


def number_word(word: str, language: str) -> NumberWord | None:
    """Find a folded word, or a compound that opens with numbers, such as двадцятип'ятирічний (25)."""
    found = _TABLES[language].get(word)
    if found is not None:
        return found
    if language == "en":
        return _fold_of(word)
    return _with_prefix(word, language) or _compound(word, _PREFIXES[language])


def openings(language: str) -> frozenset[str]:
    """The first three letters, folded, of every word that `number_word` finds: most words have others, and need no lookup."""
    told = set(_TABLES[language])
    if language == "en":
        told |= {word + ending for word in told for ending in ("s", "fold")}
    else:
        told |= {opening + word for word in told for opening in ("що", "в", "у")} | _OPENINGS
    return frozenset(word[:_SHORTEST_PREFIX] for word in told)


def _read(lines: str, endings: dict[str, str]) -> dict[str, NumberWord]:
    """Read lines of "part values: forms"; "стем+X" stands for the stem with each ending of X."""
    table: dict[str, NumberWord] = {}
    for line in lines.strip().splitlines():
        head, forms = line.split(":")
        part, *values = head.split()
        word = NumberWord(part=Part(part), readings=tuple(Decimal(value) for value in values))
        for form in forms.split():
            stem, _, key = form.partition("+")
            for ending in endings[key].split() if key else [""]:
                table.setdefault(stem + ending.strip("-"), word)
    return table


def _fold_of(word: str) -> NumberWord | None:
    """Read "elevenfold" and "seventeens"; "thousandfold" goes on with a number, as in "ten thousandfold"."""
    suffix = "fold" if word.endswith("fold") else "s"
    times = _TABLES["en"].get(word.removesuffix(suffix)) if word.endswith(suffix) else None
    if times is None or times.part in (Part.HUNDRED, Part.SCALE):
        return times
    return NumberWord(part=Part.HINT, readings=times.readings) if times.part is Part.CARDINAL else None


def _with_prefix(word: str, language: str) -> NumberWord | None:
    """Read щосорок (every forty), вдванадцятеро (twelve times as much), вчетырнадцатером (fourteen of them)."""
    table = _TABLES[language]
    if language == "uk" and word.startswith("що"):
        every = table.get(word[2:])
        return every if every and every.part in (Part.CARDINAL, Part.HINT) else None
    if word[:1] not in ("в", "у") or not word.endswith(_TIMES):
        return None
    times = table.get(word[1:].removesuffix("м"))
    return NumberWord(part=Part.HINT, readings=times.readings) if times and times.part is Part.CARDINAL else None


def _compound(word: str, prefixes: dict[str, int]) -> NumberWord | None:
    """Sum the number stems that open an adjective: дво|поверховий is 2, тридцати|пяти|летний is 35."""
    if word[:_SHORTEST_PREFIX] not in _OPENINGS:
        return None
    total, rest = 0, word
    while len(rest) > _SHORTEST_TAIL:
        if rest.startswith(_SIDES):
            break
        length = next((size for size in range(_LONGEST_PREFIX, _SHORTEST_PREFIX - 1, -1) if rest[:size] in prefixes), 0)
        if not length and total and total % 10 == 0 and rest.startswith(_ONE):
            total, rest = total + 1, rest[len(_ONE) :]
        if not length:
            break
        total, rest = total + prefixes[rest[:length]], rest[length:]
    if not total or len(rest) < _SHORTEST_TAIL or len(word) > _LONGEST_COMPOUND:
        return None
    scale = next((factor for stem, factor in _SCALE_STEMS.items() if rest.startswith(stem)), 1)
    return NumberWord(part=Part.HINT, readings=(Decimal(total * scale),))


_SCALE_STEMS = {"тысяч": 1000, "тисяч": 1000, "миллион": 10**6, "мільйон": 10**6, "миллиард": 10**9, "мільярд": 10**9}
_TIMES = ("еро", "ером", "ьох")
_ONE = "одно"  # counted only after tens: девяностооднолетний is 91, одновременно no number
_SIDES = ("сторон", "сторін", "сторож")  # «двосторонній» has no hundred
_SHORTEST_TAIL = 3
_SHORTEST_PREFIX, _LONGEST_PREFIX = 3, 14
_LONGEST_COMPOUND = 40  # longer "words" are not words, and slicing them again and again would cost quadratic time
_TABLES = {
    "en": _read(words_english.LINES, {}),
    "uk": _read(words_ukrainian.LINES, words_ukrainian.ENDINGS),
    "ru": _read(words_russian.LINES, words_russian.ENDINGS),
}
_PREFIXES = {"uk": words_ukrainian.PREFIXES, "ru": words_russian.PREFIXES}
_OPENINGS = {prefix[:_SHORTEST_PREFIX] for prefixes in _PREFIXES.values() for prefix in prefixes}
