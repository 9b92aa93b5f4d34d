"""Spell Ukrainian and Russian names in Latin letters: KMU-55 (the official table of 2010), and a passport-like table for Russian."""

_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_RUSSIAN_FIRST = {"е": "ye"}
_UKRAINIAN_WHOLE, _RUSSIAN_WHOLE = _RUSSIAN | _UKRAINIAN, _UKRAINIAN | _RUSSIAN
_NO_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ"))


def letters(word: str, language: str) -> list[str]:
    """Give what each letter of a word becomes in small Latin letters, apart so that т and г are not taken for "th"; others stay.

    A Ukrainian word with a letter that only Russian has is read by the Russian table for that letter, and the other way round.
    """
    lowered = word.lower().translate(_NO_APOSTROPHES)
    if lowered.isascii():
        return list(lowered)
    table, first = (_UKRAINIAN_WHOLE, _UKRAINIAN_FIRST) if language == "uk" else (_RUSSIAN_WHOLE, _RUSSIAN_FIRST)
    pieces = [table.get(letter, letter) for letter in lowered]
    if language == "uk" and "зг" in lowered:
        for at in range(1, len(lowered)):
            if lowered[at - 1 : at + 1] == "зг":
                pieces[at] = "gh"  # the resolution keeps зг apart from ж
    if lowered[:1] in first:
        pieces[0] = first[lowered[0]]
    return pieces
