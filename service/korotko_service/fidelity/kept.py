"""Hold a translation to its protected pieces: each as often as in the source, and none of a program's own kind added."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from korotko_service.fidelity.check import check
from korotko_service.fidelity.finding import Finding, Severity
from korotko_service.fidelity.protection import Kind, Protected, protect
from korotko_service.fidelity.shield import Restored
from korotko_service.fidelity.terms import Terms
from korotko_service.text.document import Span

_VEIL = "•"  # no letter, no digit, no joint between two numbers
_SHOWN = 80


def check_restored(source: str, restored: Restored, *, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """Every check on a translation; what was protected is held to its source and kept from the checks of what a model wrote."""
    output, pieces = restored.text, restored.pieces
    if not pieces:
        return check(source, output, source_language=source_language, target_language=target_language)
    # A piece counts with the length that it has in the translation, or a glossary would make the lengths look wrong.
    read = _veiled(source, [(piece.span, len(piece.text)) for piece in pieces])
    written = _veiled(output, [(placed.span, len(placed.span)) for placed in restored.placed])
    found: tuple[Finding, ...] = ()
    if any(map(str.isalpha, read)):
        found = check(read, written, source_language=source_language, target_language=target_language)
    unveiled = [replace(each, found=output[each.span.start : each.span.end][:_SHOWN]) if _VEIL in each.found else each for each in found]
    return tuple(sorted([*unveiled, *find_missing(pieces, output)], key=lambda each: each.span))


def find_missing(pieces: Sequence[Protected], output: str) -> list[Finding]:
    """Report each piece that stands in `output` less often than in the source, and each placeholder or tag that stands there more often.

    More of a term or an address is no fault: a model may name again what the source calls "it".
    """
    wanted = Counter(piece.text for piece in pieces)
    first = {piece.text: piece for piece in reversed(pieces)}
    whole = Span(start=0, end=len(output))
    lost = [first[text] for text, times in wanted.items() if output.count(text) < times]
    return [_missing(piece, whole) for piece in lost] + _added(pieces, output)


def _missing(piece: Protected, whole: Span) -> Finding:
    fixed = piece.term is not None and piece.term.target is not None
    reason = "GLOSSARY_TERM_MISSING" if fixed else "PROTECTED_TEXT_MISSING"
    return Finding(reason=reason, severity=Severity.SEVERE, span=whole, expected=piece.text[:_SHOWN])


def _added(pieces: Sequence[Protected], output: str) -> list[Finding]:
    """A fixed translation may itself hold placeholders or tags."""
    left = Counter(each.text for piece in pieces for each in protect(piece.text, Terms()))
    found = []
    for each in protect(output, Terms()):
        left[each.text] -= 1
        if each.kind in (Kind.PLACEHOLDER, Kind.MARKUP) and left[each.text] < 0:
            found.append(Finding(reason="PROTECTED_TEXT_ADDED", severity=Severity.SEVERE, span=each.span, found=each.text[:_SHOWN]))
    return found


def _veiled(text: str, spans: Sequence[tuple[Span, int]]) -> str:
    """The text with so many veils in place of each span."""
    parts, position = list[str](), 0
    for span, length in spans:
        parts += [text[position : span.start], _VEIL * length]
        position = span.end
    return "".join([*parts, text[position:]])
