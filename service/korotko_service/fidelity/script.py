"""Tell by letters and little words whether a text is in the language it should be in."""

import re
from dataclasses import dataclass

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.number_words import fold
from korotko_service.text.document import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|[#@]\w+|\b[\w-]+\.[a-z]{2,4}\b")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_OWN_LETTERS = {"uk": re.compile("[іїєґ]|['’ʼ]"), "ru": re.compile("[ыэъё]")}
# Words that one of the two languages has and the other has not, for sentences whose letters do not tell.
_OWN_WORDS = {
    "uk": frozenset(
        [
            "й",
            "та",
            "що",
            "як",
            "це",
            "із",
            "зі",
            "він",
            "було",
            "був",
            "була",
            "або",
            "якщо",
            "після",
            "лише",
            "тільки",
            "також",
            "але",
            "від",
            "до",
            "під",
            "над",
            "цей",
            "буде",
            "які",
            "який",
            "яка",
            "щоб",
            "чи",
            "не",
        ]
    )
    - frozenset(["до", "не", "над"]),
    "ru": frozenset(
        [
            "и",
            "что",
            "как",
            "это",
            "из",
            "от",
            "он",
            "был",
            "было",
            "была",
            "или",
            "если",
            "после",
            "только",
            "также",
            "уже",
            "еще",
            "под",
            "при",
            "этот",
            "будет",
            "чтобы",
            "с",
            "со",
            "они",
            "его",
            "ее",
        ]
    )
    - frozenset(["под", "при", "он", "был", "было", "была"]),
}
_STRONG_SHARE = 0.3  # of the letters in another script: a passage, not a name
_LEAST_PASSAGE = 3  # words in lower case that make a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """Words that speak for the language and words that speak against it."""

    right: int
    wrong: list[re.Match[str]]


def find_wrong_language(source: str, output: str, target_language: str) -> list[Finding]:
    """Report WRONG_LANGUAGE: another script than the language has, or Russian for Ukrainian and the other way round."""
    masked = _ADDRESS.sub(lambda match: " " * len(match.group()), output)
    by_script = _wrong_script(source, masked, target_language)
    if by_script is not None:
        return [by_script]
    return _kin(masked, target_language) if target_language in _OWN_WORDS else []


def _wrong_script(source: str, output: str, language: str) -> Finding | None:
    right, wrong = (_LATIN, _CYRILLIC) if language == "en" else (_CYRILLIC, _LATIN)
    words = list(_WORD.finditer(output))
    letters = sum(len(match.group()) for match in words)
    foreign = [match for match in words if wrong.match(match.group())]
    exotic = [match for match in words if not wrong.match(match.group()) and not right.match(match.group()) and match.group() not in source]
    if exotic and sum(len(match.group()) for match in exotic) > _STRONG_SHARE / 2 * letters:
        return _finding(exotic, Severity.SEVERE)
    if language == "en":
        return _cyrillic_in_english(foreign, letters)
    passage = [match for match in foreign if match.group().islower()]
    share = sum(len(match.group()) for match in foreign) / letters if letters else 0.0
    return _finding(foreign, Severity.SEVERE) if len(passage) >= _LEAST_PASSAGE and share > _STRONG_SHARE else None


def _cyrillic_in_english(foreign: list[re.Match[str]], letters: int) -> Finding | None:
    """English translations hold no Cyrillic at all, so one word is worth a warning and a passage is severe."""
    size = sum(len(match.group()) for match in foreign)
    if not foreign or size < 2:
        return None
    return _finding(foreign, Severity.SEVERE if size > _STRONG_SHARE * letters else Severity.WARNING)


def _kin(output: str, language: str) -> list[Finding]:
    """Tell Ukrainian from Russian by the words that only one of them has."""
    other = "ru" if language == "uk" else "uk"
    words = list(_WORD.finditer(output))
    wrong = [match for match in words if _speaks_for(match.group(), other)]
    right = sum(_speaks_for(match.group(), language) for match in words)
    if not wrong:
        return []
    if len(wrong) > right:
        return [_finding(wrong, Severity.SEVERE)]
    return [_finding(wrong, Severity.WARNING)] if len(wrong) >= _LEAST_PASSAGE else []


def _speaks_for(word: str, language: str) -> bool:
    return fold(word) in _OWN_WORDS[language] or _OWN_LETTERS[language].search(word.lower()) is not None


def _finding(words: list[re.Match[str]], severity: Severity) -> Finding:
    span = Span(start=words[0].start(), end=words[-1].end())
    found = " ".join(match.group() for match in words[:8])
    return Finding(reason="WRONG_LANGUAGE", severity=severity, span=span, found=found)
