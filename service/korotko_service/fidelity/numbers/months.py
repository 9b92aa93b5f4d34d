"""Recognise the names of months, and tell "May" and "March" from the verbs, "Марта" from the woman."""

from functools import lru_cache

_ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
    "october oct", "november nov", "december dec",
)  # fmt: skip
_UKRAINIAN = "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"
_UKRAINIAN_STEMS = "січн лют березн квітн травн червн липн серпн вересн жовтн листопад грудн"
_RUSSIAN_STEMS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр"
_ENDINGS = {
    "uk": "я і ю ем еві ями",
    "uk11": "- а і у ом",
    "uk2": "ий ого ому им",
    "ru": "ь я е ю ем",
    "ru3": "- а е у ом",
    "ru5": "й я е ю ем",
}


def _english() -> dict[str, int]:
    return {form: number for number, forms in enumerate(_ENGLISH, start=1) for form in forms.split()}


def _slavic(stems: str, language: str, special: dict[int, str]) -> dict[str, int]:
    table: dict[str, int] = {}
    for number, stem in enumerate(stems.split(), start=1):
        for ending in _ENDINGS[special.get(number, language)].split():
            table[stem + ending.strip("-")] = number
    return table


_TABLES = {
    "en": _english(),
    "uk": _slavic(_UKRAINIAN_STEMS, "uk", {2: "uk2", 11: "uk11"}) | {form: n for n, form in enumerate(_UKRAINIAN.split(), start=1)},
    "ru": _slavic(_RUSSIAN_STEMS, "ru", {3: "ru3", 5: "ru5", 8: "ru3"}),
}
# Also other words ("may", "fierce", a woman called Марта): such a word is surely a month only beside a number.
_AMBIGUOUS = {
    "en": frozenset({"may", "march", "mar", "jan", "sep", "dec", "jun"}),
    "uk": frozenset({"лютий", "лютого", "лютому", "лютим", "листопад", "травні"}),
    "ru": frozenset({"марта"}),
}

_OPENING = 3  # letters
_GENITIVE = ("я", "а", "ого")
# "липневий", "июльский": what English calls "July" is as often an adjective there, so it hints at the month.
_UKRAINIAN_ADJECTIVES = "січнев лютнев березнев квітнев травнев червнев липнев серпнев вереснев жовтнев листопадов груднев"
_RUSSIAN_ADJECTIVES = "январск февральск мартовск апрельск майск июньск июльск августовск сентябрьск октябрьск ноябрьск декабрьск"
_ADJECTIVES = {"uk": _UKRAINIAN_ADJECTIVES.split(), "ru": _RUSSIAN_ADJECTIVES.split()}
_ADJECTIVE_STEMS = {language: tuple(stems) for language, stems in _ADJECTIVES.items()}


@lru_cache(maxsize=16_384)
def month(word: str, language: str) -> int | None:
    """Give the month's number, 1 to 12, for a word as written in the text, or None; English months need their capital."""
    folded = word.lower().replace("ё", "е").removesuffix("'s").removesuffix("’s")
    if language == "en":
        return None if word.islower() else _TABLES[language].get(folded)
    if language == "uk" and folded.startswith("що") and folded.endswith(_GENITIVE):
        folded = folded[2:]  # щосерпня: every August
    return _TABLES[language].get(folded) or _adjective(folded, language)


def openings(language: str) -> frozenset[str]:
    """The first three letters, in lower case, of every word that `month` finds."""
    told = [*_TABLES[language], *_ADJECTIVES.get(language, ())]
    return frozenset(word[:_OPENING] for word in (*told, *(("що" + word) for word in told)))


def is_certain(word: str, language: str, *, beside_number: bool) -> bool:
    """Tell whether such a word surely names a month: Август, Марта and Липень with a capital may be people."""
    folded = word.lower()
    if language != "en" and _adjective(folded, language):
        return False
    ambiguous = folded in _AMBIGUOUS[language] or (language != "en" and not word.islower())
    return beside_number or not ambiguous


def _adjective(word: str, language: str) -> int | None:
    if not word.startswith(_ADJECTIVE_STEMS[language]):
        return None
    found = next((number for number, stem in enumerate(_ADJECTIVES[language], start=1) if word.startswith(stem)), None)
    return found if found and 0 < len(word) - len(_ADJECTIVES[language][found - 1]) < 4 else None
