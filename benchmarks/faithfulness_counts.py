"""What is counted in translations and briefs: numbers and names kept, loops, echoes, empty outputs, drops, warnings, repairs."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from korotko import QualityWarning
from korotko_service.fidelity.amounts.numbers import compare_numbers, numbers
from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Severity
from korotko_service.fidelity.length import oddness
from korotko_service.fidelity.names.names import compare_names, names
from korotko_service.fidelity.numbers.scan import scan

_DROPPED = -6.0  # deviations of the length: a sentence of 130 characters came back with less than 55
_SHOUTED = ("warning", "severe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence beside its translation, and what the server reported about it."""

    source: str
    output: str
    source_language: str
    target_language: str
    warnings: tuple[QualityWarning, ...]


@dataclass(slots=True, kw_only=True)
class Tally:
    """Sums over the units of one row of the table; `check_seconds` is what the checks of `fidelity` take here, once, for the same pairs."""

    units: int = 0
    numbers: int = 0
    numbers_kept: int = 0
    names: int = 0
    names_kept: int = 0
    dropped: int = 0
    warned: int = 0
    severe: int = 0
    repaired: int = 0
    output_tokens: int = 0
    cpu_seconds: float = 0.0
    check_seconds: float = 0.0
    invented: int = 0
    unflagged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, unit: Unit) -> None:
        languages = {"source_language": unit.source_language, "target_language": unit.target_language}
        read = numbers(unit.source, unit.source_language)
        written = {key for mention in scan(unit.output, unit.target_language) for key in mention.keys}
        named = names(unit.source, unit.source_language)
        lost = sum(found.reason == "NAME_MISSING" for found in compare_names(unit.source, unit.output, **languages))
        begun = time.process_time()
        check(unit.source, unit.output, **languages)
        self.check_seconds += time.process_time() - begun
        self.units += 1
        self.numbers += len(read)
        self.numbers_kept += sum(not mention.keys.isdisjoint(written) for mention in read)
        self.names += len(named)
        self.names_kept += max(len(named) - lost, 0)
        self.dropped += not any(map(str.isalnum, unit.output)) or oddness(unit.source, unit.output, **languages) < _DROPPED
        loud = {warning.reason for warning in unit.warnings if warning.severity in _SHOUTED}
        self.warned += bool(loud)
        self.severe += any(warning.severity == "severe" for warning in unit.warnings)
        self.reasons.update(loud)

    def row(self) -> dict[str, float]:
        """Shares in per cent, costs for each unit; a share of nothing is 100."""
        return {
            "sentences": self.units,
            "number_recall": _share(self.numbers_kept, self.numbers, of_nothing=100.0),
            "name_recall": _share(self.names_kept, self.names, of_nothing=100.0),
            "loops": _share(self.reasons["REPETITION"], self.units),
            "echoes": _share(self.reasons["UNTRANSLATED"], self.units),
            "empty": _share(self.reasons["EMPTY_OUTPUT"], self.units),
            "dropped": _share(self.dropped, self.units),
            "warned": _share(self.warned, self.units),
            "severe": _share(self.severe, self.units),
            "repaired": _share(self.repaired, self.units),
            "output_tokens": round(self.output_tokens / max(self.units, 1), 1),
            "cpu_ms": round(1000 * self.cpu_seconds / max(self.units, 1), 1),
            "check_ms": round(1000 * self.check_seconds / max(self.units, 1), 2),
            "invented_numbers": self.invented,
            "invented_unflagged": self.unflagged,
        }


def invented_numbers(
    article: str, brief: str, article_language: str, brief_language: str, told: Sequence[QualityWarning]
) -> tuple[int, int]:
    """Count the numbers in a brief that its article does not have, and those of them that no warning in the reply covers."""
    found = compare_numbers(article, brief, source_language=article_language, target_language=brief_language)
    # A warning names an expected number only if the article has it, too.
    strange = [each for each in found if each.reason == "NUMBER_NOT_IN_SOURCE" and each.severity > Severity.INFO and not each.expected]
    loud = [warning.span for warning in told if warning.severity in _SHOUTED]
    silent = [each for each in strange if not any(span.start < each.span.end and each.span.start < span.end for span in loud)]
    return len(strange), len(silent)


def within(warnings: Sequence[QualityWarning], start: int, end: int) -> tuple[QualityWarning, ...]:
    """The warnings that begin in a sentence; those about a whole result belong to its first."""
    return tuple(warning for warning in warnings if start <= warning.span.start < max(end, start + 1))


def _share(part: int, whole: int, *, of_nothing: float = 0.0) -> float:
    return round(100 * part / whole, 2) if whole else of_nothing
