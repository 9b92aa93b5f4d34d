"""Tell a text that was cut off, or made up, by its length."""

import math

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.text.document import Span

# Mean of ln(output / source) in code points, over professional translations (FLORES-200 dev and news sentences).
_USUAL = {("en", "uk"): 0.0, ("en", "ru"): 0.04, ("uk", "en"): -0.02, ("ru", "en"): -0.07, ("uk", "ru"): 0.04, ("ru", "uk"): -0.05}
_PER_ROOT, _LEAST = 1.3, 0.14  # one deviation is 1.3 / √(code points read), and never less than 0.14
_LOW_WARNING, _LOW_SEVERE, _HIGH_WARNING, _HIGH_SEVERE = 2.8, 4.0, 3.2, 4.5  # in deviations from the usual
_CUT_WARNING, _CUT_SEVERE = 2.0, 3.0  # the lows of an output that lost its full stop too: it was probably cut off
_END = ".!?…"
_CLOSERS = "»”\"'’“)] \n"
_SHORTEST = 8  # code points; below that lengths say nothing


def find_length_ratio(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report LENGTH_RATIO where the output is far shorter or longer than translations between these languages are."""
    read, written = len(source.strip()), len(output.strip())
    if max(read, written) < _SHORTEST or not read or not written:
        return []
    deviations = _deviations(read, written, source_language, target_language)
    severity = _severity(deviations, lost_end=_ends(source) and not _ends(output))
    if severity is None:
        return []
    usual = math.exp(_USUAL.get((source_language, target_language), 0.0))
    found, expected = f"{written / read:.2f}", f"{usual:.2f}"
    return [Finding(reason="LENGTH_RATIO", severity=severity, span=Span(start=0, end=len(output)), found=found, expected=expected)]


def _deviations(read: int, written: int, source_language: str, target_language: str) -> float:
    """Measure how unusual the ratio is; the longer the text, the less it varies."""
    spread = max(_LEAST, _PER_ROOT / math.sqrt(max(read, _SHORTEST)))
    return (math.log(written / read) - _USUAL.get((source_language, target_language), 0.0)) / spread


def _severity(deviations: float, *, lost_end: bool) -> Severity | None:
    warning, severe = (_CUT_WARNING, _CUT_SEVERE) if lost_end else (_LOW_WARNING, _LOW_SEVERE)
    if deviations < -severe or deviations > _HIGH_SEVERE:
        return Severity.SEVERE
    return Severity.WARNING if deviations < -warning or deviations > _HIGH_WARNING else None


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(_END))
