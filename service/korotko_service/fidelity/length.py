"""Detect by its length a text that was cut off or made up."""

import math
import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.words import lowered
from korotko_service.text.document import Span
from korotko_service.text.wordlists import word_set

# Mean of ln(output / source) in code points, over professional translations (FLORES-200 dev and news sentences).
_USUAL = {("en", "uk"): 0.0, ("en", "ru"): 0.04, ("uk", "en"): -0.02, ("ru", "en"): -0.07, ("uk", "ru"): 0.04, ("ru", "uk"): -0.05}
# The same for a mixture that detects cut texts better: the logarithms of code points, of words and of content words, in shares that follow
# a least-squares fit. Content words are in English all but the small words, which Slavic languages do without, and elsewhere those of four
# letters or more. An abbreviation counts once more: the other language may spell it out.
_MIXED = {("en", "uk"): -0.04, ("en", "ru"): 0.0, ("uk", "en"): 0.04, ("ru", "en"): 0.0, ("uk", "ru"): 0.033, ("ru", "uk"): -0.033}
_SHARES, _KIN_SHARES = (0.35, 0.25, 0.4), (0.28, 0.51, 0.21)
_SMALL_WORDS = word_set(
    """
    the a an of to in on at by for with from that which who whom whose this these those it its is are was were be been being has have had
    having will would shall should do does did not so than then there their them they his her him he she as and or but if into out up off
    over about what how when where while
    """
)
_SMALL_WORD = 3  # letters
_ABBREVIATION = re.compile(r"[A-ZА-ЯІЇЄҐ]{2,6}(?!\w)")
_MOST_ABBREVIATIONS = 0.3  # of the words; where there are more, it is a headline in capitals
_PER_ROOT, _LEAST = 1.4, 0.14  # one deviation is 1.4 / √(code points read), and never less than 0.14
# In deviations from the usual. "Strange" is an info, and a warning where `check` finds a name or a number lost or added too.
_LOW_STRANGE, _LOW_WARNING, _LOW_SEVERE = 2.3, 3.3, 4.2
_HIGH_STRANGE, _HIGH_WARNING, _HIGH_SEVERE = 3.2, 3.7, 4.5
_CUT_WARNING, _CUT_SEVERE = 2.0, 3.0  # the lows for an output that also lost its full stop: it was probably cut off
_END = ".!?…:"  # a colon that introduces a quotation ends a text too
_CLOSERS = "»”\"'’“)] \n"
_SHORTEST = 8  # code points; below that lengths say nothing


def find_length_ratio(source: str, output: str, source_language: str, target_language: str) -> list[Finding]:
    """Report LENGTH_RATIO where the output is far shorter or longer than translations between these languages are."""
    deviations = oddness(source, output, source_language, target_language)
    severity = _severity(deviations, lost_end=_ends(source) and not _ends(output))
    if severity is None:
        return []
    usual = math.exp(_USUAL.get((source_language, target_language), 0.0))
    found, expected = f"{len(output.strip()) / max(len(source.strip()), 1):.2f}", f"{usual:.2f}"
    return [Finding(reason="LENGTH_RATIO", severity=severity, span=Span(start=0, end=len(output)), found=found, expected=expected)]


def oddness(source: str, output: str, source_language: str, target_language: str) -> float:
    """Measure in deviations how far the length is from the usual, below 0 where the output is short; long texts vary less."""
    read, written = len(source.strip()), len(output.strip())
    if max(read, written) < _SHORTEST or not read or not written:
        return 0.0
    spread = max(_LEAST, _PER_ROOT / math.sqrt(max(read, _SHORTEST)))
    languages = (source_language, target_language)
    if languages not in _MIXED:
        return math.log(written / read) / spread
    shares = _SHARES if "en" in languages else _KIN_SHARES
    one, two = _sizes(source, read, source_language), _sizes(output, written, target_language)
    mixed = shares[0] * math.log(two[0] / one[0]) + shares[1] * math.log(two[1] / one[1]) + shares[2] * math.log(two[2] / one[2])
    return (mixed - _MIXED[languages]) / spread


def _sizes(text: str, points: int, language: str) -> tuple[int, int, int]:
    row = lowered(text)
    is_english = language == "en"
    telling = len(row) - sum(map(_SMALL_WORDS.__contains__, row)) if is_english else sum(map(_SMALL_WORD.__lt__, map(len, row)))
    short = len(_ABBREVIATION.findall(text))
    return points, len(row) + 1, telling + 1 + (short if short <= _MOST_ABBREVIATIONS * len(row) else 0)


def _severity(deviations: float, *, lost_end: bool) -> Severity | None:
    warning, severe = (_CUT_WARNING, _CUT_SEVERE) if lost_end else (_LOW_WARNING, _LOW_SEVERE)
    if deviations < -severe or deviations > _HIGH_SEVERE:
        return Severity.SEVERE
    if deviations < -warning or deviations > _HIGH_WARNING:
        return Severity.WARNING
    return Severity.INFO if deviations < -_LOW_STRANGE or deviations > _HIGH_STRANGE else None


def _ends(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(_END))
