"""Tell by letters and little words whether a text is in the language it should be in."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.names.shouting import is_shouted
from korotko_service.fidelity.words import lowered, words
from korotko_service.text.document import Span

_LATIN_LETTERS = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_CYRILLIC_LETTERS = r"\u0400-\u052f"
_LATIN = re.compile(f"[{_LATIN_LETTERS}]")
_CYRILLIC = re.compile(f"[{_CYRILLIC_LETTERS}]")
_OTHER_LETTER = {
    "en": re.compile(rf"[^\W\d_{_LATIN_LETTERS}]"),
    "uk": re.compile(rf"[^\W\d_{_CYRILLIC_LETTERS}]"),
    "ru": re.compile(rf"[^\W\d_{_CYRILLIC_LETTERS}]"),
}
# Neither a letter of the language nor ASCII or punctuation of these languages; the search for letters takes ten times longer.
_MAYBE_LETTER = {
    "en": re.compile(rf"[^\x00-\xbf\u2010-\u2026{_LATIN_LETTERS}]"),
    "uk": re.compile(rf"[^\x00-@\[-`{{-\xa9\u2010-\u2026{_CYRILLIC_LETTERS}]"),
    "ru": re.compile(rf"[^\x00-@\[-`{{-\xa9\u2010-\u2026{_CYRILLIC_LETTERS}]"),
}
# What one of the two languages has and the other lacks: letters, endings, and words for sentences without either.
_OWN = {
    "uk": re.compile(r"[іїєґ]|['’ʼ][яю]|(?:ння|ття)$|[сзц]ьк(?:ий|ій|ого|ому|ої|их|ими?)$"),
    "ru": re.compile(r"[ыэъё]|..(?:ия|ие|ии|ию|тся|лся|ая|яя|ое|ее|[аяуе]ет|[аяуе]ют)$"),
}
_FOREIGN = {"uk": re.compile("[ыэъё]"), "ru": re.compile("[іїєґ]")}  # a common word with one of these is of the other language
_OWN_WORDS = {
    "uk": frozenset("й та що це із зі якщо після лише тільки також але від цей буде які який яка щоб чи де коли вже ще".split()),
    "ru": frozenset(
        "и что как это из от он она оно или если после только также еще ещё этот будет чтобы со они его ее но где когда может нет "
        "есть более между сейчас году лет человек себя всего меня никто ничего сколько куда теперь будут который которая".split()
    ),
}
_KIN = {"uk": "ru", "ru": "uk"}
_SCRIPTS_KNOWN = frozenset({"en", "uk", "ru"})
_STRONG_SHARE = 0.3  # of the letters in another script: a passage, not a name
_MANY = 200  # exotic words; so many are no quotation, and looking each up in the source would cost quadratic time
_LEAST_PASSAGE = 3  # words in lower case that make a passage
_LEAST_SHOUTED = 4  # words in capitals that do, one less in a closed sentence; "NEW YORK TIMES" may stay
_CLOSED = re.compile(r"[.!?…][\"'»”’)]*\s*\Z")


def find_wrong_language(source: str, output: str, target_language: str) -> list[Finding]:
    """Report WRONG_LANGUAGE: a script that the language does not use, or Russian for Ukrainian and the other way round.

    Other target languages are not judged.
    """
    if target_language not in _SCRIPTS_KNOWN:
        return []
    row = words(output)
    is_strange = _MAYBE_LETTER[target_language].search(output) and _OTHER_LETTER[target_language].search(output)
    by_script = _wrong_script(source, row, target_language) if is_strange else None
    if by_script is not None:
        return [by_script]
    other = _KIN.get(target_language)
    return _kin(row, target_language) if other and any(map(_speaks_for, lowered(output), repeat(other))) else []


def _wrong_script(source: str, row: Sequence[re.Match[str]], language: str) -> Finding | None:
    right, wrong = (_LATIN, _CYRILLIC) if language == "en" else (_CYRILLIC, _LATIN)
    letters = sum(len(match.group()) for match in row)
    foreign = [match for match in row if wrong.match(match.group())]
    exotic = [match for match in row if not wrong.match(match.group()) and not right.match(match.group())]
    exotic = [match for match in exotic if match.group() not in source] if len(exotic) < _MANY else exotic
    if exotic and sum(len(match.group()) for match in exotic) > _STRONG_SHARE / 2 * letters:
        return _finding(exotic, Severity.SEVERE)
    if language == "en":
        return _cyrillic_in_english(foreign, letters)
    passage = [match for match in foreign if match.group().islower()]
    share = sum(len(match.group()) for match in foreign) / letters if letters else 0.0
    is_passage = len(passage) >= _LEAST_PASSAGE or _spells_out(source, foreign)
    return _finding(foreign, Severity.SEVERE) if is_passage and share > _STRONG_SHARE else None


def _spells_out(source: str, foreign: Sequence[re.Match[str]]) -> bool:
    """Tell whether a source all in capitals was left in its letters: models do not know such words and spell them out, often wrongly."""
    if not is_shouted(source):
        return False
    read = {match.group() for match in words(source)}
    shouted = [match.group() for match in foreign if match.group().isupper()]
    least = _LEAST_SHOUTED - (_CLOSED.search(source) is not None)
    return len(shouted) >= least or any(word not in read for word in shouted if len(word) >= _LEAST_SHOUTED)


def _cyrillic_in_english(foreign: Sequence[re.Match[str]], letters: int) -> Finding | None:
    """English translations hold no Cyrillic at all, so one word is worth a warning and a passage is severe."""
    size = sum(len(match.group()) for match in foreign)
    if not foreign or size < 2:
        return None
    return _finding(foreign, Severity.SEVERE if size > _STRONG_SHARE * letters else Severity.WARNING)


def _kin(row: Sequence[re.Match[str]], language: str) -> list[Finding]:
    """Tell Ukrainian from Russian by the words that only one of them has."""
    other = _KIN[language]
    if row and "-" in row[0].string:
        row = [match for match in row if match.string[max(match.start() - 1, 0)] != "-"]  # the «й» of «41-й» is not the Ukrainian "and"
    wrong = [match for match in row if _speaks_for(match.group(), other)]
    if not wrong:
        return []
    right = sum(_speaks_for(match.group(), language) for match in row)
    if len(wrong) > right:
        return [_finding(wrong, Severity.SEVERE)]
    if len(wrong) >= _LEAST_PASSAGE:
        return [_finding(wrong, Severity.WARNING)]
    foreign = [match for match in wrong if match.group().islower() and _FOREIGN[language].search(match.group())]
    return [_finding(foreign, Severity.WARNING)] if foreign else []


@lru_cache(maxsize=16_384)
def _speaks_for(word: str, language: str) -> bool:
    lowered = word.lower()
    return lowered in _OWN_WORDS[language] or _OWN[language].search(lowered) is not None


def _finding(row: Sequence[re.Match[str]], severity: Severity) -> Finding:
    span = Span(start=row[0].start(), end=row[-1].end())
    found = " ".join(match.group() for match in row[:8])
    return Finding(reason="WRONG_LANGUAGE", severity=severity, span=span, found=found)
