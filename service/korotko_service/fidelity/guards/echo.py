"""Find an output that repeats the source untranslated."""

from collections import Counter

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.numbers.number_words import fold
from korotko_service.fidelity.words import lowered, words
from korotko_service.text.document import Span

_LEAST_WORDS = 3  # two words may be a name
_SHARE = 0.85  # of the words kept as they were; between Ukrainian and Russian translations reach 0.75
_NEAR_WORDS = 6  # below that only a full echo counts
_STOPS = (".", "!", "?", "…")  # «План на завтра» is no sentence, and the same in both languages


def find_echo(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report UNTRANSLATED where the output keeps the source's words; names, numbers, addresses and very short texts may stay.

    Ukrainian and Russian share words, but of 32,737 sentences of `training/texts` none reads the same in both.
    """
    if set(lowered(source)).isdisjoint(lowered(output)):
        return []
    if not _is_echo(_folded(source), _folded(output)):
        return []
    read, written = _texts(source), _texts(output)
    if len(read) < _LEAST_WORDS or not any(word.islower() for word in read):
        return []
    severity = Severity.SEVERE
    if "en" not in (source_language, target_language) and not _is_foreign(written, target_language):
        if read != written or (len(read) < _NEAR_WORDS and not source.rstrip().endswith(_STOPS)):
            return []
        severity = Severity.SEVERE if len(read) >= _NEAR_WORDS else Severity.WARNING
    return [Finding(reason="UNTRANSLATED", severity=severity, span=Span(start=0, end=len(output)), found=output[:80])]


def _texts(text: str) -> list[str]:
    return [match.group() for match in words(text)]


def _folded(text: str) -> list[str]:
    """The words as `fold` spells them, all at once: no word holds a space."""
    return fold(" ".join(lowered(text))).split(" ")


def _is_echo(left: list[str], right: list[str]) -> bool:
    if left == right:
        return True
    least, known = _SHARE * max(len(left), len(right)), set(right)
    if len(left) < _NEAR_WORDS or len(right) < least or sum(map(known.__contains__, left)) < least:
        return False
    return sum((Counter(left) & Counter(right)).values()) >= least


def _is_foreign(row: list[str], language: str) -> bool:
    """Tell whether some word has a letter that the language lacks: short texts may rightly read the same in Ukrainian and Russian."""
    lacking = {"uk": "ыэъё", "ru": "іїєґ"}.get(language, "")
    return any(letter in lacking for word in row for letter in word.lower())
