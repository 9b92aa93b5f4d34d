"""One version of a sentence in the target language: what the checks found in it, and how sure the model was."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from korotko_service.catalog import Route
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.pieces.shield import Restored


class Rung(StrEnum):
    """What was done about a sentence in which the checks found a fault."""

    DECODED_AGAIN = "decoded_again"
    SPLIT = "split"
    PROTECTED = "protected"
    REROUTED = "rerouted"
    REPLACED = "replaced"
    LEFT_OUT = "left_out"
    MENDED = "mended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence as it came back; the spans of findings are in its own text.

    `score` (0 to 1) is None if no model was asked or the model has no calibration. For a repaired sentence `rung` says how it was made and
    `cause` for which reason, and `detour` names the models if they are not the usual ones.
    """

    output: Restored
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    rung: Rung | None = None
    cause: str = ""
    detour: Route = ()

    @property
    def text(self) -> str:
        return self.output.text

    @property
    def trouble(self) -> Finding | None:
        """The worst finding, None if it is no more than an info."""
        worst = max(self.findings, key=lambda finding: finding.severity, default=None)
        return worst if worst is not None and worst.severity >= Severity.WARNING else None

    @property
    def is_severe(self) -> bool:
        return self.trouble is not None and self.trouble.severity is Severity.SEVERE

    @property
    def worth(self) -> tuple[int, int, int, float]:
        """The greater the better: fewer severe findings, then fewer warnings, then fewer infos, then the score."""
        severe, warnings, infos = (
            -sum(finding.severity is each for finding in self.findings) for each in (Severity.SEVERE, Severity.WARNING, Severity.INFO)
        )
        return (severe, warnings, infos, self.score or 0.0)


def mean_score(parts: Iterable[tuple[str, float | None]]) -> float | None:
    """The mean over the texts that have a score, weighted by length; None if none has one."""
    scored = [(len(text), score) for text, score in parts if score is not None and text]
    characters = sum(length for length, _ in scored)
    return sum(length * score for length, score in scored) / characters if characters else None
