"""Compare scores, line-ups and other rows of numbers: a "2-1" that became "2-1-1" has no number that the source lacks."""

import re

from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.text.document import Span

# Dates, telephone numbers and codes have longer parts, or letters.
_ROW = re.compile(r"(?<![\w.,:/–—-])[0-9]{1,3}(?:[-–—:][0-9]{1,3}(?![0-9])){1,6}(?![\w/–—-])")
_JOINT = re.compile("[-–—:](?<=[0-9].)[0-9]")  # in every row, and quickly found
_DIGITS = re.compile("[0-9]+")
_Row = tuple[int, ...]


def find_changed_rows(source: str, output: str) -> list[Finding]:
    """Report NUMBER_NOT_IN_SOURCE, a warning, for a row that opens or ends as one of the source does and has more or fewer parts."""
    written = list(_ROW.finditer(output)) if _JOINT.search(output) else []
    if not written:
        return []
    read = {_parts(match): match.group() for match in _ROW.finditer(source)}
    found = []
    for match in written:
        row = _parts(match)
        kin = [text for other, text in read.items() if row not in read and _is_kin(row, other)]
        if kin:
            span = Span.of(match)
            found.append(Finding(reason="NUMBER_NOT_IN_SOURCE", severity=Severity.WARNING, span=span, found=match.group(), expected=kin[0]))
    return found


def _parts(match: re.Match[str]) -> _Row:
    return tuple(map(int, _DIGITS.findall(match.group())))


def _is_kin(row: _Row, other: _Row) -> bool:
    size = min(len(row), len(other))
    return len(row) != len(other) and (row[:size] == other[:size] or row[-size:] == other[-size:])
